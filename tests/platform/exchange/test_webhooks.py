"""Webhooks: what is told to whom, signed how, to which addresses, tried when; with a real receiver on loopback."""

import base64
import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import IntegrityError, connection, transaction

import hengliang
from hengliang.platform.core.errors import InputRefused, NotPermitted, Refused
from hengliang.platform.core.models import Act, LogEntry, Notification
from hengliang.platform.exchange.models import Webhook, WebhookAttempt, WebhookCursor, WebhookDelivery, WebhookSecret
from hengliang.platform.exchange.services import (
    webhook_delivery_replay,
    webhook_end,
    webhook_resume,
    webhook_secret_replace,
    webhook_suspend,
)
from hengliang.platform.exchange.webhooks import address
from hengliang.platform.exchange.webhooks.address import resolved
from hengliang.platform.exchange.webhooks.deliver import deliver_due
from hengliang.platform.exchange.webhooks.outbox import make_deliveries
from hengliang.platform.exchange.webhooks.schedule import JITTER_PERCENT, LEASE, MOST_TRIES, WAITS, next_try
from hengliang.platform.exchange.webhooks.signature import headers, new_secret, seal, sign, unseal
from hengliang.platform.registry.services import instrument_stop
from tests.platform.cast import NOW, make_cast
from tests.platform.exchange.receivers import hooked, logged, receiver, stopped

pytestmark = pytest.mark.django_db
ANYWHERE = "https://receiver.example/hook"


@pytest.fixture(autouse=True)
def loopback(settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]


def test_the_published_vector_of_the_signature():
    """Standard Webhooks, its own libraries' test vector."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    found = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}')
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_secrets_are_sealed_and_two_sign_together():
    first, second = new_secret(), new_secret()
    assert unseal(seal(first)) == first and first.encode() not in seal(first)
    assert len(base64.b64decode(first.removeprefix("whsec_"))) == 32
    told = headers([first, second], "msg_1", 7, "{}")
    assert told["webhook-signature"].split() == [sign(first, "msg_1", 7, "{}"), sign(second, "msg_1", 7, "{}")]


def test_an_event_arrives_signed_once_and_names_nobody(cast, in_use):
    one = in_use()
    with receiver() as there:
        _hook, secret = hooked(cast, there.url)
        stopped(cast, one)
        assert deliver_due(lambda: NOW) == 1 and deliver_due(lambda: NOW) == 0
    (told, body), *more = there.got
    assert not more
    assert told["webhook-signature"] == sign(secret, told["webhook-id"], int(told["webhook-timestamp"]), body.decode())
    said = json.loads(body)
    assert said["type"] == "instrument.stopped" and said["data"]["instrument"] == one.code
    assert said["data"]["status"] == "stopped"
    assert "owner" not in body.decode() and cast.enterprise.name not in body.decode()


def test_events_before_the_webhook_are_not_told_and_later_ones_in_order(cast, in_use):
    ones = [in_use(serial_number=f"A{n}") for n in range(3)]
    instrument_stop(actor=cast.actor("owner"), instrument=ones[0], reason="检修")
    with receiver() as there:
        hooked(cast, there.url)
        stopped(cast, *ones[1:])
        deliver_due(lambda: NOW)
    assert [json.loads(body)["data"]["instrument"] for _h, body in there.got] == [one.code for one in ones[1:]]
    numbers = [json.loads(body)["sequence"] for _h, body in there.got]
    assert numbers == sorted(numbers)


def test_each_organisation_hears_of_what_it_may_see(cast, in_use):
    with receiver() as ours, receiver() as theirs, receiver() as above:
        hooked(cast, ours.url, "manager", cast.body)
        hooked(cast, theirs.url, "foreign_owner", cast.foreign_enterprise)
        hooked(cast, above.url, "authority", cast.authority)
        stopped(cast, in_use())
        deliver_due(lambda: NOW)
    assert (len(ours.got), len(theirs.got), len(above.got)) == (1, 0, 1)


def test_reading_the_log_again_makes_nothing_twice(cast, in_use):
    hooked(cast, ANYWHERE.replace("https://receiver.example", "https://127.0.0.1"))
    stopped(cast, in_use())
    WebhookCursor.objects.update(position=-1)
    make_deliveries(NOW)
    assert WebhookDelivery.objects.count() == 1


def test_what_is_not_committed_yet_is_not_passed_over(cast, in_use):
    """An act without a position waits for it, though acts made later have theirs."""
    hooked(cast, "https://127.0.0.1/hook")
    first, second = in_use(serial_number="A1"), in_use(serial_number="A2")
    logged()
    instrument_stop(actor=cast.actor("owner"), instrument=first, reason="检修")
    late = LogEntry.objects.latest("act_id")
    instrument_stop(actor=cast.actor("owner"), instrument=second, reason="检修")
    at = LogEntry.objects.filter(position__isnull=False).count()
    LogEntry.objects.filter(pk=LogEntry.objects.latest("act_id").pk).update(position=at)
    make_deliveries(NOW)
    assert WebhookDelivery.objects.count() == 1
    LogEntry.objects.filter(pk=late.pk).update(position=at + 1)
    make_deliveries(NOW)
    assert WebhookDelivery.objects.count() == 2


def test_the_schedule_lasts_about_three_days_and_is_jittered():
    moments = {next_try(3, NOW) for _ in range(40)}
    assert len(moments) > 5
    for tries, wait in enumerate(WAITS, start=1):
        found = next_try(tries, NOW)
        assert found is not None
        late = (found - NOW).total_seconds()
        assert wait <= late <= wait * (100 + JITTER_PERCENT) / 100
    assert next_try(MOST_TRIES, NOW) is None
    assert timedelta(days=3) < timedelta(seconds=sum(WAITS)) < timedelta(days=4)


def test_it_is_tried_again_with_the_same_id_and_given_up_with_a_word(cast, in_use):
    with receiver(*[500, 302, 404] * 9) as there:
        hook, _secret = hooked(cast, there.url)
        stopped(cast, in_use())
        at = NOW
        for _ in range(MOST_TRIES + 3):
            deliver_due(lambda at=at: at)
            at += timedelta(days=2)
    row = WebhookDelivery.objects.get()
    assert (row.state, row.tries, len(there.got)) == ("dead", MOST_TRIES, MOST_TRIES)
    assert len({told["webhook-id"] for told, _body in there.got}) == 1
    assert [a.status for a in row.attempts.order_by("pk")][:3] == [500, 302, 404]
    told = Notification.objects.get(account_id=cast.accounts["owner"].pk)
    assert told.kind == "webhook.given_up" and told.params["tries"] == MOST_TRIES
    with receiver() as again:
        Webhook.objects.filter(pk=hook.pk).update(url=again.url)
        row.refresh_from_db()
        webhook_delivery_replay(actor=cast.actor("owner"), delivery=row, reason="接收端已修复")
        assert deliver_due(lambda: NOW) == 1
    row.refresh_from_db()
    assert row.state == "delivered"


def test_one_that_fails_holds_up_none_that_came_after(cast, in_use):
    with receiver(500) as there:
        hooked(cast, there.url)
        stopped(cast, in_use(serial_number="A1"), in_use(serial_number="A2"))
        assert deliver_due(lambda: NOW) == 1
    assert list(WebhookDelivery.objects.order_by("sequence").values_list("state", flat=True)) == [
        "waiting",
        "delivered",
    ]


def test_gone_ends_the_attempts_at_once(cast, in_use):
    with receiver(410) as there:
        hooked(cast, there.url)
        stopped(cast, in_use())
        deliver_due(lambda: NOW)
    assert WebhookDelivery.objects.get().state == "dead"


def test_paused_waits_and_ended_gives_up(cast, in_use):
    with receiver() as there:
        hook, _secret = hooked(cast, there.url)
        webhook_suspend(actor=cast.actor("owner"), webhook=hook, reason="维护")
        stopped(cast, in_use())
        assert deliver_due(lambda: NOW) == 0 and WebhookDelivery.objects.get().state == "waiting"
        webhook_resume(actor=cast.actor("owner"), webhook=hook)
        assert deliver_due(lambda: NOW) == 1
        stopped(cast, in_use(serial_number="A2"))
        webhook_end(actor=cast.actor("owner"), webhook=hook, reason="停用")
        assert deliver_due(lambda: NOW) == 0
    with pytest.raises(Refused):
        webhook_delivery_replay(actor=cast.actor("owner"), delivery=WebhookDelivery.objects.last(), reason="再发")


def test_a_replaced_secret_overlaps_then_ends(cast, in_use):
    with receiver() as there:
        hook, old = hooked(cast, there.url)
        new = webhook_secret_replace(
            actor=cast.actor("owner", NOW + timedelta(hours=1)), webhook=hook, overlap_hours=24
        )
        stopped(cast, in_use(serial_number="A1"))
        deliver_due(lambda: NOW + timedelta(hours=2))
        stopped(cast, in_use(serial_number="A2"))
        deliver_due(lambda: NOW + timedelta(hours=26))
    both, one = (told["webhook-signature"].split() for told, _body in there.got)
    (first, body), (second, late) = there.got
    assert both == [sign(s, first["webhook-id"], int(first["webhook-timestamp"]), body.decode()) for s in (new, old)]
    assert one == [sign(new, second["webhook-id"], int(second["webhook-timestamp"]), late.decode())]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE exchange_webhooksecret SET sealed = 'x'")
    assert WebhookSecret.objects.count() == 2


@pytest.mark.parametrize(
    "url",
    ["http://receiver.example/", "ftp://receiver.example/", "https://user:pass@receiver.example/", "https:///path",
     "https://receiver.example:99999/", "https://receiver.example/\r\nX: y", "https://接收.example/",
     "//receiver.example/",
     "https://127.0.0.2.nip/#x", "javascript:alert(1)"],
)  # fmt: skip
def test_addresses_that_are_none(url):
    with pytest.raises(InputRefused):
        resolved(url)


@pytest.mark.parametrize(
    "ip",
    ["127.0.0.1", "0.0.0.0",  # noqa: S104
     "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
     "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "::"],
)  # fmt: skip
def test_addresses_inside_are_refused(settings, ip):
    settings.WEBHOOK_NETWORKS = []
    host = f"[{ip}]" if ":" in ip else ip
    with pytest.raises(InputRefused) as found:
        resolved(f"https://{host}/hook")
    assert found.value.code == "address_not_public"


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "017700000001"])
def test_other_spellings_of_an_address_inside_are_refused(settings, host):
    settings.WEBHOOK_NETWORKS = []
    with pytest.raises(InputRefused):
        resolved(f"https://{host}/hook")


def test_a_name_with_one_address_inside_is_refused(settings, monkeypatch):
    """A name that leads to a public and to an inner address at once, as rebinding does."""
    settings.WEBHOOK_NETWORKS = []
    both = [(2, 1, 6, "", ("93.184.215.14", 443)), (2, 1, 6, "", ("10.0.0.5", 443))]
    monkeypatch.setattr(address.socket, "getaddrinfo", lambda *_a, **_k: both)
    with pytest.raises(InputRefused) as found:
        resolved(ANYWHERE)
    assert found.value.code == "address_not_public"
    monkeypatch.setattr(address.socket, "getaddrinfo", lambda *_a, **_k: both[:1])
    assert resolved(ANYWHERE).ip == "93.184.215.14"


def test_an_address_is_looked_at_again_at_each_delivery(cast, in_use, settings):
    with receiver() as there:
        hooked(cast, there.url)
        stopped(cast, in_use())
        settings.WEBHOOK_NETWORKS = []
        assert deliver_due(lambda: NOW) == 0 and not there.got
    assert WebhookAttempt.objects.get().error in ("address_not_https", "address_not_public")


def test_http_is_for_loopback_alone(settings):
    settings.WEBHOOK_NETWORKS = ["10.0.0.0/8", "127.0.0.0/8"]
    assert resolved("http://127.0.0.1:8080/x?y=1").path == "/x?y=1"
    assert resolved("https://10.0.0.1/").ip == "10.0.0.1"
    with pytest.raises(InputRefused):
        resolved("http://10.0.0.1/")


@pytest.mark.parametrize("who", ["auditor", "foreign_owner", "verifier", "administrator"])
def test_nobody_subscribes_for_others(cast, who):
    with pytest.raises(NotPermitted):
        hooked(cast, "https://127.0.0.1/hook", who)
    assert not Webhook.objects.exists()


def address_of(place: Any) -> str:
    """The test's database as another process reaches it."""
    port = f"&port={place['PORT']}" if place["PORT"] else ""
    return f"postgresql://{place['USER']}:{quote(place['PASSWORD'])}@/{place['NAME']}?host={quote(place['HOST'])}{port}"


WORKER = """
import os, django
django.setup()
from django.conf import settings
from datetime import datetime
settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
from hengliang.platform.exchange.webhooks.deliver import deliver_due
at = datetime.fromisoformat(os.environ["AT"])
print(deliver_due(lambda: at))
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_nothing(settings, tmp_path):
    """The worker is killed while the receiver keeps it waiting; the delivery is there, and arrives under its id."""
    settings.MEDIA_ROOT = tmp_path
    cast = make_cast()
    with receiver(0) as there:
        hooked(cast, there.url, "authority", cast.authority, events=["ledger.imported", "instrument.filed"])
        hook = Webhook.objects.get()
        act = Act.objects.latest("pk")
        WebhookDelivery.objects.create(
            webhook=hook, act=act, event="instrument.filed", message_id="msg_1", sequence=1, body="{}", next_at=NOW,
            created_at=NOW,
        )  # fmt: skip
        (tmp_path / "secret").write_text(settings.SECRET_KEY)
        environment = os.environ | {
            "DATABASE_URL": address_of(connection.settings_dict), "AT": NOW.isoformat(),
            "DJANGO_SETTINGS_MODULE": "hengliang.platform.site.settings", "HENGLIANG_HOME": str(tmp_path),
            "PYTHONPATH": str(Path(hengliang.__file__).parents[1]),
        }  # fmt: skip
        worker = subprocess.Popen([sys.executable, "-c", WORKER], env=environment)
        for _ in range(600):
            if there.got or worker.poll() is not None:
                break
            time.sleep(0.1)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        row = WebhookDelivery.objects.get()
        assert (row.state, row.tries, row.attempts.count()) == ("waiting", 1, 0)
        assert deliver_due(lambda: NOW) == 0  # its lease runs
        assert deliver_due(lambda: NOW + LEASE) == 1
    assert [told["webhook-id"] for told, _body in there.got] == ["msg_1", "msg_1"]
