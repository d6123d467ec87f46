"""An application to one body, or to the authority that has to find one, with one task for each instrument."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter, move
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.states import FILED, IN_USE
from hengliang.platform.verification.errors import TaskOpenAlready
from hengliang.platform.verification.jobs import JobKind, job_kind
from hengliang.platform.verification.models import MANDATORY, Application, Task
from hengliang.platform.verification.numbers import next_number
from hengliang.platform.verification.placing import desk_of
from hengliang.platform.verification.regimes import regime_of
from hengliang.platform.verification.routing import body_for, routes_of
from hengliang.platform.verification.selectors import promised_day
from hengliang.platform.verification.states import APPLICATION, TASK


def application_submit(
    *,
    actor: Actor,
    applicant: Organisation,
    instruments: Sequence[Instrument],
    body: Organisation | None = None,
    job: str = MANDATORY,
    on_site: bool = False,
    wanted_on: date | None = None,
    note: str = "",
    agreed_months: int | None = None,
    fee: Decimal | None = None,
    organiser: Organisation | None = None,
) -> Application:
    """An application for a kind of job. For mandatory verification the designation finds the body; where there is none,
    the application is with the authority from that moment on, and counts as made. The organiser of a market may apply
    for its stallholders, for what stands there.

    Errors: `InputRefused` for an instrument that is not the applicant's or not in use, for a kind that is not for it,
    for a body that may not do it; `TaskOpenAlready`.
    """
    permit(
        actor, "application_submit", organisations=[getattr(one, "pk", None) for one in (applicant, body, organiser)]
    )
    if not instruments:
        raise InputRefused("no_instruments", "Choose at least one instrument.", field="instruments")
    _refuse_past(actor, wanted_on)
    kind = job_kind(job, actor.today)
    states = _states_of(instruments, applicant, actor.today)
    _refuse_elsewhere(organiser, list(states.values()))
    _refuse_unfit(kind, list(states.values()), agreed_months, fee)
    found = body_for(kind, routes_of(states.values(), actor.today), body, actor.today)
    facts = {"on_site": on_site, "wanted_on": wanted_on, "note": note, "agreed_months": agreed_months, "fee": fee}
    with perform(actor, "application_submit", organisation_id=applicant.pk, region_id=applicant.region_id) as act:
        made = _write(act, kind, found, applicant, states, applied_at=actor.at, **facts)
        for instrument in instruments:
            _open_task(made, instrument, states[instrument.pk], act)
        act.content = {
            "number": made.number, "job": kind.code, "body": found and found.pk,
            "instruments": [i.code for i in instruments],
        }  # fmt: skip
    return made


def _write(
    act: Act, kind: JobKind, body: Organisation | None, applicant: Organisation,
    states: Mapping[int, InstrumentState], **facts: Any,
) -> Application:  # fmt: skip
    """The application; without a body it is with the authority of the place."""
    desk = None if body else desk_of(next(iter(states.values())).region_id, act.on)
    act.subject = made = Application.objects.create(
        act=act, job=kind.code, number=next_number(body or applicant, "application", act.on), applicant=applicant,
        body=body, placed_with=desk, region_id=applicant.region_id, state=APPLICATION.states[0].code, **facts,
    )  # fmt: skip
    enter(APPLICATION, made, act)
    if body is None:
        move(APPLICATION, made, act)
    return made


def _refuse_past(actor: Actor, wanted_on: date | None) -> None:
    if wanted_on is not None and wanted_on < actor.today:
        raise InputRefused(
            "wanted_past", "Wanted by %(day)s, which is over. Enter a day from today on, or none.",
            field="wanted_on", day=wanted_on,
        )  # fmt: skip


def _states_of(instruments: Sequence[Instrument], applicant: Organisation, on: date) -> dict[int, InstrumentState]:
    rows = InstrumentState.objects.on(on).filter(instrument__in=instruments, owner=applicant, status=IN_USE)
    found = {row.instrument_id: row for row in rows.select_related("instrument__item__parent", "body")}
    if missing := [i.code for i in instruments if i.pk not in found]:
        filed = InstrumentState.objects.on(on).filter(instrument__code__in=missing, owner=applicant, status=FILED)
        if waiting := list(filed.order_by("instrument__code").values_list("instrument__code", flat=True)):
            raise InputRefused(
                "filed_only",
                "Filed, and not accepted by the authority yet: %(codes)s. Apply once they are accepted.",
                field="instruments", codes=", ".join(waiting),
            )  # fmt: skip
        raise InputRefused(
            "not_in_use_here",
            "Not in use at this organisation: %(codes)s. Accept or resume them first.",
            field="instruments",
            codes=", ".join(missing),
        )
    return found


def _refuse_elsewhere(organiser: Organisation | None, states: list[InstrumentState]) -> None:
    """An organiser speaks for what stands in its own market, and for what is its own."""
    if organiser is None:
        return
    if wrong := [s.instrument.code for s in states if organiser.pk not in (s.market_id, s.owner_id)]:
        raise InputRefused(
            "not_in_this_market", "Not in this market: %(codes)s.", field="instruments", codes=", ".join(wrong)
        )


def _refuse_unfit(kind: JobKind, states: list[InstrumentState], agreed_months: int | None, fee: Decimal | None) -> None:
    """Refuse what the kind of job does not allow."""
    if kind.by_authority:
        raise InputRefused("job_of_authority", "“%(job)s” is ordered by the authority.", field="job", job=kind.title)
    wrong = [s.instrument.code for s in states if kind.scope != "any" and s.mandatory != (kind.scope == "mandatory")]
    if wrong:
        raise InputRefused(
            "job_not_for_it",
            "“%(job)s” is not for %(codes)s: choose the kind by whether it is under mandatory verification.",
            field="job", job=kind.title, codes=", ".join(wrong),
        )  # fmt: skip
    if fee and kind.free:
        raise InputRefused("job_free", "“%(job)s” is free of charge.", field="fee", job=kind.title)
    if agreed_months and kind.validity != "agreed":
        raise InputRefused(
            "interval_not_agreed", "The interval of “%(job)s” is not a matter of agreement.",
            field="agreed_months", job=kind.title,
        )  # fmt: skip


def _open_task(application: Application, instrument: Instrument, state: InstrumentState, act: Act) -> Task:
    return open_task(
        act,
        instrument,
        application=application,
        job=application.job,
        body=application.body,
        owner_id=state.owner_id,
        region_id=state.region_id,
        regime=regime_of(state, act.on),
        promised_on=promised_day(act.on),
    )


def open_task(act: Act, instrument: Instrument, **facts: object) -> Task:
    """A task in its first state.

    Errors: `TaskOpenAlready`.
    """
    try:
        with transaction.atomic():
            task = Task.objects.create(act=act, instrument=instrument, state=TASK.states[0].code, **facts)
    except IntegrityError:
        raise TaskOpenAlready(
            "task_open_already",
            "%(instrument)s is already being verified. Finish that task first.",
            instrument=instrument.code,
        )
    enter(TASK, task, act)
    return task
