"""Instruments are handed in at the counter, on a receipt slip."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.verification.models import Deposit, DepositPiece, Task
from hengliang.platform.verification.numbers import next_number
from hengliang.platform.verification.selectors import promised_day
from hengliang.platform.verification.states import PIECE


@dataclass(frozen=True)
class HandedIn:
    """One instrument as it came: for which task, in which condition, with what."""

    task: Task
    condition: str
    accessories: str = ""


def handover_receive(
    *, actor: Actor, pieces: Sequence[HandedIn], brought_by: str, phone: str = "", note: str = ""
) -> Deposit:
    """Take instruments of one owner in, each for its waiting task.

    Errors: `InputRefused` without a name, a condition or a piece, for several owners, for a task that does not wait;
    `Refused` for one that was handed in already.
    """
    _refuse_unfit(pieces, brought_by)
    first = pieces[0].task
    body = first.placed_body
    permit(actor, "handover_receive", organisations=[body.pk])
    receiver = person_of(actor)
    promised = max(_promised(piece.task, actor.today) for piece in pieces)
    with perform(actor, "handover_receive", organisation_id=body.pk, region_id=first.region_id) as act:
        act.subject = deposit = Deposit.objects.create(
            act=act, number=next_number(body, "receipt", actor.today), body=body, owner=first.owner,
            region_id=first.region_id, brought_by=brought_by.strip(), phone=phone.strip(), brought_on=actor.today,
            promised_on=promised, received_by=receiver, note=note.strip(),
        )  # fmt: skip
        for piece in pieces:
            _take_in(act, deposit, piece)
        act.content = {"number": deposit.number, "tasks": [piece.task.pk for piece in pieces]}
    return deposit


def _promised(task: Task, on: date) -> date:
    """The task's own day; what comes too late for it is promised anew from the day it is brought."""
    promised = task.promised_on
    return promised if promised is not None and promised >= on else promised_day(on)


def _refuse_unfit(pieces: Sequence[HandedIn], brought_by: str) -> None:
    if not pieces:
        raise InputRefused("nothing_handed_in", "Scan or type the code of at least one instrument.", field="codes")
    if not brought_by.strip():
        raise InputRefused("nobody_brought", "Enter who brought it: the name stands on the slip.", field="brought_by")
    if len({(piece.task.owner_id, piece.task.body_id) for piece in pieces}) > 1:
        raise InputRefused("several_owners", "A slip is for one owner: hand in the others on another.", field="codes")
    for piece in pieces:
        code = piece.task.instrument.printed_code
        if piece.task.state != "waiting":
            raise InputRefused(
                "task_not_waiting", "The verification of %(instrument)s is “%(state)s”: it can’t be handed in now.",
                field="codes", instrument=code, state=piece.task.get_state_display(),
            )  # fmt: skip
        if not piece.condition.strip():
            raise InputRefused(
                "no_condition",
                "Enter in which condition %(instrument)s came.",
                field=f"condition-{piece.task.pk}",
                instrument=code,
            )


def _take_in(act: Act, deposit: Deposit, piece: HandedIn) -> None:
    try:
        with transaction.atomic():
            row = DepositPiece.objects.create(
                act=act, deposit=deposit, task=piece.task, condition=piece.condition.strip(),
                accessories=piece.accessories.strip(), holder=deposit.received_by, state=PIECE.states[0].code,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(
            "handed_in_already", "%(instrument)s is with the body already; see its slip.",
            instrument=piece.task.instrument.printed_code,
        ) from None  # fmt: skip
    enter(PIECE, row, act)
