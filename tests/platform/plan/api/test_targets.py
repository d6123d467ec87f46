"""What was found is confirmed, corrected, dropped, restored, added and rated by program, as on the page."""

import pytest

from hengliang.platform.plan.models import PlanTarget
from tests.platform.plan.api.conftest import PDF, paper, refused

pytestmark = pytest.mark.django_db
QUOTE = "现代先进测量体系基本建成"


def one_of(ask, target) -> dict:
    return ask("authority", f"targets/{target.pk}").json()


def test_what_is_not_sent_stays_as_it_was_read(drafted, ask):
    before = one_of(ask, drafted.target)
    told = {"seen": before["seen"], "goal": "97.5", "deadline": "2026-12-31"}
    after = ask("authority", f"targets/{drafted.target.pk}/confirm", told).json()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"goal", "deadline", "seen", "state"}
    assert (float(after["goal"]), after["deadline"]) == (97.5, "2026-12-31")


@pytest.mark.parametrize("name", ["mode", "firmness"])
def test_what_every_demand_has_is_not_taken_away_by_null(drafted, ask, name):
    before = one_of(ask, drafted.target)
    after = ask("authority", f"targets/{drafted.target.pk}/confirm", {"seen": before["seen"], name: None})
    assert (after.status_code, after.json()[name]) == (200, before[name])


def test_of_two_who_confirm_the_second_is_told(drafted, ask):
    path, seen = f"targets/{drafted.target.pk}/confirm", one_of(ask, drafted.target)["seen"]
    assert ask("authority", path, {"seen": seen, "goal": "77"}).status_code == 200
    assert refused(ask("authority", path, {"seen": seen, "goal": "88"})) == (409, "target_moved")
    assert refused(ask("authority", path, {"goal": "88"})) == (422, "input_malformed")
    assert PlanTarget.objects.get(pk=drafted.target.pk).goal == 77


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"indicator": "no-such-thing"}, "unknown_indicator"),
        ({"within_id": 2**40}, "milestone"),
        ({"goal": None}, "goal_missing"),
        ({"comparator": "range"}, "range"),
        ({"comparator": "range", "goal_upper": "1"}, "range_order"),
        ({"comparator": "about"}, "input_malformed"),
        ({"mode": "guessed"}, "input_malformed"),
        ({"goal": "1e30"}, "input_malformed"),
    ],
)
def test_what_does_not_hang_together_is_refused(drafted, ask, told, code):
    seen = one_of(ask, drafted.target)["seen"]
    assert refused(ask("authority", f"targets/{drafted.target.pk}/confirm", told | {"seen": seen})) == (422, code)
    assert one_of(ask, drafted.target)["seen"] == seen


def test_a_goal_without_a_figure_demands_none(drafted, ask):
    told = {"seen": one_of(ask, drafted.target)["seen"], "mode": "qualitative"}
    made = ask("authority", f"targets/{drafted.target.pk}/confirm", told).json()
    assert (made["goal"], made["comparator"], made["unit"], made["indicator"]) == (None, "", "", "goal-rating")


def test_a_target_is_dropped_with_a_reason_and_looked_at_again(drafted, ask):
    path = f"targets/{drafted.target.pk}/"
    assert refused(ask("authority", path + "drop", {})) == (422, "input_malformed")
    assert ask("authority", path + "drop", {"reason": "不是目标"}).json()["state"] == "dropped"
    rows = ask("authority", f"plans/{drafted.plan.pk}/found?state=dropped").json()
    assert [one["id"] for one in rows] == [drafted.target.pk]
    assert ask("authority", path + "restore", {}).json()["state"] == "found"
    assert refused(ask("authority", path + "restore", {})) == (409, "transition_refused")


def test_a_target_is_added_by_words_of_the_document_alone(drafted, ask):
    path = f"plans/{drafted.plan.pk}/targets"
    clause = drafted.task.clause_id
    assert refused(ask("authority", path, {"quote": "到2027年建成100个中心"})) == (422, "quote_not_found")
    assert refused(ask("authority", path, {"quote": QUOTE, "clause_id": clause})) == (422, "quote_not_found")
    assert refused(ask("authority", path, {"quote": QUOTE, "clause_id": 2**40})) == (404, "not_found")
    made = ask("authority", path, {"quote": QUOTE})
    assert (made.status_code, made.json()["origin"], made.json()["text"]) == (201, "added", QUOTE)
    assert refused(ask("authority", path, {"quote": QUOTE})) == (422, "target_there")
    assert made.json()["candidates"]


def test_a_target_in_force_is_changed_by_two(planned, ask, second):
    target = one_of(ask, planned.target)
    told = {"seen": target["seen"], "goal": "97"}
    assert refused(ask("authority", f"targets/{target['id']}/confirm", told))[0] == 409
    path = f"targets/{target['id']}/amendments"
    waits = ask("authority", f"plans/{planned.plan.pk}/amendments").json()[0]
    assert (waits["id"], waits["state"]) == (planned.amendment.pk, "proposed")
    assert refused(ask("authority", path, {"demand": told, "reason": "上级调整"})) == (409, "amendment_waits")
    assert ask("authority", f"amendments/{waits['id']}/refuse", {"reason": "重提"}).json()["state"] == "refused"
    assert refused(ask("authority", path, {"demand": told})) == (422, "input_malformed")
    made = ask("authority", path, {"demand": told, "reason": "上级调整"})
    assert (made.status_code, made.json()["before"]["goal"], made.json()["after"]["goal"]) == (201, "98", "97")
    confirm = f"amendments/{made.json()['id']}/confirm"
    assert refused(ask("authority", confirm, {})) == (409, "second_person")
    assert refused(ask("foreign_authority", confirm, {})) == (404, "not_found")
    assert one_of(ask, planned.target)["goal"] == target["goal"]
    assert ask(second, confirm, {}).json()["state"] == "confirmed"
    assert float(one_of(ask, planned.target)["goal"]) == 97


def test_candidates_are_all_indicators_the_best_first(planned, ask):
    names = [one["name"] for one in one_of(ask, planned.target)["candidates"]]
    assert names[0] == "tested-rate"
    assert "goal-rating" not in names
    assert len(names) > 20


def test_a_goal_is_rated_on_evidence_and_a_figure_by_nobody(planned, ask):
    told = {"on": "2026-03-02", "grade": "largely", "evidence": "二十家通过", "dissent": "一家不同意", "reason": "中期"}
    path = f"targets/{planned.goal.pk}/ratings"
    made = ask("authority", path, form=told | {"files": [paper("一.pdf"), paper("二.pdf")]})
    assert made.status_code == 201, made.content
    assert [one["name"] for one in made.json()["files"]] == ["一.pdf", "二.pdf"]
    assert ask("authority", path).json() == [made.json()]
    file = f"files/{made.json()['files'][0]['id']}"
    assert ask("auditor", file).content == PDF
    assert refused(ask("foreign_authority", file)) == (404, "not_found")
    assert refused(ask("authority", f"targets/{planned.target.pk}/ratings", form=told)) == (409, "not_rated")
    assert refused(ask("authority", path, form=told | {"grade": "80"})) == (422, "input_malformed")
    assert refused(ask("authority", path, form=told | {"on": "2099-01-01"})) == (422, "rating")


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("foreign_authority", 404), ("owner", 404)])
def test_others_do_nothing_with_targets(planned, ask, who, status):
    seen, path = planned.target.stamp, f"targets/{planned.target.pk}/"
    rating = {"on": "2026-03-02", "grade": "largely", "evidence": "x", "reason": "x"}
    for answer in (
        ask(who, path + "confirm", {"seen": seen}),
        ask(who, path + "drop", {"reason": "x"}),
        ask(who, path + "restore", {}),
        ask(who, f"targets/{planned.goal.pk}/ratings", form=rating),
        ask(who, f"plans/{planned.plan.pk}/targets", {"quote": QUOTE}),
    ):
        assert refused(answer)[0] == status
    assert PlanTarget.objects.get(pk=planned.target.pk).stamp == seen
