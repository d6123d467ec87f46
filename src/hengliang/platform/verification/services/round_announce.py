"""The body takes a round on: verifiers and days stand, and every instrument has a task that waits."""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.verification.models import Application, Round, RoundInstrument, Task
from hengliang.platform.verification.services.application_accept import application_accept
from hengliang.platform.verification.services.application_submit import application_submit
from hengliang.platform.verification.services.round_plan import require_days
from hengliang.platform.verification.states import OPEN_TASKS, ROUND

if TYPE_CHECKING:
    from django.db.models import QuerySet


def round_announce(*, actor: Actor, shown: Round, first: Person, second: Person) -> None:
    """A market or township round stands.

    Errors: `InputRefused` for verifiers who are not two people of the body; those of the applications.
    """
    permit(actor, "round_announce", organisations=[shown.body_id])
    _refuse_appointment(shown)
    require_two(shown, first, second)
    with perform(actor, "round_announce", subject=shown, organisation_id=shown.body_id) as act:
        move(ROUND, shown, act)
        _staffed(act, shown, first, second)
        open_work(actor, act, shown)


def round_propose(*, actor: Actor, shown: Round, first: Person, second: Person, starts_on: date, ends_on: date) -> None:
    """The body proposes the day of an appointment; whoever asked confirms it.

    Errors: `InputRefused` for days in the past or wrong verifiers.
    """
    permit(actor, "round_propose", organisations=[shown.body_id])
    require_two(shown, first, second)
    require_days(actor, starts_on, ends_on)
    with perform(actor, "round_propose", subject=shown, organisation_id=shown.body_id) as act:
        move(ROUND, shown, act)
        shown.starts_on, shown.ends_on = starts_on, ends_on
        shown.save(update_fields=["starts_on", "ends_on"])
        _staffed(act, shown, first, second)
        act.content = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()} | _people(first, second)
        open_work(actor, act, shown)


def round_confirm(*, actor: Actor, shown: Round) -> None:
    """Whoever asked confirms the day that the body has proposed."""
    permit(actor, "round_confirm", organisations=[shown.organiser_id])
    with perform(actor, "round_confirm", subject=shown, organisation_id=shown.organiser_id) as act:
        move(ROUND, shown, act)
        act.content = {"starts_on": shown.starts_on.isoformat(), "ends_on": shown.ends_on.isoformat()}


def require_two(shown: Round, first: Person, second: Person) -> None:
    """Refuse anything but two different people of the body."""
    if first.pk == second.pk or {first.organisation_id, second.organisation_id} != {shown.body_id}:
        raise InputRefused("two_verifiers", "Name two different verifiers of the body.", field="second")


def _refuse_appointment(shown: Round) -> None:
    if shown.kind == Round.Kind.APPOINTMENT:
        raise InputRefused("appointment_needs_day", "Propose a day; whoever asked confirms it.")


def _staffed(act: Act, shown: Round, first: Person, second: Person) -> None:
    shown.first, shown.second = first, second
    shown.save(update_fields=["first", "second"])
    act.content = _people(first, second)


def _people(first: Person, second: Person) -> dict[str, int]:
    return {"first": first.pk, "second": second.pk}


def open_work(actor: Actor, act: Act, shown: Round, only: Instrument | None = None) -> None:
    """Every line gets its task through the same acts as anywhere else: applied for, accepted, scheduled.

    only : the one that joins; the others keep what became of them

    What went out of use, changed its region or was asked of another body since the round was planned stays without.
    """
    at_work = shown.lines.all() if only is None else shown.lines.filter(instrument=only)
    _apply_missing(actor, shown, at_work)
    lines = list(at_work.select_related("task"))
    found = {
        task.instrument_id: task
        for task in Task.objects.filter(
            instrument__in=[line.instrument_id for line in lines], state__in=OPEN_TASKS, body=shown.body
        )
    }
    for application in Application.objects.filter(
        pk__in={task.application_id for task in found.values()}, state="submitted", body=shown.body
    ):
        application_accept(actor=actor, application=application)
    for line in lines:
        task = found.get(line.instrument_id)
        if (task and task.pk) != line.task_id:
            line.task = task
            line.save(update_fields=["task"])
    waiting = Task.objects.filter(pk__in=[task.pk for task in found.values()], state="waiting")
    waiting.update(scheduled_on=shown.starts_on, verifier=shown.first)


def _apply_missing(actor: Actor, shown: Round, lines: "QuerySet[RoundInstrument]") -> None:
    """The body applies for users on whose behalf nobody has: it may, and its act says so."""
    busy = Task.objects.filter(instrument__in=lines.values("instrument"), state__in=OPEN_TASKS)
    rows = InstrumentState.objects.current().filter(instrument__in=lines.values("instrument"), status=IN_USE)
    by_owner: dict[Organisation, list[Instrument]] = defaultdict(list)
    for row in rows.exclude(instrument__in=busy.values("instrument")).select_related("owner", "instrument"):
        by_owner[row.owner].append(row.instrument)
    # A round that has begun is no day to wish for any more.
    wanted = shown.starts_on if shown.starts_on >= actor.today else None
    for owner, its in by_owner.items():
        application_submit(
            actor=actor, applicant=owner, instruments=its, body=shown.body, on_site=True, wanted_on=wanted
        )
