"""What programs say when they act on the ledger."""

from typing import Annotated

from ninja import Field, Schema
from pydantic import StringConstraints

from hengliang.platform.core.interface import Day, Key, Reason, column, words_of
from hengliang.platform.registry.models import (
    CatalogueItem,
    Instrument,
    InstrumentCode,
    InstrumentState,
    Purpose,
    Regime,
)

Code = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Kind = Annotated[InstrumentCode.Kind, words_of(InstrumentCode.Kind)]

PartLabel = Annotated[str, column(Instrument, "part_label", least=1)]


class FileIn(Schema):
    """An instrument to be filed."""

    item: Annotated[str, column(CatalogueItem, "code", least=1)] = Field(examples=["FUEL"])
    owner_id: Key
    region_id: Key
    purpose: Purpose = Field(examples=["trade"])
    serial_number: Annotated[str, column(Instrument, "serial_number", least=1)] = Field(examples=["20240001"])
    name: Annotated[str, column(Instrument, "name")] = ""
    model: Annotated[str, column(Instrument, "model")] = ""
    manufacturer: Annotated[str, column(Instrument, "manufacturer")] = ""
    measuring_range: Annotated[str, column(Instrument, "measuring_range")] = ""
    accuracy_class: Annotated[str, column(Instrument, "accuracy_class")] = ""
    place: Annotated[str, column(InstrumentState, "place")] = ""
    made_on: Day | None = None
    ecqs: Annotated[str, column(InstrumentCode, "value")] = ""
    parts: list[PartLabel] = Field(default=[], max_length=64, examples=[["1号枪", "2号枪"]])


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

    place: Annotated[str, column(InstrumentState, "place", least=1)] = Field(examples=["2号岛"])
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
    value: Annotated[str, column(InstrumentCode, "value", least=1)] = Field(examples=["3401202600001"])


class PartIn(On):
    """A part judged singly."""

    label: Annotated[str, column(Instrument, "part_label", least=1)] = Field(examples=["1号枪"])
    serial_number: Annotated[str, column(Instrument, "serial_number")] | None = None
    due_on: Day | None = None


class ResultIn(Schema):
    """What a paper proof says."""

    verified_on: Day
    passed: bool
    due_on: Day | None = None
    reason: Reason
