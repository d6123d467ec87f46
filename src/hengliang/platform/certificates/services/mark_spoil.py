"""A number is spoiled, or found again after it was lost: it is never used."""

from datetime import date

from django.core.files.base import File

from hengliang.platform.certificates.marks.numbers import taken_apart, within
from hengliang.platform.certificates.marks.stock import in_store
from hengliang.platform.certificates.models import Mark, MarkHolding
from hengliang.platform.certificates.services.photograph_add import photograph_keep
from hengliang.platform.certificates.services.stock_moves import leave, locked_series, require_day
from hengliang.platform.certificates.states import MARK
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.models import Organisation


def mark_spoil(
    *, actor: Actor, body: Organisation, kind: str, number: str, reason: str, on: date | None = None,
    photograph: "File[bytes] | None" = None,
) -> Mark:  # fmt: skip
    """A number in hand or in the store is spoiled (misprinted, torn, dirty): written off with its reason.

    Errors: `Refused` for a number gone before, `InputRefused` for one never received.
    """
    permit(actor, "mark_spoil", organisations=[body.pk])
    on, found = on or actor.today, taken_apart(number)
    require_day(actor, on)
    with perform(actor, "mark_spoil", on=on, reason=reason, organisation_id=body.pk, region_id=body.region_id) as act:
        series, run = locked_series(body, kind, found), (found.serial, found.serial)
        held = MarkHolding.objects.on(on).filter(series=series, first__lte=run[0], last__gte=run[1]).first()
        if held is None and not any(one.series == series and within(one.ranges, run) for one in in_store(body=body)):
            gone = Mark.objects.filter(series=series, first__lte=run[0], last__gte=run[1])
            if not gone.exists():
                raise InputRefused(
                    "mark_not_received", "%(body)s never received a mark of this kind with the number %(number)s.",
                    field="number", body=body.name, number=number,
                )  # fmt: skip
        act.subject = made = leave(act, series, run, person_id=held.person_id if held else None)
        if photograph is not None:
            photograph_keep(act, made, photograph)
        act.content = {"kind": kind, "number": made.number}
    return made


def mark_find(*, actor: Actor, mark: Mark, reason: str) -> None:
    """A number that was lost turned up: it is spoiled, for others may have been told that it is not good."""
    permit(actor, "mark_find", organisations=[mark.body_id])
    with perform(
        actor, "mark_find", subject=mark, reason=reason, organisation_id=mark.body_id, region_id=mark.region_id
    ) as act:
        move(MARK, mark, act)
        act.content = {"kind": mark.kind, "number": mark.numbers}
