"""The counter of the city's body: instruments handed in and out, fees with an exemption and an invoice, working time,
and the statistics of the last month, prepared for signature."""

from datetime import timedelta
from decimal import Decimal

from hengliang.platform.parties.selectors import person_of
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.site.demo.work import staff
from hengliang.platform.site.demo.world import BODIES, METERS, World, not_lately
from hengliang.platform.supervision.services import statistics_check, statistics_prepare
from hengliang.platform.supervision.statistics import Period
from hengliang.platform.verification.models import Deposit, Fee, Record, Round, Task
from hengliang.platform.verification.services import (
    HandedIn,
    application_accept,
    application_submit,
    conditions_enter,
    fee_exempt,
    handover_receive,
    handover_return,
    handover_take,
    invoice_enter,
    invoice_prepare,
    worktime_enter,
)

BUYER_CODE = "91110000600037341L"  # a code whose check digit is right; the buyer is as fictional as the city
DAYS = 6


def make_counter(world: World) -> None:
    """A few days at the counter."""
    _slips(world)
    _paid_work(world)
    _times(world)
    _conditions(world)
    _statistics(world)


def _slips(world: World) -> None:
    """Waiting tasks, handed in by their owners: one goes back untested, one is in the laboratory."""
    manager = staff("manager", world, 0)
    waiting = Task.objects.filter(body=world.bodies[BODIES[0]], state="waiting", job="mandatory")
    tasks = list(waiting.select_related("owner", "body", "instrument").order_by("pk")[:4])
    deposits: list[Deposit] = []
    for task in tasks:
        piece = HandedIn(task, "外观完好", "电源线一根")
        deposits.append(handover_receive(actor=manager, pieces=[piece], brought_by="王海", phone="0550-0000000"))
    if len(deposits) > 1:
        first, second = deposits[:2]
        handover_return(actor=manager, deposit=first, pieces=list(first.pieces.all()), collected_by="王海")
        handover_take(actor=staff("verifier", world, 0), deposit=second, pieces=list(second.pieces.all()))


def _paid_work(world: World) -> None:
    """A calibration that is paid, let off in part, and on an invoice; another that waits for one."""
    manager, body = staff("manager", world, 0), world.bodies[BODIES[0]]
    rows = InstrumentState.objects.on(world.actor.today).filter(status=IN_USE, body=body, instrument__part_of=None)
    free = rows.exclude(instrument__tasks__state__in=["applied", "waiting", "measured", "reviewed", "approved"])
    free = free.exclude(instrument__item__code__startswith=METERS)
    for at, entry in enumerate(not_lately(free, world).select_related("instrument", "owner").order_by("pk")[:3]):
        asked = application_submit(
            actor=manager, applicant=entry.owner, instruments=[entry.instrument], body=body, job="calibration"
        )
        application_accept(actor=manager, application=asked)
        fee = Fee.objects.get(task__application=asked, standing=True)
        if at == 1:
            fee_exempt(actor=manager, fee=fee, ground="small", document="衡发改〔2025〕3号", reason="小微企业")
        elif at == 2:
            made = invoice_prepare(actor=manager, fees=[fee], code=BUYER_CODE)
            invoice_enter(actor=manager, invoice=made, invoice_number="24952000000012345678", invoiced_on=manager.today)


def _times(world: World) -> None:
    """The verifier's last days, on scales and dispensers."""
    body, verifier = world.bodies[BODIES[0]], staff("verifier", world, 0)
    person = person_of(verifier)
    rounds = list(Round.objects.filter(body=body, state__in=["out", "back", "closed"]).order_by("pk")[:1])
    for shown in rounds:
        worktime_enter(
            actor=verifier, body=body, person=person, worked_on=min(shown.ends_on, verifier.today),
            item=world.items["NAWI-PRICE"], pieces=shown.lines.count(), hours=Decimal("3.5"),
            travel_hours=Decimal("1.0"), kilometres=Decimal(24), visit=shown,
        )  # fmt: skip
    for ago in range(1, DAYS + 1):
        on_site = ago % 2 == 0
        worktime_enter(
            actor=verifier, body=body, person=person, worked_on=verifier.today - timedelta(days=ago),
            item=world.items["FUEL" if on_site else "NAWI-PRICE"], pieces=5 if on_site else 24, hours=Decimal("5.5"),
            travel_hours=Decimal("1.5") if on_site else Decimal(0), kilometres=Decimal(38) if on_site else Decimal(0),
            job="量县加油站" if on_site else "柜台送检",
        )  # fmt: skip


def _conditions(world: World) -> None:
    """The environment of the records that are not approved yet."""
    verifier = staff("verifier", world, 0)
    rows = Record.objects.filter(task__body=world.bodies[BODIES[0]], state__in=["submitted", "reviewed"])
    for record in rows.select_related("task"):
        conditions_enter(actor=verifier, record=record, temperature=Decimal("20.4"), humidity=Decimal(52))


def _statistics(world: World) -> None:
    """The month before last is signed, last month waits for its second signature."""
    manager, body = staff("manager", world, 0), world.bodies[BODIES[0]]
    last = manager.today.replace(day=1) - timedelta(days=1)
    before = last.replace(day=1) - timedelta(days=1)
    for day in (before, last):
        made = statistics_prepare(
            actor=manager, kind="monthly", period=Period.month(day.year, day.month), by="item", body=body
        )
        if day == before:
            statistics_check(actor=staff("approver", world, 0), filed=made)
