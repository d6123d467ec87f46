"""An assessment from its commission to its acceptance by program, and its report as a document."""

import pytest

from hengliang.platform.core.rights import Role
from tests.platform.cast import make_account, make_organisation
from tests.platform.plan.api.conftest import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessor(cast):
    """An outside organisation with the role."""
    made = make_organisation("示例省计量测试学会", cast.foreign_city)
    cast.accounts["assessor"] = make_account("assessor", Role.ASSESSOR, made)
    return made


def commissioned(ask, planned, assessor, who="authority"):
    told = {"kind": "final", "assessor_id": assessor.pk, "due_on": "2026-12-31"}
    return ask(who, f"snapshots/{planned.snapshot.pk}/assessments", told)


def test_an_assessment_from_commission_to_acceptance(planned, ask, assessor):
    known = {one["id"]: one["name"] for one in ask("authority", "assessors").json()["items"]}
    assert known[assessor.pk] == assessor.name
    made = commissioned(ask, planned, assessor)
    assert (made.status_code, made.json()["state"], made.json()["due_on"]) == (201, "in_work", "2026-12-31")
    here = f"assessments/{made.json()['id']}/"
    assert refused(ask("assessor", here + "submit", {"conclusion": "可"})) == (409, "opinions_open")
    for one in ask("assessor", here[:-1]).json()["opinions"]:
        told = {"grade": "largely", "opinion": "可"}
        assert ask("assessor", f"{here}targets/{one['target_id']}/opinion", told).status_code == 204
    practice = {"title": "统一管理", "unit": "量县市场监管局", "text": "统一送检"}
    assert ask("assessor", here + "practices", practice).status_code == 201
    (shown,) = ask("authority", here + "practices").json()
    assert practice.items() <= shown.items()
    assert ask("assessor", here + "submit", {"conclusion": "总体可行"}).json()["state"] == "submitted"
    assert ask("authority", here + "return", {"reason": "补充"}).json()["state"] == "in_work"
    ask("assessor", here + "submit", {"conclusion": "总体可行"})
    assert ask("authority", here + "accept", {"reason": "同意"}).json()["state"] == "accepted"
    assert refused(ask("assessor", here + "practices", practice)) == (409, "assessment_given")
    assert refused(ask("authority", here + "withdraw", {"reason": "x"})) == (409, "transition_refused")


def test_the_report_is_a_document(planned, ask):
    here = f"assessments/{planned.assessment.pk}/"
    for name, start in (("report.pdf", b"%PDF-"), ("report.docx", b"PK")):
        answer = ask("authority", here + name)
        assert (answer.status_code, answer.content[: len(start)]) == (200, start)
        assert refused(ask("foreign_authority", here + name)) == (404, "not_found")


def test_who_may_not_assess_is_refused(cast, planned, ask):
    path = f"snapshots/{planned.snapshot.pk}/assessments"
    assert refused(ask("authority", path, {"kind": "final", "assessor_id": cast.enterprise.pk})) == (422, "no_assessor")
    own = {"kind": "final", "assessor_id": cast.authority.pk}
    assert refused(ask("authority", path, own)) == (422, "assessor_concerned")
    hidden = make_organisation("外地公司", cast.foreign_city)
    assert refused(ask("authority", path, {"kind": "final", "assessor_id": hidden.pk})) == (404, "not_found")
    other = {"kind": "weekly", "assessor_id": cast.foreign_enterprise.pk}
    assert refused(ask("authority", path, other)) == (422, "input_malformed")


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("foreign_authority", 404), ("owner", 404)])
def test_others_commission_and_accept_nothing(planned, ask, assessor, who, status):
    here = f"assessments/{planned.assessment.pk}/"
    assert refused(commissioned(ask, planned, assessor, who))[0] == status
    for act in ("accept", "return", "withdraw"):
        assert refused(ask(who, here + act, {"reason": "x"}))[0] == status
    told = {"title": "x", "unit": "x", "text": "x"}
    assert refused(ask(who, here + "practices", told))[0] == status
    assert ask("authority", here[:-1]).json()["state"] == "in_work"


def test_who_commissions_nothing_learns_no_names(planned, ask):
    for who in ("owner", "verifier", "auditor"):
        assert ask(who, "assessors").json()["items"] == []
