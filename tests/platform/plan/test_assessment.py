"""A third party assesses a plan on a snapshot; opinions stand beside figures and move none."""

import pytest
from django.utils.translation import override

from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted
from hengliang.platform.core.rights import Role, right_of
from hengliang.platform.parties.models import Account, RoleAssignment
from hengliang.platform.plan.models import PlanAssessment, TaskUnit
from hengliang.platform.plan.services import (
    assessment_accept,
    assessment_commission,
    assessment_return,
    assessment_submit,
    plan_adopt,
    plan_import,
    plan_task_add,
    practice_add,
    snapshot_take,
    target_confirm,
    target_opine,
)
from hengliang.platform.plan.services.demand import Demand
from tests.platform.cast import make_account

pytestmark = pytest.mark.django_db
TEXT = "衡城市计量发展规划(2024—2027年)\n一、目标\n到2027年,强制检定受检率达到98%以上。\n二、任务\n加强检定工作。\n"


@pytest.fixture(autouse=True)
def english(language):
    with override("en"):
        yield


@pytest.fixture
def assessor(cast) -> Account:
    account = make_account("assessor", Role.ASSESSOR, cast.foreign_enterprise)
    cast.accounts["assessor"] = account
    return account


@pytest.fixture
def assessment(cast, assessor) -> PlanAssessment:
    authority = cast.actor("authority")
    plan = plan_import(actor=authority, region=cast.city, text=TEXT)
    for one in plan.targets.all():
        demand = Demand(
            metric=one.metric, mode=one.mode, firmness=one.firmness, comparator=one.comparator, goal=one.goal,
            goal_upper=one.goal_upper, unit=one.unit, deadline=one.deadline, indicator="",
        )  # fmt: skip
        target_confirm(actor=authority, target=one, demand=demand)
    plan_adopt(actor=authority, plan=plan)
    snapshot = snapshot_take(actor=authority, plan=plan, title="中期", on=authority.today)
    return assessment_commission(actor=authority, snapshot=snapshot, kind="mid_term", assessor=cast.foreign_enterprise)


def test_an_assessment_from_commission_to_acceptance(cast, assessment) -> None:
    authority, third = cast.actor("authority"), cast.actor("assessor")
    figure = assessment.snapshot.figures.get()
    with pytest.raises(Blocked, match="1 targets"):
        assessment_submit(actor=third, assessment=assessment, conclusion="总体良好")
    target_opine(actor=third, assessment=assessment, target=figure.target, grade="largely", opinion="进展符合预期")
    practice_add(actor=third, assessment=assessment, title="集中检定", unit="市计量所", text="下乡集中检定。")
    assert assessment_submit(actor=third, assessment=assessment, conclusion="总体良好").state == "submitted"
    with pytest.raises(Blocked, match="no longer"):
        target_opine(actor=third, assessment=assessment, target=figure.target, grade="not", opinion="改口")
    assert assessment_return(actor=authority, assessment=assessment, reason="补充依据").state == "in_work"
    assessment_submit(actor=third, assessment=assessment, conclusion="总体良好,依据见附件")
    assert assessment_accept(actor=authority, assessment=assessment, reason="专家评审通过").state == "accepted"
    before = (figure.value, figure.status)
    figure.refresh_from_db()
    assert (figure.value, figure.status) == before


def test_who_may_and_who_may_not(cast, assessment) -> None:
    target = assessment.snapshot.figures.get().target
    for name in ("authority", "administrator", "owner", "foreign_authority"):
        with pytest.raises(NotPermitted):
            target_opine(actor=cast.actor(name), assessment=assessment, target=target, grade="reached", opinion="好")
    with pytest.raises(NotPermitted):
        assessment_accept(actor=cast.actor("assessor"), assessment=assessment, reason="自己通过")
    assert PlanAssessment.objects.visible_to(cast.actor("assessor")).get() == assessment
    assert not PlanAssessment.objects.visible_to(cast.actor("foreign_owner")).exists()


def test_who_carries_out_the_plan_does_not_assess_it(cast, assessment) -> None:
    with pytest.raises(InputRefused, match="third party"):
        assessment_commission(
            actor=cast.actor("authority"), snapshot=assessment.snapshot, kind="final", assessor=cast.authority
        )


def test_only_an_organisation_with_the_role_of_an_assessor_is_asked(cast, assessment) -> None:
    """The form offers only those; the act itself refuses all others, and one whose role has ended."""
    ask = {"actor": cast.actor("authority"), "snapshot": assessment.snapshot, "kind": "final"}
    with pytest.raises(InputRefused, match="no role of an assessor") as refused:
        assessment_commission(**ask, assessor=cast.enterprise)
    assert refused.value.code == "no_assessor"
    RoleAssignment.objects.filter(role=Role.ASSESSOR).update(known_to=cast.actor("authority").at)
    with pytest.raises(InputRefused, match="no role of an assessor"):
        assessment_commission(**ask, assessor=cast.foreign_enterprise)


def test_an_assessor_of_another_assessment_has_no_right_here(cast, assessment) -> None:
    other = make_account("other_assessor", Role.ASSESSOR, cast.enterprise)
    cast.accounts["other_assessor"] = other
    target = assessment.snapshot.figures.get().target
    stranger = cast.actor("other_assessor")
    assert not PlanAssessment.objects.visible_to(stranger).exists()
    with pytest.raises(NotPermitted):
        target_opine(actor=stranger, assessment=assessment, target=target, grade="reached", opinion="好")
    with pytest.raises(NotPermitted):
        practice_add(actor=stranger, assessment=assessment, title="甲", unit="乙", text="丙")
    with pytest.raises(NotPermitted):
        assessment_submit(actor=stranger, assessment=assessment, conclusion="好")


def test_an_assessor_who_was_given_a_task_since_is_no_third_party_any_more(cast, assessment) -> None:
    plan, third = assessment.plan, cast.actor("assessor")
    plan_task_add(
        actor=cast.actor("authority"), plan=plan, title="开展检定", units=[cast.foreign_enterprise.name], due_on=None
    )
    TaskUnit.objects.filter(task__plan=plan).update(organisation=cast.foreign_enterprise)
    target = assessment.snapshot.figures.get().target
    with pytest.raises(Blocked, match="names you now"):
        target_opine(actor=third, assessment=assessment, target=target, grade="reached", opinion="好")
    with pytest.raises(Blocked, match="names you now"):
        assessment_submit(actor=third, assessment=assessment, conclusion="好")


def test_rating_a_goal_of_the_plan_is_no_right_of_an_assessor() -> None:
    assert Role.ASSESSOR not in right_of("goal_rate").roles
