"""Budgets to start from: files of the stored form beside this module, by name."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from hengliang.metrology.uncertainty import Budget
from hengliang.metrology.uncertainty.storage import budget_from_dict
from hengliang.platform.core.pages.words import titled
from hengliang.platform.standards.budgets.evaluation import Terms

NAMES = ("gum_h1", "pressure_gauge", "mass")


@cache
def _stored(name: str) -> dict[str, Any]:
    path = files(__package__) / f"{name}.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def title_of(name: str) -> str:
    """What an example is about, in the reader's language."""
    return titled(_stored(name)["title"])


def example(name: str) -> tuple[Budget, Terms]:
    """The budget of an example, titled in the reader's language, and its terms. Raises KeyError."""
    if name not in NAMES:
        raise KeyError(name)
    stored = _stored(name)
    budget = budget_from_dict(stored["budget"] | {"title": title_of(name)})
    return budget, Terms(**stored["terms"])
