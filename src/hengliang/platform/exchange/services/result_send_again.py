"""What was sent is sent once more, for a reason; the row that was sent stays with its receipt."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.access import acting_for
from hengliang.platform.exchange.models import DispatchRow


def result_send_again(*, actor: Actor, row: DispatchRow, reason: str) -> None:
    """Let the next sheet hold it again.

    Errors: `NotPermitted`; `Refused` if that was decided already.
    """
    by = acting_for(actor, "result_send_again", row.system)
    with perform(actor, "result_send_again", subject=row, reason=reason, organisation_id=by,
                 region_id=row.system.region_id) as act:  # fmt: skip
        if not DispatchRow.objects.filter(pk=row.pk, again_by=None).update(again_by=act):
            raise Refused("sent_again_already", "It will be sent again already.")
        row.again_by = act
        act.content = {"key": row.key, "receipt": row.receipt}
