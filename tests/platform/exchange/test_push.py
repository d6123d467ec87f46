"""Events are pushed soon, by turns, to receivers that may be slow or hostile; dead letters, trials, the example."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from hengliang.platform.core.errors import NotPermitted, Refused
from hengliang.platform.core.log.listeners import tell_logged, when_logged
from hengliang.platform.core.models import Act
from hengliang.platform.exchange.models import Webhook, WebhookAttempt, WebhookDelivery
from hengliang.platform.exchange.services import (
    webhook_delivery_replay,
    webhook_secret_replace,
    webhook_suspend,
    webhook_try,
)
from hengliang.platform.exchange.webhooks import deliver, post
from hengliang.platform.exchange.webhooks.deliver import deliver_due, is_due
from hengliang.platform.exchange.webhooks.soon import PUSH
from hengliang.platform.registry.services import instrument_stop
from tests.platform.cast import NOW
from tests.platform.exchange.receivers import hooked, receiver, stopped

pytestmark = pytest.mark.django_db
EXAMPLE = Path(__file__).parents[3] / "examples/webhook_receiver.py"


@pytest.fixture(autouse=True)
def loopback(settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]


def queued() -> int:
    return ProcrastinateJob.objects.filter(task_name=PUSH, status="todo").count()


def test_what_comes_into_the_log_queues_the_push_once(cast, in_use):
    one = in_use()
    instrument_stop(actor=cast.actor("owner"), instrument=one, reason="检修")
    acts = [Act.objects.latest("pk").pk]
    tell_logged(acts)
    assert queued() == 0  # nobody subscribed
    hook, _secret = hooked(cast, "http://127.0.0.1/hook")
    tell_logged([Act.objects.filter(kind="webhook_enter").latest("pk").pk])
    assert queued() == 0  # no event
    tell_logged(acts)
    tell_logged(acts)
    assert queued() == 1
    ProcrastinateJob.objects.all().delete()
    webhook_suspend(actor=cast.actor("owner"), webhook=hook, reason="维护")
    tell_logged(acts)
    assert queued() == 0


def test_a_listener_that_fails_does_not_stop_the_log(cast):
    told = []

    def broken(acts):
        told.append(list(acts))
        Act.objects.create(kind="none", subject_type="x" * 500, on=NOW.date(), at=NOW)

    when_logged(broken)
    try:
        tell_logged([7])
    finally:
        from hengliang.platform.core.log import listeners

        listeners._listeners.remove(broken)
    assert told == [[7]] and Act.objects.exists()  # the transaction is whole


@contextmanager
def dripping() -> Iterator[str]:
    """A receiver that sends a byte of its answer now and then and never ends."""
    server = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip() -> None:
        there, _address = server.accept()
        with there:
            while not over.wait(0.1):
                try:
                    there.send(b"H")
                except OSError:
                    return

    threading.Thread(target=drip, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/hook"
    over.set()
    server.close()


def test_a_receiver_that_answers_byte_by_byte_is_cut_off(monkeypatch):
    monkeypatch.setattr(post, "SECONDS", 1)
    began = time.monotonic()
    with dripping() as url:
        answered = post.post(url, {}, "{}")
    assert time.monotonic() - began < 8
    assert answered.status is None and "no whole answer" in answered.error


def test_a_slow_receiver_takes_its_share_of_a_round_and_no_more(cast, in_use, monkeypatch):
    monkeypatch.setattr(deliver, "SHARE", 0)  # its first attempt uses its share up
    with receiver() as slow, receiver() as other:
        hooked(cast, slow.url)
        hooked(cast, other.url)
        stopped(cast, in_use(serial_number="A1"), in_use(serial_number="A2"))
        assert deliver_due(lambda: NOW) == 2 and (len(slow.got), len(other.got)) == (1, 1)
        assert is_due(NOW)
        assert deliver_due(lambda: NOW) == 2 and not is_due(NOW)


def test_a_trial_arrives_and_tells_nothing(cast):
    with receiver() as there:
        hook, _secret = hooked(cast, there.url)
        made = webhook_try(actor=cast.actor("owner"), webhook=hook)
        assert queued() == 1
        assert deliver_due(lambda: NOW) == 1
    assert json.loads(there.got[0][1])["type"] == "webhook.tried"
    assert json.loads(there.got[0][1])["data"] == {"webhook": hook.pk}
    made.refresh_from_db()
    assert made.state == "delivered"
    with pytest.raises(NotPermitted):
        webhook_try(actor=cast.actor("foreign_owner"), webhook=hook)
    webhook_suspend(actor=cast.actor("owner"), webhook=hook, reason="维护")
    with pytest.raises(Refused):
        webhook_try(actor=cast.actor("owner"), webhook=hook)


def test_dead_letters_are_listed_and_sent_again_together(cast, in_use):
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(cast.accounts["owner"])
    with receiver(410, 410) as there:
        hook, _secret = hooked(cast, there.url)
        stopped(cast, in_use(serial_number="A1"), in_use(serial_number="A2"))
        deliver_due(lambda: NOW)
        page = client.get(reverse("exchange:webhook", args=[hook.pk]))
        assert "state=dead" in page.content.decode() and "410" in page.content.decode()
        ids = list(WebhookDelivery.objects.filter(state="dead").values_list("pk", flat=True))
        assert len(ids) == 2
        told = {"ids": ids, "confirmed": "1", "reason": "接收端已修复"}
        client.post(reverse("exchange:webhook_replay_many"), told)
        assert not WebhookDelivery.objects.filter(state="dead").exists() and queued() == 1
        later = WebhookDelivery.objects.latest("next_at").next_at
        assert deliver_due(lambda: later) == 2
    assert len({headers["webhook-id"] for headers, _body in there.got}) == 2


def test_nobody_sends_the_dead_letters_of_others(cast, in_use):
    with receiver(410) as there:
        hooked(cast, there.url)
        stopped(cast, in_use())
        deliver_due(lambda: NOW)
    row = WebhookDelivery.objects.get()
    with pytest.raises(NotPermitted):
        webhook_delivery_replay(actor=cast.actor("foreign_owner"), delivery=row, reason="x")
    client = Client()
    client.force_login(cast.accounts["foreign_owner"])
    client.post(reverse("exchange:webhook_replay_many"), {"ids": [row.pk], "confirmed": "1", "reason": "x"})
    row.refresh_from_db()
    assert row.state == "dead"


@contextmanager
def example(port: int, *secrets: str) -> Iterator["subprocess.Popen[str]"]:
    """The receiver of the examples, as a program of its own."""
    command = [sys.executable, str(EXAMPLE), str(port), *secrets]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for _ in range(100):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    try:
        yield program
    finally:
        program.terminate()
        program.wait()


def test_the_example_receiver_takes_what_is_genuine_once_through_a_change_of_secrets(cast, in_use, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    hook, old = hooked(cast, f"http://127.0.0.1:{port}/hook")
    now = NOW.fromtimestamp(time.time(), NOW.tzinfo)
    with example(port, old) as program:
        stopped(cast, in_use(serial_number="A1"))
        assert deliver_due(lambda: now) == 1
        new = webhook_secret_replace(actor=cast.actor("owner", now), webhook=hook, overlap_hours=1)
        stopped(cast, in_use(serial_number="A2"))
        assert deliver_due(lambda: now) == 1  # signed with both
        stale = WebhookDelivery.objects.latest("pk")
        WebhookDelivery.objects.filter(pk=stale.pk).update(state="waiting", next_at=NOW)
        assert deliver_due(lambda: now) == 1  # the same once more: taken, and not told twice
        Webhook.objects.filter(pk=hook.pk).update(state="active")
        WebhookDelivery.objects.filter(pk=stale.pk).update(state="waiting", next_at=NOW, tries=0)
        assert deliver_due(lambda: NOW) == 0  # a timestamp of long ago
        program.terminate()
        printed = (program.stdout.read() if program.stdout else "").splitlines()
    assert len(printed) == 2
    assert WebhookAttempt.objects.latest("pk").status == 401
    with example(port, new):
        WebhookDelivery.objects.filter(pk=stale.pk).update(state="waiting", next_at=NOW, tries=0)
        assert deliver_due(lambda: now) == 1


def test_the_example_checks_a_message_of_its_own():
    done = subprocess.run([sys.executable, str(EXAMPLE)], capture_output=True, text=True, check=True)
    assert "genuine" in done.stdout
