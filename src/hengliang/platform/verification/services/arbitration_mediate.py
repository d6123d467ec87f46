"""The parties of a dispute agree before anything is measured: it ends without a verdict."""

from collections.abc import Mapping
from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.services import release
from hengliang.platform.verification.models import Arbitration
from hengliang.platform.verification.services.arbitration_acts import tell_parties
from hengliang.platform.verification.services.arbitration_move import require_unmeasured
from hengliang.platform.verification.states import ARBITRATION, TASK


def arbitration_mediate(
    *, actor: Actor, arbitration: Arbitration, agreement: str, on: date, signed: Mapping[str, str]
) -> None:
    """Record what both parties agreed and who signed for each; the task is cancelled, the instrument released.

    The first result, of a second arbitration that ends so, is replaced by the agreement.
    Errors: `Blocked` once something is measured; `InputRefused` without the agreement or a signature, or for a day
    that has not come or lies before the request.
    """
    permit(actor, "arbitration_mediate", region_id=arbitration.seat_id)
    require_unmeasured(arbitration)
    if not agreement.strip():
        raise InputRefused("agreement_missing", "Write down what the parties agreed.", field="agreement")
    if not arbitration.asked_on <= on <= actor.today:
        raise InputRefused("agreement_day", "The agreement was signed between the request and today.", field="on")
    parties = list(arbitration.parties.all())
    for party in parties:
        if not signed.get(party.side, "").strip():
            raise InputRefused("agreement_unsigned", "An agreement is signed by both parties.", field=party.side)
    with perform(actor, "arbitration_mediate", subject=arbitration, on=on, region_id=arbitration.seat_id) as act:
        move(ARBITRATION, arbitration, act)
        move(TASK, arbitration.task, act)
        if arbitration.first is not None:
            move(ARBITRATION, arbitration.first, act)
        arbitration.agreed_on, arbitration.agreement = on, agreement.strip()
        arbitration.save(update_fields=["agreed_on", "agreement"])
        for party in parties:
            party.agreed_by = signed[party.side].strip()[:200]
            party.save(update_fields=["agreed_by"])
        release(arbitration.instrument, act=act)
        act.content = {
            "number": arbitration.number, "agreement": arbitration.agreement,
            "signed": {party.side: party.agreed_by for party in parties},
        }  # fmt: skip
        tell_parties(actor, act, arbitration, "arbitration.mediated", parties, day=on.isoformat())
