"""What was ticked together, applied for with each body that does it: one application for each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.verification.jobs import job_kind
from hengliang.platform.verification.models import MANDATORY, Application
from hengliang.platform.verification.placing import desk_of
from hengliang.platform.verification.routing import routes_of
from hengliang.platform.verification.services.application_submit import application_submit


def applications_submit(
    *,
    actor: Actor,
    instruments: Sequence[Instrument],
    body: Organisation | None = None,
    job: str = MANDATORY,
    **told: Any,
) -> list[Application]:
    """As `application_submit`, with one application for each body to which designations lead, and for each authority
    that has to find one: all of them or none. A body that is named takes those for which it is one of several.

    Errors: those of `application_submit`.
    """
    if job_kind(job, actor.today).performer != "designated":
        return [application_submit(actor=actor, instruments=instruments, body=body, job=job, **told)]
    places = _destinations(instruments, body, actor.today)
    with transaction.atomic():
        return [
            application_submit(actor=actor, instruments=group, body=named, job=job, **told) for named, group in places
        ]


def _destinations(
    instruments: Sequence[Instrument], wanted: Organisation | None, on: date
) -> list[tuple[Organisation | None, list[Instrument]]]:
    """The instruments that go one way together, each group with the body that is to be named for it."""
    rows = InstrumentState.objects.on(on).filter(instrument__in=instruments)
    routes = {
        route.entry.instrument_id: route
        for route in routes_of(rows.select_related("instrument__item__parent", "body"), on)
    }
    groups: dict[tuple[int, ...], list[Instrument]] = {}
    for one in instruments:
        route = routes.get(one.pk)
        bodies = tuple(sorted(body.pk for body in route.bodies)) if route else ()
        desk = desk_of(route.entry.region_id, on).pk if route and not bodies else 0
        groups.setdefault((desk, *bodies), []).append(one)
    if wanted is None or len(groups) < 2 or not any(wanted.pk in bodies for _desk, *bodies in groups):
        return [(wanted, group) for group in groups.values()]
    return [(wanted if wanted.pk in key[1:] else None, group) for key, group in groups.items()]
