"""A third party assesses a plan on a snapshot; opinions stand beside figures and move none."""

import pytest
from django.utils.translation import override

from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted
from hengliang.platform.core.rights import Role
from hengliang.platform.parties.models import Account
from hengliang.platform.plan.models import PlanAssessment
from hengliang.platform.plan.services import (
    assessment_accept,
    assessment_commission,
    assessment_return,
    assessment_submit,
    plan_adopt,
    plan_import,
    practice_add,
    snapshot_take,
    target_confirm,
    target_opine,
)
from hengliang.platform.plan.services.target_confirm import Demand
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
