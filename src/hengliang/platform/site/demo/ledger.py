"""The instruments of the city and three years of their verification, as dated rows.

Written in bulk under one act a stage: the loader stands for the file that a real city would bring in. What the
last weeks hold went through the services, act by act (`work`).
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from hengliang.norms.examples import examples
from hengliang.norms.periods import valid_until
from hengliang.norms.procedures import procedures_by_instrument
from hengliang.norms.suits import misfits
from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Act
from hengliang.platform.core.rules import rules
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.codes import new_codes
from hengliang.platform.registry.identity import found_by
from hengliang.platform.registry.models import Instrument, InstrumentState, Regime
from hengliang.platform.registry.states import IN_USE, SCRAPPED, STOPPED
from hengliang.platform.site.demo.kinds import KINDS, Kind
from hengliang.platform.site.demo.owners import in_region
from hengliang.platform.site.demo.world import BODIES, LEFT_TO_CITY, UNSERVED, World

HISTORY = timedelta(days=365 * 3)
PASS_RATE = 0.955
REVERIFIED = 0.85
Owners = dict[str, list[Organisation]]


def make_ledger(world: World, rng: Random, owners: Owners, count: int, *, known_then: bool = True) -> list[Instrument]:
    """`count` instruments with their parts and their history.

    `known_then`: each entry was known on its own day. False: all of them became known by this load, as with a file that
    is brought in later; a snapshot taken before stays as it was known.
    """
    particulars = _particulars(world.actor.today)
    total = sum(kind.share for kind in KINDS)
    with perform(world.actor, "demo_load", on=world.actor.today - HISTORY) as act:
        planned = [kind for kind in KINDS for _ in range(max(1, count * kind.share // total))]
        codes = iter(new_codes(sum(1 + kind.parts for kind in planned)))
        wholes = [_instrument(act, world, rng, kind, next(codes), particulars) for kind in planned]
        made = Instrument.objects.bulk_create(wholes, batch_size=2000)
        parts = [part for whole, kind in zip(made, planned, strict=True) for part in _parts(whole, kind, codes)]
        made_parts = Instrument.objects.bulk_create(parts, batch_size=2000)
        of: dict[int, list[Instrument]] = {}
        for part in made_parts:
            of.setdefault(part.part_of_id or 0, []).append(part)
        rows: list[InstrumentState] = []
        for whole, kind in zip(made, planned, strict=True):
            rows.extend(_history(act, world, rng, owners, kind, [whole, *of.get(whole.pk, ())]))
        InstrumentState.objects.bulk_create(rows, batch_size=4000)
        act.tables = (Instrument, InstrumentState)
        act.content = {"instruments": len(made), "parts": len(made_parts), "versions": len(rows)}
    return made


def _particulars(on: date) -> dict[str, dict[str, str]]:
    """What the rule of an item asks about an instrument, as in its worked examples."""
    found = {}
    for item, value in procedures_by_instrument(rules(), on).items():
        worked = (e.record.get("instrument", {}) for e in examples() if e.procedure == value.norm)
        found[item] = dict(next((given for given in worked if not misfits(value, [item], given)), {}))
    return found


def _instrument(
    act: Act, world: World, rng: Random, kind: Kind, code: str, particulars: dict[str, dict[str, str]]
) -> Instrument:
    item = world.items[kind.item]
    made = Instrument(
        act=act, code=code, item=item, name=item.name, model=rng.choice(kind.models),
        serial_number=f"{rng.randint(2017, 2025)}{rng.randint(10000, 999999)}", manufacturer=rng.choice(kind.makers),
        measuring_range=kind.measuring_range, accuracy_class=kind.accuracy_class,
        details=particulars.get(kind.item, {}),
    )  # fmt: skip
    made.search_text = found_by(made)
    return made


def _parts(whole: Instrument, kind: Kind, codes: Iterator[str]) -> Iterator[Instrument]:
    for number in range(1, kind.parts + 1):
        part = Instrument(
            act=whole.act, code=next(codes), item=whole.item, part_of=whole, part_label=f"{number}{kind.part_word}",
            name=whole.name, model=whole.model, serial_number=f"{whole.serial_number}-{number}",
            manufacturer=whole.manufacturer, details=whole.details,
        )  # fmt: skip
        part.search_text = found_by(part)
        yield part


def _history(
    act: Act, world: World, rng: Random, owners: Owners, kind: Kind, whole_and_parts: list[Instrument]
) -> Iterator[InstrumentState]:
    place = "stall" if kind.place == "market" and rng.random() < 0.8 and "stall" in owners else kind.place
    owner = rng.choice(owners.get(place) or owners["works"])
    market = in_region(owners.get("market", ()), owner) if place == "stall" else None
    fixed: dict[str, Any] = {
        "owner": owner, "market": market, "region_id": owner.region_id, "purpose": kind.purpose,
        "regime": Regime.PERIODIC, "mandatory": True, "on_site": kind.on_site, "body": _body(world, rng, owner, kind),
        "place": f"{owner.name}{rng.randint(1, 60)}号位",
    }  # fmt: skip
    versions = list(_versions(world.actor.today, rng, kind))
    for instrument in whole_and_parts:
        for start, end, facts in versions:
            known = timezone.make_aware(datetime.combine(start, time(17)))
            yield InstrumentState(
                act=act, instrument=instrument, is_part=instrument.part_of_id is not None, valid_from=start,
                valid_to=end, known_from=min(known, act.at),
                **fixed, **facts,
            )  # fmt: skip


def _body(world: World, rng: Random, owner: Organisation, kind: Kind) -> Organisation | None:
    if kind.item in UNSERVED:
        return None
    local = [
        body
        for name, body in world.bodies.items()
        if body.region_id == owner.region_id and kind.item not in LEFT_TO_CITY.get(name, ())
    ]
    return local[0] if local and rng.random() < 0.35 and kind.months <= 12 else world.bodies[BODIES[0]]


def _versions(today: date, rng: Random, kind: Kind) -> Iterator[tuple[date, date | None, dict[str, Any]]]:
    """The dated versions of one instrument: filed, verified again and again, late now and then, failed at times."""
    start = today - HISTORY + timedelta(days=rng.randint(0, 300))
    facts: dict[str, Any] = {"status": IN_USE, "last_on": None, "last_result": "", "due_on": start}
    day = start + timedelta(days=rng.randint(0, 20))
    while day <= today:
        if day > start:
            yield start, day, facts
        start = day
        passed = rng.random() < PASS_RATE
        due = valid_until(day, kind.months) if passed else day
        facts = {"status": IN_USE, "last_on": day, "last_result": "pass" if passed else "fail", "due_on": due}
        if not passed and rng.random() > REVERIFIED:
            facts["status"] = STOPPED
            break
        day = _next(rng, day, due, passed=passed)
    if rng.random() < 0.012 and start < today:
        yield start, today, facts
        start, facts = today, facts | {"status": SCRAPPED}
    yield start, None, facts


def _next(rng: Random, day: date, due: date, *, passed: bool) -> date:
    if not passed:
        return day + timedelta(days=rng.randint(3, 40))
    luck = rng.random()
    if luck < 0.86:
        return due - timedelta(days=rng.randint(0, 28))
    if luck < 0.97:
        return due + timedelta(days=rng.randint(1, 75))
    return due + timedelta(days=400)
