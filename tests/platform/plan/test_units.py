"""Whom a task means: organisations of the region, above and below it, by the names that they have or had."""

import pytest

from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Organisation
from hengliang.platform.parties.services import organisation_revise, organisation_succeed
from hengliang.platform.plan.models import Plan, TaskUnit
from hengliang.platform.plan.services import (
    Demand,
    assessment_commission,
    plan_adopt,
    plan_import,
    plan_task_add,
    plan_task_correct,
    snapshot_take,
    target_confirm,
    target_opine,
)
from hengliang.platform.plan.services.units import match_units
from tests.platform.cast import NOW, make_account, make_organisation

pytestmark = pytest.mark.django_db
TEXT = """量县计量行动方案（2024—2027年）
一、目标
到2027年，强制检定受检率达到98%以上。
二、任务
（一）摸清空白。开展计量需求调查。（县发展改革局牵头，示例省计量科学研究院配合）
"""


@pytest.fixture
def province(cast):
    return RegionVersion.objects.get(code="990000").region


@pytest.fixture
def institute(cast, province) -> Organisation:
    made = make_organisation("示例省计量科学研究院", province)
    cast.accounts["assessor"] = make_account("assessor", Role.ASSESSOR, made)
    return made


def county_plan(cast, text: str = TEXT) -> Plan:
    return plan_import(actor=Actor.system("test", NOW), region=cast.county, text=text)


def in_force(plan: Plan) -> Plan:
    actor = Actor.system("test", NOW)
    for one in plan.targets.all():
        demand = Demand(one.metric, one.mode, comparator=one.comparator, goal=one.goal, unit=one.unit,
                        deadline=one.deadline, indicator=one.indicator)  # fmt: skip
        target_confirm(actor=actor, target=one, demand=demand)
    return plan_adopt(actor=actor, plan=plan)


def organisation_of(plan: Plan, name: str) -> int | None:
    return TaskUnit.objects.get(task__plan=plan, name=name).organisation_id


def test_an_organisation_above_the_region_is_the_one_that_the_task_names(cast, institute) -> None:
    plan = county_plan(cast)
    assert organisation_of(plan, "示例省计量科学研究院") == institute.pk
    assert {name: one for name, _role, one in match_units(["省计量院", "市市场监管局"], plan)} == {
        "省计量院": institute.pk, "市市场监管局": cast.authority.pk
    }  # fmt: skip


def test_one_of_another_city_is_found_by_its_whole_name_only(cast) -> None:
    told = match_units(["邻城市市场监督管理局", "邻城市市场监管局"], county_plan(cast))
    assert [bool(one[2]) for one in told] == [True, False]


def test_a_unit_named_twice_stands_once(cast) -> None:
    plan = county_plan(cast)
    made = plan_task_add(actor=Actor.system("test", NOW), plan=plan, title="甲", units=["县局", "县局 ", "县所"])
    assert list(made.units.values_list("name", "role")) == [("县局", "lead"), ("县所", "joint")]
    assert [one[:2] for one in match_units(["县局", "县局"], plan)] == [("县局", "lead")]


def test_a_former_name_leads_to_the_organisation(cast, institute) -> None:
    actor = Actor.system("test", NOW)
    organisation_revise(actor=actor, organisation=institute, on=actor.today, reason="更名", name="示例省计量测试中心")
    assert organisation_of(county_plan(cast), "示例省计量科学研究院") == institute.pk


def assessed(cast, institute: Organisation, *, named: str):
    """The earlier trial's case: who assesses lies above the region of the plan, and a task names it."""
    actor = Actor.system("test", NOW)
    plan = in_force(county_plan(cast, TEXT.replace("，示例省计量科学研究院配合", "")))
    snapshot = snapshot_take(actor=actor, plan=plan, title="中期", on=actor.today)
    made = assessment_commission(actor=actor, snapshot=snapshot, kind="mid_term", assessor=institute)
    plan_task_add(actor=actor, plan=plan, title="摸清空白", units=["县发展改革局", named])
    return made


@pytest.mark.parametrize("named", ["示例省计量科学研究院", "省计量科学研究院", "省计量院"])
def test_who_is_named_from_below_is_no_third_party(cast, institute, named) -> None:
    made = assessed(cast, institute, named=named)
    with pytest.raises(Blocked) as blocked:
        target_opine(actor=cast.actor("assessor"), assessment=made, target=made.snapshot.figures.get().target,
                     grade="reached", opinion="好")  # fmt: skip
    assert blocked.value.code == "assessor_carries_out"
    with pytest.raises(InputRefused) as refused:
        assessment_commission(actor=Actor.system("test", NOW), snapshot=made.snapshot, kind="final", assessor=institute)
    assert refused.value.code == "assessor_concerned"


def test_who_is_named_before_anybody_knew_it_is_no_third_party(cast, province) -> None:
    """The task was written with a name only; the organisation came later, and took over from another."""
    plan = county_plan(cast)
    late = make_organisation("示例省计量科学研究院", province)
    assert organisation_of(plan, late.name) is None
    heir = make_organisation("示例省质量研究院", province)
    make_account("heir", Role.ASSESSOR, heir)
    make_account("late", Role.ASSESSOR, late)
    organisation_succeed(
        actor=Actor.system("test", NOW), predecessor=late, successor=heir, on=NOW.date(), reason="合并"
    )
    actor = Actor.system("test", NOW)
    snapshot = snapshot_take(actor=actor, plan=in_force(plan), title="中期", on=actor.today)
    for assessor in (late, heir):
        with pytest.raises(InputRefused) as refused:
            assessment_commission(actor=actor, snapshot=snapshot, kind="final", assessor=assessor)
        assert refused.value.code == "assessor_concerned"


def test_a_corrected_task_keeps_its_organisations(cast, institute) -> None:
    plan = county_plan(cast)
    task = plan.tasks.get()
    names = [one.name for one in task.units.all()]
    plan_task_correct(
        actor=Actor.system("test", NOW), task=task, title=task.title, units=match_units(names, plan), starts_on=None,
        due_on=task.due_on,
    )  # fmt: skip
    assert organisation_of(plan, "示例省计量科学研究院") == institute.pk
