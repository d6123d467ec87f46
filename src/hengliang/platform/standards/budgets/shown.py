"""A stored version as its page shows it: computed again from what is stored, and whether the digits are the same."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hengliang.metrology.errors import MetrologyError
from hengliang.metrology.uncertainty import Report
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.charts import Chart
from hengliang.platform.standards.budgets.drawing import density
from hengliang.platform.standards.budgets.evaluation import Evaluation, evaluate
from hengliang.platform.standards.budgets.refusals import words_of
from hengliang.platform.standards.budgets.stored import budget_of, content_of

KEPT = 64  # versions whose evaluation is remembered; each without its draws
SAME = 12  # significant digits on which a result of today must agree with the stored one


@dataclass(frozen=True)
class Shown:
    """What a page says of an evaluation. `same` is whether today's computation gives the stored figures.

    Where today's rules refuse what was once computed, there is no report, and `refused` says why.
    """

    report: Report | None
    chart: Chart | None
    same: bool
    refused: str = ""


def shown(content: dict[str, Any], language: str) -> Shown:
    """A stored version, computed again (once for each language, then remembered)."""
    return _shown(json.dumps(content, sort_keys=True), language)


@lru_cache(maxsize=KEPT)
def _shown(text: str, language: str) -> Shown:
    content = json.loads(text)
    try:
        found = evaluated(content)
    except InputRefused as error:
        return Shown(None, None, same=False, refused=str(error))
    return present(found, language, same=agrees(content_of(found)["computed"], content["computed"]))


def evaluated(content: Mapping[str, Any]) -> Evaluation:
    """The evaluation of a stored version. Raises InputRefused where today's rules refuse it."""
    try:
        return evaluate(*budget_of(content))
    except MetrologyError as error:
        raise InputRefused("budget_refused", "%(reason)s", reason=words_of(error)) from None


def present(found: Evaluation, language: str, *, same: bool = True) -> Shown:
    """An evaluation as a page shows it."""
    return Shown(found.report(language), density(found), same)


def agrees(one: Any, other: Any) -> bool:
    """Whether two results are the same to 12 digits, figure by figure."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(agrees(one[key], other[key]) for key in one)
    if isinstance(one, float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=10.0**-SAME)
    return bool(one == other)
