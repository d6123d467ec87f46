"""A piece goes from the counter to the laboratory and comes back: who has it is known at every moment."""

from collections.abc import Sequence

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.models import Person
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.verification.models import Deposit, DepositPiece
from hengliang.platform.verification.states import PIECE


def handover_take(
    *, actor: Actor, deposit: Deposit, pieces: Sequence[DepositPiece], holder: Person | None = None
) -> None:
    """Pieces go to the laboratory, to somebody of the body; to oneself unless named.

    Errors: `InputRefused` for somebody of another body, `TransitionRefused` for a piece that is not at the counter.
    """
    permit(actor, "handover_take", organisations=[deposit.body_id])
    who = holder or person_of(actor)
    if who.organisation_id != deposit.body_id:
        raise InputRefused("person_elsewhere", "This person works elsewhere.", field="holder")
    _move(actor, "handover_take", deposit, pieces, who)


def handover_bring(*, actor: Actor, deposit: Deposit, pieces: Sequence[DepositPiece]) -> None:
    """Pieces come back to the counter, to whoever takes them there.

    Errors: `TransitionRefused` for a piece that is not in the laboratory.
    """
    permit(actor, "handover_bring", organisations=[deposit.body_id])
    _move(actor, "handover_bring", deposit, pieces, person_of(actor))


def _move(actor: Actor, kind: str, deposit: Deposit, pieces: Sequence[DepositPiece], who: Person) -> None:
    for piece in pieces:
        PIECE.target(kind, piece.state)
    with perform(actor, kind, subject=deposit, organisation_id=deposit.body_id, region_id=deposit.region_id) as act:
        for piece in pieces:
            move(PIECE, piece, act)
        DepositPiece.objects.filter(pk__in=[piece.pk for piece in pieces]).update(holder=who)
        act.content = {"pieces": [piece.pk for piece in pieces], "holder": who.pk}
