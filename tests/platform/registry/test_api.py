"""The ledger for programs."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hengliang.platform.registry.models import Instrument
from tests.platform.registry.sheets import csv_of, row


@pytest.fixture
def api(cast, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def ask(who, method, path, told=None):
        client.force_login(cast.accounts[who], "django.contrib.auth.backends.ModelBackend")
        answer = client.generic(method, f"/api/v1/ledger{path}", *_body(told))
        return answer.status_code, answer.json() if answer.content else None

    return ask


def _body(told):
    return (json.dumps(told), "application/json") if told is not None else ()


def test_file_accept_and_read(cast, api):
    told = {"item": "FUEL", "owner_id": cast.enterprise.pk, "region_id": cast.county.pk, "purpose": "trade",
            "serial_number": "S1", "ecqs": "E1"}  # fmt: skip
    status, made = api("owner", "POST", "/instruments", told)
    assert (status, made["status"], made["codes"][0]["value"]) == (201, "filed", "E1")
    assert api("owner", "POST", f"/instruments/{made['code']}/accept", {})[0] == 403
    status, shown = api("authority", "POST", f"/instruments/{made['code']}/accept", {"body_id": cast.body.pk})
    assert (status, shown["body_id"], shown["region"]) == (200, cast.body.pk, "量县")
    assert api("verifier", "GET", "/instruments/E1")[1]["code"] == made["code"]
    assert api("foreign_owner", "GET", f"/instruments/{made['code']}")[0] == 404
    assert api("owner", "POST", "/instruments", told)[0] == 409


@pytest.mark.parametrize(
    ("act", "told", "status"),
    [
        ("stop", {"reason": "大修"}, "stopped"),
        ("lose", {"reason": "盘点"}, "lost"),
        ("scrap", {"reason": "超期"}, "scrapped"),
        ("move", {"place": "9号岛"}, "in_use"),
        ("codes", {"kind": "asset", "value": "固-1"}, "in_use"),
        ("parts", {"label": "1号枪"}, "in_use"),
    ],
)
def test_acts_of_an_owner(api, in_use, act, told, status):
    made = in_use()
    code, shown = api("owner", "POST", f"/instruments/{made.code}/{act}", told)
    assert (code, shown["status"]) == (200, status)
    if "reason" in told:
        assert api("owner", "POST", f"/instruments/{made.code}/{act}", {"reason": " "})[0] == 422


def test_acts_of_an_authority(cast, api, filed, in_use):
    made, other = filed(), in_use(serial_number="A2")
    act = lambda name, **told: api("authority", "POST", f"/instruments/{made.code}/{name}", told)[0]  # noqa: E731
    assert act("return", reason="看不清") == 200
    assert act("file-again") == 200
    assert act("accept") == 200
    assert act("reclassify", reason="改", mandatory=False) == 200
    assert act("results", verified_on="2026-03-02", passed=True, due_on="2027-03-01", reason="纸证") == 200
    assert act("stop", reason="大修") == 200
    assert act("resume") == 200
    assert act("transfer", owner_id=cast.enterprise.pk, reason="同一单位") == 422
    assert act("merge", into="没有", reason="同") == 404
    assert act("merge", into=other.code, reason="同一台") == 200
    status, shown = api("authority", "GET", f"/instruments/{made.code}")
    assert (status, shown["code"], shown["redirected"]) == (200, other.code, True)


def test_lists(api, in_use):
    made = in_use()
    for query, count in (("", 1), ("?q=jyj", 1), ("?q=nothing", 0), ("?due=overdue", 1), ("?status=stopped", 0),
                         ("?item=FUEL&limit=1", 1), ("?on=2020-01-01", 0)):  # fmt: skip
        assert len(api("authority", "GET", f"/instruments{query}")[1]["items"]) == count
    assert api("authority", "GET", "/instruments")[1]["items"][0]["code"] == made.code
    assert {item["code"] for item in api("owner", "GET", "/catalogue")[1]} == {"FUEL", "NAWI-PRICE"}


def test_a_sheet(cast, api, client):
    client.force_login(cast.accounts["authority"], "django.contrib.auth.backends.ModelBackend")
    sheet = SimpleUploadedFile("x.csv", csv_of(row(), row(出厂编号="S2", 用途="吃饭")))
    sent = client.post("/api/v1/ledger/imports", {"file": sheet}).json()
    assert (sent["new"], sent["refused"], sent["state"]) == (1, 1, "checked")
    path = f"/imports/{sent['id']}"
    assert api("authority", "GET", f"{path}/faults")[1][0]["row"] == 3
    assert api("authority", "POST", f"{path}/import", {})[0] == 422
    assert api("authority", "POST", f"{path}/import", {"leave_out_refused": True})[1]["state"] == "applied"
    assert Instrument.objects.get().serial_number == "S1"
    assert api("authority", "POST", f"{path}/drop")[0] == 409
    assert api("foreign_authority", "GET", path)[0] == 404
    assert [one["id"] for one in api("authority", "GET", "/imports")[1]["items"]] == [sent["id"]]


@pytest.mark.parametrize(
    ("field", "most"), [("name", 100), ("model", 100), ("manufacturer", 200), ("accuracy_class", 40), ("ecqs", 100)]
)
def test_a_text_longer_than_its_column_is_refused_by_the_description(cast, api, field, most):
    told = {"item": cast.dispenser.code, "owner_id": cast.enterprise.pk, "region_id": cast.county.pk,
            "purpose": "trade", "serial_number": "S1"}  # fmt: skip
    assert api("owner", "POST", "/instruments", told | {field: "9" * (most + 1)})[0] == 422
    assert api("owner", "POST", "/instruments", told | {field: "9" * most})[0] == 201
