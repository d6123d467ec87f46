"""Disputes and what becomes of them: a day moved with notice anew, an agreement before the verification, a mediation on
the result; and a verification whose instrument changed its user in the middle."""

from datetime import timedelta

from hengliang.platform.certificates.services import certificate_issue
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.services import instrument_transfer
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.site.demo.jobs import SCALE, measured, worked
from hengliang.platform.site.demo.work import staff
from hengliang.platform.site.demo.world import BODIES, World, not_lately
from hengliang.platform.verification.models import Arbitration, Task
from hengliang.platform.verification.services import (
    Consent,
    Disputant,
    application_accept,
    application_submit,
    arbitration_attend,
    arbitration_mediate,
    arbitration_move,
    arbitration_notify,
    arbitration_open,
    arbitration_result,
    mediation_fail,
    mediation_open,
)

COUNTY, AUTHORITY = "量县", "量县市场监督管理局"
PEOPLE = ("verifier", "reviewer", "approver")
MEDIATORS = "周科长、吴某（计量科）"


def make_disputes(world: World) -> None:
    """Each of them once, where the ledger has a scale for it."""
    for make in (_moved, _agreed_before, _mediated_on_the_result, _mediation_that_failed, _user_changed):
        make(world)


def _at(world: World, days: int) -> Actor:
    return Actor.system(AUTHORITY, world.actor.at - timedelta(days=days))


def _scale(world: World) -> InstrumentState | None:
    """A price scale of the county that nothing else is told of."""
    rows = InstrumentState.objects.on(world.actor.today).whole().filter(
        status=IN_USE, region=world.counties[COUNTY], instrument__item__code="NAWI-PRICE", body=world.bodies[BODIES[0]]
    )  # fmt: skip
    free = rows.exclude(instrument__in=Task.objects.values("instrument")).select_related("instrument", "owner")
    return not_lately(free, world).order_by("due_on", "pk").first()


def _opened(world: World, days: int, claimant: str, dispute: str, demand: str) -> Arbitration | None:
    """A dispute of a customer that the county accepted so many days ago, for a day a week later."""
    entry = _scale(world)
    if entry is None:
        return None
    opened = _at(world, days)
    case = arbitration_open(
        actor=opened, instrument=entry.instrument, body=world.bodies[BODIES[0]],
        claimant=Disputant(claimant, None, "量县东街社区", ""),
        respondent=Disputant(organisation=entry.owner, representative="赵某，经营者"), dispute=dispute,
        meets_on=opened.today + timedelta(days=6), place=entry.place or entry.owner.name, demand=demand,
        evidence="购物小票一张、复称照片两张",
    )  # fmt: skip
    arbitration_notify(actor=_at(world, days - 2), arbitration=case)
    return case


def _moved(world: World) -> None:
    """The respondent was away: another day, and both notified anew."""
    case = _opened(world, 8, "顾客郑某", "顾客称购买的茶叶短少一两。", "查明秤是否准确，补足短少部分")
    if case is not None:
        arbitration_move(
            actor=_at(world, 3), arbitration=case, meets_on=world.actor.today + timedelta(days=5), place=case.place,
            reason="被申请人因病住院，书面请求延期",
        )  # fmt: skip
        arbitration_notify(actor=_at(world, 1), arbitration=case)


def _agreed_before(world: World) -> None:
    """Both agreed before the day of the verification."""
    case = _opened(world, 15, "顾客王某", "顾客称购买的排骨短少约二百克。", "退还差价")
    if case is None:
        return
    _begun(world, 12, case, "both")
    _agree(
        world, 11, case, facts="双方对一笔交易的重量有争议，被申请人承认称量时未归零，愿承担责任。",
        agreement="被申请人退还差价 18 元并当面致歉，申请人不再要求检定。", claimant="不再主张其他赔偿，不承担费用",
        respondent="退还差价 18 元；调解不收费，无其他费用",
    )  # fmt: skip


def _mediated_on_the_result(world: World) -> None:
    """The scale was found in order; on that result both settled who pays what."""
    case = _decided(world, 30, "顾客冯某", "顾客称电子秤显示偏重，连续三次交易短少。", "赔偿损失 200 元")
    if case is None:
        return
    _begun(world, 18, case, "claimant")
    _agree(
        world, 16, case, facts="经仲裁检定，电子计价秤合格；短少系包装物计入重量所致，被申请人未说明，负次要责任。",
        agreement="双方接受仲裁检定结果。被申请人补偿申请人 60 元，此后称量时扣除包装物重量。",
        claimant="承担仲裁检定费的一半", respondent="补偿 60 元，承担仲裁检定费的一半",
    )  # fmt: skip


def _mediation_that_failed(world: World) -> None:
    """No agreement: the term of the second runs on."""
    case = _decided(world, 24, "顾客陈某", "顾客对称量结果有异议。", "退货退款")
    if case is None:
        return
    _begun(world, 12, case, "respondent")
    mediation_fail(
        actor=_at(world, 10), arbitration=case, on=_at(world, 10).today, reason="双方对责任比例各执一词，未达成协议"
    )


def _decided(world: World, days: int, claimant: str, dispute: str, demand: str) -> Arbitration | None:
    """A dispute that was verified, and whose result both received ten days after it was accepted."""
    case = _opened(world, days, claimant, dispute, demand)
    if case is None:
        return None
    for party in case.parties.select_related("arbitration__task"):
        arbitration_attend(actor=_at(world, days - 6), party=party, present=True, note="本人到场")
    record = measured(world, case.task, worked(SCALE), PEOPLE, days - 6)
    certificate_issue(actor=staff("approver", world, days - 8), record=record)
    case.refresh_from_db()
    told = _at(world, days - 10)
    arbitration_result(actor=told, arbitration=case, received={"claimant": told.today, "respondent": told.today})
    return case


def _begun(world: World, days: int, case: Arbitration, asked_by: str) -> None:
    actor = _at(world, days)
    mediation_open(
        actor=actor, arbitration=case, asked_by=asked_by, written=asked_by != "both", mediators=MEDIATORS,
        on=actor.today,
    )  # fmt: skip


def _agree(
    world: World, days: int, case: Arbitration, *, facts: str, agreement: str, claimant: str, respondent: str
) -> None:
    actor = _at(world, days)
    names = {party.side: party.name for party in case.parties.all()}
    arbitration_mediate(
        actor=actor, arbitration=case, agreement=agreement, facts=facts, on=actor.today,
        perform_by=actor.today + timedelta(days=7),
        consents={
            "claimant": Consent(names["claimant"], claimant),
            "respondent": Consent("赵某", respondent, "赵某，经营者"),
        },
    )  # fmt: skip


def _user_changed(world: World) -> None:
    """A scale that was applied for and accepted, and then went to another stallholder."""
    entry = _scale(world)
    taker = _other_user(world, entry)
    if entry is None or taker is None:
        return
    owner = Actor.system(entry.owner.name, world.actor.at - timedelta(days=6))
    application = application_submit(actor=owner, applicant=entry.owner, instruments=[entry.instrument])
    if application.body is None:
        return
    body = Actor.system(application.body.name, world.actor.at - timedelta(days=5))
    application_accept(actor=body, application=application)
    instrument_transfer(
        actor=_at(world, 2), instrument=entry.instrument, owner=taker, reason="摊位转让，秤随摊位移交"
    )  # fmt: skip


def _other_user(world: World, entry: InstrumentState | None) -> Organisation | None:
    if entry is None:
        return None
    here = InstrumentState.objects.current().whole().filter(region=entry.region_id, status=IN_USE)
    other = here.exclude(owner=entry.owner_id).select_related("owner").order_by("owner", "pk").first()
    return other.owner if other else None
