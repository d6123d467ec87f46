"""A mediation begins at the request of a party, and may end without an agreement: the dispute goes on as it stood."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.verification.models import Arbitration, Mediation
from hengliang.platform.verification.parties import ends_where
from hengliang.platform.verification.services.arbitration_acts import end_mediation, tell_parties
from hengliang.platform.verification.states import ARBITRATION, MEDIATION


def mediation_open(
    *, actor: Actor, arbitration: Arbitration, asked_by: str, written: bool, mediators: str, on: date
) -> Mediation:
    """One party or both asked the authority to mediate; terms and work of the arbitration go on meanwhile.

    Errors: `Blocked` while one is begun, after an agreement, or for a first whose second is open; `TransitionRefused`
    for a dispute that was withdrawn or replaced; `InputRefused` for a day out of order or without a mediator.
    Source: 仲裁检定和计量调解办法, art. 15.
    """
    seat = ends_where(arbitration, actor.today)
    permit(actor, "mediation_open", region_id=seat)
    ARBITRATION.target("arbitration_mediate", arbitration.state)
    _refuse_twice(arbitration)
    if not mediators.strip():
        raise InputRefused("mediator_missing", "Name who leads the mediation.", field="mediators")
    if asked_by not in Mediation.Asked.values:
        raise InputRefused("asked_by", "Say which party asked for the mediation.", field="asked_by")
    if not arbitration.asked_on <= on <= actor.today:
        raise InputRefused(
            "mediation_day", "The mediation was asked for between the request for arbitration and today.", field="on"
        )
    with perform(actor, "mediation_open", subject=arbitration, on=on, region_id=arbitration.seat_id) as act:
        made = Mediation.objects.create(
            act=act, arbitration=arbitration, authority_id=seat or arbitration.seat_id, asked_by=asked_by,
            written=written, begun_on=on,
            mediators=mediators.strip()[:200], state=MEDIATION.states[0].code,
        )  # fmt: skip
        enter(MEDIATION, made, act)
        act.content = {"number": arbitration.number, "asked_by": asked_by, "stage": arbitration.state}
        tell_parties(actor, act, arbitration, "arbitration.mediation", list(arbitration.parties.all()))
    return made


def _refuse_twice(arbitration: Arbitration) -> None:
    if arbitration.mediations.filter(state="begun").exists():
        raise Blocked("mediation_begun", "A mediation of %(number)s is begun; end it first.", number=arbitration.number)
    if arbitration.agreed_on:
        raise Blocked("agreed_already", "The parties of %(number)s agreed already.", number=arbitration.number)
    second = Arbitration.objects.filter(first=arbitration).exclude(state="withdrawn").first()
    if second is not None:
        raise Blocked(
            "second_mediates", "The second arbitration %(number)s is open: the mediation belongs there.",
            number=second.number,
        )  # fmt: skip


def mediation_fail(*, actor: Actor, arbitration: Arbitration, on: date, reason: str) -> None:
    """The parties did not agree; the arbitration goes on, and either may go to court.

    Errors: `Blocked` where no mediation is begun; `InputRefused` for a day out of order.
    Source: 仲裁检定和计量调解办法, art. 18.
    """
    found = arbitration.mediations.filter(state="begun").first()
    seat = found.authority_id if found else ends_where(arbitration, actor.today)
    permit(actor, "mediation_fail", region_id=seat)
    if found is None:
        raise Blocked("no_mediation", "No mediation of %(number)s is begun.", number=arbitration.number)
    if not found.begun_on <= on <= actor.today:
        raise InputRefused("mediation_end_day", "It ended between its beginning and today.", field="on")
    with perform(
        actor, "mediation_fail", subject=arbitration, on=on, reason=reason, region_id=arbitration.seat_id
    ) as act:
        end_mediation(act, arbitration, on)
        act.content = {"number": arbitration.number}
        tell_parties(actor, act, arbitration, "arbitration.unmediated", list(arbitration.parties.all()))
