"""The layers of rules read and laid over each other, before they become norms."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from hengliang.norms.checks import check_document
from hengliang.norms.document import Document, read_document
from hengliang.norms.errors import NormFault, NormProblem
from hengliang.norms.tables import attach_tables

SHIPPED_LAYER = "shipped"
APPROVALS_FILE = "approvals.yaml"
UNITS_FILE = "units.csv"
META = frozenset({"source", "status", "checked", "approved", "note", "repealed"})
STATUS = ("status", "checked", "approved")
Layers = Sequence[tuple[str, Path]]


@dataclass(slots=True)
class Edition:
    """A dated value as read: content, what is said about it, and where it stands."""

    content: dict[str, Any]
    meta: Mapping[str, Any]
    layer: str
    file: str
    line: int


@dataclass(slots=True)
class Gathered:
    """One rule as read from all layers: its head from the first, its editions by day from the last."""

    head: Mapping[str, Any]
    file: str
    editions: dict[date, Edition] = field(default_factory=dict)


def gather(layers: Layers, problems: list[NormProblem]) -> dict[str, Gathered]:
    """All rules of the layers, later ones upon earlier ones; faults are added to `problems`."""
    units = read_units(layers)
    gathered: dict[str, Gathered] = {}
    for layer, folder in layers:
        for path in rule_files(folder):
            document = _document(path, folder, layer, units, problems)
            if document is not None:
                _add(gathered, document, layer, problems)
    return gathered


def rule_files(folder: Path) -> list[Path]:
    """The files of rules under a folder, in a fixed order."""
    return sorted(path for path in folder.rglob("*.yaml") if path.name != APPROVALS_FILE)


def read_units(layers: Layers) -> frozenset[str]:
    """The closed list of units, from `units.csv` of all layers."""
    symbols: set[str] = set()
    for _, folder in layers:
        path = folder / UNITS_FILE
        if path.exists():
            with path.open(encoding="utf-8", newline="") as lines:
                symbols.update(row["symbol"] for row in csv.DictReader(lines))
    return frozenset(symbols)


def _document(
    path: Path, folder: Path, layer: str, units: frozenset[str], problems: list[NormProblem]
) -> Document | None:
    where = path.relative_to(folder)
    try:
        document = read_document(path, f"{layer}/{where.as_posix()}")
    except NormFault as fault:
        problems += fault.problems
        return None
    attach_tables(document, path.parent)
    check_document(document, where.with_suffix("").as_posix(), units, shipped=layer == SHIPPED_LAYER)
    problems += document.problems
    return None if document.problems else document


def _add(gathered: dict[str, Gathered], document: Document, layer: str, problems: list[NormProblem]) -> None:
    head = document.data
    found = gathered.setdefault(head["id"], Gathered(head, document.file))
    if (found.head["kind"], found.head.get("unit")) != (head["kind"], head.get("unit")):
        message = f"{head['id']} is of another kind or unit than in {found.file}"
        problems.append(NormProblem(document.file, 1, "kind_differs", message, "Use the same kind and unit"))
        return
    status = {key: head[key] for key in STATUS if key in head}
    for day, value in head["values"].items():
        content = {key: inner for key, inner in value.items() if key not in META}
        document.put_tables(("values", day), content)
        meta = {**status, **{key: value[key] for key in META if key in value}}
        found.editions[day] = Edition(content, meta, layer, document.file, document.line(("values", day)))
