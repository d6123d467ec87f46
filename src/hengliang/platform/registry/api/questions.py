"""What programs say when they act on the ledger."""

from typing import Annotated

from ninja import Field, Schema
from pydantic import StringConstraints

from hengliang.platform.core.interface import Day, Key, Line, Optional, Reason, filled, upto, words_of
from hengliang.platform.registry.models import InstrumentCode, Purpose, Regime

Code = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Kind = Annotated[InstrumentCode.Kind, words_of(InstrumentCode.Kind)]


class FileIn(Schema):
    """An instrument to be filed."""

    item: Line = Field(examples=["FUEL"])
    owner_id: Key
    region_id: Key
    purpose: Purpose = Field(examples=["trade"])
    serial_number: Annotated[str, filled(100)] = Field(examples=["20240001"])
    name: Annotated[str, upto(100)] = ""
    model: Annotated[str, upto(100)] = ""
    manufacturer: Annotated[str, upto(200)] = ""
    measuring_range: Annotated[str, upto(100)] = ""
    accuracy_class: Annotated[str, upto(40)] = ""
    place: Optional = ""
    made_on: Day | None = None
    ecqs: Annotated[str, upto(100)] = ""


class On(Schema):
    """From which day."""

    on: Day | None = None


class ReasonIn(On):
    """From which day, and why."""

    reason: Reason


class AcceptIn(On):
    """The body that is to verify it, if known."""

    body_id: Key | None = None


class MoveIn(On):
    """Where it stands."""

    place: Annotated[str, filled(300)] = Field(examples=["2号岛"])
    region_id: Key | None = None


class TransferIn(ReasonIn):
    """To whom it goes."""

    owner_id: Key


class ReclassifyIn(ReasonIn):
    """What changes; what is left out stays."""

    purpose: Purpose | None = None
    regime: Regime | None = None
    mandatory: bool | None = None


class MergeIn(ReasonIn):
    """The entry that stays."""

    into: Code


class CodeIn(On):
    """A code to be assigned."""

    kind: Kind = Field(examples=["ecqs"])
    value: Annotated[str, filled(100)] = Field(examples=["3401202600001"])


class PartIn(On):
    """A part judged singly."""

    label: Annotated[str, filled(40)] = Field(examples=["1号枪"])
    serial_number: Annotated[str, upto(100)] | None = None
    due_on: Day | None = None


class ResultIn(Schema):
    """What a paper proof says."""

    verified_on: Day
    passed: bool
    due_on: Day | None = None
    reason: Reason
