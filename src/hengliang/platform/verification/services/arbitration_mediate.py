"""The parties of a dispute agree under the mediation of the authority: before the verification, or on its result."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.services import release
from hengliang.platform.verification.models import Arbitration, ArbitrationParty, Mediation
from hengliang.platform.verification.parties import basis_of, ends_where
from hengliang.platform.verification.services.arbitration_acts import tell_parties
from hengliang.platform.verification.services.fee_lapse import fees_lapse
from hengliang.platform.verification.states import ARBITRATION, MEDIATION, OPEN_TASKS, TASK


@dataclass(frozen=True)
class Consent:
    """What one party agreed to: who signed for it, what it bears, and its particulars as the agreement names them."""

    signed_by: str
    bears: str
    representative: str = ""
    address: str = ""


def arbitration_mediate(
    *, actor: Actor, arbitration: Arbitration, agreement: str, facts: str, on: date, perform_by: date,
    consents: Mapping[str, Consent],
) -> None:  # fmt: skip
    """Record what both parties agreed, what each bears and until when; the dispute ends, the instrument is released.

    Before the verification its task is cancelled; a result that was told stays as what the agreement rests on; what is
    final stays final. Of a second arbitration, the agreement settles the first as well.
    consents : by side
    Errors: `Blocked` without a mediation, or while the verification is under way; `InputRefused` without the agreement,
    the facts, or what a party signed, or for a day out of order.
    Source: 仲裁检定和计量调解办法, art. 15 and 16.
    """
    mediation = arbitration.mediations.filter(state="begun").first()
    permit(actor, "arbitration_mediate", region_id=_seat(arbitration, mediation, actor))
    if mediation is None:
        raise Blocked("mediation_absent", "Begin the mediation first: who asked for it, and who leads it.")
    ARBITRATION.target("arbitration_mediate", arbitration.state)
    _refuse_under_way(arbitration)
    parties = list(arbitration.parties.order_by("side"))
    _refuse_incomplete(agreement, facts, consents, parties)
    _refuse_days(actor, mediation, on, perform_by)
    with perform(actor, "arbitration_mediate", subject=arbitration, on=on, region_id=arbitration.seat_id) as act:
        _end_dispute(act, arbitration)
        move(MEDIATION, mediation, act)
        mediation.ended_on, mediation.facts, mediation.perform_by = on, facts.strip(), perform_by
        mediation.basis = basis_of(arbitration)
        mediation.save(update_fields=["ended_on", "facts", "perform_by", "basis"])
        arbitration.agreed_on, arbitration.agreement = on, agreement.strip()
        arbitration.save(update_fields=["agreed_on", "agreement"])
        _sign(parties, consents)
        act.content = {
            "number": arbitration.number, "agreement": arbitration.agreement, "by": perform_by.isoformat(),
            "signed": {party.side: party.agreed_by for party in parties},
            "bears": {party.side: party.bears for party in parties},
        }  # fmt: skip
        tell_parties(actor, act, arbitration, "arbitration.mediated", parties, day=on.isoformat())


def _seat(arbitration: Arbitration, mediation: Mediation | None, actor: Actor) -> int | None:
    return mediation.authority_id if mediation else ends_where(arbitration, actor.today)


def _refuse_under_way(arbitration: Arbitration) -> None:
    if arbitration.task.state in OPEN_TASKS and arbitration.task.state != "waiting":
        raise Blocked(
            "dispute_under_way",
            "The instrument of %(number)s is measured, its certificate not issued yet. Have it issued, or the record"
            " voided first.",
            number=arbitration.number,
        )


def _refuse_incomplete(
    agreement: str, facts: str, consents: Mapping[str, Consent], parties: list[ArbitrationParty]
) -> None:
    if not facts.strip():
        raise InputRefused("facts_missing", "State the facts of the dispute and who is responsible.", field="facts")
    if not agreement.strip():
        raise InputRefused("agreement_missing", "Write down what the parties agreed.", field="agreement")
    for party in parties:
        consent = consents.get(party.side)
        if consent is None or not consent.signed_by.strip():
            raise InputRefused("agreement_unsigned", "An agreement is signed by both parties.", field=party.side)
        if not consent.bears.strip():
            raise InputRefused(
                "bears_missing", "Say what %(party)s bears, or that it bears nothing.",
                field=f"{party.side}_bears", party=party.name,
            )  # fmt: skip


def _refuse_days(actor: Actor, mediation: Mediation, on: date, perform_by: date) -> None:
    if not mediation.begun_on <= on <= actor.today:
        raise InputRefused(
            "agreement_day", "The agreement was signed between the request for mediation and today.", field="on"
        )
    if perform_by < on:
        raise InputRefused(
            "perform_day", "It can't be performed before the day on which it is signed.", field="perform_by"
        )


def _end_dispute(act: Act, arbitration: Arbitration) -> None:
    """The dispute is settled; the task that waits is cancelled, and nothing keeps the instrument any longer."""
    held = arbitration.state != "final"
    move(ARBITRATION, arbitration, act)
    if arbitration.task.state in OPEN_TASKS:
        move(TASK, arbitration.task, act)
        fees_lapse([arbitration.task])
    if arbitration.first is not None and held:
        move(ARBITRATION, arbitration.first, act)
    if held:
        release(arbitration.instrument, act=act)


def _sign(parties: list[ArbitrationParty], consents: Mapping[str, Consent]) -> None:
    for party in parties:
        consent = consents[party.side]
        party.agreed_by, party.bears = consent.signed_by.strip()[:200], consent.bears.strip()
        party.representative = consent.representative.strip()[:200] or party.representative
        party.address = consent.address.strip()[:300] or party.address
        party.save(update_fields=["agreed_by", "bears", "representative", "address"])
