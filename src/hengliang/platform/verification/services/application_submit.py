"""An application to one body, with one task for each instrument."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.verification.errors import TaskOpenAlready
from hengliang.platform.verification.models import (
    Application,
    Task,
    VerificationRegime,
)
from hengliang.platform.verification.numbers import next_number
from hengliang.platform.verification.states import APPLICATION, TASK


def application_submit(
    *,
    actor: Actor,
    applicant: Organisation,
    body: Organisation,
    instruments: Sequence[Instrument],
    on_site: bool = False,
    wanted_on: date | None = None,
    note: str = "",
) -> Application:
    """An application to one body, with one task for each instrument.

    Errors: `InputRefused` for an instrument that is not the applicant's or not in use; `TaskOpenAlready`.
    """
    permit(actor, "application_submit", organisations=[applicant.pk, body.pk])
    if not instruments:
        raise InputRefused("no_instruments", "Choose at least one instrument.", field="instruments")
    states = _states_of(instruments, applicant, actor.today)
    with perform(actor, "application_submit", organisation_id=applicant.pk, region_id=applicant.region_id) as act:
        act.subject = application = Application.objects.create(
            act=act,
            number=next_number(body, "application", actor.today),
            applicant=applicant,
            body=body,
            region_id=applicant.region_id,
            on_site=on_site,
            wanted_on=wanted_on,
            applied_at=actor.at,
            note=note,
            state=APPLICATION.states[0].code,
        )
        enter(APPLICATION, application, act)
        for instrument in instruments:
            _open_task(application, instrument, states[instrument.pk], act)
        act.content = {"number": application.number, "instruments": [i.code for i in instruments]}
    return application


def _states_of(instruments: Sequence[Instrument], applicant: Organisation, on: date) -> dict[int, InstrumentState]:
    rows = InstrumentState.objects.on(on).filter(instrument__in=instruments, owner=applicant, status=IN_USE)
    found = {row.instrument_id: row for row in rows}
    if missing := [i.code for i in instruments if i.pk not in found]:
        raise InputRefused(
            "not_in_use_here",
            "Not in use at this organisation: %(codes)s. Accept or resume them first.",
            field="instruments",
            codes=", ".join(missing),
        )
    return found


def _open_task(application: Application, instrument: Instrument, state: InstrumentState, act: Act) -> Task:
    try:
        with transaction.atomic():
            task = Task.objects.create(
                act=act,
                application=application,
                instrument=instrument,
                body=application.body,
                owner_id=state.owner_id,
                region_id=state.region_id,
                regime=VerificationRegime.SUBSEQUENT if state.last_on else VerificationRegime.INITIAL,
                state=TASK.states[0].code,
            )
    except IntegrityError:
        raise TaskOpenAlready(
            "task_open_already",
            "%(instrument)s is already being verified. Finish that task first.",
            instrument=instrument.code,
        )
    enter(TASK, task, act)
    return task
