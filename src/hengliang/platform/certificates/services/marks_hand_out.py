"""Numbers from the store are handed out to a person, and taken back."""

from datetime import date

from django.db import IntegrityError, transaction

from hengliang.platform.certificates.marks.numbers import Range, within, without
from hengliang.platform.certificates.marks.stock import Left, in_hand, in_store, printed_range
from hengliang.platform.certificates.models import MarkBatch, MarkHolding, MarkSeries
from hengliang.platform.certificates.services.stock_moves import carve, locked_run, require_day, require_own
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import begin
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation, Person


def marks_hand_out(
    *, actor: Actor, body: Organisation, kind: str, person: Person, first: str, last: str, on: date | None = None
) -> MarkHolding:
    """Hand a run of numbers from the store to a person of the body.

    Errors: `InputRefused` where one of them does not lie in the store (used, with somebody else, never received).
    """
    permit(actor, "marks_hand_out", organisations=[body.pk], region_id=body.region_id)
    on = on or actor.today
    require_day(actor, on)
    require_own(body, person)
    with perform(actor, "marks_hand_out", on=on, organisation_id=body.pk, region_id=body.region_id) as act:
        series, run = locked_run(body, kind, first, last)
        _require_among(in_store(body=body, kind=kind), series, run, "in the store")
        _require_received(series, run, on)
        try:
            with transaction.atomic():
                made = begin(MarkHolding, act=act, on=on, series=series, person=person, first=run[0], last=run[1])
        except IntegrityError as fault:
            raise InputRefused(
                "marks_held_then", "On that day some of these numbers were still with somebody. Enter the day on which"
                " they were handed out.", field="on",
            ) from fault  # fmt: skip
        act.subject = person
        act.content = {"kind": kind, "first": series.printed(run[0]), "last": series.printed(run[1])}
    return made


def marks_take_back(
    *, actor: Actor, body: Organisation, kind: str, person: Person, first: str, last: str, on: date | None = None
) -> None:
    """Take a run of unused numbers back from a person into the store.

    Errors: `InputRefused` where one of them is not in the person's hands, or was used.
    """
    permit(actor, "marks_take_back", organisations=[body.pk], region_id=body.region_id)
    on = on or actor.today
    require_day(actor, on)
    with perform(
        actor, "marks_take_back", subject=person, on=on, organisation_id=body.pk, region_id=body.region_id
    ) as act:
        series, run = locked_run(body, kind, first, last)
        _require_among(in_hand(body=body, person=person, on=on, kind=kind), series, run, "in hand")
        carve(act, series, person, run)
        act.content = {"kind": kind, "first": series.printed(run[0]), "last": series.printed(run[1])}


def _require_among(lefts: list[Left], series: MarkSeries, run: Range, where: str) -> None:
    ranges = next((one.ranges for one in lefts if one.series == series), [])
    if within(ranges, run):
        return
    absent = printed_range(series, without([run], ranges)[0])
    if where == "in hand":
        raise InputRefused(
            "marks_not_in_hand", "%(numbers)s is not in these hands any more, or was used.", field="first",
            numbers=absent,
        )  # fmt: skip
    raise InputRefused(
        "marks_not_in_store", "%(numbers)s does not lie in the store: used, with somebody, or never received.",
        field="first", numbers=absent,
    )  # fmt: skip


def _require_received(series: MarkSeries, run: Range, on: date) -> None:
    batches = MarkBatch.objects.filter(series=series, received_on__lte=on).values_list("first", "last")
    if not within(batches, run):
        raise InputRefused("marks_before_received", "On that day they had not been received yet.", field="on")
