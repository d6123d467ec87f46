"""The pages of rounds: the list, asking and planning, the page in the field, settling, papers."""

import json
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from hengliang.platform.registry.services import instrument_accept
from hengliang.platform.standards.services import authorisation_enter, designation_make
from hengliang.platform.verification.models import FieldEntry, Record, Round, RoundUpload
from hengliang.platform.verification.rounds.package import deployment_name
from hengliang.platform.verification.rounds.papers import label_models, slip_model
from hengliang.platform.verification.rounds.sides import sides_of
from hengliang.platform.verification.rounds.standing import standing_of
from hengliang.platform.verification.rounds.wire import RESULTS, sealed
from hengliang.platform.verification.services import round_announce, round_file
from hengliang.trust import canonical
from tests.platform import slice as walk
from tests.platform.cast import make_organisation
from tests.platform.verification.rounds.field import SCALE, make_market, scale_of

pytestmark = pytest.mark.django_db
COUNTS = json.loads((Path(__file__).parents[2] / "query_counts.json").read_text())
DEVICE = "0a1b2c3d-1"


@pytest.fixture
def world(cast):
    return make_market(cast)


@pytest.fixture
def shown(world):
    """Announced for today: the pages ask the clock."""
    today, now = timezone.localdate(), timezone.now()
    made = round_file(
        actor=world.actor("market", now), organiser=world.market, body=world.cast.body, starts_on=today,
        ends_on=today, instruments=world.scales,
    )  # fmt: skip
    people = world.cast.people
    round_announce(actor=world.actor("manager", now), shown=made, first=people["verifier"], second=people["second"])
    return made


def client_of(world, who, language="zh-hans"):
    client = Client()
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(world.cast.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def days(**more):
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    return {"due_by": day, "starts_on": day, "ends_on": day} | more


def test_an_organiser_asks_on_the_page(world):
    client = client_of(world, "market")
    page = client.get(reverse("verification:round_new")).content.decode()
    assert "量县菜市场" in page
    assert 'name="region"' not in page
    answer = client.post(
        reverse("verification:round_new"), days(body=world.cast.body.pk, organiser=world.market.pk, stops="", note="")
    )
    made = Round.objects.get()
    assert answer["Location"] == reverse("verification:round", args=[made.pk])
    assert (made.kind, made.lines.count()) == ("market", 4)


def test_a_place_without_anything_due_is_refused_beside_the_form(world):
    answer = client_of(world, "market").post(
        reverse("verification:round_new"),
        days(body=world.cast.body.pk, organiser=world.market.pk) | {"due_by": "2019-01-01"},
    )
    assert answer.status_code == 422
    assert not Round.objects.exists()


def test_an_authority_plans_a_township_with_its_route(world):
    client = client_of(world, "authority")
    told = days(body=world.cast.body.pk, region=world.cast.county.pk, stops="量县第2摊\n量县第1摊\n")
    assert client.post(reverse("verification:round_new"), told).status_code == 302
    made = Round.objects.get()
    assert (made.kind, made.place) == ("township", "量县")
    assert list(made.stops.order_by("rank").values_list("name", flat=True)) == ["量县第2摊", "量县第1摊"]
    assert client.post(reverse("verification:round_new"), days(body=world.cast.body.pk)).status_code == 422


def test_the_manager_announces_on_the_page(world):
    client_of(world, "market").post(
        reverse("verification:round_new"), days(body=world.cast.body.pk, organiser=world.market.pk)
    )
    made, client, people = Round.objects.get(), client_of(world, "manager"), world.cast.people
    address = reverse("verification:round_staff", args=[made.pk])
    assert "second" in client.get(address).content.decode()
    same = {"confirmed": "1", "first": people["verifier"].pk, "second": people["verifier"].pk}
    assert client.post(address, same).status_code == 422
    assert client.post(address, same | {"second": people["second"].pk}).status_code == 302
    made.refresh_from_db()
    assert made.state == "confirmed"


def test_the_list_is_scoped_and_its_queries_do_not_grow(world, shown, django_assert_num_queries):
    client = client_of(world, "authority")
    address = reverse("verification:round_list")
    assert shown.number in client.get(address).content.decode()
    with django_assert_num_queries(COUNTS["verification:round_list"]):
        client.get(address)
    assert shown.number not in client_of(world, "foreign_verifier").get(address).content.decode()


def package_of(client, shown, device=DEVICE):
    address = reverse("verification:round_take", args=[shown.pk])
    return client.post(address, json.dumps({"device": device}), content_type="application/json").json()


def results_of(package, *entries):
    told = json.loads(package["content"])
    now = timezone.now()
    value = {
        "format": RESULTS, "deployment": deployment_name(), "round": told["round"]["id"], "package": package["sha256"],
        "device": told["device"], "person": told["person"]["id"],
        "entries": [
            {"sequence": at, "day": timezone.localdate().isoformat(), "made_at": now.isoformat()} | entry
            for at, entry in enumerate(entries, start=1)
        ],
    }  # fmt: skip
    return canonical.write(sealed(value, told["secret"])), told


def test_the_field_exchanges_package_and_results(world, shown):
    client = client_of(world, "verifier")
    page = client.get(reverse("verification:round_field", args=[shown.pk]))
    assert "摊" not in page.content.decode().replace("摊位", "").replace("摊主", ""), (
        "the page holds nothing of the round"
    )
    worker = client.get(reverse("verification:round_worker", args=[shown.pk]))
    assert worker["Content-Type"].startswith("text/javascript")
    assert reverse("verification:round_field", args=[shown.pk]) in worker.content.decode()
    package = package_of(client, shown)
    told = json.loads(package["content"])
    data = walk.example(SCALE, "pass", "2017-05-30") | {"regime": told["instruments"][0]["regime"]}
    content, _told = results_of(
        package,
        {"subject": told["instruments"][0]["subject"], "kind": "measured", "data": data,
         "standards": [world.standard.pk], "label": "L1"},
        {"subject": told["instruments"][1]["subject"], "kind": "absent"},
        {"subject": "line:999999", "kind": "absent"},
    )  # fmt: skip
    address = reverse("verification:round_synchronise", args=[shown.pk])
    answer = client.post(address, content, content_type="application/json").json()
    assert answer["states"] == {"1": "passed", "2": "absent", "3": "not_of_this_round"}
    assert answer["tone"] == "warning"
    # The label L1 is in nobody's hand: the record stands, and the verifier is told.
    assert [one["subject"] for one in answer["entries"]] == [told["instruments"][0]["subject"], "line:999999"]
    again = client.post(address, content, content_type="application/json").json()
    assert again["states"]["1"] == "passed"
    assert Record.objects.count() == 1
    broken = client.post(address, content[:-5], content_type="application/json")
    assert (broken.status_code, broken.json()["code"]) == (422, "damaged")


@pytest.mark.parametrize(("who", "status"), [("manager", 403), ("market", 403), ("foreign_verifier", 404)])
def test_only_its_verifiers_open_the_field(world, shown, who, status):
    client = client_of(world, who)
    for name in ("round_field", "round_worker"):
        answer = client.get(reverse(f"verification:{name}", args=[shown.pk]))
        assert answer.status_code == status or (who == "manager" and name == "round_worker")


@pytest.mark.parametrize("body", [b"", b"[]", b'{"device": 5}', b'{"device": "../../x"}'])
def test_a_device_without_a_name_gets_no_package(world, shown, body):
    address = reverse("verification:round_take", args=[shown.pk])
    answer = client_of(world, "verifier").post(address, body, content_type="application/json")
    assert answer.status_code == 422


def test_a_conflict_is_shown_and_settled_on_the_page(world, shown):
    address = reverse("verification:round_synchronise", args=[shown.pk])
    for who, kind, device in (("verifier", "absent", DEVICE), ("second", "refused", "9f8e7d6c-2")):
        client = client_of(world, who)
        package = package_of(client, shown, device)
        subject = json.loads(package["content"])["instruments"][0]["subject"]
        content, _told = results_of(package, {"subject": subject, "kind": kind})
        assert client.post(address, content, content_type="application/json").status_code == 200
    manager = client_of(world, "manager")
    page = manager.get(reverse("verification:round", args=[shown.pk])).content.decode()
    assert page.count("以此为准") == 2
    assert (
        "以此为准"
        not in client_of(world, "market").get(reverse("verification:round", args=[shown.pk])).content.decode()
    )
    chosen = FieldEntry.objects.get(kind="refused")
    settle = reverse("verification:round_settle", args=[shown.pk, chosen.pk])
    assert manager.post(settle, {"confirmed": "1", "reason": ""}).status_code == 422
    assert manager.post(settle, {"confirmed": "1", "reason": "已核实"}).status_code == 302
    assert standing_of(shown).counts["refused"] == 1
    assert "data-conflicts" not in manager.get(reverse("verification:round", args=[shown.pk])).content.decode()


def test_what_was_handed_in_by_hand_is_refused_in_words_and_can_be_fetched(world, shown):
    client = client_of(world, "verifier")
    package_of(client, shown)
    file = SimpleUploadedFile("r.json", b"{broken")
    answer = client.post(reverse("verification:round_upload_new", args=[shown.pk]), {"file": file}, follow=True)
    assert "已损坏" in answer.content.decode()
    kept = RoundUpload.objects.get()
    fetched = client.get(reverse("verification:round_upload", args=[shown.pk, kept.pk]))
    assert fetched.content == b"{broken"
    market = client_of(world, "market").get(reverse("verification:round_upload", args=[shown.pk, kept.pk]))
    assert market.status_code == 403


def test_an_unknown_scale_is_filed_and_joins_on_the_pages(world, shown):
    client = client_of(world, "verifier")
    package = package_of(client, shown)
    content, _told = results_of(
        package, {"subject": "unknown:20269999:新厂", "kind": "unknown",
                  "unknown": {"name": "电子计价秤", "serial": "20269999", "maker": "新厂", "item": "NAWI-PRICE"}},
    )  # fmt: skip
    client.post(reverse("verification:round_synchronise", args=[shown.pk]), content, content_type="application/json")
    entry, market = FieldEntry.objects.get(), client_of(world, "market")
    address = reverse("verification:round_entry_file", args=[shown.pk, entry.pk])
    form = market.get(address).content.decode()
    assert "20269999" in form
    told = {"item": world.cast.scale.pk, "owner": world.stalls[0].pk, "serial_number": "20269999", "maker": "新厂"}
    assert market.post(address, told).status_code == 302
    entry.refresh_from_db()
    add = reverse("verification:round_entry_add", args=[shown.pk, entry.pk])
    manager = client_of(world, "manager")
    assert "尚未受理" in manager.post(add, follow=True).content.decode()
    instrument_accept(actor=world.actor("authority", timezone.now()), instrument=entry.instrument)
    manager.post(add)
    assert shown.lines.filter(instrument=entry.instrument).exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("who", ["manager", "verifier", "market", "authority", "auditor"])
def test_the_page_of_a_round_opens_for_whoever_sees_it(world, shown, who, language):
    page = client_of(world, who, language).get(reverse("verification:round", args=[shown.pk]))
    assert page.status_code == 200
    assert "SC0 000" in page.content.decode() or "SC00" in page.content.decode()


def test_papers(world, shown):
    client = client_of(world, "verifier")
    package = package_of(client, shown)
    told = json.loads(package["content"])
    data = walk.example(SCALE, "pass", "2017-05-30") | {"regime": told["instruments"][0]["regime"]}
    content, _told = results_of(
        package, {"subject": told["instruments"][0]["subject"], "kind": "measured", "data": data,
                  "standards": [world.standard.pk], "label": "L-0001"},
    )  # fmt: skip
    client.post(reverse("verification:round_synchronise", args=[shown.pk]), content, content_type="application/json")
    for name in ("round_slip", "round_labels"):
        answer = client.get(reverse(f"verification:{name}", args=[shown.pk]))
        assert answer.content.startswith(b"%PDF-")
    slip, labels = slip_model(shown, standing_of(shown)), label_models(shown, standing_of(shown))
    assert [row[4] for row in slip["rows"]] == ["合格", "未检", "未检", "未检"]
    assert slip["mark"] == ""
    assert [one["lines"][0] for one in labels] == ["标签 L-0001"]
    assert any(line.startswith("有效期至 ") for line in labels[0]["lines"])


def test_a_failed_scale_carries_no_label_on_page_and_slip(world, shown):
    client = client_of(world, "verifier")
    package = package_of(client, shown)
    line = json.loads(package["content"])["instruments"][0]
    data = walk.example(SCALE, "fail", "2017-05-30") | {"regime": line["regime"]}
    content, _told = results_of(
        package, {"subject": line["subject"], "kind": "measured", "data": data, "standards": [world.standard.pk],
                  "label": "L-0009"},
    )  # fmt: skip
    client.post(reverse("verification:round_synchronise", args=[shown.pk]), content, content_type="application/json")
    assert slip_model(shown, standing_of(shown))["rows"][0][4:6] == ["不合格", ""]
    assert "L-0009" not in client.get(reverse("verification:round", args=[shown.pk])).content.decode()


def test_many_instruments_ask_no_more_queries(world, django_assert_max_num_queries):
    """A package of many scales: no query an instrument."""
    from hengliang.platform.verification.rounds.package import pack

    more = [scale_of(world.cast, world.market, world.stalls[0], 100 + n) for n in range(12)]
    today, now = timezone.localdate(), timezone.now()
    made = round_file(
        actor=world.actor("market", now), organiser=world.market, body=world.cast.body, starts_on=today,
        ends_on=today, instruments=[*world.scales, *more],
    )  # fmt: skip
    with django_assert_max_num_queries(20):
        pack(world.actor("verifier", now), made, world.cast.people["verifier"], DEVICE)


def test_what_two_devices_differ_in_stands_in_the_words_of_the_rule(world, shown):
    """Titles of each item are its own, with units; also what is in no ledger, and what differs beside the readings."""
    entries = []
    for who, device, amount in (("verifier", DEVICE, "49.60"), ("second", "9f8e7d6c-2", "49.62")):
        client = client_of(world, who)
        package = package_of(client, shown, device)
        data = deepcopy(walk.example(SCALE, "pass", "2017-05-30"))
        data["items"]["price"][0] |= {"amount": amount}
        data["items"]["appearance"][0] = {"value": "yes" if who == "verifier" else "no"}
        told = {"item": world.cast.scale.code, "serial": "99112", "stall": "北门" if who == "verifier" else "东门"}
        content, _told = results_of(
            package, {"subject": "unknown:99112:", "kind": "unknown", "unknown": told, "data": data}
        )
        address = reverse("verification:round_synchronise", args=[shown.pk])
        assert client.post(address, content, content_type="application/json").status_code == 200
        entries.append(FieldEntry.objects.latest("pk"))
    with override("zh-hans"):
        one, two = (dict(side.lines) for side in sides_of(entries))
    assert one["外观与标记"] == "是"
    assert two["外观与标记"] == "否"
    assert "金额 49.60 元" in one["计价功能 1"]
    assert (one["计量器具"], two["计量器具"]) == ("99112 · 北门", "99112 · 东门")
    assert len(one) == 3


def test_what_holds_a_record_for_a_mistake_is_not_offered_to_be_waved_through(world, shown):
    client = client_of(world, "verifier")
    package = package_of(client, shown)
    line = json.loads(package["content"])["instruments"][0]
    content, _told = results_of(
        package, {"subject": line["subject"], "kind": "measured", "data": {"instrument": {}, "items": {}} | {"x": "1"}}
    )
    client.post(reverse("verification:round_synchronise", args=[shown.pk]), content, content_type="application/json")
    page = client_of(world, "manager").get(reverse("verification:round", args=[shown.pk])).content.decode()
    assert "搁置" in page
    assert "仍以此为准" not in page


def test_a_round_is_not_planned_for_a_body_that_may_not_go(world):
    """It was refused at the announcement only; what others are designated for is left out of what falls due."""
    other = make_organisation("量县计量检定所", world.cast.county, body=True)
    walk.authorise(world.cast, world.cast.scale)
    authorisation_enter(
        actor=world.actor("authority"), body=other, item=world.cast.scale, number="法计2",
        valid_from=walk.FIRST, valid_until=walk.LAST,
    )  # fmt: skip
    designation_make(
        actor=world.actor("authority"), body=other, item=world.cast.scale, region=world.cast.county,
        valid_from=walk.FIRST, number="指定2",
    )  # fmt: skip
    told = days(body=world.cast.body.pk, organiser=world.market.pk)
    answer = client_of(world, "manager").post(reverse("verification:round_new"), told)
    assert answer.status_code == 422
    assert "被指定的是：量县计量检定所" in answer.content.decode()
    assert not Round.objects.exists()
