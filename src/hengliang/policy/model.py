"""What a policy document gives: clauses with their units, targets, milestones, and all that was not taken."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Role = Literal["lead", "joint"]
Comparator = Literal[">=", ">", "=", "range"]
Mode = Literal["new", "stock", "cumulative", "ratio", "standing"]
Firmness = Literal["firm", "aspirational"]
DeadlineFrom = Literal["sentence", "clause", "section", "document", "none"]


@dataclass(frozen=True)
class ResponsibleUnit:
    """A unit that answers for a clause; `others` is the open class it was named for (等高校科研院所)."""

    name: str
    role: Role
    others: str | None = None


@dataclass(frozen=True)
class Clause:
    """A numbered part of the document.

    id : number as printed, with the numbers above it, joined by "/"; may repeat where a document counts anew.
    ordinal : position in the document, from 0; unique.
    start, end : its own paragraphs in `PolicyDocument.text`.
    due : the last day by which, or year in which, it asks for something; None where it names none.
    """

    id: str
    heading: str
    text: str
    units: tuple[ResponsibleUnit, ...]
    measures: tuple[str, ...]
    ordinal: int
    depth: int
    start: int
    end: int
    due: date | None = None


@dataclass(frozen=True)
class Target:
    """A figure to be reached; `start` and `end` lie in `PolicyDocument.text`, `upper` only in a range."""

    text: str
    metric: str
    comparator: Comparator
    value: float
    upper: float | None
    unit: str
    deadline: date | None
    mode: Mode
    firmness: Firmness
    clause: str | None
    deadline_from: DeadlineFrom
    start: int
    end: int


@dataclass(frozen=True)
class Milestone:
    """A state to be reached by a day, without a figure.

    kind : `attained` where the text names an end state (建成), `improved` where it names a direction (提升).
    """

    text: str
    deadline: date
    clause: str | None
    kind: Literal["attained", "improved"]
    start: int
    end: int


@dataclass(frozen=True)
class Remainder:
    """A figure that is no target, and why: refused with certainty, or not understood."""

    text: str
    reason: str
    clause: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Repair:
    """What was mended in the text, how often."""

    kind: str
    count: int


@dataclass(frozen=True)
class PolicyDocument:
    """All that was found in one document; `text` is the mended text that every position speaks of."""

    title: str | None
    region: str | None
    issuer: str | None
    date: date | None
    text: str
    clauses: tuple[Clause, ...]
    targets: tuple[Target, ...]
    milestones: tuple[Milestone, ...]
    unparsed: tuple[Remainder, ...]
    refused: tuple[Remainder, ...]
    repairs: tuple[Repair, ...]
    encoding: str
