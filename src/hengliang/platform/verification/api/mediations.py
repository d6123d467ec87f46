"""Mediations of disputes for programs."""

from ninja import Field, Router, Schema

from hengliang.platform.core.interface import Day, Key, Line, Reasoned, Text
from hengliang.platform.core.requests import Request
from hengliang.platform.verification.api.arbitration_shapes import ArbitrationOut, AskedBy
from hengliang.platform.verification.api.arbitrations import visible
from hengliang.platform.verification.models import Arbitration
from hengliang.platform.verification.services import Consent, arbitration_mediate, mediation_fail, mediation_open

router = Router(tags=["verification"])


class MediationIn(Schema):
    """Who asked for the mediation, how and when, and who leads it."""

    asked_by: AskedBy
    written: bool = True
    mediators: Line = Field(max_length=200, examples=["王科长"])
    on: Day | None = None


class UnmediatedIn(Reasoned):
    """Why nothing was agreed, and when it ended."""

    on: Day | None = None


class ConsentIn(Schema):
    """What one party agreed to: who signed for it, and what it bears."""

    signed_by: Line = Field(max_length=200, examples=["李四（加油站站长）"])
    bears: Text = Field(examples=["退还多收的 320 元，并承担检定费用"])
    representative: Line = Field("", max_length=200, examples=["李四，经理"])
    address: Line = Field("", max_length=300, examples=["量县人民路 1 号"])


class MediatedIn(Schema):
    """What both parties agreed, on which facts, and until when each performs what it bears."""

    agreement: Text = Field(examples=["被申请人退还多收的 320 元，三日内付清。"])
    facts: Text = Field(examples=["称量短少，责任在被申请人。"])
    perform_by: Day
    on: Day | None = None
    claimant: ConsentIn
    respondent: ConsentIn


@router.post("/{int:pk}/mediation", response=ArbitrationOut, summary="Begin a mediation")
def mediate(request: Request, pk: Key, told: MediationIn) -> Arbitration:
    """One party or both asked the authority to mediate, before or after the result."""
    mediation_open(
        actor=request.actor, arbitration=visible(request, pk), asked_by=told.asked_by, written=told.written,
        mediators=told.mediators, on=told.on or request.actor.today,
    )  # fmt: skip
    return visible(request, pk)


@router.post("/{int:pk}/no-agreement", response=ArbitrationOut, summary="End the mediation without an agreement")
def no_agreement(request: Request, pk: Key, told: UnmediatedIn) -> Arbitration:
    """The arbitration goes on as it stood."""
    mediation_fail(
        actor=request.actor, arbitration=visible(request, pk), on=told.on or request.actor.today, reason=told.reason
    )
    return visible(request, pk)


@router.post("/{int:pk}/agreement", response=ArbitrationOut, summary="Record the agreement of a mediation")
def agree(request: Request, pk: Key, told: MediatedIn) -> Arbitration:
    """Both parties agreed in the mediation that was begun: the dispute is settled."""
    arbitration_mediate(
        actor=request.actor, arbitration=visible(request, pk), on=told.on or request.actor.today,
        **told.dict(include={"agreement", "facts", "perform_by"}),
        consents={"claimant": Consent(**told.claimant.dict()), "respondent": Consent(**told.respondent.dict())},
    )  # fmt: skip
    return visible(request, pk)
