"""A round is asked for: by the organiser of a market for its stallholders, or by one user for its own instruments."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, Role, permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.verification.models import Round, Task
from hengliang.platform.verification.services.application_submit import application_submit
from hengliang.platform.verification.services.round_plan import enter_round, require_days
from hengliang.platform.verification.states import OPEN_TASKS


def round_file(
    *,
    actor: Actor,
    organiser: Organisation,
    body: Organisation,
    starts_on: date,
    ends_on: date,
    instruments: Sequence[Instrument],
    place: str = "",
    stops: Sequence[str] = (),
    note: str = "",
) -> Round:
    """The round, and with it an application for each user: what is filed today counts as applied for today.

    A market is filed by its organiser; anybody else files for instruments of its own, by appointment.
    Errors: `InputRefused` for what is not in the market or not one's own; those of `application_submit`.
    """
    permit(actor, "round_file", organisations=[organiser.pk])
    market = organiser.is_market and organiser.pk in _markets(actor, organiser)
    kind = Round.Kind.MARKET if market else Round.Kind.APPOINTMENT
    _refuse_foreign(organiser, instruments, market=market)
    require_days(actor, starts_on, ends_on)
    with perform(actor, "round_file", organisation_id=organiser.pk, region_id=organiser.region_id) as act:
        _apply(actor, organiser, body, instruments, starts_on, market=market)
        return enter_round(
            actor, act, instruments, stops, kind=kind, body=body, region=organiser.region,
            place=place.strip() or organiser.name, starts_on=starts_on, ends_on=ends_on, organiser=organiser, note=note,
        )  # fmt: skip


def _markets(actor: Actor, organiser: Organisation) -> frozenset[int]:
    """The markets that the actor speaks for; a program of the platform speaks for any."""
    program = actor.account_id is None and actor.has(Role.ADMINISTRATOR)
    return frozenset({organiser.pk}) if program else actor.organisations({Role.MARKET_ORGANISER})


def _refuse_foreign(organiser: Organisation, instruments: Sequence[Instrument], *, market: bool) -> None:
    rows = InstrumentState.objects.current().filter(instrument__in=instruments)
    its = rows.filter(owner=organiser) | (rows.filter(market=organiser) if market else rows.none())
    known = set(its.values_list("instrument_id", flat=True))
    if wrong := [one.printed_code for one in instruments if one.pk not in known]:
        raise InputRefused(
            "not_yours",
            "Neither yours nor in your market: %(codes)s.",
            field="instruments",
            codes=", ".join(wrong[:20]),
        )


def _apply(
    actor: Actor, organiser: Organisation, body: Organisation, instruments: Sequence[Instrument], day: date, *,
    market: bool,
) -> None:  # fmt: skip
    """Apply for what has no open task yet, user by user."""
    open_already = set(
        Task.objects.filter(instrument__in=instruments, state__in=OPEN_TASKS).values_list("instrument_id", flat=True)
    )
    rows = InstrumentState.objects.current().filter(instrument__in=instruments).exclude(instrument__in=open_already)
    by_owner: dict[Organisation, list[Instrument]] = defaultdict(list)
    for row in rows.select_related("owner", "instrument").order_by("owner_id", "pk"):
        by_owner[row.owner].append(row.instrument)
    for owner, its in by_owner.items():
        application_submit(
            actor=actor, applicant=owner, instruments=its, body=body, on_site=True, wanted_on=day,
            organiser=organiser if market else None,
        )  # fmt: skip
