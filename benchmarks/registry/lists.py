"""Lists, search, desks and pages over a ledger of a million instruments: how long the server takes, p50 and p95.

Whole requests are measured (session, rights, queries, template), through the same middleware as in service, and beside
them the selectors alone. The floor in the last line is a Django view's cost without any query of ours: the login check
and the base template. Target: p95 within 150 ms.
"""

import argparse
import gc
import math
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.registry import own_database

TARGET = 0.150
TABLES = ("registry_instrument", "registry_instrumentstate")


def main() -> None:
    """Print each list with its times."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="50,000 instruments instead of 1,000,000")
    parser.add_argument("--rounds", type=int, default=40)
    told = parser.parse_args()
    count = 50_000 if told.quick else 1_000_000
    with own_database("hengliang_bench_lists"):
        cast = _build(count)
        worst = _measure(cast, count, told.rounds)
    verdict = "met" if worst <= TARGET else "MISSED"
    print(f"target: p95 within {TARGET * 1000:.0f} ms: {verdict} (worst {worst * 1000:.0f} ms)")


def _build(count: int) -> Any:
    """The cast, and the big ledger in its city."""
    from django.conf import settings
    from django.db import connection, transaction
    from tests.platform.cast import make_cast, make_organisation, make_region

    from hengliang.platform.core.acts import perform
    from hengliang.platform.core.rights import Actor
    from hengliang.platform.core.search import initials
    from hengliang.platform.registry.models import CatalogueItem
    from hengliang.platform.registry.services import catalogue_load

    settings.ALLOWED_HOSTS, settings.PASSWORD_HASHERS = ["*"], ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    cast = make_cast()
    catalogue_load(actor=Actor.system("bench"))
    regions = [cast.county, *(make_region(f"9901{n}", f"第{n}县", 3, cast.city) for n in range(30, 41))]
    bodies = [cast.body, *(make_organisation(f"第{n}检定所", cast.city, body=True) for n in (2, 3))]
    items = list(CatalogueItem.objects.exclude(regime="").order_by("rank")[:30])
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        put_back = _strip(cursor)
        with perform(Actor.system("bench"), "instrument_import") as act:
            cursor.execute(
                Path(__file__).with_name("big_ledger.sql").read_text(),
                {
                    "act": act.pk, "count": count, "regions": [r.pk for r in regions], "bodies": [b.pk for b in bodies],
                    "items": [i.pk for i in items], "names": [i.name for i in items],
                    "initials": [initials(i.name) for i in items],
                },
            )  # fmt: skip
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for statement in put_back:
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT count(*) FROM registry_tally")
        tally = cursor.fetchone()[0]
    print(f"{count:,} instruments in {time.perf_counter() - began:.0f} s; tally of {tally:,} rows", flush=True)
    return cast


def _strip(cursor: Any) -> list[str]:
    """Drop indexes and constraints of the big tables for the load; gives the statements that put them back."""
    put_back = []
    for table in TABLES:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype IN ('f', 'x', 'u') ORDER BY contype DESC",
            [table],
        )
        for name, definition in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE")
            put_back.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid = %s::regclass AND NOT indisprimary",
            [table],
        )
        for name, definition in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
            put_back.append(definition)
    return put_back


def _measure(cast: Any, count: int, rounds: int) -> float:
    import logging

    from django.test import Client
    from django.utils import timezone

    from hengliang.platform.parties.models import Organisation
    from hengliang.platform.parties.selectors import actor_of
    from hengliang.platform.registry.models import Instrument
    from hengliang.platform.registry.selectors import capped_count, due_within, entry_list, overdue, searched, standings

    logging.getLogger("hengliang.request").disabled = True
    actor = actor_of(cast.accounts["authority"], timezone.now())
    body = actor_of(cast.accounts["manager"], timezone.now())
    client = Client()
    client.force_login(cast.accounts["authority"], "django.contrib.auth.backends.ModelBackend")
    first = Organisation.objects.get(name="第17号用户")
    codes = list(Instrument.objects.filter(pk__in=range(1, 31 * rounds + 32, 31)).values_list("code", flat=True))
    items = list(Instrument.objects.order_by("item").values_list("item", flat=True).distinct())
    of_body = Client()
    of_body.force_login(cast.accounts["manager"], "django.contrib.auth.backends.ModelBackend")

    def page(address: str, by: Client = client) -> None:
        answer = by.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    def rows(found: Any) -> None:
        assert len(list(found.order_by("due_on", "instrument_id")[:50])) <= 50
        capped_count(found)

    entries = entry_list(actor)
    today = actor.today
    asked: list[tuple[str, Callable[[int], Any]]] = [
        ("selector: ledger by day due", lambda n: rows(entries)),
        ("selector: overdue", lambda n: rows(overdue(entries, today))),
        ("selector: due within 30 days", lambda n: rows(due_within(entries, today))),
        ("selector: of one user", lambda n: rows(entries.filter(owner_id=first.pk + n))),
        ("selector: search of a serial number", lambda n: rows(searched(entries, f"SN{n * 37 % count:08d}"))),
        ("selector: search of part of a number", lambda n: rows(searched(entries, f"{n * 7919 % count:06d}"))),
        ("selector: search of a common name", lambda n: rows(searched(entries, "电子计价秤"))),
        ("selector: search by initials", lambda n: rows(searched(entries, "dzjjc"))),
        ("selector: search of two words", lambda n: rows(searched(entries, f"计价秤 第{4 + n % 10 * 30}厂"))),
        ("selector: search without result", lambda n: rows(searched(entries, f"没有这个{n}"))),
        ("selector: a body's ledger", lambda n: rows(entry_list(body))),
        ("desk: standings of a city", lambda n: standings(actor)),
        ("desk: standings of a body", lambda n: standings(body)),
        ("page: desk of an authority", lambda n: page("/")),
        ("page: desk of a body", lambda n: page("/", of_body)),
        ("page: due and overdue", lambda n: page("/supervision/due/")),
        ("page: failed and still in use", lambda n: page("/supervision/due/?standing=failed")),
        ("page: due, nobody can verify it", lambda n: page("/supervision/due/?delay=no_capability")),
        ("page: due, the body is late (none)", lambda n: page("/supervision/due/?delay=body_late")),
        ("page: due, not applied for (none)", lambda n: page("/supervision/due/?delay=not_applied")),
        ("page: ledger", lambda n: page("/ledger/")),
        ("page: ledger, overdue", lambda n: page("/ledger/?due=overdue")),
        ("page: ledger, page 100", lambda n: page("/ledger/?page=100")),
        ("page: ledger, one county", lambda n: page(f"/ledger/?region={cast.county.pk}&status=in_use")),
        ("page: ledger, one serial number", lambda n: page(f"/ledger/?q=SN{n:06d}")),
        ("page: ledger, one item", lambda n: page(f"/ledger/?item={items[n % len(items)]}")),
        ("page: one instrument", lambda n: page(f"/ledger/{codes[n]}/")),
        ("interface: instruments", lambda n: page("/api/v1/ledger/instruments?limit=50")),
        ("floor: a page without rows", lambda n: page("/ledger/scan/")),
    ]
    gc.freeze()  # as the web server does once it has imported its pages
    worst = 0.0
    for what, ask in asked:
        ask(0)
        times = []
        for n in range(1, rounds + 1):
            began = time.perf_counter()
            ask(n)
            times.append(time.perf_counter() - began)
        times.sort()
        late = times[math.ceil(0.95 * rounds) - 1]
        worst = max(worst, late)
        print(f"{what:<42} p50 {times[rounds // 2] * 1000:7.1f} ms   p95 {late * 1000:7.1f} ms", flush=True)
    return worst


if __name__ == "__main__":
    main()
