"""A lot is void: its results prove nothing any more, and the ledger returns to what was before."""

from django.db import connection

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.services import results_prepared, verification_results_withdraw
from hengliang.platform.verification.models import Lot
from hengliang.platform.verification.services.lot_submit import ONE_AT_A_TIME
from hengliang.platform.verification.services.lot_tasks import reopen_tasks
from hengliang.platform.verification.states import LOT

_ENTRIES = (
    "INSERT INTO result_entry SELECT DISTINCT ON (k.instrument_id) k.instrument_id, k.verified_on, k.verified_on, '',"
    " NULL, %(reason)s FROM verification_lotlink k WHERE k.lot_id = %(lot)s AND k.entered"
    " ORDER BY k.instrument_id, k.verified_on DESC"
)
_VOIDS = (
    "INSERT INTO result_void SELECT k.instrument_id, k.verified_on FROM verification_lotlink k"
    " JOIN verification_lot l ON l.id = k.lot_id"
    " WHERE l.state = 'void' AND k.instrument_id IN (SELECT instrument_id FROM result_entry)"
)


def lot_void(*, actor: Actor, lot: Lot, reason: str) -> int:
    """Void a lot for a reason; gives how many entries of the ledger returned to what was before.

    A meter that was verified again since keeps its later verification.
    """
    permit(actor, "lot_void", organisations=[lot.body_id])
    with perform(
        actor, "lot_void", subject=lot, reason=reason, organisation_id=lot.body_id, region_id=lot.region_id
    ) as act, connection.cursor() as cursor:  # fmt: skip
        cursor.execute(ONE_AT_A_TIME)
        move(LOT, lot, act)
        with results_prepared():
            cursor.execute(_ENTRIES, {"lot": lot.pk, "reason": reason[:200]})
            cursor.execute(_VOIDS)
            returned = verification_results_withdraw(act=act, on=actor.today)
        act.content = {"lot": lot.number, "root": lot.root, "returned": len(returned)}
        if waiting := reopen_tasks(lot, act):
            act.content["waiting"] = waiting
    return len(returned)
