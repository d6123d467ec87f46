"""A plan with one of everything, for the tests that walk over all addresses."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile

from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Account
from hengliang.platform.plan.models import PlanTarget
from hengliang.platform.plan.services import (
    Demand,
    Resolved,
    Weighed,
    achievement_enter,
    amendment_propose,
    assessment_commission,
    comment_enter,
    conference_found,
    consultation_open,
    meeting_hold,
    member_join,
    plan_adopt,
    plan_import,
    scoring_enter,
    snapshot_take,
    target_confirm,
)
from hengliang.platform.plan.services.demand import demand_on
from tests.platform.cast import NOW, make_account

TEXT = """衡城市计量发展规划(2024—2027年)
一、主要目标
(一)到2027年,强制检定受检率达到98%以上,培育诚信计量示范单位1000家。
(二)到2027年,全市现代先进测量体系基本建成。
二、重点任务
(三)完善量值传递溯源体系。加强社会公用计量标准建设。(市市场监管局牵头,市财政局配合)
"""


def plan_of(cast: Any) -> SimpleNamespace:
    """A plan in force with targets, a task, an achievement that waits, and a snapshot."""
    actor = Actor.system("test", NOW)
    plan = plan_import(actor=actor, region=cast.city, text=TEXT)
    for one in plan.targets.all():
        demand = Demand(one.metric, one.mode, comparator=one.comparator, goal=one.goal, unit=one.unit,
                        deadline=one.deadline, indicator=one.indicator)  # fmt: skip
        target_confirm(actor=actor, target=one, demand=demand)
    plan_adopt(actor=actor, plan=plan)
    achievement = achievement_enter(
        actor=actor, kind="culture_base", level="municipal", name="计量科普基地", region=cast.city, authority="市科协",
        document_number="〔2025〕1号", approved_on=NOW.date(), file=ContentFile(b"%PDF-1.4", "批复.pdf"),
    )  # fmt: skip
    snapshot = snapshot_take(actor=actor, plan=plan, title="中期", on=NOW.date())
    more = participation_of(cast, actor, snapshot)
    target = plan.targets.get(indicator="tested-rate")
    scoring = scoring_enter(actor=actor, plan=plan, weights=[Weighed(target, Decimal(100))])
    amendment = amendment_propose(
        actor=actor, target=target, demand=demand_of(target, goal=Decimal(90)), reason="口径调整"
    )
    return SimpleNamespace(
        **more, amendment=amendment,
        plan=plan, target=target, scoring=scoring, goal=plan.targets.get(mode="qualitative"),
        task=plan.tasks.get(), achievement=achievement, snapshot=snapshot,
    )  # fmt: skip


def demand_of(target: PlanTarget, **changed: Any) -> Demand:
    """What a target demands, with something of it changed."""
    return replace(demand_on(target), **changed)


def participation_of(cast: Any, actor: Actor, snapshot: Any) -> dict[str, Any]:
    """A draft with a comment, a conference with a resolution, an assessment."""
    today = actor.today
    consultation = consultation_open(
        actor=actor, region=cast.city, title="征求意见稿", opens_on=today, closes_on=today + timedelta(days=30),
        clauses=[("一", "新建标准60项以上。")],
    )  # fmt: skip
    comment = comment_enter(actor=actor, consultation=consultation, said="偏少", address="192.0.2.1")
    conference = conference_found(actor=actor, region=cast.city, title="计量工作联席会议")
    member = member_join(actor=actor, conference=conference, name="市财政局", on=today)
    meeting = meeting_hold(
        actor=actor, conference=conference, title="会议", on=today, resolved=[Resolved("落实经费", "市财政局")]
    )
    if not Account.objects.filter(username="third_party").exists():
        make_account("third_party", Role.ASSESSOR, cast.foreign_enterprise)
    assessment = assessment_commission(
        actor=actor, snapshot=snapshot, kind="mid_term", assessor=cast.foreign_enterprise
    )
    return {
        "consultation": consultation, "comment": comment, "conference": conference, "member": member,
        "resolution": meeting.resolutions.get(), "assessment": assessment,
    }  # fmt: skip
