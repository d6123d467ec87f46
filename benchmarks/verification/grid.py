"""The grid of many instruments: what the server takes for 200 rows, beside what no server can do without.

Whole requests are measured (session, rights, queries, judgement, answer), through the same middleware as in service.
Floors: judging one record, times the rows; and one bulk write of the drafts alone. Beside them the same rows through
the form for one instrument, two requests for each of its sections, from a few rows. Target: 200 rows kept and judged
in a request within 1 s. Times of the processor are given too: they hold on a busy machine.
"""

import argparse
import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.registry import own_database

TARGET = 1.0
SINGLE = 3  # rows entered by the form for one instrument
PROCEDURES = ("procedure/price-scale", "procedure/cold-water-meter", "procedure/pressure-gauge")


def main() -> None:
    """Print each procedure with its times."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="40 rows of one procedure instead of 200 rows of three")
    quick = parser.parse_args().quick
    count, procedures = (40, PROCEDURES[:1]) if quick else (200, PROCEDURES)
    with own_database("hengliang_bench_grid"):
        logging.disable(logging.CRITICAL)  # a line a request would be most of what is printed
        worst = max(_measure(procedure, count) for procedure in procedures)
    wanted = TARGET * count / 200
    print(f"target: {count} rows within {wanted:.2f} s: {'met' if worst <= wanted else 'MISSED'} ({worst:.2f} s)")


def _measure(procedure: str, count: int) -> float:
    work = _Work(procedure, count)
    print(f"{procedure}, {count} rows of {len(work.fields)} fields")
    _line("floor: judge one record, times rows", *_timed(lambda: work.judge_one(200), times=count / 200))
    _line("floor: one bulk write of the drafts", *_timed(work.write))
    kept = _timed(work.keep)
    _line("grid: keep and judge all rows", *kept)
    _line("grid: keep and judge one row", *_timed(lambda: work.keep(1)))
    _line("grid: open", *_timed(work.open))
    _line(f"form for one instrument, times rows (from {SINGLE})", *_timed(work.singly, times=count / SINGLE))
    _line("grid: submit all rows, a record and an act each", *_timed(work.submit))
    return kept[0]


def _timed(call: Callable[[], object], times: float = 1) -> tuple[float, float]:
    """Seconds by the wall clock and of the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    call()
    return (time.perf_counter() - wall) * times, (time.process_time() - processor) * times


def _line(name: str, wall: float, processor: float) -> None:
    print(f"  {name:<58} {wall:8.3f} s   processor {processor:8.3f} s")


class _Work:
    """Waiting tasks of a procedure with the fields of its worked example, and the requests on them."""

    def __init__(self, procedure: str, count: int) -> None:
        from django.conf import settings
        from django.test import Client
        from tests.platform import slice as walk
        from tests.platform.cast import make_cast

        from hengliang.platform.parties.models import Account
        from hengliang.platform.registry.models import CatalogueItem
        from hengliang.platform.registry.services import catalogue_load
        from hengliang.platform.verification.grid.sheet import Layouts, fields_of
        from hengliang.platform.verification.grid.work import kinds_of

        settings.ALLOWED_HOSTS = ["*"]
        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        _Work.cast = cast = getattr(_Work, "cast", None) or make_cast()
        from hengliang.norms import norms

        today = cast.actor("verifier").today
        value = norms[procedure].at(today)
        code = str(value.content["instruments"][0])
        if not CatalogueItem.objects.filter(code=code).exists():  # the cast brings two kinds only
            from hengliang.platform.core.rights import Actor

            catalogue_load(actor=Actor.system("bench"))
        item = CatalogueItem.objects.get(code=code)
        self.standard = walk.equip(cast, item)
        made = [walk.make_instrument(cast, f"{item.code}{at:04d}", item, item.name) for at in range(count)]
        self.tasks = walk.apply_for(cast, *made)
        self.data = walk.example(procedure, "pass", value.start.isoformat())
        self.kind = next(kind for kind, _n in kinds_of(cast.actor("verifier")) if kind.rule.procedure_id == procedure)
        layouts = Layouts(self.kind.rule.form(self.kind.regime))
        self.fields: dict[str, str] = fields_of(layouts.sections(self.data), self.data)
        self.client = Client()
        account = Account.objects.get(pk=cast.accounts["verifier"].pk)
        self.client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        self.day, self.versions = today, {task.pk: 0 for task in self.tasks}
        self.open()  # the rules are read and the code is warm, as in a server that runs

    def url(self, name: str) -> str:
        from django.urls import reverse

        return f"{reverse(f'verification:{name}')}?{self.kind.query}"

    def judge_one(self, times: int) -> None:
        from hengliang.metrology.judge import judge, record_from_json

        for _time in range(times):
            judge(self.kind.rule.procedure, record_from_json(self.data))

    def write(self) -> None:
        from django.db import transaction
        from django.utils import timezone

        from hengliang.platform.verification.models import RecordDraft

        drafts = [RecordDraft(task=task, data=self.data, updated_at=timezone.now()) for task in self.tasks]
        with transaction.atomic():
            RecordDraft.objects.bulk_create(drafts)
        RecordDraft.objects.filter(task__in=self.tasks).delete()

    def open(self) -> None:
        assert self.client.get(self.url("grid_rows")).status_code == 200

    def keep(self, rows: int | None = None) -> None:
        sent = {str(t.pk): {"version": self.versions[t.pk], "fields": self.fields} for t in self.tasks[:rows]}
        answer = self.client.post(self.url("grid_keep"), json.dumps({"rows": sent}), content_type="application/json")
        told = answer.json()
        assert not told["stale"], told["stale"]
        assert all(row["complete"] for row in told["rows"])
        self.versions |= {row["task"]: row["version"] for row in told["rows"]}

    def singly(self) -> None:
        from django.urls import reverse

        from hengliang.platform.verification.models import RecordDraft

        RecordDraft.objects.filter(task__in=self.tasks[:SINGLE]).delete()
        rows: dict[str, dict[str, dict[str, str]]] = {}
        for name, text in self.fields.items():
            row, _dot, column = name.rpartition(".")
            rows.setdefault(name.partition("~")[0], {}).setdefault(row, {})[column] = text
        for task in self.tasks[:SINGLE]:
            for section, typed in rows.items():
                body = json.dumps({"rows": typed, "version": 0})
                for name in ("record_verdict", "draft_save"):
                    address = reverse(f"verification:{name}", args=[task.pk, section])
                    answer = self.client.post(address, body, content_type="application/json")
                    assert answer.status_code == 200, answer.content

    def submit(self) -> None:
        around = {"verified_on": self.day.isoformat(), "standards": [self.standard.pk]}
        asked = around | {"task": [task.pk for task in self.tasks]}
        told = self.client.post(self.url("grid_submit"), asked).json()["rows"]
        assert all(one["record"] for one in told), told


if __name__ == "__main__":
    main()
