"""A plan in force: two people change, drop or add a target, with a reason that the public reads; one alone does not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted, StaleWrite
from hengliang.platform.core.rights import Actor
from hengliang.platform.plan.models import TargetAmendment
from hengliang.platform.plan.selectors.amendments import changes_since, waiting_of
from hengliang.platform.plan.selectors.progress import confirmed_of
from hengliang.platform.plan.services import (
    amendment_confirm,
    amendment_propose,
    amendment_refuse,
    plan_end,
    plan_task_add,
    target_add,
    target_confirm,
    target_drop,
    target_restore,
)
from tests.platform.cast import NOW
from tests.platform.plan.planned import demand_of, plan_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
CLIENT = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def english(language, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with override("en"):
        yield


@pytest.fixture
def planned(cast):
    made = plan_of(cast)
    amendment_refuse(actor=Actor.system("test", NOW), amendment=made.amendment, reason="重新提出")
    return made


def second() -> Actor:
    return Actor.system("second", LATER)


def lowered(cast, planned, goal: int = 50) -> TargetAmendment:
    return amendment_propose(
        actor=cast.actor("authority"), target=planned.target, demand=demand_of(planned.target, goal=Decimal(goal)),
        reason="上级调整了目标",
    )  # fmt: skip


def test_one_person_alone_neither_lowers_nor_drops(cast, planned) -> None:
    actor, target = cast.actor("authority"), planned.target
    with pytest.raises(Blocked, match="second person"):
        target_confirm(actor=actor, target=target, demand=demand_of(target, goal=Decimal(50)))
    with pytest.raises(Blocked, match="second person"):
        target_drop(actor=actor, target=target, reason="落后")
    target.refresh_from_db()
    assert (target.goal, target.state) == (98, "confirmed")


def test_whoever_proposes_does_not_confirm_and_until_then_nothing_changes(cast, planned) -> None:
    made = lowered(cast, planned)
    with pytest.raises(Blocked, match="second person"):
        amendment_confirm(actor=cast.actor("authority"), amendment=made)
    planned.target.refresh_from_db()
    assert planned.target.goal == 98
    assert [one.says for one in waiting_of(planned.plan)] == ["goal changed from ≥ 98 % to ≥ 50 %"]
    amendment_confirm(actor=second(), amendment=made)
    planned.target.refresh_from_db()
    assert planned.target.goal == 50
    assert waiting_of(planned.plan) == []


@pytest.mark.parametrize("who", ["foreign_authority", "manager", "owner", "auditor", "administrator"])
def test_only_the_authority_of_the_region_proposes(cast, planned, who) -> None:
    with pytest.raises(NotPermitted):
        amendment_propose(actor=cast.actor(who), target=planned.target, demand=None, reason="x")


def test_a_reason_is_needed_and_something_must_change(cast, planned) -> None:
    told = {"actor": cast.actor("authority"), "target": planned.target}
    with pytest.raises(InputRefused, match="reason"):
        amendment_propose(**told, demand=None, reason=" ")
    with pytest.raises(InputRefused, match="Nothing is changed"):
        amendment_propose(**told, demand=demand_of(planned.target), reason="x")
    with pytest.raises(StaleWrite):
        amendment_propose(**told, demand=None, reason="x", seen="")


def test_one_change_of_a_target_waits_at_a_time(cast, planned) -> None:
    lowered(cast, planned)
    with pytest.raises(Blocked, match="waits already"):
        lowered(cast, planned, 60)


def test_a_target_is_dropped_by_two_and_the_public_reads_why(cast, planned) -> None:
    made = amendment_propose(actor=cast.actor("authority"), target=planned.target, demand=None, reason="政策取消")
    assert planned.target in confirmed_of(planned.plan)
    amendment_confirm(actor=second(), amendment=made)
    assert planned.target not in confirmed_of(planned.plan)
    told = [(one.metric, one.says, one.reason) for one in changes_since(planned.plan, planned.snapshot)]
    assert told == [(planned.target.metric, "the target is dropped", "政策取消")]


def test_a_target_found_later_comes_into_force_by_two(cast, planned) -> None:
    actor = cast.actor("authority")
    made = target_add(actor=actor, plan=planned.plan, quote="加强社会公用计量标准建设")
    assert made not in confirmed_of(planned.plan)
    wanted = amendment_propose(
        actor=actor, target=made, demand=demand_of(made, deadline=date(2027, 6, 30)), reason="漏读"
    )
    amendment_confirm(actor=second(), amendment=wanted)
    assert made in confirmed_of(planned.plan)
    (told,) = changes_since(planned.plan, planned.snapshot)
    assert (told.says, told.reason) == ("the target is added: a goal without a figure", "漏读")


def test_the_public_page_and_its_data_tell_of_it(cast, planned) -> None:
    client = Client(headers={"accept-language": "zh-hans"})
    page = reverse("public_plan", args=[planned.plan.pk])
    amendment_confirm(actor=second(), amendment=lowered(cast, planned))
    told = client.get(page).content.decode()
    assert "目标值由 ≥ 98 % 改为 ≥ 50 %" in told
    assert "上级调整了目标" in told
    (change,) = client.get(reverse("public_plan_json", args=[planned.plan.pk])).json()["changes"]
    assert (change["metric"], change["reason"]) == (planned.target.metric, "上级调整了目标")


def test_a_change_made_past_the_acts_is_told_without_a_reason(cast, planned) -> None:
    type(planned.target).objects.filter(pk=planned.target.pk).update(goal=Decimal(50))
    (told,) = changes_since(planned.plan, planned.snapshot)
    assert (told.says, told.reason) == ("goal changed from ≥ 98 % to ≥ 50 %", "")


def test_what_is_no_longer_as_it_was_is_not_overwritten(cast, planned) -> None:
    made = lowered(cast, planned)
    type(planned.target).objects.filter(pk=planned.target.pk).update(goal=Decimal(70))
    with pytest.raises(StaleWrite):
        amendment_confirm(actor=second(), amendment=made)


def test_the_database_keeps_a_change_as_it_was_proposed(cast, planned) -> None:
    made = lowered(cast, planned)
    rows = TargetAmendment.objects.filter(pk=made.pk)
    for change in (lambda: rows.update(after={}), lambda: rows.update(reason="另一个")):
        with pytest.raises(DatabaseError, match="decided on once"), transaction.atomic():
            change()
    amendment_confirm(actor=second(), amendment=made)
    with pytest.raises(DatabaseError, match="decided on once"), transaction.atomic():
        rows.update(state="refused")


def test_a_plan_that_has_ended_changes_no_more(cast, planned) -> None:
    actor, target, waits = cast.actor("authority"), planned.target, lowered(cast, planned)
    plan_end(actor=actor, plan=planned.plan, reason="期满")
    for act in (
        lambda: target_confirm(actor=actor, target=target, demand=demand_of(target, goal=Decimal(1))),
        lambda: target_drop(actor=actor, target=target, reason="x"),
        lambda: target_restore(actor=actor, target=target),
        lambda: target_add(actor=actor, plan=planned.plan, quote="培育诚信计量示范单位1000家"),
        lambda: plan_task_add(actor=actor, plan=planned.plan, title="x", units=["甲"]),
        lambda: amendment_propose(actor=actor, target=target, demand=None, reason="x"),
        lambda: amendment_confirm(actor=second(), amendment=waits),
    ):
        target.plan.refresh_from_db()
        with pytest.raises(Blocked):
            act()
    assert target in confirmed_of(planned.plan)


def test_the_pages_propose_and_decide(cast, planned) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.accounts["authority"], backend=CLIENT)
    target, plan = planned.target, planned.plan
    page = reverse("plan:confirm", args=[plan.pk]) + f"?at={target.pk}"
    form = client.get(page).context["form"]
    held = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: "" if value is None else value for name, value in held.items()}
    sent |= {"goal": "50", "reason": "上级调整", "seen": target.stamp}
    assert client.post(page, sent | {"reason": ""}).status_code == 422
    without = {name: value for name, value in sent.items() if name != "seen"}
    assert client.post(page, without).status_code == 422, "nobody overwrites what nobody has seen"
    assert client.post(page, sent).status_code == 302
    made = TargetAmendment.objects.get(state="proposed")
    told = client.get(reverse("plan:plan", args=[plan.pk])).content.decode()
    assert "goal changed from ≥ 98 % to ≥ 50 %" in told
    assert "Take back" in told
    refused = client.post(reverse("plan:amendment_confirm", args=[made.pk]), {"confirmed": "1"})
    assert refused.status_code in (403, 409, 422)
    assert (
        client.post(reverse("plan:amendment_refuse", args=[made.pk]), {"confirmed": "1", "reason": "收回"}).status_code
        == 302
    )
    assert (
        client.post(reverse("plan:goal_drop", args=[target.pk]), {"confirmed": "1", "reason": "取消"}).status_code
        == 302
    )
    assert TargetAmendment.objects.get(state="proposed").after == {}
