"""The page on which a record is typed: faults in words at the cell, parts that are chosen, a class that is lowered."""

import json
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from hengliang.norms import norms
from hengliang.platform.verification.entry import placed, sections_of
from hengliang.platform.verification.models import Record
from hengliang.platform.verification.rules import rule_for
from tests.platform import slice as walk
from tests.platform.verification.test_every_kind import TODAY, item_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast):
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(cast.accounts["verifier"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def task_of(cast, procedure, parts=()):
    item = item_of(cast, str(norms[procedure].at(TODAY).content["instruments"][0]))
    standard = walk.equip(cast, item)
    return walk.apply_for(cast, walk.make_instrument(cast, "K1", item, "器具", parts))[0], standard


def posted(task, data, standard, **more):
    rule = rule_for(task.instrument.item, TODAY)
    sections = sections_of(rule.form(task.regime), data, data.get("parts") or ())
    fields = {
        f"{row.key}.{column.key}": str(row.values[column.key])
        for section in sections
        for grid in [section.grid(data)]
        for row in grid.rows
        for column in grid.columns
        if column.key in row.values
    }
    return fields | {"verified_on": TODAY.isoformat(), "standards": [standard.pk]} | more


def test_an_empty_form_says_in_chinese_what_is_missing_and_leads_there(cast, client):
    task, standard = task_of(cast, "procedure/fuel-dispenser", ("1号枪", "2号枪"))
    page = client.post(
        reverse("verification:record_entry", args=[task.pk]), posted(task, {"parts": ["1号枪", "2号枪"]}, standard)
    )
    told = page.content.decode()
    assert page.status_code == 422
    assert "items." not in told and "instrument.max_flow" not in told
    assert "器具参数 · 最大流量 Q1、" in told and "尚未填写" in told
    assert 'href="#instrument~0.max_flow"' in told and 'id="instrument~0.max_flow"' in told


def test_a_missing_point_is_told_at_its_row(cast, client):
    task, standard = task_of(cast, "procedure/fuel-dispenser", ("1", "2"))
    data = walk.example("procedure/fuel-dispenser", "pass", "2024-05-01")
    rows = [row for row in data["items"]["error"] if (row["part"], row["point"]) != ("2", "Q2")]
    fields = posted(task, placed(data, "error", rows), standard)
    told = client.post(reverse("verification:record_entry", args=[task.pk]), fields).content.decode()
    assert "2 流量 Q2" in told and 'href="#error~2-Q2.indicated%230"' in told
    assert '<small class="cell-verdict" id="error~2-Q2.indicated#0-verdict">尚未填写</small>' in told


def test_a_dispenser_without_parts_in_the_ledger_is_verified(cast, client):
    task, standard = task_of(cast, "procedure/fuel-dispenser")
    data = walk.example("procedure/fuel-dispenser", "pass", "2024-05-01")
    address = reverse("verification:record_entry", args=[task.pk])
    assert 'name="parts~0.label"' in client.get(address).content.decode()
    refused = client.post(address, posted(task, data | {"parts": []}, standard))
    assert "至少填写一个标识" in refused.content.decode()
    assert client.post(address, posted(task, data, standard)).status_code == 302
    assert Record.objects.get(task=task).data["parts"] == data["parts"]


def test_parts_keep_their_readings_when_their_marks_change():
    rows = [{"part": "1", "point": "Q1", "runs": []}, {"part": "2", "point": "Q1", "runs": []}]
    data = placed({"parts": ["1", "2"], "items": {"error": rows}}, "parts", ["A", "2"])
    assert [row["part"] for row in data["items"]["error"]] == ["A", "2"]
    assert placed(data, "parts", ["A"])["items"] == data["items"], "a part taken away leaves the others alone"


def test_rows_added_on_the_page_are_kept(cast, client):
    task, _standard = task_of(cast, "procedure/pressure-gauge")
    rows = {f"rising~{at}": {"reference": str(at), "up": str(at)} for at in (0, 1, 11)}
    address = reverse("verification:draft_save", args=[task.pk, "rising"])
    body = json.dumps({"rows": rows, "version": 0})
    assert client.post(address, body, content_type="application/json").status_code == 200
    task.refresh_from_db()
    assert [row["reference"] for row in task.draft.data["items"]["rising"]] == ["0", "1", "11"]


def gauge(cast):
    task, standard = task_of(cast, "procedure/pressure-gauge")
    rows = [("0", "0", "0", "0", "0"), ("0.4", "0.40", "0.41", "0.41", "0.41"), ("0.6", "0.60", "0.60", "0.64", "0.64"),
            ("0.9", "0.90", "0.90", "0.90", "0.90"), ("1.6", "1.60", "1.60", "1.60", "1.60")]  # fmt: skip
    names = ("reference", "up", "up_tapped", "down", "down_tapped")
    items = {"appearance": [{"value": "yes"}], "pointer": [{"value": "yes"}]}
    items["rising"] = [dict(zip(names, row, strict=True)) for row in rows]
    return (
        task,
        standard,
        {"instrument": {"accuracy_class": "1.6", "span": "1.6"}, "items": items, "regime": task.regime},
    )


def test_everything_judged_from_a_row_is_told_beside_it(cast, client):
    task, _standard, data = gauge(cast)
    section = next(
        s for s in sections_of(rule_for(task.instrument.item, TODAY).form("initial"), data, ()) if s.key == "rising"
    )
    values = {row.key: dict(row.values) for row in section.grid(data).rows}
    client.post(
        reverse("verification:draft_save", args=[task.pk, "instrument"]),
        json.dumps({"rows": {"instrument~0": data["instrument"]}, "version": 0}), content_type="application/json",
    )  # fmt: skip
    answer = client.post(
        reverse("verification:record_verdict", args=[task.pk, "rising"]),
        json.dumps({"rows": values, "version": 0}), content_type="application/json",
    ).json()  # fmt: skip
    assert len(answer["fill"]["rising~2._verdict"]) == 5, "rising, falling, hysteresis, tapping twice"
    # own: falling 0.64 at 0.6 MPa: error 0.04 > 0.016 · 1.6 = 0.0256
    failed = [one["title"] for one in answer["fill"]["rising~2._verdict"] if one["tone"] == "bad"]
    assert failed == ["示值误差（降压）", "回程误差"]
    assert answer["cells"]["rising~2._verdict"]["words"] == "不合格"
    assert {one["text"].split(" ")[0] for one in answer["fill"]["rising~0._verdict"]} == {"0.00"}, "no bare zero"


def test_a_missed_class_is_lowered_only_by_the_verifier(cast, client):
    task, standard, data = gauge(cast)
    address = reverse("verification:record_entry", args=[task.pk])
    asked = client.post(address, posted(task, data, standard))
    assert asked.status_code == 422 and not Record.objects.exists()
    assert "按 1.6 级不合格，符合 2.5 级要求" in asked.content.decode()
    assert client.post(address, posted(task, data, standard, accepted_class="2.5")).status_code == 302
    record = Record.objects.get()
    assert (record.passed, record.judgement["accuracy_class"], record.judgement["downgraded_from"]) == (
        True,
        "2.5",
        "1.6",
    )
    page = client.get(reverse("verification:record", args=[record.pk])).content.decode()
    assert "检定员确认降为 2.5 级" in page


def test_a_class_that_is_not_lowered_fails(cast, client):
    task, standard, data = gauge(cast)
    client.post(
        reverse("verification:record_entry", args=[task.pk]), posted(task, data, standard, accepted_class="none")
    )
    record = Record.objects.get()
    assert (record.passed, record.judgement["proposed_class"]) == (False, "2.5")


@pytest.mark.parametrize("norm", [norm.id for norm in norms.of_kind("procedure")])
def test_every_item_of_every_regime_has_cells_and_is_judged_beside_them(norm):
    value = norms[norm].value_at(date(2026, 11, 22)) or norms[norm].values[-1]
    from hengliang.metrology.judge import form_of
    from hengliang.norms import procedure_of

    procedure = procedure_of(value)
    for regime in procedure.regimes:
        form = form_of(procedure, regime)
        sections = sections_of(form, {}, ("1",))
        drawn = {item for section in sections for item in section.judges}
        asked = {item["id"] for item in form["items"]}
        assert drawn == asked, f"{regime}: {asked - drawn} can't be entered"
