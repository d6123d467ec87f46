"""Marks are destroyed before two people: what was spoiled or taken off, and what lies in the store and is obsolete."""

from collections.abc import Iterable
from datetime import date

from hengliang.platform.certificates.marks.numbers import within
from hengliang.platform.certificates.marks.stock import in_store
from hengliang.platform.certificates.models import Mark, MarkDestruction
from hengliang.platform.certificates.services.stock_moves import leave, locked_run, require_day, require_own
from hengliang.platform.certificates.states import MARK
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.models import Account, Organisation, Person


def mark_destroy(
    *, actor: Actor, body: Organisation, first_person: Person, second_person: Person, method: str, reason: str,
    marks: Iterable[Mark] = (), runs: Iterable[tuple[str, str, str]] = (), on: date | None = None,
) -> MarkDestruction:  # fmt: skip
    """Destroy marks before two people of the body, one of them whoever enters it.

    marks : rows that are spoiled or removed
    runs : unused numbers in the store, as (kind, first, last)
    Errors: `InputRefused` for one person alone, for nothing at all, for numbers that do not lie in the store.
    """
    permit(actor, "mark_destroy", organisations=[body.pk])
    on, marks, runs = on or actor.today, list(marks), list(runs)
    require_day(actor, on)
    _require_two(actor, body, first_person, second_person)
    if not marks and not runs:
        raise InputRefused("nothing_to_destroy", "Say which marks were destroyed.", field="runs")
    with perform(actor, "mark_destroy", on=on, reason=reason, organisation_id=body.pk, region_id=body.region_id) as act:
        act.subject = made = MarkDestruction.objects.create(
            act=act, body=body, on=on, first_person=first_person, second_person=second_person, method=method.strip()
        )
        for mark in marks:
            if mark.body_id != body.pk:
                raise InputRefused("mark_foreign", "Number %(number)s is another body's.", number=mark.number)
            move(MARK, mark, act)
            Mark.objects.filter(pk=mark.pk).update(destruction=made)
        for kind, first, last in runs:
            series, run = locked_run(body, kind, first, last)
            if not any(one.series == series and within(one.ranges, run) for one in in_store(body=body, kind=kind)):
                raise InputRefused(
                    "marks_to_take_back_first", "%(first)s–%(last)s does not lie in the store. Take it back first.",
                    field="runs", first=first, last=last,
                )  # fmt: skip
            leave(act, series, run, destruction=made)
        act.content = {"marks": [one.numbers for one in marks], "runs": [list(run) for run in runs], "how": made.method}
    return made


def _require_two(actor: Actor, body: Organisation, first: Person, second: Person) -> None:
    if first.pk == second.pk:
        raise InputRefused(
            "two_people", "Two different people destroy marks: nobody does it alone.", field="second_person"
        )
    require_own(body, first)
    require_own(body, second)
    acting = Account.objects.filter(pk=actor.account_id or 0).values_list("person_id", flat=True).first()
    if actor.account_id is not None and acting not in {first.pk, second.pk}:
        raise InputRefused("destroyer_absent", "Whoever enters it is one of the two.", field="first_person")
