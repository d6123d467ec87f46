"""40 indicators × 30 regions × 60 months on a ledger of the demo's size, beside the bare SQL that can't be beaten.

Peers: the engine asked cell by cell (200 cells drawn at random, which must agree; the whole is reckoned from them), and
one bare `GROUP BY region, month` per indicator, without definitions, known_at, or what was left out. The floor is one
sequential read of the rows concerned, all columns that are asked for. Targets: the matrix within 2 s, the rows behind
one value within 200 ms.
"""

import argparse
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the cast of the tests
from benchmarks.registry import own_database

TARGET, ROWS_TARGET = 2.0, 0.2
ON = date(2026, 3, 2)


def main() -> None:
    """Print the matrix, the rows, the peer and the floor."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="2,000 instruments instead of 20,420")
    told = parser.parse_args()
    with own_database("bench_plan"):
        regions = _build(2_000 if told.quick else 20_420)
        _measure(regions)


def _build(count: int) -> tuple[int, ...]:
    """The cast with a city of 29 districts, the ledger and its past, standards and papers of six bodies."""
    from django.conf import settings
    from django.db import connection, transaction
    from tests.platform.cast import make_cast, make_organisation, make_region

    from hengliang.platform.core.acts import perform
    from hengliang.platform.core.rights import Actor
    from hengliang.platform.core.search import initials
    from hengliang.platform.registry.models import CatalogueItem
    from hengliang.platform.registry.services import catalogue_load

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cast = make_cast()
    catalogue_load(actor=Actor.system("bench"))
    districts = [cast.county, *(make_region(f"9901{n}", f"第{n}县", 3, cast.city) for n in range(30, 58))]
    bodies = [cast.body, *(make_organisation(f"第{n}检定所", districts[n], body=True) for n in range(2, 7))]
    items = list(CatalogueItem.objects.exclude(regime="").order_by("rank")[:30])
    with transaction.atomic(), connection.cursor() as cursor:
        with perform(Actor.system("bench"), "instrument_import") as act:
            cursor.execute(
                (Path(__file__).parents[1] / "registry" / "big_ledger.sql").read_text(),
                {
                    "act": act.pk, "count": count, "regions": [r.pk for r in districts[:12]],
                    "bodies": [b.pk for b in bodies[:3]], "items": [i.pk for i in items],
                    "names": [i.name for i in items], "initials": [initials(i.name) for i in items],
                },
            )  # fmt: skip
            cursor.execute(
                "UPDATE registry_instrumentstate SET region_id = (%s::bigint[])[1 + instrument_id %% 29]",
                [[one.pk for one in districts]],
            )
        cursor.execute(Path(__file__).with_name("history.sql").read_text())
    _papers(bodies, items)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT count(*) FROM registry_instrumentstate")
        print(f"{count:,} instruments, {cursor.fetchone()[0]:,} entries, {len(districts) + 1} regions", flush=True)
    return (cast.city.pk, *(one.pk for one in districts))


def _papers(bodies: list[Any], items: list[Any]) -> None:
    from hengliang.platform.core.rights import Actor
    from hengliang.platform.standards.models import MeasurementStandard, StandardCertificate
    from hengliang.platform.standards.services import (
        authorisation_enter,
        standard_certificate_enter,
        standard_enter,
    )

    actor = Actor.system("bench")
    for place, body in enumerate(bodies):
        for n, item in enumerate(items[: 30 - 3 * place]):
            begin = date(2020 + n % 6, 1 + n % 12, 1)
            made = standard_enter(
                actor=actor, organisation=body, name=f"{item.name}检定装置", items=[item],
                level=MeasurementStandard.Level.PUBLIC,
            )  # fmt: skip
            standard_certificate_enter(
                actor=actor, standard=made, kind=StandardCertificate.Kind.PUBLIC, issuer="省院", number=f"{place}-{n}",
                valid_from=begin, valid_until=begin.replace(year=begin.year + 5),
            )  # fmt: skip
            authorisation_enter(
                actor=actor, body=body, item=item, number=f"{place}-{n}", valid_from=begin,
                valid_until=begin.replace(year=begin.year + 5),
            )  # fmt: skip


def forty() -> list[Any]:
    """Every indicator that is computed here, and the rates by purpose, to forty in all."""
    from hengliang.norms.indicators import Selection
    from hengliang.platform.plan.engine import indicators, is_computed

    found = [one for one in indicators(ON).values() if is_computed(one)]
    narrowings = [("purpose", word) for word in ("trade", "medical", "safety", "environment")]
    rates = [one for one in found if one.numerator.selector.startswith("instruments_")]
    for name, word in narrowings:
        for one in rates:
            sides = [None if side is None else Selection(side.selector, {**side.where, name: (word,)})
                     for side in (one.numerator, one.denominator)]  # fmt: skip
            found.append(replace(one, id=f"{one.id}-{word}", numerator=sides[0], denominator=sides[1]))
    return found[:40]


def _measure(regions: tuple[int, ...]) -> None:
    from django.db import connection

    from hengliang.platform.plan.engine import Scope, Sweep, indicators, latest, matrices, rows_behind

    days = tuple(latest(ON, 60))
    asked = forty()
    times = []
    for _round in range(3):
        sweep = Sweep(days, regions, None, date(2024, 1, 1))
        began = time.perf_counter()
        found = matrices(asked, sweep)
        times.append(time.perf_counter() - began)
    cells = sum(len(row) for one in found.values() for row in one.values())
    filled = sum(f.value is not None for one in found.values() for row in one.values() for f in row)
    print(f"matrix: {len(asked)} indicators × {len(regions)} regions × {len(days)} months = {cells:,} figures "
          f"({filled:,} with a value): best {min(times):.2f} s, worst {max(times):.2f} s")  # fmt: skip
    _by_cell(asked, regions, days, found)
    with connection.cursor() as cursor:
        began = time.perf_counter()
        for _one in asked:
            cursor.execute(
                "SELECT region_id, date_trunc('month', due_on), count(*) FROM registry_instrumentstate"
                " WHERE known_to IS NULL AND status = 'in_use' AND mandatory GROUP BY 1, 2"
            )
            cursor.fetchall()
        peer = time.perf_counter() - began
        began = time.perf_counter()
        cursor.execute(
            "SELECT count(region_id), count(due_on), count(last_on), count(last_result), count(status), count(purpose),"
            " count(valid_from), count(valid_to), count(known_to), count(instrument_id) FROM registry_instrumentstate"
        )
        floor = time.perf_counter() - began
    best = min(times)
    print(f"peer: {len(asked)} bare GROUP BY region, month: {peer:.2f} s; floor, one read of the rows: {floor:.3f} s")
    print(f"ours: {best / floor:.0f} times the floor, {best / peer:.2f} times the bare statements")
    slowest = 0.0
    for name in ("tested-rate", "valid-rate", "overdue-rate", "item-coverage", "public-standards-new"):
        began = time.perf_counter()
        list(rows_behind(indicators(ON)[name], Scope(ON, regions[0], None, None, date(2024, 1, 1)), "numerator")[:50])
        slowest = max(slowest, time.perf_counter() - began)
    print(f"rows behind one value (a page of 50), slowest of five: {slowest * 1000:.0f} ms")
    print(f"target: matrix ≤ {TARGET:.0f} s {'met' if min(times) <= TARGET else 'MISSED'}; "
          f"rows ≤ {ROWS_TARGET * 1000:.0f} ms {'met' if slowest <= ROWS_TARGET else 'MISSED'}")  # fmt: skip


def _by_cell(asked: list[Any], regions: tuple[int, ...], days: tuple[date, ...], found: Any, cells: int = 200) -> None:
    """The same figures one question at a time: some cells drawn at random, timed and compared."""
    from hengliang.platform.plan.engine import Scope, compute

    drawn = Random(20350101)
    began, differ = time.perf_counter(), 0
    for _cell in range(cells):
        indicator, region, place = drawn.choice(asked), drawn.choice(regions), drawn.randrange(len(days))
        alone = compute(indicator, Scope(days[place], region, None, None, date(2024, 1, 1)))
        held = found[indicator.name][region][place]
        differ += (alone.numerator, alone.denominator, alone.value, alone.absent) != (
            held.numerator, held.denominator, held.value, held.absent,
        )  # fmt: skip
    took = time.perf_counter() - began
    whole = took / cells * len(asked) * len(regions) * len(days)
    print(
        f"peer, cell by cell: {1000 * took / cells:.1f} ms a cell, so {whole:.0f} s for all; {differ} of {cells} differ"
    )


if __name__ == "__main__":
    main()
