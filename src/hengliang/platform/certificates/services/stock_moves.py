"""What the acts on marks have in common: the series of a number under lock, and a number's way out of the stock."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from hengliang.platform.certificates.marks.numbers import Numbered, Range, run_of
from hengliang.platform.certificates.marks.stock import printed_range
from hengliang.platform.certificates.models import Mark, MarkHolding, MarkSeries
from hengliang.platform.certificates.states import MARK
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.models import Act, begin
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import enter, move
from hengliang.platform.parties.models import Organisation, Person, RoleAssignment


def locked_series(body: Organisation, kind: str, number: Numbered) -> MarkSeries:
    """The series of a number, locked until the act ends: two that reach for one number come one after the other.

    Errors: `InputRefused` where the body never received such numbers.
    """
    rows = MarkSeries.objects.select_for_update().filter(body=body, kind=kind, prefix=number.prefix, width=number.width)
    if (found := rows.first()) is None:
        raise InputRefused(
            "mark_not_received", "%(body)s never received a mark of this kind with the number %(number)s.",
            field="number", body=body.name, number=f"{number.prefix}{number.serial:0{number.width}d}",
        )  # fmt: skip
    return found


def locked_run(body: Organisation, kind: str, first: str, last: str) -> tuple[MarkSeries, Range]:
    """The series of a run of numbers, locked, and the run."""
    number, run = run_of(first, last)
    return locked_series(body, kind, number), run


def require_day(actor: Actor, on: date) -> None:
    """Nothing is entered ahead."""
    if on > actor.today:
        raise InputRefused("mark_ahead", "The day lies ahead. Enter it when it was done.", field="on")


def require_own(body: Organisation, person: Person) -> None:
    """Whoever holds marks of a body works there."""
    roles = RoleAssignment.objects.known().filter(account__person=person, organisation=body)
    if person.organisation_id != body.pk and not roles.exists():
        raise InputRefused(
            "mark_person_foreign", "%(person)s does not work at %(body)s.",
            field="person", person=person.name, body=body.name,
        )  # fmt: skip


def leave(act: Act, series: MarkSeries, numbers: Range, **facts: Any) -> Mark:
    """Let a number, or a range of them, leave the stock by an act; for good.

    Errors: `Refused` where one of them left it before.
    """
    gone = Mark.objects.filter(series=series, first__lte=numbers[1], last__gte=numbers[0]).first()
    if gone is not None:
        raise _gone(gone)
    facts = {"region_id": series.body.region_id, "on": act.on} | facts
    try:
        with transaction.atomic():
            made = Mark.objects.create(
                act=act, series=series, body_id=series.body_id, kind=series.kind, number=series.printed(numbers[0]),
                first=numbers[0], last=numbers[1], state=MARK.states[0].code, **facts,
            )  # fmt: skip
    except IntegrityError as fault:
        raise _gone(Mark(number=printed_range(series, numbers), state="")) from fault
    enter(MARK, made, act)
    move(MARK, made, act)
    return made


def _gone(mark: Mark) -> Refused:
    return Refused(
        "mark_gone", "Number %(number)s has left the stock already (%(state)s). A number is used once.",
        number=mark.number, state=mark.get_state_display() or "–",
    )  # fmt: skip


def carve(act: Act, series: MarkSeries, person: Person, numbers: Range) -> None:
    """Take a run of numbers out of what a person holds; the rest of the ranges stays in hand.

    Errors: `InputRefused` for a day before it was handed out.
    """
    rows = MarkHolding.objects.select_for_update().filter(
        series=series, person=person, known_to=None, valid_to=None, first__lte=numbers[1], last__gte=numbers[0]
    )
    for row in rows.order_by("first"):
        if row.valid_from > act.on:
            raise InputRefused(
                "mark_before_handed_out", "It was handed out on %(day)s; it can't come back before.",
                field="on", day=row.valid_from,
            )  # fmt: skip
        MarkHolding.objects.filter(pk=row.pk).update(known_to=act.at, ended_by=act)
        if row.valid_from < act.on:
            begin(MarkHolding, act=act, on=row.valid_from, until=act.on, series=series, person=person,
                  first=row.first, last=row.last)  # fmt: skip
        for low, high in ((row.first, numbers[0] - 1), (numbers[1] + 1, row.last)):
            if low <= high:
                begin(MarkHolding, act=act, on=act.on, series=series, person=person, first=low, last=high)
