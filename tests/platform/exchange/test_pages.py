"""The pages and the interface: a file comes in, is taken in, its differences settled; a secret is shown once."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.exchange.models import Discrepancy, InboundBatch, OutsideId, OutsideSystem, Webhook
from hengliang.platform.exchange.profiles import overlaid, profile_named, profiles, read_profile
from hengliang.platform.exchange.views import settling
from tests.platform.cast import make_organisation
from tests.platform.exchange.files import HEADERS, accepted, row
from tests.platform.registry.sheets import csv_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(cast):
    def log_in(name: str) -> Client:
        client = Client(headers={"accept-language": "zh-hans"})
        client.force_login(cast.accounts[name])
        return client

    return log_in


def sent(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    return SimpleUploadedFile("台账.csv", csv_of(*rows, headers=HEADERS))


def shown(answer) -> str:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_system_is_connected_on_the_page(cast, browser):
    told = {"name": "省平台", "code": "sheng", "kind": "provincial", "region": cast.city.pk, "bodies": [cast.body.pk],
            "profile": "ecqs-sheet", "adapter": "sheet_file"}  # fmt: skip
    client = browser("authority")
    assert client.post(reverse("exchange:system_new"), told | {"adapter": "json_lines_file"}).status_code == 422
    client.post(reverse("exchange:system_new"), told)
    made = OutsideSystem.objects.get()
    assert "省平台" in shown(client.get(reverse("exchange:system", args=[made.pk])))
    again = client.post(reverse("exchange:system_new"), told)
    assert again.status_code == 422 and "sheng" in again.content.decode()
    assert browser("owner").post(reverse("exchange:system_new"), told | {"code": "x"}).status_code == 302
    assert OutsideSystem.objects.count() == 1


def test_a_file_comes_in_is_taken_in_and_its_difference_settled(cast, ecqs, in_use, browser):
    known, client = in_use(codes={"ecqs": "E1"}), browser("authority")
    assert "接收文件" in shown(client.get(reverse("exchange:batch_new", args=[ecqs.pk])))
    told = {
        "kind": "ledger",
        "stated_on": "2026-03-02",
        "file": sent(row(强检器具编号="E1", **{"安装/使用地点": "2号岛"})),
    }
    client.post(reverse("exchange:batch_new", args=[ecqs.pk]), told)
    batch = InboundBatch.objects.get()
    page = reverse("exchange:batch", args=[batch.pk])
    assert "列的识别结果" in shown(client.get(page))
    assert "E1" in shown(client.get(page, {"tab": "records"}))
    accept = reverse("exchange:batch_act", args=[batch.pk, "accept"])
    assert "不作任何改动" in shown(client.post(accept))
    client.post(accept, {"confirmed": "1"})
    assert "E1" in b"".join(client.get(reverse("exchange:receipts", args=[batch.pk, "csv"])).streaming_content).decode()
    found = Discrepancy.objects.get()
    assert found.name in shown(client.get(reverse("exchange:discrepancy_list")))
    side = shown(client.get(reverse("exchange:discrepancy", args=[found.pk])))
    assert "1号岛" in side and "2号岛" in side
    assert "与外部系统的差异" in shown(client.get("/"))
    assert "不一致" in shown(client.get(reverse("registry:instrument", args=[known.code]), {"tab": "proofs"}))
    take = reverse("exchange:discrepancy_act", args=[found.pk, "take"])
    assert client.post(take, {"confirmed": "1", "fields_taken": ["place"], "reason": ""}).status_code == 422
    client.post(take, {"confirmed": "1", "fields_taken": ["place"], "reason": "以平台为准"})
    found.refresh_from_db()
    assert found.state == "taken" and known.states.current().get().place == "2号岛"


def test_many_at_once_leave_out_what_is_not_safe(cast, ecqs, in_use, browser):
    client = browser("authority")
    for number in (1, 2):
        in_use(codes={"ecqs": f"E{number}"}, serial_number=f"A{number}")
    rows = [row(强检器具编号=f"E{n}", 出厂编号=f"A{n}", **{"安装/使用地点": "9号岛"}) for n in (1, 2)]
    told = {"kind": "ledger", "stated_on": "2026-03-02"}
    client.post(reverse("exchange:batch_new", args=[ecqs.pk]), told | {"file": sent(*rows)})
    client.post(reverse("exchange:batch_act", args=[InboundBatch.objects.get().pk, "accept"]), {"confirmed": "1"})
    first, second = Discrepancy.objects.order_by("pk")
    Discrepancy.objects.filter(pk=second.pk).update(state="ignored")
    ids = {"ids": [first.pk, second.pk]}
    assert "9号岛" not in shown(client.post(reverse("exchange:bulk_keep"), ids))
    client.post(reverse("exchange:bulk_keep"), ids | {"confirmed": "1", "reason": "现场核实"})
    assert set(Discrepancy.objects.values_list("state", flat=True)) == {"kept"}
    assert browser("auditor").post(reverse("exchange:bulk_keep"), ids).status_code == 403


def test_many_are_linked_and_filed_and_what_is_refused_is_named(cast, ecqs, in_use, browser):
    client = browser("authority")
    known = [in_use(serial_number=f"A{number}") for number in (1, 2)]
    there = [row(强检器具编号=f"E{n}", 出厂编号=f"A{n}") for n in (1, 2)]
    codes = ("91990121MA00000990", "91990121MA0000088U")
    strange = [
        row(强检器具编号=f"F{n}", 出厂编号=f"N{n}", 使用单位=f"新来的{n}", 统一社会信用代码=codes[n - 1])
        for n in (1, 2)
    ]
    accepted(cast, ecqs, [*there, *strange])
    page = shown(client.get(reverse("exchange:discrepancy_list"), {"alike": "1"}))
    assert "疑似同一台" in page and known[0].printed_code in page and "N1" not in page
    first = Discrepancy.objects.get(outside_id="E1")
    side = shown(client.get(reverse("exchange:discrepancy", args=[first.pk])))
    assert side.count("1号岛") == 2 and known[0].printed_code in side
    make_organisation("新来的2", cast.county, codes[1])
    ids = {"ids": list(Discrepancy.objects.values_list("pk", flat=True)), "confirmed": "1", "reason": "核对一致"}
    client.post(reverse("exchange:bulk_link"), ids)
    assert set(OutsideId.objects.values_list("value", "instrument")) == {("E1", known[0].pk), ("E2", known[1].pk)}
    answer = shown(client.post(reverse("exchange:bulk_file"), ids, follow=True))
    assert "N1" in answer and set(Discrepancy.objects.values_list("outside_id", "state")) == {
        ("E1", "linked"), ("E2", "linked"), ("F1", "open"), ("F2", "filed"),
    }  # fmt: skip


def test_the_list_opens_with_what_waits_and_leads_to_the_rest(cast, ecqs, in_use, browser):
    client, page = browser("authority"), reverse("exchange:discrepancy_list")
    for number in (1, 2, 3):
        in_use(codes={"ecqs": f"E{number}"}, serial_number=f"A{number}")
    accepted(cast, ecqs, [
        row(强检器具编号=f"E{n}", 出厂编号=f"A{n}", **{"安装/使用地点": "9号岛"}) for n in (1, 2, 3)
    ])  # fmt: skip
    Discrepancy.objects.filter(outside_id="E2").update(state="kept")
    Discrepancy.objects.filter(outside_id="E3").update(state="ignored", ignored_until=date(2020, 1, 1))
    opened = shown(client.get(page))
    assert "待处理" in opened and [f"E{n}" in opened for n in (1, 2, 3)] == [True, False, True]
    everything = shown(client.get(page, {"sort": "since"}))
    assert 'href="?sort=since"' in opened and "E2" in everything
    assert "E2" in shown(client.get(page, {"waits": "0"}))


def test_theirs_is_taken_for_a_bounded_number(cast, ecqs, in_use, browser, monkeypatch):
    monkeypatch.setitem(settling.MOST_BY_LEDGER, "take", 1)
    for number in (1, 2):
        in_use(codes={"ecqs": f"E{number}"}, serial_number=f"A{number}")
    accepted(cast, ecqs, [row(强检器具编号=f"E{n}", 出厂编号=f"A{n}", **{"安装/使用地点": "9号岛"}) for n in (1, 2)])
    ids = {"ids": list(Discrepancy.objects.values_list("pk", flat=True)), "confirmed": "1", "reason": "x"}
    answer = browser("authority").post(reverse("exchange:bulk_take"), ids)
    assert answer.status_code >= 400 and not Discrepancy.objects.exclude(state="open").exists()


def test_the_secret_is_shown_once(cast, browser, settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    client = browser("owner")
    told = {"organisation": cast.enterprise.pk, "url": "https://127.0.0.1/hook", "events": ["certificate.issued"]}
    answer = shown(client.post(reverse("exchange:webhook_new"), told))
    hook = Webhook.objects.get()
    secret = answer.split("whsec_")[1].split("<")[0]
    assert secret not in shown(client.get(reverse("exchange:webhook", args=[hook.pk])))
    act = reverse("exchange:webhook_act", args=[hook.pk, "secret_replace"])
    assert "whsec_" in shown(client.post(act, {"confirmed": "1", "overlap_hours": "24"}))
    bad = client.post(reverse("exchange:webhook_new"), told | {"url": "https://10.0.0.1/"})
    assert bad.status_code == 422 and "10.0.0.1" in bad.content.decode()
    assert browser("foreign_owner").get(reverse("exchange:webhook", args=[hook.pk])).status_code == 404


def test_the_interface_does_the_same(cast, ecqs, in_use, browser):
    in_use(codes={"ecqs": "E1"})
    client = browser("authority")
    client.enforce_csrf_checks = False
    base = "/api/v1/exchange"
    made = client.post(f"{base}/systems/{ecqs.pk}/files", {
        "kind": "ledger", "complete": "true", "file": sent(row(强检器具编号="E1", **{"安装/使用地点": "2号岛"})),
    })  # fmt: skip
    assert made.status_code == 201 and made.json()["counts"] == {"different": 1}, made.content
    assert client.post(f"{base}/files/{made.json()['id']}/accept").json()["state"] == "accepted"
    (line,) = client.get(f"{base}/files/{made.json()['id']}/rows").json()["items"]
    assert line["receipt"] == "waiting" and line["differences"][0]["theirs"] == "2号岛"
    (found,) = client.get(f"{base}/differences", {"state": "open"}).json()["items"]
    told = json.dumps({"reason": "现场核实"})
    kept = client.post(f"{base}/differences/{found['id']}/keep", told, content_type="application/json")
    assert kept.json()["state"] == "kept"
    sheet = client.post(f"{base}/systems/{ecqs.pk}/sheets", '{"kind":"ledger"}', content_type="application/json")
    assert sheet.status_code == 201
    assert client.get(f"{base}/sheets/{sheet.json()['id']}/content").content[:4] == b"PK\x03\x04"
    assert browser("foreign_authority").get(f"{base}/files/{made.json()['id']}").status_code == 404


def test_an_overlay_adds_headers_and_words_and_refuses_what_it_does_not_know(cast, ecqs, browser):
    base = profile_named("ecqs-sheet")
    changed = overlaid(base, "inbound: {ledger: {serial_number: [器具出厂号]}}\nvalues: {status: {stopped: [封停]}}")
    assert (
        changed.inbound["ledger"]["serial_number"] == ("器具出厂号",) and changed.codes("status")["封停"] == "stopped"
    )
    assert changed.inbound["ledger"]["name"] == base.inbound["ledger"]["name"]
    for text in (
        "id: x", "- 1", "inbound: {ledger: {nonsense: [a]}}", "inbound: {ledger: {serial_number: null}}",
        "inbound: {ledger: {serial_number: [型号]}}", "values: {colour: {a: [b]}}", "outbound: {results: []}",
        "a: &a [*a]", "inbound: &x {ledger: *x}", "values: {status: {broken: [坏]}}", "inbound: 3",
        "outbound: {results: [{field: key, header: 1}]}", "x" * 50_000,
    ):  # fmt: skip
        with pytest.raises(InputRefused):
            overlaid(base, text)
    client, url = browser("authority"), reverse("exchange:mapping", args=[ecqs.pk])
    assert client.post(url, {"text": "id: x", "reason": "x"}).status_code == 422
    client.post(url, {"text": "values: {status: {stopped: [封停]}}", "reason": "省平台用词"})
    client.post(
        reverse("exchange:batch_new", args=[ecqs.pk]),
        {"kind": "ledger", "stated_on": "2026-03-02", "file": sent(row(器具状态="封停", 出厂编号="N1"))},
    )
    assert InboundBatch.objects.get().counts == {"refused": 1}  # understood now: but a new one can't be out of use
    assert client.post(reverse("exchange:mapping_remove", args=[ecqs.pk]), {"confirmed": "1", "reason": "x"}).url


def test_every_shipped_profile_is_in_order_and_a_draft():
    assert set(profiles()) == {"ecqs-sheet", "service-counter"}
    for one in profiles().values():
        assert one.status == "draft" and one.source
        assert read_profile(one.content) == one
