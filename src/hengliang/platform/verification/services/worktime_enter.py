"""Working and travelling time is entered, and taken back where it was wrong."""

from datetime import date
from decimal import Decimal

from django.db.models import F, Sum

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter, move
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.models import Round, WorkTime
from hengliang.platform.verification.states import WORKTIME

A_DAY = Decimal(24)
# A day before it is a slip of the year, as plans have it.
FIRST_DAY = date(2000, 1, 1)


def worktime_enter(
    *,
    actor: Actor,
    body: Organisation,
    person: Person,
    worked_on: date,
    item: CatalogueItem,
    pieces: int,
    hours: Decimal,
    travel_hours: Decimal = Decimal(0),
    kilometres: Decimal = Decimal(0),
    visit: Round | None = None,
    job: str = "",
) -> WorkTime:
    """What one person spent on one item on one day.

    visit : the round that it was spent on, where it was one
    Errors: `InputRefused` for a day to come, somebody or a round of another body, or more hours than a day has.
    """
    permit(actor, "worktime_enter", organisations=[body.pk])
    if person.organisation_id != body.pk:
        raise InputRefused("person_elsewhere", "This person works elsewhere.", field="person")
    if worked_on > actor.today:
        raise InputRefused("worked_in_future", "That day has not come yet.", field="worked_on")
    if worked_on < FIRST_DAY:
        raise InputRefused(
            "worked_long_ago", "Nothing was entered before %(day)s; look at the year.",
            field="worked_on", day=FIRST_DAY.isoformat(),
        )  # fmt: skip
    if hours <= 0 or min(travel_hours, kilometres) < 0:
        raise InputRefused("no_hours", "Enter the hours at work; nothing is below zero.", field="hours")
    if _hours_of(person, worked_on) + hours + travel_hours > A_DAY:
        raise InputRefused(
            "day_too_long", "With what is entered already, %(person)s would have more than 24 hours that day.",
            field="hours", person=person.name,
        )  # fmt: skip
    if visit is not None:
        _refuse_foreign(visit, body)
    with perform(actor, "worktime_enter", on=worked_on, organisation_id=body.pk) as act:
        act.subject = made = WorkTime.objects.create(
            act=act, body=body, person=person, worked_on=worked_on, item=item, pieces=pieces, hours=hours,
            travel_hours=travel_hours, kilometres=kilometres, round=visit, job=job.strip(),
            state=WORKTIME.states[0].code,
        )  # fmt: skip
        enter(WORKTIME, made, act)
        act.content = {"hours": str(hours), "travel_hours": str(travel_hours), "kilometres": str(kilometres)}
        if visit is not None:
            act.content["round"] = visit.number
    return made


def _refuse_foreign(visit: Round, body: Organisation) -> None:
    if visit.body_id != body.pk or visit.state == "cancelled":
        raise InputRefused(
            "round_elsewhere", "Round %(number)s is another body’s, or was cancelled.", field="visit",
            number=visit.number,
        )  # fmt: skip


def _hours_of(person: Person, on: date) -> Decimal:
    rows = WorkTime.objects.filter(person=person, worked_on=on, state="entered")
    return rows.aggregate(hours=Sum(F("hours") + F("travel_hours")))["hours"] or Decimal(0)


def worktime_withdraw(*, actor: Actor, worktime: WorkTime, reason: str) -> None:
    """What was entered wrongly no longer counts; it stays in the history."""
    permit(actor, "worktime_withdraw", organisations=[worktime.body_id])
    with perform(actor, "worktime_withdraw", subject=worktime, reason=reason, organisation_id=worktime.body_id) as act:
        move(WORKTIME, worktime, act)
