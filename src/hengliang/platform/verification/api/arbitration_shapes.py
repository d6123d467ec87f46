"""What programs say and hear of arbitration verifications."""

from datetime import date
from typing import Annotated

from ninja import Field, Schema

from hengliang.platform.core.interface import Day, Key, Line, Text, words_of
from hengliang.platform.verification.models import ArbitrationParty, Mediation

AskedBy = Annotated[Mediation.Asked, words_of(Mediation.Asked)]
Side = Annotated[ArbitrationParty.Side, words_of(ArbitrationParty.Side)]


class PartyOut(Schema):
    """A party; `present` is null until it is recorded."""

    side: Side = Field(examples=["claimant"])
    name: str = Field(examples=["量县加油站"])
    present: bool | None = Field(examples=[None])
    presence_note: str = Field(examples=[""])
    result_on: date | None = Field(examples=[None])
    second_by: date | None = Field(examples=[None])
    address: str = Field(examples=["量县人民路 1 号"])
    representative: str = Field(examples=["李四，经理"])
    agreed_by: str = Field(examples=[""])
    bears: str = Field(examples=[""])


class MediationOut(Schema):
    """A mediation of the dispute; the agreement stands with the arbitration, what a party bears with the party."""

    state: str = Field(examples=["begun"])
    asked_by: AskedBy = Field(examples=["both"])
    written: bool = Field(examples=[True])
    begun_on: date = Field(examples=["2026-03-17"])
    mediators: str = Field(examples=["王科长"])
    ended_on: date | None = Field(examples=[None])
    facts: str = Field(examples=[""])
    perform_by: date | None = Field(examples=[None])
    basis_id: int | None = Field(examples=[None], description="The original record on whose result it rests")


class ArbitrationOut(Schema):
    """A dispute about an instrument that is decided by verification."""

    id: int = Field(examples=[4])
    number: str = Field(examples=["ZCAJ2026-2-0001"])
    instrument: str = Field(alias="instrument.code", examples=["HL0000123"])
    task_id: int = Field(examples=[71])
    dispute: str = Field(examples=["对加油量有争议"])
    asked_on: date = Field(examples=["2026-03-02"])
    notice_by: date = Field(examples=["2026-03-09"])
    provisional: bool = Field(examples=[False])
    notified_on: date | None = Field(examples=[None])
    meets_on: date = Field(examples=["2026-03-16"])
    place: str = Field(examples=["量县加油站"])
    first_id: int | None = Field(examples=[None], description="The first, of a second arbitration")
    appealed_on: date | None = Field(examples=[None])
    appealed_side: str = Field(examples=[""])
    demand: str = Field(examples=["退还多收的 320 元"])
    evidence: str = Field(examples=["小票两张"])
    commissioned_by: str = Field(examples=[""])
    agreed_on: date | None = Field(examples=[None])
    agreement: str = Field(examples=[""])
    state: str = Field(examples=["opened"])
    parties: list[PartyOut]
    mediations: list[MediationOut]


class DisputantIn(Schema):
    """A party: an organisation of the platform, or a name."""

    organisation_id: Key | None = None
    name: Line = Field("", examples=["张三"])
    address: Line = Field("", max_length=300, examples=["量县人民路 1 号"])
    representative: Line = Field("", max_length=200, examples=["李四，经理"])


class DisputeIn(Schema):
    """A dispute, its parties, and who decides it when and where."""

    instrument: Line = Field(examples=["HL0000123"])
    body_id: Key
    claimant: DisputantIn
    respondent: DisputantIn
    dispute: Text = Field(examples=["对加油量有争议"])
    meets_on: Day
    place: Line = Field(examples=["量县加油站"])
    demand: Text = Field("", examples=["退还多收的 320 元"])
    evidence: Text = Field("", examples=["小票两张"])
    commissioned_by: Line = Field("", max_length=300, examples=["量县人民法院，量县法院路 1 号"])


class NoticeIn(Schema):
    """When both parties were notified; left out, today."""

    on: Day | None = None


class ArbitrationMoveIn(Schema):
    """Another day; the place left out stays."""

    meets_on: Day
    place: Line = Field("", examples=["量县加油站"])
    reason: Line = Field(examples=["被申请人书面请求延期"])


class PresenceIn(Schema):
    """Whether a party came, and who, or why nobody did."""

    side: Side
    present: bool
    note: Line = Field(max_length=200, examples=["法定代表人到场"])


class ArbitrationResultIn(Schema):
    """The day on which each party received the notice of the result."""

    claimant: Day
    respondent: Day


class AppealIn(Schema):
    """A party does not accept the result; the day left out is today."""

    side: Side
    grounds: Text = Field(examples=["检定时未使用现场电源"])
    on: Day | None = None


class SecondIn(Schema):
    """Who decides the second arbitration, when and where."""

    body_id: Key
    meets_on: Day
    place: Line = Field(examples=["省计量院"])
