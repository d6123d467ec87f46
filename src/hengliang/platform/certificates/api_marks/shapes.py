"""What programs say and are told about marks: shapes."""

from datetime import date
from typing import Annotated, Literal

from ninja import Field, Schema

from hengliang.platform.certificates.models import MarkBatch
from hengliang.platform.certificates.states import MARK
from hengliang.platform.core.interface import (
    Day,
    Key,
    Line,
    Optional,
    Reason,
    Text,
    upto,
)

MARK_STATES = "|".join(state.code for state in MARK.states)
KindCode = Annotated[str, Field(min_length=1, max_length=24, pattern=r"^[a-z_]+$", examples=["label"])]
Number = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$", examples=["衡检A000123"])]
NumberVerdict = Literal[
    "in_order", "expired", "withdrawn", "replaced", "failed", "cancelled", "genuine", "to_be_removed", "taken_off",
    "not_used", "in_stock", "awaited", "in_force", "unknown",
]  # fmt: skip


class MarkOut(Schema):
    """A mark that left the stock; `last` differs from `number` where one row stands for a range."""

    id: int = Field(examples=[7])
    kind: str = Field(examples=["label"])
    number: str = Field(examples=["衡检A000123"])
    count: int = Field(alias="several", examples=[1])
    state: str = Field(examples=["on_instrument"])
    body_id: int = Field(examples=[2])
    person_id: int | None = Field(examples=[5])
    instrument: str | None = Field(None, alias="instrument.code", examples=["7K3MZQ9RWA"])
    record_id: int | None = Field(examples=[90])
    certificate_id: int | None = Field(examples=[55])
    place: str = Field(examples=[""])
    on: date = Field(examples=["2026-03-02"])
    ended_on: date | None = Field(examples=[None])
    taken_off_by: str = Field(examples=[""])


class MarkFilter(Schema):
    """Which marks."""

    kind: KindCode | None = None
    state: str | None = Field(None, pattern=f"^({MARK_STATES})$", examples=["to_remove"])
    number: Optional = ""
    instrument: Optional = ""
    due_off: bool | None = Field(None, description="Whether it has to come off", examples=[True])


class RemovalOut(Schema):
    """A mark that has to come off: good no longer, or its instrument is scrapped or lost; and who must see to it."""

    id: int = Field(alias="mark.pk", examples=[7])
    kind: str = Field(alias="mark.kind", examples=["label"])
    number: str = Field(alias="mark.number", examples=["衡检A000123"])
    body_id: int = Field(alias="mark.body_id", examples=[2])
    person_id: int | None = Field(alias="mark.person_id", examples=[5])
    instrument: str | None = Field(None, alias="mark.instrument.code", examples=["7K3MZQ9RWA"])
    why: str = Field(examples=["报废"])
    since: date = Field(examples=["2026-03-02"])
    who: str = Field(examples=["王检，衡城市计量检定所"])
    holder: str = Field(examples=["量县加油站"])


class MarkUseIn(Schema):
    """A number that is put on an instrument."""

    body_id: Key
    kind: KindCode
    number: Number
    instrument: Annotated[str, Field(min_length=1, max_length=16, examples=["7K3MZQ9RWA"])]
    record_id: Key | None = None
    place: Annotated[str, upto(100)] = ""
    on: Day | None = None


class MarkRemovalIn(Schema):
    """That a mark was taken off."""

    taken_off_by: Line
    reason: Reason
    on: Day | None = None


class RunIn(Schema):
    """A run of numbers of one kind."""

    kind: KindCode
    first: Number
    last: Number
    on: Day | None = None


class MarkBatchIn(RunIn):
    """A batch received."""

    supplier: Annotated[str, upto(200)] = ""
    document: Annotated[str, upto(100)] = ""


class HandedIn(RunIn):
    """A run handed to, or taken back from, a person."""

    person_id: Key


class SpoiledIn(Schema):
    """A number written off."""

    kind: KindCode
    number: Number
    reason: Reason
    on: Day | None = None


class DestroyedRun(Schema):
    """Unused numbers from the store."""

    kind: KindCode
    first: Number
    last: Number


class DestroyedIn(Schema):
    """What was destroyed, before whom."""

    marks: Annotated[list[Key], Field(max_length=1000)] = []
    runs: Annotated[list[DestroyedRun], Field(max_length=100)] = []
    first_person_id: Key
    second_person_id: Key
    method: Annotated[str, upto(100)] = ""
    reason: Reason
    on: Day | None = None


class CountIn(Schema):
    """What was counted, with a person or in the store."""

    kind: KindCode
    counted: Text = Field("", examples=["衡检A000101 ~ 衡检A000180"])
    person_id: Key | None = None
    on: Day | None = None


class SettledIn(Schema):
    """How a difference is explained."""

    outcome: Literal["lost", "spoiled", "present"]
    explanation: Reason


class LeftOut(Schema):
    """What is left of a series."""

    kind: str = Field(examples=["label"])
    ranges: list[str] = Field(alias="printed", examples=[["衡检A000101–衡检A000180"]])
    count: int = Field(alias="amount", examples=[80])


class StockAccountOut(Schema):
    """Where the marks of one kind are."""

    kind: str = Field(examples=["label"])
    received: int = Field(examples=[10000])
    store: int = Field(examples=[8900])
    held: int = Field(examples=[999])
    states: dict[str, int] = Field(examples=[{"on_instrument": 98}])


class StockOut(Schema):
    """The stock of a body."""

    accounts: list[StockAccountOut]
    store: list[LeftOut]


class InHandOut(Schema):
    """What a person has in hand, and which numbers of it were skipped."""

    left: list[LeftOut]
    skipped: list[LeftOut]


class MarkBatchOut(Schema):
    """A batch."""

    id: int = Field(examples=[1])
    kind: str = Field(alias="series.kind", examples=["label"])
    received_on: date = Field(examples=["2026-01-05"])
    numbers: str = Field(examples=["衡检A000001–衡检A010000"])

    @staticmethod
    def resolve_numbers(batch: MarkBatch) -> str:
        """First and last number as printed."""
        return str(batch)


class StockFindingOut(Schema):
    """A difference."""

    id: int = Field(examples=[1])
    what: str = Field(examples=["missing"])
    prefix: str = Field(examples=["衡检A"])
    first: int = Field(examples=[41])
    last: int = Field(examples=[42])
    outcome: str = Field(examples=[""])
    explanation: str = Field(examples=[""])


class StocktakingOut(Schema):
    """A stocktaking with its differences."""

    id: int = Field(examples=[1])
    kind: str = Field(examples=["label"])
    person_id: int | None = Field(examples=[5])
    on: date = Field(examples=["2026-03-02"])
    state: str = Field(examples=["differs"])
    expected: list[str] = Field(examples=[["衡检A000001–衡检A000100"]])
    counted: list[str] = Field(examples=[["衡检A000001–衡检A000040"]])
    findings: list[StockFindingOut]


class NumberCheckOut(Schema):
    """What anybody may know of a number."""

    verdict: NumberVerdict = Field(examples=["in_order"])
    kind: str | None = Field(None, examples=["检定合格证"])
    body: str | None = Field(None, examples=["衡城市计量检定所"])
    instrument: str | None = Field(None, examples=["电子计价秤"])
    on: date | None = Field(None, examples=["2026-03-02"])
    valid_until: date | None = Field(None, examples=["2027-03-01"])


class PhotographOut(Schema):
    """A photograph as it is kept."""

    id: int = Field(examples=[3])
    sha256: str = Field(examples=["9f86d081884c7d65…"])
