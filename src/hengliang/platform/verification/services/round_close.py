"""A round comes back, is closed, or is cancelled before it went out."""

from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.verification.models import Round
from hengliang.platform.verification.rounds.standing import standing_of
from hengliang.platform.verification.states import ROUND


def round_return(*, actor: Actor, shown: Round) -> None:
    """The verifiers are back; what is still on a device can be synchronised until the round is closed."""
    permit(actor, "round_return", organisations=[shown.body_id])
    with perform(actor, "round_return", subject=shown, organisation_id=shown.body_id) as act:
        move(ROUND, shown, act)


def round_close(*, actor: Actor, shown: Round) -> None:
    """Nothing more is taken from a device.

    Errors: `Blocked` while entries differ and nobody has decided.
    """
    permit(actor, "round_close", organisations=[shown.body_id])
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=shown.pk)  # a file that comes in between is entered before, or refused
        standing = standing_of(shown)
        if standing.conflicts:
            raise Blocked(
                "round_conflicts", "Two devices differ about %(count)s instruments. Settle them first.",
                count=len(standing.conflicts),
            )  # fmt: skip
        with perform(actor, "round_close", subject=shown, organisation_id=shown.body_id) as act:
            move(ROUND, shown, act)
            act.content = standing.counts


def round_cancel(*, actor: Actor, shown: Round, reason: str) -> None:
    """The round does not take place; the tasks stay, and wait for another day."""
    permit(actor, "round_cancel", organisations=[shown.body_id, shown.organiser_id], region_id=shown.region_id)
    with perform(actor, "round_cancel", subject=shown, organisation_id=shown.body_id, reason=reason) as act:
        move(ROUND, shown, act)
