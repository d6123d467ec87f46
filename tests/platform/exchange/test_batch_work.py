"""Large files: compared and taken in by the worker, with progress; a killed worker leaves nothing half done."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

import hengliang
from hengliang.platform.core import tasks as core_tasks
from hengliang.platform.core.errors import NotPermitted, Refused
from hengliang.platform.exchange import batch_work
from hengliang.platform.exchange.batch_work import accept_soon, drop, read_soon
from hengliang.platform.exchange.models import Discrepancy, InboundBatch, InboundRow, OutsideId
from hengliang.platform.exchange.services import batch_receive
from hengliang.platform.registry.models import Instrument, InstrumentImport
from tests.platform.cast import make_cast
from tests.platform.exchange.conftest import connect
from tests.platform.exchange.files import HEADERS, row
from tests.platform.exchange.test_webhooks import address_of
from tests.platform.registry.sheets import csv_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def large(monkeypatch):
    """Every file is a large one."""
    monkeypatch.setattr(batch_work, "AT_ONCE_BYTES", 0)
    monkeypatch.setattr(batch_work, "AT_ONCE_ROWS", 0)


@pytest.fixture
def browser(cast):
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(cast.accounts["authority"])
    return client


def arrived(cast, system, *rows, who="authority") -> InboundBatch:
    content = csv_of(*(rows or [row(出厂编号="N1")]), headers=HEADERS)
    return batch_receive(actor=cast.actor(who), system=system, kind="ledger", file_name="a.csv", chunks=[content])


def queued() -> list[dict]:
    rows = ProcrastinateJob.objects.filter(task_name=batch_work.batch_work.name, status="todo")
    return [job.args for job in rows]


def worked() -> None:
    """What the worker does: the jobs that wait, one after another."""
    for job in ProcrastinateJob.objects.filter(task_name=batch_work.batch_work.name, status="todo"):
        ProcrastinateJob.objects.filter(pk=job.pk).delete()
        batch_work.batch_work(**job.args)


def test_a_large_file_waits_shows_how_far_it_is_and_is_taken_in(cast, ecqs, large, browser, monkeypatch):
    monkeypatch.setattr(batch_work, "telling", told_here)
    batch = arrived(cast, ecqs)
    read_soon(batch, cast.actor("authority"))
    assert (batch.step, batch.state, len(queued())) == ("waiting", "received", 1)
    page = browser.get(reverse("exchange:batch", args=[batch.pk])).content.decode()
    assert "every 2s" in page and "排队" in page and "/accept/" not in page
    assert browser.get(reverse("exchange:batch_progress", args=[batch.pk])).status_code == 200
    worked()
    batch.refresh_from_db()
    assert (batch.step, batch.state, batch.counts) == ("", "compared", {"new": 1})
    ended = browser.get(reverse("exchange:batch_progress", args=[batch.pk]))
    assert ended.headers["HX-Refresh"] == "true"
    accept_soon(batch, cast.actor("authority"))
    assert batch.step == "waiting" and not Instrument.objects.exists()
    worked()
    batch.refresh_from_db()
    assert (batch.step, batch.state) == ("", "accepted") and Instrument.objects.count() == 1


SAID: list[tuple[str, int]] = []


class told_here:
    """What is told is kept here; at the end the step is empty again."""

    def __init__(self, _model: type, key: int) -> None:
        self.key = key

    def __enter__(self):
        def told(step: str, done: int) -> None:
            SAID.append((step, done))

        return told

    def __exit__(self, *_fault) -> None:
        InboundBatch.objects.filter(pk=self.key).update(step="", done=0)


def test_each_step_is_told(cast, ecqs, large, monkeypatch):
    monkeypatch.setattr(batch_work, "telling", told_here)
    SAID.clear()
    batch = arrived(cast, ecqs)
    read_soon(batch, cast.actor("authority"))
    worked()
    batch.refresh_from_db()
    accept_soon(batch, cast.actor("authority"))
    worked()
    steps = list(dict.fromkeys(step for step, _done in SAID))
    assert steps == ["comparing", "checking", "writing", "linking"]


def test_nobody_acts_on_a_file_that_is_worked_on(cast, ecqs, large):
    batch = arrived(cast, ecqs)
    read_soon(batch, cast.actor("authority"))
    for act in (read_soon, accept_soon, drop):
        with pytest.raises(Refused):
            act(batch, cast.actor("authority"))
    assert len(queued()) == 1


def test_a_small_file_waits_behind_a_large_one_of_its_system(cast, ecqs):
    first = arrived(cast, ecqs)
    InboundBatch.objects.filter(pk=first.pk).update(step="comparing")
    second = arrived(cast, ecqs, row(出厂编号="N2"))
    read_soon(second, cast.actor("authority"))
    assert second.step == "waiting" and len(queued()) == 1


def test_who_may_not_queues_nothing(cast, ecqs, large):
    batch = arrived(cast, ecqs)
    with pytest.raises(NotPermitted):
        read_soon(batch, cast.actor("auditor"))
    assert not queued()


def test_what_stands_in_the_way_is_written_beside_the_file(cast, ecqs, large, browser, in_use, monkeypatch):
    monkeypatch.setattr(batch_work, "telling", told_here)
    batch = arrived(cast, ecqs)
    read_soon(batch, cast.actor("authority"))
    worked()
    in_use(serial_number="N1")
    batch.refresh_from_db()
    accept_soon(batch, cast.actor("authority"))
    worked()
    batch.refresh_from_db()
    assert (batch.state, batch.step, batch.problem["code"]) == ("compared", "", "ledger_changed")
    assert "every 2s" not in browser.get(reverse("exchange:batch", args=[batch.pk])).content.decode()


def test_a_job_that_was_given_up_says_so(cast, ecqs, large, browser):
    batch = arrived(cast, ecqs)
    read_soon(batch, cast.actor("authority"))
    core_tasks._tellers[batch_work.batch_work.name](batch_id=batch.pk, account_id=1, kind="batch_read")
    page = browser.get(reverse("exchange:batch", args=[batch.pk])).content.decode()
    assert "处理此文件时中断" in page and "every 2s" not in page


def test_by_program_a_large_file_is_answered_202(cast, ecqs, large, browser):
    from django.core.files.uploadedfile import SimpleUploadedFile

    url = f"/api/v1/exchange/systems/{ecqs.pk}/files"
    answer = browser.post(url, {"file": SimpleUploadedFile("a.csv", csv_of(row(), headers=HEADERS))})
    assert answer.status_code == 202 and answer.json()["step"] == "waiting"


WORKER = """
import os, django
django.setup()
from hengliang.platform.exchange import compare
from hengliang.platform.exchange.batch_work import batch_work
import sys, time
reading = sys.modules["hengliang.platform.exchange.services.batch_read"]
whole = reading.compare
def slow(*args, **more):
    whole(*args, **more)
    print("compared", flush=True)
    time.sleep(60)
if os.environ["SLOW"] == "1":
    reading.compare = slow
batch_work(batch_id=int(os.environ["BATCH"]), account_id=int(os.environ["ACCOUNT"]), kind="batch_read")
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_nothing_and_the_next_one_does_it(settings, tmp_path):
    """The worker is killed when all rows are staged and compared, before it commits."""
    settings.MEDIA_ROOT = tmp_path / "attachments"
    cast = make_cast()
    batch = arrived(cast, connect(cast), row(出厂编号="N1"), row(强检器具编号="E2", 出厂编号="N2"))
    (tmp_path / "secret").write_text(settings.SECRET_KEY)
    environment = os.environ | {
        "DATABASE_URL": address_of(connection.settings_dict), "SLOW": "1", "BATCH": str(batch.pk),
        "ACCOUNT": str(cast.accounts["authority"].pk), "HENGLIANG_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "hengliang.platform.site.settings",
        "PYTHONPATH": str(Path(hengliang.__file__).parents[1]),
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", WORKER], env=environment, stdout=subprocess.PIPE, text=True
    ) as worker:  # fmt: skip
        assert worker.stdout and worker.stdout.readline() == "compared\n"
        told = InboundBatch.objects.get(pk=batch.pk)
        assert told.step and told.state == "received"  # seen from outside, while nothing is committed
        worker.send_signal(signal.SIGKILL)
    for _ in range(100):
        if not InboundRow.objects.exists() and not InstrumentImport.objects.exists():
            break
        time.sleep(0.1)
    assert not InboundRow.objects.exists() and not InstrumentImport.objects.exists()
    subprocess.run([sys.executable, "-c", WORKER], env=environment | {"SLOW": "0"}, check=True)
    batch.refresh_from_db()
    assert (batch.state, batch.step, batch.counts) == ("compared", "", {"new": 2})
    assert not OutsideId.objects.exists() and not Discrepancy.objects.exists()
