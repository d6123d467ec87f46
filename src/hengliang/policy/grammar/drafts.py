"""What one sentence gives, with places in the sentence; `collect` puts them into the document."""

from dataclasses import dataclass, field
from datetime import date

from hengliang.policy.grammar.deadlines import Anchor
from hengliang.policy.grammar.due import Due, Inherited
from hengliang.policy.grammar.sentences import Segment
from hengliang.policy.model import Comparator, Firmness, Mode


@dataclass(frozen=True)
class Setting:
    """Where a sentence stands: day of the document, inherited deadline, whether goals are told here."""

    written: date | None
    inherited: Inherited | None
    goals: bool


@dataclass(frozen=True)
class Draft:
    """A target with its place in the sentence."""

    metric: str
    comparator: Comparator
    value: float
    upper: float | None
    unit: str
    due: Due
    mode: Mode
    firmness: Firmness
    start: int
    end: int
    verb: str


@dataclass
class Reading:
    """All that one sentence gave; `plain` are segments without a figure, for milestones."""

    targets: list[Draft] = field(default_factory=list)
    refused: list[tuple[int, int, str]] = field(default_factory=list)
    unparsed: list[tuple[int, int, str]] = field(default_factory=list)
    plain: list[Segment] = field(default_factory=list)
    dates: list[Anchor] = field(default_factory=list)
