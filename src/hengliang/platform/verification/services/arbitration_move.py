"""The day of an arbitration verification is moved; both parties are notified anew."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.rules import term_from
from hengliang.platform.core.transitions import move
from hengliang.platform.verification.models import Arbitration, ArbitrationDay
from hengliang.platform.verification.services.arbitration_acts import tell_parties
from hengliang.platform.verification.services.arbitration_open import NOTICE
from hengliang.platform.verification.states import ARBITRATION


def arbitration_move(*, actor: Actor, arbitration: Arbitration, meets_on: date, place: str, reason: str) -> None:
    """Name another day; what was recorded of notice and presence no longer counts.

    The first notice keeps its term: moving the day gains no time. Where the parties were notified already, the same
    term runs anew from today.
    Errors: `Blocked` once something is measured; `InputRefused` for a day that has passed, or the same day and place.
    """
    permit(actor, "arbitration_move", region_id=arbitration.seat_id)
    require_unmeasured(arbitration)
    if meets_on < actor.today:
        raise InputRefused("meeting_past", "The day of the verification lies in the past.", field="meets_on")
    if (meets_on, place.strip()) == (arbitration.meets_on, arbitration.place):
        raise InputRefused("same_day", "It is that day and place already.", field="meets_on")
    former = arbitration.meets_on
    with perform(actor, "arbitration_move", subject=arbitration, reason=reason, region_id=arbitration.seat_id) as act:
        ArbitrationDay.objects.create(
            act=act, arbitration=arbitration, meets_on=former, place=arbitration.place,
            notice_by=arbitration.notice_by, notified_on=arbitration.notified_on,
        )  # fmt: skip
        move(ARBITRATION, arbitration, act)
        if arbitration.notified_on is not None:
            term = term_from(NOTICE, actor.today)
            arbitration.notice_by, arbitration.provisional = term.day, term.provisional
        arbitration.meets_on, arbitration.place, arbitration.notified_on = meets_on, place.strip(), None
        arbitration.save(update_fields=["meets_on", "place", "notified_on", "notice_by", "provisional"])
        arbitration.parties.update(present=None, presence_note="")
        act.content = {
            "number": arbitration.number, "former": former.isoformat(), "day": meets_on.isoformat(),
            "by": arbitration.notice_by.isoformat(),
        }  # fmt: skip
        told = {"former": former.isoformat(), "day": meets_on.isoformat(), "place": arbitration.place}
        tell_parties(actor, act, arbitration, "arbitration.moved", list(arbitration.parties.all()), **told)


def require_unmeasured(arbitration: Arbitration) -> None:
    """Raise `Blocked` where the verification was measured already."""
    if arbitration.task.state != "waiting":
        raise Blocked(
            "dispute_measured",
            "The instrument of %(number)s is measured already. Have the record voided first, or let it be decided.",
            number=arbitration.number,
        )
