"""What a procedure says, as plain dataclasses: items by regime, points, formulas, limits, accept rules.

`hengliang.norms` fills them from the dated data; nothing here knows a file. All numbers are `Decimal`,
so that a limit written 0.3 is 0.3 and a boundary lies exactly where the regulation puts it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Conditions = Mapping[str, frozenset[str]]
Text = Mapping[str, str]
NO_TEXT: Text = {}


@dataclass(frozen=True, slots=True)
class Term:
    """`times` × the product of the quantities `of` ÷ the product of the quantities `over`."""

    times: Decimal
    of: tuple[str, ...] = ()
    over: tuple[str, ...] = ()


Amount = tuple[Term, ...]
"""A sum of terms; a plain number is one term without quantities."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """Limits that hold while the variable lies between `start` and `end` (None: unbounded)."""

    start: Amount | None
    end: Amount | None
    low: Amount | None
    high: Amount | None


@dataclass(frozen=True, slots=True)
class LimitRow:
    """Brackets that hold for an instrument and point which meet `when`."""

    when: Conditions
    brackets: tuple[Bracket, ...]


@dataclass(frozen=True, slots=True)
class LimitTable:
    """Limits by conditions and, inside a row, by brackets of one variable.

    `over` is the variable (load ÷ e, flow, current ÷ I_b). `closed` says which end of a bracket belongs to
    it; the outermost ends always do. `per` multiplies every limit (e for a table written in e).
    `factors` multiplies by regime (in service: 2).
    """

    id: str
    unit: str
    rows: tuple[LimitRow, ...]
    over: Amount | None = None
    closed: Literal["upper", "lower"] = "upper"
    per: str | None = None
    factors: Mapping[str, Decimal] = field(default_factory=dict)
    title: Text = field(default_factory=lambda: NO_TEXT)


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that the verifier writes down, with what is possible for it.

    `kind` is `number`, `choice` (one of `choices`, called `words` where the choice is a code) or `check` (yes or no).
    """

    id: str
    title: Text
    kind: Literal["number", "choice", "check"] = "number"
    unit: str = "1"
    choices: tuple[str, ...] = ()
    low: Amount | None = None
    high: Amount | None = None
    default: str | None = None
    optional: bool = False
    words: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Point:
    """A point at which the procedure wants a reading; `values` are given, not entered."""

    id: str
    title: Text
    when: Conditions
    values: Mapping[str, Amount]
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that free rows must contain: cell `cell` at `at`, unless that lies above `unless_above`."""

    cell: str
    at: Amount
    unless_above: Amount | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """The limit of an item: a table, read as it stands or as a magnitude, times a factor."""

    table: str
    mode: Literal["both", "magnitude"] = "both"
    times: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Rounding:
    """Rounding before judging: the step, by one attribute or for all (key "")."""

    by: str | None
    steps: Mapping[str, Amount]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a verification: what is read, at which points, how it is computed and judged.

    With `points` each of them is wanted once; without, the rows are free, at least `at_least` of them and
    containing every `include`. `cells` are read once a row, `run_cells` once in each of `runs` runs.
    `readings` names another item whose readings this one judges again (repeatability from runs of the error).
    """

    id: str
    title: Text
    formula: str
    regimes: frozenset[str]
    when: Conditions
    cells: tuple[Cell, ...] = ()
    run_cells: tuple[Cell, ...] = ()
    runs: int = 1
    points: tuple[Point, ...] = ()
    at_least: int = 1
    include: tuple[Wanted, ...] = ()
    arguments: Mapping[str, str] = field(default_factory=dict)
    combine: str = "each"
    rounding: Rounding | None = None
    limit: Limit | None = None
    unit: str = "1"
    per_part: bool = False
    optional: bool = False
    failures_allowed: int = 0
    readings: str | None = None
    clause: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Procedure:
    """A dated edition of a verification procedure, ready to judge with.

    `part` names what is judged separately in one instrument (the nozzle of a dispenser).
    `class_by` is the attribute that carries the accuracy class; `downgrade` the classes from fine to coarse
    that a failing instrument may be lowered to, where the verifier accepts it.
    `draft` procedures judge, but nothing may be issued by them.
    """

    id: str
    edition: str
    document: str
    title: Text
    attributes: tuple[Cell, ...]
    regimes: tuple[str, ...]
    items: tuple[Item, ...]
    tables: Mapping[str, LimitTable]
    instruments: tuple[str, ...] = ()
    part: Text | None = None
    class_by: str | None = None
    downgrade: tuple[str, ...] = ()
    draft: bool = True
    content_hash: str = ""
