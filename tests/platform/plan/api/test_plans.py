"""A document is read, what was found confirmed, the plan put in force and ended, by program alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hengliang.platform.plan.models import Plan, PlanTarget
from tests.platform.plan.api.conftest import refused
from tests.platform.plan.planned import TEXT

pytestmark = pytest.mark.django_db


def sent(cast, ask, who="authority", **more):
    return ask(who, "plans", form={"region_id": cast.city.pk, "text": TEXT} | more)


def test_a_plan_comes_into_force_by_program_alone(cast, ask):
    answer = sent(cast, ask)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["state"], made["starts_on"], made["ends_on"], made["waiting"]) == (
        "draft",
        "2024-01-01",
        "2027-12-31",
        3,
    )
    path = f"plans/{made['id']}/"
    assert refused(ask("authority", path + "adopt", {})) == (409, "targets_waiting")
    for one in ask("authority", path + "found?state=found").json():
        told = ask("authority", f"targets/{one['id']}/confirm", {"seen": one["seen"]})
        assert (told.status_code, told.json()["state"]) == (200, "confirmed"), told.content
    assert ask("authority", path + "found?state=found").json() == []
    adopted = ask("authority", path + "adopt", {}).json()
    assert (adopted["state"], adopted["confirmed"]) == ("in_force", 3)
    assert {one["metric"] for one in ask("authority", path + "targets").json()} >= {"强制检定受检率"}
    assert refused(ask("authority", path + "drop", {"reason": "错"})) == (409, "transition_refused")
    assert ask("authority", path + "end", {"reason": "新规划取代"}).json()["state"] == "ended"


def test_a_file_is_read_as_its_text_is(cast, ask, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("规划.txt", TEXT.encode("gb18030"), "text/plain")
    made = ask("authority", "plans", form={"region_id": cast.city.pk, "file": file}).json()
    assert (made["file_name"], made["waiting"]) == ("规划.txt", 3)
    told = ask("authority", f"plans/{made['id']}/document").json()
    assert "强制检定受检率达到98%以上" in told["text"]
    for one in ask("authority", f"plans/{made['id']}/found").json():
        assert told["text"][one["start"] : one["end"]] == one["text"]
    clauses = ask("authority", f"plans/{made['id']}/clauses").json()
    assert [one["ordinal"] for one in clauses] == sorted(one["ordinal"] for one in clauses)
    assert all(one["text"] in told["text"] for one in clauses[-1:])


def test_what_can_not_be_read_is_refused_as_on_the_page(cast, ask):
    assert refused(sent(cast, ask, text=" ")) == (422, "no_document")
    garbled = SimpleUploadedFile("x.bin", bytes(range(256)) * 40, "application/octet-stream")
    assert refused(ask("authority", "plans", form={"region_id": cast.city.pk, "file": garbled})) == (
        422,
        "document_refused",
    )
    assert refused(sent(cast, ask, starts_on="2027-01-01", ends_on="2026-01-01")) == (422, "term")
    assert refused(sent(cast, ask, region_id=2**40)) == (404, "not_found")
    assert not Plan.objects.exists()


@pytest.mark.parametrize("who", ["owner", "manager", "auditor", "foreign_authority", "administrator"])
def test_only_the_authority_of_the_region_reads_a_document_in(cast, ask, who):
    assert refused(sent(cast, ask, who))[0] == 403
    assert not Plan.objects.exists()


def test_a_draft_is_the_authoritys_alone(cast, ask):
    pk = sent(cast, ask).json()["id"]
    for who in ("foreign_authority", "owner"):
        for path in ("", "/document", "/clauses", "/found", "/checks", "/scorings"):
            assert refused(ask(who, f"plans/{pk}{path}")) == (404, "not_found")
        for act in ("correct", "drop", "adopt", "end"):
            told = {"reason": "x", "title": "x", "starts_on": "2024-01-01", "ends_on": "2025-01-01"}
            assert refused(ask(who, f"plans/{pk}/{act}", told)) == (404, "not_found")


def test_particulars_are_corrected(cast, ask):
    pk = sent(cast, ask).json()["id"]
    told = {"title": "衡城市计量规划", "issuer": "市政府", "starts_on": "2024-01-01", "ends_on": "2028-12-31"}
    made = ask("authority", f"plans/{pk}/correct", told).json()
    assert (made["title"], made["issuer"], made["issued_on"], made["ends_on"]) == (
        "衡城市计量规划", "市政府", None, "2028-12-31",
    )  # fmt: skip
    assert refused(ask("authority", f"plans/{pk}/correct", told | {"ends_on": "2023-01-01"})) == (422, "term")
    assert refused(ask("authority", f"plans/{pk}/correct", told | {"title": "长" * 301}))[0] == 422
    assert ask("authority", f"plans/{pk}/drop", {"reason": "重复导入"}).json()["state"] == "dropped"


def test_an_auditor_reads_and_does_not_act(planned, ask):
    pk = planned.plan.pk
    for path in ("", "/document", "/clauses", "/found", "/checks"):
        assert ask("auditor", f"plans/{pk}{path}").status_code == 200
    assert refused(ask("auditor", f"plans/{pk}/end", {"reason": "x"})) == (403, "not_permitted")
    assert PlanTarget.objects.filter(plan=pk, state="confirmed").count() == 3


def test_checks_are_told_with_their_parts(planned, ask):
    rows = ask("authority", f"plans/{planned.plan.pk}/checks").json()
    assert {one["kind"] for one in rows} == {"balance", "subset"}
    for one in rows:
        if one["kind"] == "balance" and one["holds"]:
            assert one["baseline"] + one["new"] - one["gone"] == one["stock"]
