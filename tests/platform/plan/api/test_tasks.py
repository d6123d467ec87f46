"""Tasks by program: units, dates, reports with evidence, closing; a report moves no figure."""

import pytest

from hengliang.platform.core.rights import Role
from tests.platform.cast import make_account, make_organisation
from tests.platform.plan.api.conftest import PDF, paper, refused

pytestmark = pytest.mark.django_db
UNIT, DAY = "市市场监管局", "2026-03-02"


def test_tasks_are_listed_with_their_units(planned, ask):
    (shown,) = ask("authority", "tasks").json()["items"]
    assert shown == ask("authority", f"tasks/{planned.task.pk}").json()
    assert [(one["name"], one["role"]) for one in shown["units"]] == [(UNIT, "lead"), ("市财政局", "joint")]
    assert (shown["starts_on"], shown["due_on"], shown["state"]) == ("2024-01-01", "2027-12-31", "open")
    assert ask("authority", f"tasks?state=done&plan_id={planned.plan.pk}").json()["items"] == []
    assert len(ask("authority", f"tasks?plan_id={planned.plan.pk}").json()["items"]) == 1


def test_a_report_stands_beside_the_task_with_its_evidence(planned, ask):
    path = f"tasks/{planned.task.pk}/reports"
    before = ask("authority", f"plans/{planned.plan.pk}/targets").json()
    made = ask("authority", path, form={"unit": UNIT, "on": DAY, "says": "新建标准3项", "files": paper("证据.pdf")})
    assert made.status_code == 201, made.content
    assert ask("auditor", path).json() == [made.json()]
    file = made.json()["files"][0]
    assert (file["name"], file["size"]) == ("证据.pdf", len(PDF))
    assert ask("auditor", f"files/{file['id']}").content == PDF
    assert refused(ask("foreign_authority", f"files/{file['id']}")) == (404, "not_found")
    assert ask("authority", f"tasks/{planned.task.pk}").json()["reported_on"] == DAY
    assert ask("authority", f"plans/{planned.plan.pk}/targets").json() == before


def test_a_report_is_refused_as_on_the_page(planned, ask):
    path, told = f"tasks/{planned.task.pk}/reports", {"unit": UNIT, "on": DAY, "says": "做了"}
    assert refused(ask("authority", path, form=told | {"unit": "市教育局"})) == (422, "report")
    assert refused(ask("authority", path, form=told | {"on": "2099-01-01"})) == (422, "report")
    assert refused(ask("authority", path, form=told | {"says": " "})) == (422, "input_malformed")
    told["files"] = paper("程序.exe")
    told["files"].file.write(b"MZ\x90\x00")
    told["files"].file.seek(0)
    assert refused(ask("authority", path, form=told)) == (422, "file_kind")
    assert ask("authority", path).json() == []
    ask("authority", f"tasks/{planned.task.pk}/close", {"reason": "完成"})
    assert refused(ask("authority", path, form={"unit": UNIT, "on": DAY, "says": "做了"})) == (409, "task_not_open")


def test_whom_a_task_names_reports_for_it_and_for_nobody_else(cast, planned, ask):
    bureau = make_organisation("衡城市财政局", cast.city)
    cast.accounts["bureau"] = make_account("bureau", Role.OWNER, bureau)
    told = {"title": planned.task.title, "units": [UNIT, "市财政局"]}
    made = ask("authority", f"tasks/{planned.task.pk}/correct", told).json()
    assert made["units"][1]["organisation_id"] == bureau.pk
    path = f"tasks/{planned.task.pk}/reports"
    assert ask("bureau", path, form={"unit": "市财政局", "on": DAY, "says": "经费到位"}).status_code == 201
    assert refused(ask("bureau", path, form={"unit": UNIT, "on": DAY, "says": "代报"})) == (403, "not_permitted")
    assert refused(ask("bureau", f"tasks/{planned.task.pk}/close", {"reason": "x"})) == (403, "not_permitted")


def test_a_task_is_added_corrected_closed_and_dropped(planned, ask):
    path = f"plans/{planned.plan.pk}/tasks"
    told = {"title": "建产业中心", "units": ["市科技局", UNIT], "clause_id": planned.task.clause_id}
    made = ask("authority", path, told)
    assert (made.status_code, made.json()["due_on"]) == (201, planned.plan.ends_on.isoformat())
    here = f"tasks/{made.json()['id']}/"
    right = {"title": "建两个产业中心", "units": [UNIT], "starts_on": "2025-01-01", "due_on": "2026-12-31"}
    corrected = ask("authority", here + "correct", right).json()
    assert (corrected["title"], corrected["due_on"], [one["role"] for one in corrected["units"]]) == (
        "建两个产业中心", "2026-12-31", ["lead"],
    )  # fmt: skip
    assert refused(ask("authority", here + "correct", right | {"due_on": "2024-01-01"})) == (422, "task_term")
    assert refused(ask("authority", here + "correct", right | {"units": []})) == (422, "input_malformed")
    for act, state in (("close", "done"), ("reopen", "open"), ("drop", "dropped")):
        assert ask("authority", here + act, {"reason": "如此"}).json()["state"] == state
    assert refused(ask("authority", here + "close", {"reason": "x"})) == (409, "transition_refused")
    assert refused(ask("authority", path, told | {"clause_id": 2**40})) == (404, "not_found")


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("foreign_authority", 404), ("verifier", 404)])
def test_others_do_nothing_with_tasks(planned, ask, who, status):
    here, told = f"tasks/{planned.task.pk}/", {"title": "x", "units": ["x"]}
    for answer in (
        ask(who, f"plans/{planned.plan.pk}/tasks", told),
        ask(who, here + "correct", told),
        *(ask(who, here + act, {"reason": "x"}) for act in ("close", "reopen", "drop")),
        ask(who, here + "reports", form={"unit": UNIT, "on": DAY, "says": "x"}),
    ):
        assert refused(answer)[0] == status
    assert ask("authority", here[:-1]).json()["state"] == "open"
