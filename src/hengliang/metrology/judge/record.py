"""The original record as plain data, and what the judge says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

Verdict = Literal["pass", "fail", "not_applicable", "indeterminate"]
Entry = Any
"""What stands in a cell: number, text, yes/no, or {"value": …, "unit": …}."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an item: the part and point it belongs to, its own cells and those of its runs."""

    cells: Mapping[str, Entry] = field(default_factory=dict)
    runs: Sequence[Mapping[str, Entry]] = ()
    point: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """An original record: the instrument's attributes, the regime and the rows of each item.

    `not_applicable` gives the reason for optional items that were left out. `uncertainty` holds, by item, the
    expanded uncertainty U (k = 2) in the unit of the limit, where it is to be checked: up to MPEV/3 it is
    neglected, beyond it the limits are drawn in by U. `decision` `guarded` always draws them in. `accepted_class` is
    the coarser class that the verifier accepts for an instrument which misses its own.
    """

    regime: str
    instrument: Mapping[str, Entry]
    items: Mapping[str, Sequence[Row]]
    parts: Sequence[str] = ()
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    uncertainty: Mapping[str, Entry] = field(default_factory=dict)
    decision: Literal["simple", "guarded"] = "simple"
    accepted_class: str | None = None


@dataclass(slots=True)
class PointResult:
    """One judged value: as computed, as rounded, its limits and the verdict.

    `cell` is the path of the row or run in the record; a limit that is None is open on that side.
    """

    cell: str
    part: str | None
    point: str | None
    value: Decimal | bool
    rounded: Decimal | bool
    low: Decimal | None
    high: Decimal | None
    verdict: Verdict


@dataclass(slots=True)
class ItemResult:
    """The verdict of one item with all its points. `reason` is a code when there is nothing to compare."""

    item: str
    verdict: Verdict
    points: tuple[PointResult, ...] = ()
    unit: str = "1"
    table: str | None = None
    rounding: Decimal | None = None
    reason: str | None = None
    uncertainty: Decimal | None = None


@dataclass(slots=True)
class Judgement:
    """The conclusion with everything that it rests on.

    `accuracy_class` is the class that was reached, `downgraded_from` the declared one where the record accepts
    a coarser one. `proposed_class` is the finest coarser class that a failing instrument meets: told, never taken.
    `parts` gives the conclusion of each part. `edition`, `document` and `content_hash` name the rule as used;
    a `draft` judgement may be shown and trained with, and nothing may be issued on it.
    """

    procedure: str
    edition: str
    document: str
    regime: str
    draft: bool
    content_hash: str
    verdict: Verdict
    items: tuple[ItemResult, ...]
    accuracy_class: str | None = None
    downgraded_from: str | None = None
    proposed_class: str | None = None
    parts: Mapping[str, Verdict] = field(default_factory=dict)
