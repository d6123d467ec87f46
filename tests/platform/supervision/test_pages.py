"""Pages of desk, supervision, targets and notifications: each role, own and foreign region; query counts as data."""

import json
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hengliang.platform.core.models import Attachment, Notification
from hengliang.platform.plan.engine.remembered import Remembered
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.site.desks import delays
from hengliang.platform.site.tasks import load_rest_of_demo
from hengliang.platform.supervision.models import Order
from hengliang.platform.supervision.services import order_close, rectification_order, reminder_send
from tests.platform.slice import make_instrument

pytestmark = pytest.mark.django_db
COUNTS = json.loads((Path(__file__).parents[1] / "query_counts.json").read_text())
ROLES = ("authority", "auditor", "owner", "manager", "verifier", "reviewer", "approver", "administrator")
FOREIGN = ("foreign_authority", "foreign_owner", "foreign_verifier")


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def browser(cast):
    def log_in(name: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(cast.accounts[name])
        return client

    return log_in


@pytest.mark.parametrize("who", (*ROLES, *FOREIGN))
def test_everybody_has_a_desk(cast, overdue, browser, who):
    answer = browser(who).get("/")
    assert answer.status_code == 200 and b"<h1>" in answer.content


def test_the_desk_says_while_the_demo_is_still_loading(cast, overdue, browser, settings):
    says, settings.TRAINING = b"still being loaded", True
    assert says not in browser("authority").get("/").content
    load_rest_of_demo.defer()
    assert says in browser("authority").get("/").content
    settings.TRAINING = False
    assert says not in browser("authority").get("/").content


def test_the_start_page_leads_a_code_to_its_proof(db):
    assert Client().get("/").status_code == 200
    assert Client().get("/", {"code": " https://x.example/c/7k3mzq9rwa "}).url == "/c/7K3MZQ9RWA"
    assert Client().get("/", {"code": "<script>"}).status_code == 422


@pytest.mark.parametrize(
    ("who", "status"),
    [("authority", 200), ("auditor", 200), ("administrator", 200), ("owner", 403), ("verifier", 403)],
)
@pytest.mark.parametrize(
    "path", ["targets/", "targets/tested-rate/", "targets/item-coverage/", "targets/valid-rate/missing/",
             "targets/tested-rate/months.json", "targets/tested-rate/failed/"]
)  # fmt: skip
def test_targets_are_for_roles_over_regions(cast, overdue, browser, who, status, path):
    assert browser(who).get(f"/plan/{path}").status_code == status


def test_a_foreign_region_does_not_exist(cast, overdue, browser):
    client = browser("authority")
    assert client.get("/plan/targets/", {"region": cast.foreign_city.pk}).status_code == 404
    assert client.get("/plan/targets/", {"region": cast.county.pk, "known": "2026-01-01"}).status_code == 200
    assert client.get("/plan/targets/no-such/").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [*((who, 200) for who in ("authority", "auditor", "owner", "manager", "administrator")),
     *((who, 404) for who in FOREIGN)],
)  # fmt: skip
def test_an_order_is_seen_by_whom_it_concerns(cast, overdue, browser, who, status):
    order = reminder_send(actor=cast.actor("authority"), instruments=overdue[:1], reason="提醒").orders[0]
    assert browser(who).get(reverse("supervision:order", args=[order.pk])).status_code == status


@pytest.mark.parametrize(("who", "status"), [("authority", 200), ("owner", 200), ("foreign_owner", 404)])
def test_evidence_is_a_download_for_whoever_sees_the_order(cast, overdue, browser, who, status):
    order = reminder_send(actor=cast.actor("authority"), instruments=overdue[:1], reason="提醒").orders[0]
    order_close(actor=cast.actor("authority"), order=order, reason="已检", evidence=[ContentFile(b"%PDF-1", "证.pdf")])
    answer = browser(who).get(reverse("core:attachment", args=[Attachment.objects.get().pk]))
    assert answer.status_code == status
    if status == 200:
        assert answer["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("act", ["remind", "rectify", "stop"])
def test_bulk_acts_ask_first_and_then_act(cast, overdue, browser, act):
    url, ids = reverse(f"supervision:{act}"), [one.pk for one in overdue]
    client = browser("authority")
    assert client.post(url, {"ids": ids}).status_code == 200
    assert not Order.objects.exists()
    answer = client.post(url, {"ids": ids, "confirmed": "1", "reason": "超期未检", "days": "15"})
    assert answer.status_code == 302
    if act == "stop":
        assert set(InstrumentState.objects.current().values_list("status", flat=True)) == {"stopped"}
    else:
        assert Order.objects.filter(state="open").count() == 2


def test_an_act_that_reached_nobody_is_no_success(cast, overdue, browser):
    reminder_send(actor=cast.actor("authority"), instruments=overdue, reason="提醒")
    told = {"ids": [one.pk for one in overdue], "confirmed": "1", "reason": "提醒"}
    answer = browser("authority").post(reverse("supervision:remind"), told, follow=True)
    (message,) = answer.context["messages"]
    assert message.level_tag == "warning" and str(message).startswith("0 were sent.")


@pytest.mark.parametrize("who", ["owner", "auditor", "manager", "administrator"])
@pytest.mark.parametrize("act", ["remind", "rectify", "stop"])
def test_nobody_else_acts_in_bulk(cast, overdue, browser, who, act):
    told = {"ids": [overdue[0].pk], "confirmed": "1", "reason": "x", "days": "5"}
    assert browser(who).post(reverse(f"supervision:{act}"), told).status_code == 403
    assert not Order.objects.exists()


def test_a_foreign_authority_finds_nothing_to_act_on(cast, overdue, browser):
    told = {"ids": [overdue[0].pk], "confirmed": "1", "reason": "x", "days": "5"}
    browser("foreign_authority").post(reverse("supervision:remind"), told)
    assert not Order.objects.exists()


def test_closing_asks_for_evidence_in_the_form(cast, overdue, browser):
    order = rectification_order(actor=cast.actor("authority"), instruments=overdue[:1], days=5, reason="超期").orders[0]
    url, client = reverse("supervision:order_close", args=[order.pk]), browser("authority")
    assert client.post(url, {"reason": "已检"}).status_code == 422
    answer = client.post(url, {"reason": "已检", "evidence": ContentFile(b"%PDF-1", "a.pdf")})
    assert answer.status_code == 302
    assert browser("owner").get(url).status_code == 403


def test_one_reads_only_ones_own_notifications(cast, overdue, browser):
    reminder_send(actor=cast.actor("authority"), instruments=overdue[:1], reason="提醒")
    told = Notification.objects.get()
    assert browser("foreign_owner").get(reverse("core:notification", args=[told.pk])).status_code == 404
    client = browser("owner")
    assert "提醒" in client.get(reverse("core:notification_list")).content.decode()
    assert client.get(reverse("core:notification", args=[told.pk])).status_code == 302
    told.refresh_from_db()
    assert told.read_at is not None


@pytest.mark.parametrize(("who", "status"), [("administrator", 200), ("authority", 403), ("owner", 403)])
@pytest.mark.parametrize("name", ["desk_jobs", "desk_deliveries"])
def test_operation_is_for_the_administrator(cast, browser, who, status, name):
    assert browser(who).get(reverse(name)).status_code == status


READ = [key for key in COUNTS if not key.startswith("POST ")]  # what is written, the tests of its app hold


@pytest.mark.parametrize(("key", "who"), [(key, key.partition(" ")[2] or "authority") for key in READ])
def test_query_counts_are_held_and_do_not_grow_with_rows(cast, overdue, browser, key, who, monkeypatch):
    monkeypatch.setattr(Remembered, "get", lambda _self, _key, compute: compute())
    monkeypatch.setattr(delays, "SLOW", 0)  # what counting took depends on the machine; here it is always kept
    name, client = key.partition(" ")[0], browser(who)
    url = reverse(name, args=["tested-rate"] if name == "plan:target" else [])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for n in range(10, 16):
        make_instrument(cast, f"HL{n}", cast.scale, "电子计价秤")
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert (key, len(few), len(many)) == (key, COUNTS[key], COUNTS[key])
