"""Worked records that ship with the procedures: for training, for the pages of the rules, and as tests."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hengliang.norms.load import SHIPPED


@dataclass(frozen=True, slots=True)
class Example:
    """A record with the verdict it must get, and where its figures come from."""

    procedure: str
    edition: str
    name: str
    origin: str
    record: dict[str, Any]
    verdict: str
    failing: tuple[str, ...]
    accuracy_class: str | None


def examples(folder: Path = SHIPPED) -> list[Example]:
    """All worked records under a folder of rules, by procedure and name."""
    paths = sorted(folder.rglob("*.example.json"))
    return [_example(entry) for path in paths for entry in json.loads(path.read_text(encoding="utf-8"))]


def _example(entry: dict[str, Any]) -> Example:
    expected = entry["expected"]
    return Example(
        procedure=entry["procedure"],
        edition=entry["edition"],
        name=entry["name"],
        origin=entry["origin"],
        record=entry["record"],
        verdict=expected["verdict"],
        failing=tuple(expected.get("failing", ())),
        accuracy_class=expected.get("accuracy_class"),
    )
