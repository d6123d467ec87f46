"""One of each kind of job, so that every page of them has something to show: calibration, arbitration, re-test, an
application without a body."""

from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hengliang.norms.examples import examples
from hengliang.platform.certificates.services import certificate_issue
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.services import role_assign
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.services import instrument_file, instrument_return
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.site.demo.accounts import OF_LABORATORY
from hengliang.platform.site.demo.work import staff
from hengliang.platform.site.demo.world import (
    BODIES,
    LABORATORY,
    UNSERVED,
    World,
    account,
    designate,
    equip,
    not_lately,
)
from hengliang.platform.standards.selectors import standards_for
from hengliang.platform.verification.models import Record, Task
from hengliang.platform.verification.services import (
    Disputant,
    application_accept,
    application_submit,
    arbitration_notify,
    arbitration_open,
    record_approve,
    record_review,
    record_submit,
    retest_conclude,
    retest_order,
    task_regime_change,
)

METER, SCALE = "procedure/electricity-meter", "procedure/price-scale"


def make_jobs(world: World) -> None:
    """Each of them once, where the ledger has an instrument for it."""
    for make in (_calibration, _arbitration, _retest, _without_a_body, _late_body, _in_work, _returned):
        make(world)


def _entry(world: World, *items: str) -> InstrumentState | None:
    rows = InstrumentState.objects.on(world.actor.today).whole().filter(status=IN_USE, instrument__item__code__in=items)
    free = rows.exclude(instrument__in=Task.objects.values("instrument")).select_related("instrument__item", "owner")
    return not_lately(free, world).order_by("-due_on", "pk").first()


def _applied(world: World, entry: InstrumentState, days: int, **told: Any) -> Any:
    owner = Actor.system(entry.owner.name, world.actor.at - timedelta(days=days))
    return application_submit(actor=owner, applicant=entry.owner, instruments=[entry.instrument], **told)


def _calibration(world: World) -> None:
    entry = _entry(world, "NAWI-PRICE")
    if entry is None:
        return
    body, data = world.bodies[BODIES[0]], worked(SCALE)
    application = _applied(
        world, entry, 9, body=body, job="calibration", agreed_months=12, fee=Decimal(200), note="质量体系要求校准"
    )
    application_accept(actor=staff("manager", world, 8), application=application)
    data["items"] = {"error": [row | {"_u": "0.5"} for row in data["items"]["error"]]}
    record = measured(world, application.tasks.get(), data, ("verifier", "reviewer", "approver"), 6)
    certificate_issue(actor=staff("approver", world, 5), record=record)


def _arbitration(world: World) -> None:
    entry = _entry(world, "NAWI-PRICE")
    if entry is None:
        return
    case = arbitration_open(
        actor=Actor.system("衡城市市场监督管理局", world.actor.at - timedelta(days=4)), instrument=entry.instrument,
        body=world.bodies[BODIES[0]], claimant=Disputant("顾客张某"), respondent=Disputant(organisation=entry.owner),
        dispute="顾客称购买的水果短少约半斤，双方对秤的准确度有争议。",
        meets_on=world.actor.today + timedelta(days=6), place=entry.place or entry.owner.name,
    )  # fmt: skip
    arbitration_notify(actor=Actor.system("衡城市市场监督管理局", world.actor.at - timedelta(days=2)), arbitration=case)


def _retest(world: World) -> None:
    """The electricity company verified a meter; the city's body finds it half a percent off."""
    entry = _entry(world, "ELEC-02S")
    if entry is None:
        return
    laboratory, body = world.bodies[LABORATORY], world.bodies[BODIES[0]]
    for username, role in OF_LABORATORY.items():
        role_assign(actor=world.actor, account=account(world, username, laboratory), role=role,
                    organisation=laboratory, on=world.actor.today - timedelta(days=365))  # fmt: skip
    equip(world, [LABORATORY])
    designate(world, [LABORATORY])
    data = _errors(worked(METER, "0.5S"), Decimal("0.4"))
    application = _applied(world, entry, 30)
    application_accept(actor=staff("meter_manager", world, 29), application=application)
    first = measured(world, application.tasks.get(), data, tuple(OF_LABORATORY), 25)
    certificate_issue(actor=staff("meter_approver", world, 24), record=first)
    authority = Actor.system("衡城市市场监督管理局", world.actor.at - timedelta(days=10))
    order = retest_order(actor=authority, record=first, body=body, reason="授权实验室年度飞行检查")
    shifted = _errors(data, Decimal("1.1"))
    for run in shifted["items"]["error"][0]["runs"]:
        run["value"] = str(Decimal(run["value"]) + Decimal("0.5"))
    measured(world, order.task, shifted, ("verifier", "reviewer", "approver"), 5)
    retest_conclude(actor=Actor.system(authority.name, world.actor.at - timedelta(days=3)), retest=order)


def _errors(data: dict[str, Any], times: Decimal) -> dict[str, Any]:
    """The record with its errors so many times as large: a worked example stands at the very edge of its limits."""
    scaled = deepcopy(data)
    for point in scaled["items"]["error"]:
        for run in point["runs"]:
            run["value"] = str((Decimal(run["value"]) * times).quantize(Decimal("0.001")))
    return scaled


def _without_a_body(world: World) -> None:
    entry = _entry(world, *UNSERVED)
    if entry is not None:
        _applied(world, entry, 3, note="本市无机构承担，请指定")


def _overdue(world: World, least: int, most: int) -> InstrumentState | None:
    """Something overdue by so many days that nobody applied for, and that the city's body can verify."""
    today = world.actor.today
    rows = InstrumentState.objects.on(today).whole().under_control().filter(body=world.bodies[BODIES[0]])
    rows = rows.filter(due_on__gte=today - timedelta(days=most), due_on__lt=today - timedelta(days=least))
    free = rows.exclude(last_result="fail").exclude(instrument__in=Task.objects.values("instrument"))
    return not_lately(free, world).select_related("instrument__item", "owner").order_by("due_on", "pk").first()


def _late_body(world: World) -> None:
    """Applied for in time, accepted, and not done within the term."""
    if entry := _overdue(world, 40, 400):
        days = (world.actor.today - entry.due_on).days if entry.due_on else 0
        application = _applied(world, entry, days + 3, body=world.bodies[BODIES[0]])
        application_accept(actor=staff("manager", world, days + 1), application=application)


def _in_work(world: World) -> None:
    """Applied for on the day due, a few days ago."""
    if (entry := _overdue(world, 0, 12)) and entry.due_on:
        days = (world.actor.today - entry.due_on).days
        _applied(world, entry, days, body=world.bodies[BODIES[0]])


def _returned(world: World) -> None:
    """A filing that was returned a month ago and not filed again."""
    entry = _entry(world, "NAWI-DIGITAL")
    if entry is None:
        return
    then = Actor.system(entry.owner.name, world.actor.at - timedelta(days=35))
    made = instrument_file(
        actor=then, item=entry.instrument.item, owner=entry.owner, region=entry.region, purpose=entry.purpose,
        place=entry.place, serial_number="TCS-无铭牌", manufacturer="江淮电子秤厂", model="TCS-60",
        name=entry.instrument.item.name,
    )  # fmt: skip
    later = Actor.system("衡城市市场监督管理局", world.actor.at - timedelta(days=30))
    instrument_return(actor=later, instrument=made, reason="出厂编号与铭牌照片不符，请核对后重新备案")


def worked(procedure: str, accuracy: str = "") -> dict[str, Any]:
    """The record of a worked example that passes."""
    fitting = [
        e
        for e in examples()
        if e.procedure == procedure and e.verdict == "pass"
        and (not accuracy or e.record["instrument"].get("accuracy_class") == accuracy)
    ]  # fmt: skip
    return deepcopy(dict(fitting[0].record))


def measured(world: World, task: Task, data: dict[str, Any], people: tuple[str, ...], days: int) -> Record:
    """An approved record of a waiting task."""
    verifier = staff(people[0], world, days)
    if data["regime"] != task.regime:
        task_regime_change(actor=verifier, task=task, regime=data["regime"], reason="经查铭牌与检定标记确定")
    record = record_submit(
        actor=verifier, task=task, data=data, verified_on=verifier.today,
        standards=list(standards_for(task.placed_body, task.instrument.item)[:1]), place="实验室",
    )  # fmt: skip
    record_review(actor=staff(people[1], world, days), record=record)
    record_approve(actor=staff(people[2], world, days), record=record)
    return record
