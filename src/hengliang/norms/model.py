"""A rule and its dated values, each with its provenance."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from hengliang.norms.errors import NormNotInForce, NormRepealed, WrongKind

Status = Literal["draft", "checked", "approved"]
Note = str | Mapping[str, str] | None
Kind = Literal[
    "scalar",
    "bracket_table",
    "period",
    "procedure",
    "sampling_plan",
    "coefficients",
    "scheme",
    "indicator",
    "catalogue",
    "calendar",
]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value stands: document and clause, the words (`quote`), and how we know (`basis`).

    `basis` is `read` (seen in the source named by `via`), `recalled` or `computed`.
    `archive` is the file under HENGLIANG_SOURCES that holds the text.
    """

    document: str
    clause: str
    quote: str | None
    basis: str
    via: str | None = None
    archive: str | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """Who held a value against which text: one name for checked, two for approved.

    `sha256` is that of the file compared with, `quote` its words where the value itself quotes none.
    """

    by: tuple[str, ...]
    on: date
    against: str
    sha256: str | None = None
    quote: str | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Value:
    """A rule's content from `start` on, with provenance. `layer` is `shipped` or the overlay that gave it.

    `place` is the file and line where the value stands.
    """

    norm: str
    kind: Kind
    title: Mapping[str, str]
    unit: str | None
    start: date
    content: Mapping[str, Any]
    source: Source
    status: Status
    approval: Approval | None
    fingerprint: Callable[[], str]
    layer: str
    place: str
    note: Note = None
    repealed: bool = False

    def __repr__(self) -> str:
        return f"<{self.norm} from {self.start}, {self.status}, {self.content_hash[:8]}>"

    @property
    def content_hash(self) -> str:
        """SHA-256 of content and source: what was approved, and what a result was judged by."""
        return self.fingerprint()

    @property
    def draft(self) -> bool:
        """Whether nobody has yet held the value against its text."""
        return self.status == "draft"

    @property
    def may_issue(self) -> bool:
        """Whether an authority has approved the value, so that documents may be issued by it."""
        return self.status == "approved"

    @property
    def number(self) -> Decimal:
        """The number of a scalar.

        Raises
        ------
        WrongKind : the rule is no scalar
        """
        if self.kind != "scalar":
            raise WrongKind(norm=self.norm, kind=self.kind, wanted="scalar")
        return Decimal(self.content["value"])

    def provenance(self) -> dict[str, Any]:
        """What a result stores of the rule that it used, as JSON values."""
        return {
            "norm": self.norm,
            "start": self.start.isoformat(),
            "document": self.source.document,
            "clause": self.source.clause,
            "basis": self.source.basis,
            "status": self.status,
            "content_hash": self.content_hash,
            "layer": self.layer,
        }


@dataclass(frozen=True, eq=False, slots=True)
class Norm:
    """One rule: what it is, and its values by start date."""

    id: str
    kind: Kind
    title: Mapping[str, str]
    unit: str | None
    file: str
    note: Note
    values: tuple[Value, ...]
    starts: tuple[date, ...]

    def at(self, day: date) -> Value:
        """The value in force on `day`.

        Raises
        ------
        NormNotInForce : `day` lies before the first value, or the rule is repealed
        """
        index = bisect_right(self.starts, day) - 1
        if index < 0:
            raise NormNotInForce(norm=self.id, since=self.starts[0], day=day)
        value = self.values[index]
        if value.repealed:
            raise NormRepealed(norm=self.id, since=value.start, day=day, document=value.source.document)
        return value

    def value_at(self, day: date) -> Value | None:
        """The value in force on `day`, None if there is none."""
        index = bisect_right(self.starts, day) - 1
        return None if index < 0 or self.values[index].repealed else self.values[index]

    def editions(self) -> Sequence[Value]:
        """All values, oldest first, repeals among them."""
        return self.values
