"""The city's own plan: written by us, for a city that does not exist. Some targets are computed, some are achievements,
some have no source yet."""

from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from hengliang.platform.core.models import Region
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Account, Organisation
from hengliang.platform.parties.selectors import actor_of
from hengliang.platform.plan.models import Achievement, Plan, PlanTarget
from hengliang.platform.plan.services import (
    Demand,
    achievement_confirm,
    achievement_enter,
    goal_rate,
    plan_adopt,
    plan_import,
    progress_report,
    snapshot_take,
    target_confirm,
)
from hengliang.platform.site.demo.participation import make_assessment, make_participation
from hengliang.platform.site.demo.world import BODIES, World

PAPER = b"%PDF-1.4\n% a fictional document of a fictional city\n1 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def make_plan(world: World) -> None:
    """The plan read, confirmed, in force; achievements, a report and a rating."""
    if Plan.objects.exists():  # made by the first stage of an earlier version
        return
    today = world.actor.today
    then = world.actor.at - timedelta(days=1)
    program = Actor.system("演示城市", then)
    plan = plan_import(actor=program, region=world.city, text=text_of(today.year), starts_on=date(today.year - 4, 1, 1))
    for target in plan.targets.order_by("start", "pk"):
        target_confirm(actor=program, target=target, demand=_as_read(target))
    plan_adopt(actor=program, plan=plan)
    _achievements(world, today.year)
    authority = actor_of(Account.objects.get(username="authority"), world.actor.at)
    task = plan.tasks.filter(units__organisation__name="衡城市市场监督管理局").first()
    if task is not None:
        task.plan.refresh_from_db()
        progress_report(
            actor=authority, task=task, unit=task.units.all()[0].name, on=today,
            says="已完成量值传递溯源体系现状调查，新增的3项社会公用计量标准列入明年建标计划。",
            files=[ContentFile(PAPER, name="调查报告.pdf")],
        )  # fmt: skip
    _rating(plan, authority, today)
    make_participation(program, authority, world, plan)


def freeze_plan(world: World) -> None:
    """A snapshot, and its assessment. Last of all: the load writes what was known weeks ago, and a snapshot taken
    before would no longer follow from the records."""
    plan = Plan.objects.order_by("pk").first()
    if plan is None or plan.snapshots.exists():
        return
    with transaction.atomic():
        authority = actor_of(Account.objects.get(username="authority"), timezone.now())
        on = authority.today - timedelta(days=1)
        snapshot = snapshot_take(actor=authority, plan=plan, title="演示：年中快照", on=on)
        make_assessment(Actor.system("演示城市"), snapshot)


def _as_read(target: PlanTarget) -> Demand:
    """What the program read, confirmed as it is."""
    if target.qualitative:
        return Demand(target.metric, target.mode, deadline=target.deadline, indicator="goal-rating")
    return Demand(
        target.metric, target.mode, target.firmness, target.comparator, target.goal, target.goal_upper, target.unit,
        target.deadline, target.indicator, target.within_id,
    )  # fmt: skip


def _achievements(world: World, year: int) -> None:
    manager = actor_of(Account.objects.get(username="manager"), world.actor.at)
    authority = actor_of(Account.objects.get(username="authority"), world.actor.at)
    body = world.bodies[BODIES[0]]
    rows = (
        (
            "industrial_centre",
            "provincial",
            "示例省衡器产业计量测试中心",
            f"示市监〔{year - 1}〕12号",
            date(year - 1, 5, 18),
        ),
        (
            "science_result",
            "provincial",
            "民用水表在线评价方法研究",
            f"示科验字〔{year - 1}〕31号",
            date(year - 1, 9, 2),
        ),
        ("culture_base", "municipal", "衡城市计量科普基地", f"衡科普〔{year}〕3号", date(year, 1, 6)),
        ("science_result", "municipal", "充电桩现场检定装置", f"衡科验字〔{year}〕2号", date(year, 1, 12)),
    )  # fmt: skip
    for place, (kind, level, name, number, day) in enumerate(rows):
        made = _enter(manager, kind, level, name, number, min(day, world.actor.today), body, world.city)
        if place + 1 < len(rows):  # the last one waits for its second person
            achievement_confirm(actor=authority, achievement=made)


def _enter(
    actor: Actor, kind: str, level: str, name: str, number: str, day: date, body: Organisation, region: Region
) -> Achievement:
    return achievement_enter(
        actor=actor, kind=kind, level=level, name=name, region=region, authority="示例省市场监督管理局",
        document_number=number, approved_on=day, organisation=body, file=ContentFile(PAPER, name="批准文件.pdf"),
    )  # fmt: skip


def _rating(plan: Plan, authority: Actor, today: date) -> None:
    goal = plan.targets.filter(mode="qualitative").order_by("start").first()
    if goal is not None:
        goal_rate(
            actor=authority, target=goal, on=today, grade="partly", reason="演示：年度自评",
            evidence="社会公用计量标准覆盖主要贸易结算项目；县级机构能力仍有空白。",
            dissent="斗县认为应评为“基本实现”。",
        )  # fmt: skip


def text_of(year: int) -> str:
    """The plan as its city would publish it, begun four years ago; one deadline has passed."""
    begins, middle, ends = year - 4, year - 1, year + 1
    return f"""衡城市计量发展规划({begins}—{ends}年)
(演示文本,城市与数据均为虚构)
一、主要目标
到{ends}年,全市现代先进测量体系基本建成,计量服务民生和产业的能力进入全省前列。
(一)量值传递溯源体系。到{ends}年,新建、改造社会公用计量标准60项以上;到{middle}年,新建、改造社会公用计量标准25项以上。
到{ends}年,全市社会公用计量标准总量达到150项以上。
(二)强制检定能力。到{ends}年,强制检定项目覆盖率达到60%以上,新增强制检定项目10项以上。强制检定受检率达到98%以上。
(三)产业计量服务。到{ends}年,新增省级产业计量测试中心1-2家,力争获批筹建国家级产业计量测试中心1家,累计服务企业1200家以上。
(四)计量科技与文化。到{ends}年,完成计量科技成果15项,建设计量文化基地3个。
(五)诚信计量与节能。到{ends}年,培育诚信计量示范单位100家,完成重点用能单位能源计量审查50家以上,开展计量比对20项次。
二、重点任务
(一)完善量值传递溯源体系。查清社会公用计量标准空白,制定建标计划。(市市场监管局牵头,市发展改革委、市财政局、各县区人民政府配合)
(二)提升民生计量保障水平。对集贸市场、加油站、医疗机构在用强制检定计量器具开展监督检查。(市市场监管局牵头,市卫生健康委、市商务局配合)
(三)服务绿色低碳发展。组织重点用能单位开展能源计量审查。(市发展改革委、市经济和信息化局、市市场监管局按职责分工负责)
三、保障措施
(一)加强组织领导。建立计量工作联席会议制度,定期通报目标进展。(市市场监管局牵头,联席会议各成员单位配合)
"""
