"""Weights by program: proposed by one, confirmed by a second person, and then the districts are scored."""

import pytest

from tests.platform.plan.api.conftest import refused

pytestmark = pytest.mark.django_db


def weights(*told):
    return {"weights": [{"target_id": pk, "weight": weight} for pk, weight in told]}


def test_two_people_put_weights_in_force(planned, ask, second):
    path = f"plans/{planned.plan.pk}/scorings"
    made = ask("authority", path, weights((planned.target.pk, "100")) | {"remark": "首年"})
    assert (made.status_code, made.json()["state"], made.json()["remark"]) == (201, "entered", "首年")
    here = f"scorings/{made.json()['id']}/"
    assert refused(ask("authority", here + "confirm", {})) == (409, "second_person")
    assert refused(ask("authority", here + "refuse", {"reason": "x"})) == (409, "second_person")
    assert ask(second, f"plans/{planned.plan.pk}/scores").json() == []
    assert ask(second, here + "confirm", {}).json()["state"] == "confirmed"
    assert ask("authority", f"plans/{planned.plan.pk}/scores").json()[0]["parts"][0]["target_id"] == planned.target.pk
    states = [one["state"] for one in ask("auditor", path).json()]
    assert states == ["confirmed", "entered"]
    assert ask("auditor", here[:-1]).json()["weights"][0]["metric"] == planned.target.metric


def test_weights_that_do_not_hang_together_are_refused(planned, ask):
    path, pk = f"plans/{planned.plan.pk}/scorings", planned.target.pk
    counted = planned.plan.targets.get(indicator="model-units").pk
    for told, refusal in (
        (weights((pk, "99")), (422, "weights_whole")),
        (weights((pk, "50"), (pk, "50")), (422, "weight_twice")),
        (weights((planned.goal.pk, "100")), (422, "weight_target")),
        (weights((counted, "100")), (422, "weight_target")),
        (weights((2**40, "100")), (404, "not_found")),
        (weights((pk, "100.001")), (422, "input_malformed")),
        ({"weights": []}, (422, "input_malformed")),
    ):
        assert refused(ask("authority", path, told)) == refusal
    assert len(ask("authority", path).json()) == 1


def test_a_second_person_refuses_with_a_reason(planned, ask, second):
    here = f"scorings/{planned.scoring.pk}/"
    assert refused(ask(second, here + "refuse", {"reason": ""})) == (422, "input_malformed")
    assert ask(second, here + "refuse", {"reason": "权重不当"}).json()["state"] == "refused"
    assert refused(ask(second, here + "confirm", {})) == (409, "transition_refused")


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("foreign_authority", 404), ("owner", 404)])
def test_others_weigh_nothing(planned, ask, who, status):
    here = f"scorings/{planned.scoring.pk}/"
    for answer in (
        ask(who, f"plans/{planned.plan.pk}/scorings", weights((planned.target.pk, "100"))),
        ask(who, here + "confirm", {}),
        ask(who, here + "refuse", {"reason": "x"}),
    ):
        assert refused(answer)[0] == status
    assert ask("authority", here[:-1]).json()["state"] == "entered"
