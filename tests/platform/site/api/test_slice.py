"""The slice from application to certificate, walked by programs with tokens; refusals are problems."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.platform import slice as walk

pytestmark = pytest.mark.django_db
SCALE = "procedure/price-scale"


@pytest.fixture(autouse=True)
def training(settings):
    settings.TRAINING = True


@pytest.fixture
def ready(cast):
    walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    return walk.equip(cast, cast.scale)


def applied(cast, program):
    made = program("owner").post(
        "/verification/applications",
        {"applicant_id": cast.enterprise.pk, "body_id": cast.body.pk, "instruments": ["SC0001"]},
    )
    assert made.status_code == 201, made.content
    return made.json()


def submitted(cast, program, standard):
    told = applied(cast, program)
    assert program("manager").post(f"/verification/applications/{told['id']}/accept", {}).json()["state"] == "accepted"
    task = told["task_ids"][0]
    data = walk.example(SCALE, "pass", "2017-05-30")
    told = {"regime": data["regime"], "reason": "按记录"}
    assert program("verifier").post(f"/verification/tasks/{task}/regime", told).json()["regime"] == data["regime"]
    kept = program("verifier").put(
        f"/verification/tasks/{task}/draft/error", {"content": data["items"]["error"], "version": 0}
    )
    assert kept.json() == 1
    record = program("verifier").post(
        f"/verification/tasks/{task}/records",
        {"data": data, "verified_on": timezone.localdate().isoformat(), "standard_ids": [standard.pk]},
    )
    assert record.status_code == 201, record.content
    return record.json()


def test_from_application_to_certificate(cast, program, ready):
    record = submitted(cast, program, ready)
    assert (record["state"], record["passed"], record["training"]) == ("submitted", True, True)
    assert program("reviewer").post(f"/verification/records/{record['id']}/review").json()["state"] == "reviewed"
    assert program("approver").post(f"/verification/records/{record['id']}/approve").json()["state"] == "approved"
    issued = program("approver").post("/certificates", {"record_id": record["id"]}).json()
    assert (issued["kind"], issued["state"], issued["content"]["number"]) == (
        "certificate", "in_force", issued["number"],
    )  # fmt: skip
    pdf = program("owner").get(f"/certificates/{issued['id']}/document")
    assert pdf.content.startswith(b"%PDF")
    public = Client().get(f"/api/v1/certificates/check/{issued['code']}").json()
    assert (public["verdict"], public["instrument"]) == ("in_order", "电子计价秤")
    found = program("owner").get("/certificates", kind="certificate").json()
    assert ([row["number"] for row in found["items"]], found["next"]) == ([issued["number"]], None)
    out = program("approver").post(f"/certificates/{issued['id']}/withdraw", {"reason": "错用标准器"})
    assert out.json()["state"] == "withdrawn"
    assert Client().get(f"/api/v1/certificates/check/{issued['code']}").json()["verdict"] == "withdrawn"


def test_the_form_and_the_verdict_so_far(cast, program, ready):
    told = applied(cast, program)
    program("manager").post(f"/verification/applications/{told['id']}/accept", {})
    task = told["task_ids"][0]
    form = program("verifier").get(f"/verification/tasks/{task}/form").json()
    assert form["draft"] is True
    assert {item["id"] for item in form["form"]["items"]} >= {"error"}
    seen = program("verifier").post(
        f"/verification/tasks/{task}/preview", {"data": walk.example(SCALE, "fail", "2017-05-30")}
    )
    assert "fail" in {item["verdict"] for item in seen.json()["items"]}


def test_the_same_person_can_not_sign_twice(cast, program, ready):
    record = submitted(cast, program, ready)
    refused = program("verifier").post(f"/verification/records/{record['id']}/review")
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json; charset=utf-8")
    assert refused.json()["title"] == "not_permitted"


@pytest.mark.parametrize("who", ["foreign_owner", "foreign_verifier", "foreign_authority"])
def test_what_is_foreign_is_not_there(cast, program, ready, who):
    record = submitted(cast, program, ready)
    foreign = program(who)
    for path in (
        f"/verification/records/{record['id']}",
        f"/verification/tasks/{record['task_id']}",
        f"/verification/tasks/{record['task_id']}/draft",
        f"/standards/measurement-standards/{ready.pk}",
    ):
        answer = foreign.get(path)
        assert (answer.status_code, answer.json()["title"]) == (404, "not_found"), path
    for path in ("/verification/records", "/verification/tasks", "/verification/applications", "/certificates"):
        assert foreign.get(path).json()["items"] == [], path


def test_a_reading_token_does_not_act(cast, program, ready):
    reader = program("owner", scope="read")
    assert reader.get("/verification/tasks").status_code == 200
    answer = reader.post("/verification/applications", {})
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (403, "application/problem+json")


def test_without_a_token_there_is_nothing(db):
    for path in ("/parties/me", "/verification/tasks", "/standards/authorisations", "/certificates"):
        answer = Client().get(f"/api/v1{path}")
        assert (answer.status_code, answer.json()["title"]) == (401, "not_authenticated"), path


def test_a_list_comes_in_pages(cast, program):
    manager = program("manager")
    for serial in range(3):
        made = manager.post(
            "/standards/measurement-standards",
            {"organisation_id": cast.body.pk, "name": f"砝码组{serial}", "level": "working", "items": ["NAWI-PRICE"]},
        )
        assert (made.status_code, made.json()["condition"]) == (201, "not_in_order"), made.content
    first = manager.get("/standards/measurement-standards", limit=2).json()
    assert [row["name"] for row in first["items"]] == ["砝码组2", "砝码组1"]
    rest = manager.get("/standards/measurement-standards", limit=2, after=first["next"]).json()
    assert ([row["name"] for row in rest["items"]], rest["next"]) == (["砝码组0"], None)


def test_a_standard_is_suspended_and_comes_back(cast, program, ready):
    manager, path = program("manager"), f"/standards/measurement-standards/{ready.pk}"
    today = timezone.localdate().isoformat()
    assert manager.get(path).json()["condition"] == "in_order"
    assert manager.post(f"{path}/suspend", {"on": today, "reason": "送修"}).json()["condition"] == "suspended"
    assert manager.post(f"{path}/resume", {"on": today, "reason": "修复"}).json()["condition"] == "in_order"


def test_a_paper_that_ends_before_it_begins_is_refused(cast, program, ready):
    answer = program("manager").post(
        f"/standards/measurement-standards/{ready.pk}/certificates",
        {
            "kind": "traceability",
            "number": "1",
            "issuer": "院",
            "valid_from": "2026-05-01",
            "valid_until": "2026-04-01",
        },
    )
    assert (answer.status_code, answer.json()["title"], answer.json()["field"]) == (
        422, "period_backwards", "valid_until",
    )  # fmt: skip


def test_who_works_where(cast, program):
    assert program("verifier").get("/parties/me").json()["grants"][0]["role"] == "verifier"
    names = [row["name"] for row in program("owner").get("/parties/organisations", body=False).json()["items"]]
    assert names == ["量县加油站"]
    entered = {"name": "新超市", "region_id": cast.county.pk, "credit_code": "91990121MA0000001X"}
    made = program("authority").post("/parties/organisations", entered).json()
    answer = program("authority").post("/parties/organisations", entered)
    assert (answer.status_code, answer.json()["title"]) == (422, "credit_code_taken")
    path = f"/parties/organisations/{made['id']}"
    today = timezone.localdate().isoformat()
    assert program("authority").post(f"{path}/revise", {"on": today, "name": "新新超市"}).json()["name"] == "新新超市"
    assert program("verifier").get(path).status_code == 404
