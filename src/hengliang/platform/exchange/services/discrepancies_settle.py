"""Differences settled alike, each by an act of its own, however many in as many statements as one takes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db import transaction
from django.db.models import Q

from hengliang.platform.core.acts import Doing, perform_each
from hengliang.platform.core.errors import PlatformError, Refused, StaleWrite
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import move_each
from hengliang.platform.exchange.models import Discrepancy, OutsideId
from hengliang.platform.exchange.services.settle import (
    held_numbers,
    instrument_not_seen,
    kept_of,
    link_numbers,
    may_settle,
    number_missing,
    refuse_day_not_ahead,
    refuse_nothing_to_send,
)
from hengliang.platform.exchange.states import DISCREPANCY
from hengliang.platform.registry.models import Instrument, InstrumentState

Settled = Sequence[PlatformError | None]
Led = Sequence[tuple[Discrepancy, Act]]
LONGEST_NUMBER = 100


def discrepancies_keep(*, actor: Actor, discrepancies: Sequence[Discrepancy], reason: str) -> Settled:
    """Ours is right in each of them, as by `discrepancy_keep`; for each, in the order given, None or why it was not."""

    def write(led: Led) -> None:
        for one, act in led:
            act.content = kept_of(one)

    return _settle_each(actor, "discrepancy_keep", discrepancies, reason, refuse_nothing_to_send, write)


def discrepancies_ignore(
    *, actor: Actor, discrepancies: Sequence[Discrepancy], reason: str, until: date
) -> Settled:  # fmt: skip
    """Each is left until a day, as by `discrepancy_ignore`; for each, in the order given, None or why it was not.

    Errors: `InputRefused` for a day that is not ahead.
    """
    refuse_day_not_ahead(until, actor.today)

    def write(led: Led) -> None:
        Discrepancy.objects.filter(pk__in=[one.pk for one, _act in led]).update(ignored_until=until)
        for one, act in led:
            one.ignored_until = until
            act.content = {"until": until.isoformat()}

    return _settle_each(actor, "discrepancy_ignore", discrepancies, reason, lambda _one: None, write)


def discrepancies_link(*, actor: Actor, discrepancies: Sequence[Discrepancy], reason: str) -> Settled:
    """Their numbers name from today what was found to be perhaps the same, as by `discrepancy_link`; for each, in the
    order given, None or why it was not. Of two that name one instrument, or one number, the second is refused."""
    proposed = {one.pk: Pair(one.proposed, one.outside_id) for one in discrepancies}
    return link_each(actor, discrepancies, proposed, reason)


@dataclass(frozen=True)
class Pair:
    """What is to be linked: an instrument, if one was found, and the number by which the other system knows it."""

    instrument: Instrument | None
    number: str


def link_each(actor: Actor, found: Sequence[Discrepancy], pairs: Mapping[int, Pair], reason: str) -> Settled:
    """Link from today the pair of each difference, by its key; for each, in the order given, None or why it was not."""
    wanted = [pair.instrument for pair in pairs.values() if pair.instrument is not None]
    states = InstrumentState.objects.visible_to(actor).current().filter(instrument__in=wanted)
    seen = set(states.values_list("instrument_id", flat=True))
    taken = set[tuple[int, object]]()

    def check(one: Discrepancy) -> None:
        pair = pairs[one.pk]
        if not pair.number or len(pair.number) > LONGEST_NUMBER:
            raise number_missing()
        if pair.instrument is None or pair.instrument.pk not in seen:
            raise instrument_not_seen()
        mine = {(one.system_id, pair.number), (one.system_id, pair.instrument.pk)}
        if taken & mine:
            raise Refused("linked_already", "The number, or the object, is linked already; end that link first.")
        taken.update(mine)

    def write(led: Led) -> None:
        _link([(one, act, cast("Instrument", pairs[one.pk].instrument), pairs[one.pk].number) for one, act in led])

    return _settle_each(actor, "discrepancy_link", found, reason, check, write)


def _link(led: Sequence[tuple[Discrepancy, Act, Instrument, str]]) -> None:
    """Where a link stands already it ends first, one by one; nearly all are new, and are written together."""
    numbers, instruments = [number for *_one, number in led], [instrument for _one, _act, instrument, _number in led]
    chosen = Q(value__in=numbers) | Q(instrument__in=instruments)
    held = held_numbers(OutsideId.objects.known().filter(chosen, kind=OutsideId.Kind.INSTRUMENT))
    fresh = []
    for one, act, instrument, number in led:
        if held & {(one.system_id, number), (one.system_id, instrument.pk)}:
            link_numbers(act, one, instrument, number, act.on)
        else:
            fresh.append(
                OutsideId(
                    act=act, valid_from=act.on, known_from=act.at, system=one.system,
                    kind=OutsideId.Kind.INSTRUMENT, value=number, instrument=instrument,
                )
            )  # fmt: skip
        act.content = {"instrument": instrument.code, "number": number, "system": one.system.code}
    OutsideId.objects.bulk_create(fresh)


def _settle_each(
    actor: Actor,
    kind: str,
    found: Sequence[Discrepancy],
    reason: str,
    check: Callable[[Discrepancy], None],
    write: Callable[[Led], None],
) -> Settled:
    """Settle those that may be; they are held until the end, so that nobody leads one on meanwhile."""
    with transaction.atomic():
        keys = [one.pk for one in found]
        rows = Discrepancy.objects.select_for_update().filter(pk__in=keys).order_by("pk")
        states = dict(rows.values_list("pk", "state"))
        refused = [_refused(actor, kind, one, states.pop(one.pk, ""), check) for one in found]
        chosen = [one for one, fault in zip(found, refused, strict=True) if fault is None]
        if chosen:
            doings = [Doing(one, reason=reason, region_id=one.region_id) for one in chosen]
            with perform_each(actor, kind, doings) as acts:
                led = list(zip(chosen, acts, strict=True))
                write(led)
                move_each(DISCREPANCY, led)
        return refused


def _refused(
    actor: Actor, kind: str, one: Discrepancy, state: str, check: Callable[[Discrepancy], None]
) -> PlatformError | None:
    try:
        may_settle(actor, kind, one)
        if state != one.state:
            raise StaleWrite("stale_state", "Somebody else has acted on this meanwhile. Reload the page.")
        check(one)
    except PlatformError as fault:
        return fault
    return None
