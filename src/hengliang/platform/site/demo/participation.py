"""What surrounds the city's plan: a consultation, a joint conference, weights for the districts, an assessment."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hengliang.platform.core.models import Region, RegionVersion
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Account, Organisation
from hengliang.platform.parties.selectors import actor_of
from hengliang.platform.parties.services import organisation_enter, role_assign
from hengliang.platform.plan.engine import is_computed
from hengliang.platform.plan.models import Conference, Plan, PlanTarget, Snapshot
from hengliang.platform.plan.services import (
    Resolved,
    Weighed,
    amendment_propose,
    assessment_commission,
    comment_answer,
    comment_enter,
    comment_publish,
    comment_withhold,
    conference_found,
    consultation_open,
    follow_up,
    meeting_hold,
    member_join,
    member_leave,
    practice_add,
    resolution_close,
    scoring_confirm,
    scoring_enter,
    target_opine,
)
from hengliang.platform.plan.services.demand import demand_on
from hengliang.platform.plan.suggestions import every_indicator
from hengliang.platform.site.demo.world import World, account

LEAD = "衡城市市场监督管理局"
ASSESSOR = "示例省计量科学研究院"
MEMBERS = ("市发展改革委", "市财政局", "市经济和信息化局", "市卫生健康委", "市商务局")


def make_participation(program: Actor, authority: Actor, world: World, plan: Plan) -> None:
    """One of each, with something in every state that a visitor should see."""
    _consultation(program, world.city)
    _conference(program, world.city)
    _weights(authority, plan)
    _change(program, plan)
    _assessor(program, world)


def _consultation(program: Actor, city: Region) -> None:
    """A draft that stands open, with a comment answered, one shown, one withheld and one not yet read."""
    today = program.today
    then = Actor.system("演示城市", program.at - timedelta(days=12))
    draft = consultation_open(
        actor=then, region=city, title="衡城市计量惠民三年行动方案(征求意见稿)", opens_on=today - timedelta(days=12),
        closes_on=today + timedelta(days=20), lead="请就免费检定范围、公平秤设置和企业帮扶措施提出意见。",
        clauses=[
            ("一", "免费检定范围扩大到社区卫生服务中心的血压计、体温计。"),
            ("二", "每个农贸市场至少设置2台公平秤,并公布复秤电话。"),
            ("三", "每年走访帮扶中小企业不少于200家。"),
        ],
    )  # fmt: skip
    clauses = list(draft.clauses.all())
    told = (
        (clauses[0], "建议把社区养老服务站的血压计也纳入免费检定。"),
        (clauses[1], "公平秤最好放在市场出口,并有中文操作说明。"),
        (None, "我的手机号是13800000000,请回电。"),
        (clauses[2], "帮扶应当包括充电桩运营企业。"),
    )
    made = [
        comment_enter(actor=program, consultation=draft, said=said, clause=clause, address=f"192.0.2.{place}")
        for place, (clause, said) in enumerate(told)
    ]
    for one in made[:2]:
        comment_publish(actor=program, comment=one, shown_text=one.said)
    comment_answer(actor=program, comment=made[0], accepted=True, answer="采纳,第一条增加“养老服务站”。")
    comment_withhold(actor=program, comment=made[2], reason="只含个人联系方式")


def _conference(program: Actor, city: Region) -> None:
    """Members of which one has left, two meetings; resolutions done, overdue and due soon."""
    today = program.today
    founded, first, second = (today - timedelta(days=days) for days in (500, 200, 40))
    conference = conference_found(actor=program, region=city, title="衡城市计量工作联席会议", basis="衡政办〔示例〕1号")
    own = Organisation.objects.get(name=LEAD)
    member_join(actor=program, conference=conference, name=LEAD, organisation=own, on=founded, part="convener")
    members = [member_join(actor=program, conference=conference, name=name, on=founded) for name in MEMBERS]
    _meeting(program, conference, "第一次全体会议", first, [
        Resolved("将计量标准建设经费列入年度预算", "市财政局", first + timedelta(days=90)),
        Resolved("核对重点用能单位名单", "市发展改革委", first + timedelta(days=120)),
    ])  # fmt: skip
    _meeting(program, conference, "第二次全体会议", second, [
        Resolved("提出医疗机构计量器具台账清理办法", "市卫生健康委", today + timedelta(days=5)),
        Resolved("通报受检率低于目标的县区", LEAD, today + timedelta(days=30)),
    ])  # fmt: skip
    done = conference.meetings.get(on=first).resolutions.get(unit="市财政局")
    follow_up(actor=program, resolution=done, on=first + timedelta(days=60), says="已列入预算,首批经费到位。")
    resolution_close(actor=program, resolution=done, reason="预算批复已核对")
    member_leave(actor=program, member=members[-1], on=second + timedelta(days=10), reason="机构职责调整")


def _meeting(program: Actor, conference: Conference, title: str, on: date, resolved: list[Resolved]) -> None:
    meeting_hold(
        actor=program, conference=conference, title=title, on=on, resolved=resolved,
        present=[LEAD, *MEMBERS], minutes="听取目标进展通报,研究下一步工作。",
    )  # fmt: skip


def _weights(authority: Actor, plan: Plan) -> None:
    """Weights in force, entered by the authority and confirmed by somebody else."""
    known = every_indicator()
    rows = [one for one in plan.targets.order_by("start", "pk")
            if one.state == "confirmed" and one.indicator in known and is_computed(known[one.indicator])]  # fmt: skip
    wanted = sorted((one for one in rows if one.within_id is None), key=lambda one: one.unit != "%")[:4]
    if wanted:
        whole = Decimal(100) // len(wanted)
        shares = [whole] * (len(wanted) - 1) + [Decimal(100) - whole * (len(wanted) - 1)]
        made = scoring_enter(
            actor=authority, plan=plan, remark="演示:四项各占四分之一",
            weights=[Weighed(one, share, _each(one)) for one, share in zip(wanted, shares, strict=True)],
        )  # fmt: skip
        colleague = actor_of(Account.objects.get(username="colleague"), authority.at)
        scoring_confirm(actor=colleague, scoring=made)


def _change(program: Actor, plan: Plan) -> None:
    """A change of a target that waits for a second person."""
    target = plan.targets.filter(state="confirmed", unit="项次", within=None).order_by("start").first()
    if target is not None and target.goal is not None:
        amendment_propose(
            actor=program, target=target, demand=replace(demand_on(target), goal=target.goal + 5),
            reason="演示:省级计量比对计划增加了5项次",
        )  # fmt: skip


def _each(target: PlanTarget) -> Decimal | None:
    """A tenth of the city's goal for each district, where it is a number of things."""
    return None if target.unit == "%" or target.goal is None else max(target.goal // 10, Decimal(1))


def _assessor(program: Actor, world: World) -> None:
    """The third party and its account."""
    province = RegionVersion.objects.on(program.today).get(name="示例省").region
    assessor = organisation_enter(actor=program, name=ASSESSOR, region=province)
    role_assign(actor=world.actor, account=account(world, "assessor", assessor), role=Role.ASSESSOR,
                organisation=assessor, on=program.today)  # fmt: skip


def make_assessment(program: Actor, snapshot: Snapshot) -> None:
    """Commissioned, with opinions on some of the targets: the assessor is at work."""
    assessor = Organisation.objects.get(name=ASSESSOR)
    made = assessment_commission(
        actor=program, snapshot=snapshot, kind="mid_term", assessor=assessor, due_on=program.today + timedelta(days=60)
    )
    figures = [one for one in snapshot.figures.select_related("target").order_by("target__start") if one.value]
    for figure in figures[:4]:
        target_opine(
            actor=program, assessment=made, target=figure.target, grade="largely",
            opinion="数据由台账计算,可追溯到每一台器具;建议补充县区分解进度。",
        )  # fmt: skip
    practice_add(
        actor=program, assessment=made, title="农贸市场电子秤集中检定", unit="衡城市计量检定测试所",
        text="按市场排日程,检定员进场集中检定,当日出具证书并公示,受检率明显提高。",
    )  # fmt: skip
