"""Where an application goes: to the designated body, to one of several that is chosen, or to the authority."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.listed import listed
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.standards.designations import designated
from hengliang.platform.standards.models import Designation
from hengliang.platform.standards.selectors import authorised
from hengliang.platform.verification.jobs import JobKind, counts_as_first, is_makers


@dataclass(frozen=True)
class Route:
    """Who may be asked about an entry; without any it is for the authority to find one."""

    entry: InstrumentState
    bodies: tuple[Organisation, ...]
    by: tuple[Designation, ...] = ()

    @property
    def body(self) -> Organisation | None:
        """The one body, where there is no choice."""
        return self.bodies[0] if len(self.bodies) == 1 else None


def route_of(entry: InstrumentState, on: date) -> Route:
    """The designated bodies of an entry; of several the one assigned to the instrument; that one where none is."""
    item, assigned = entry.instrument.item, entry.body
    found = designated(item, entry.region_id, on)
    if assigned is not None:
        its = tuple(row for row in found if row.body_id == assigned.pk)
        if its or (not found and authorised(assigned.pk, item, entry.region_id, on)):
            return Route(entry, (assigned,), its)
    return Route(entry, tuple(row.body for row in found), tuple(found))


def routes_of(entries: Iterable[InstrumentState], on: date) -> list[Route]:
    """The route of each entry; those that agree in item, region and assigned body are asked for once."""
    known: dict[tuple[int, int, int | None], Route] = {}
    routes = []
    for entry in entries:
        key = (entry.instrument.item_id, entry.region_id, entry.body_id)
        known.setdefault(key, route_of(entry, on))
        routes.append(Route(entry, known[key].bodies, known[key].by))
    return routes


def body_for(kind: JobKind, routes: list[Route], wanted: Organisation | None, on: date) -> Organisation | None:
    """The body that an application goes to; None where the authority has to find one.

    Errors: `InputRefused` where a body must be chosen, where the one named may not do it, or where the instruments
    belong to different bodies.
    """
    if kind.performer != "designated" and wanted is None:
        raise InputRefused("body_missing", "Choose the body for this kind of job.", field="body")
    if wanted is not None:
        if kind.performer == "designated":
            _refuse_undesignated(routes, wanted, on)
        if "authorisation" in kind.papers:
            _refuse_unauthorised(routes, wanted, on)
        return wanted
    for route in routes:
        if len(route.bodies) > 1:
            raise InputRefused(
                "several_bodies",
                "Several bodies are designated for “%(item)s” there: %(bodies)s. Choose one.",
                field="body", item=route.entry.instrument.item.name, bodies=listed(b.name for b in route.bodies),
            )  # fmt: skip
    bodies = {route.body.pk: route.body for route in routes if route.body}
    if len(bodies) > 1 or (bodies and any(route.body is None for route in routes)):
        raise InputRefused(
            "different_bodies",
            "These instruments belong to different bodies (%(bodies)s, or none yet). Apply for each group by itself.",
            field="body", bodies=listed(body.name for body in bodies.values()),
        )  # fmt: skip
    return next(iter(bodies.values()), None)


def _refuse_undesignated(routes: list[Route], wanted: Organisation, on: date) -> None:
    """Where bodies are designated, only they; besides, a manufacturer's laboratory before first use."""
    for route in routes:
        item = route.entry.instrument.item
        if not route.bodies or wanted in route.bodies:
            continue
        if route.entry.last_on is None and is_makers(wanted.pk, item, on) and counts_as_first(item, on):
            continue
        raise InputRefused(
            "not_designated",
            "“%(body)s” is not designated for “%(item)s” there; designated: %(bodies)s.",
            field="body", body=wanted.name, item=item.name, bodies=listed(b.name for b in route.bodies),
        )  # fmt: skip


def _refuse_unauthorised(routes: list[Route], wanted: Organisation, on: date) -> None:
    """A body that may not do it is not asked in vain."""
    for route in routes:
        item = route.entry.instrument.item
        factory = route.entry.last_on is None and counts_as_first(item, on)
        if not authorised(wanted.pk, item, route.entry.region_id, on, factory=factory):
            raise InputRefused(
                "not_authorised_there",
                "“%(body)s” is not authorised for “%(item)s” there today. Choose another, or none: then it goes to the "
                "designated body.",
                field="body", body=wanted.name, item=item.name,
            )  # fmt: skip
