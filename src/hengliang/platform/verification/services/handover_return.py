"""Pieces are handed back to whoever came for them, on a hand-over slip."""

from collections.abc import Sequence

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.verification.models import Deposit, DepositPiece, HandBack
from hengliang.platform.verification.numbers import next_number
from hengliang.platform.verification.states import PIECE


def handover_return(
    *, actor: Actor, deposit: Deposit, pieces: Sequence[DepositPiece], collected_by: str, note: str = ""
) -> HandBack:
    """Hand pieces of a deposit back; none of them twice.

    Errors: `InputRefused` without a piece or a name; `TransitionRefused` for a piece that is in the laboratory, or
    was handed back already.
    """
    permit(actor, "handover_return", organisations=[deposit.body_id])
    if not pieces:
        raise InputRefused("nothing_handed_back", "Choose what is handed back.", field="pieces")
    if not collected_by.strip():
        raise InputRefused("nobody_collected", "Enter who came for it: the name stands on the slip.",
                           field="collected_by")  # fmt: skip
    for piece in pieces:
        PIECE.target("handover_return", piece.state)
    with perform(
        actor, "handover_return", subject=deposit, organisation_id=deposit.body_id, region_id=deposit.region_id
    ) as act:
        made = HandBack.objects.create(
            act=act, number=next_number(deposit.body, "hand_back", actor.today), deposit=deposit,
            collected_by=collected_by.strip(), handed_on=actor.today, handed_by=person_of(actor), note=note.strip(),
        )  # fmt: skip
        for piece in pieces:
            _give(piece, made, act)
        act.content = {"number": made.number, "pieces": [piece.pk for piece in pieces]}
    return made


def _give(piece: DepositPiece, slip: HandBack, act: Act) -> None:
    DepositPiece.objects.filter(pk=piece.pk).update(hand_back=slip, holder=None)
    move(PIECE, piece, act)
