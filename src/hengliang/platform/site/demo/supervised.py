"""What the authority follows: orders in each state, reminders, and signs in the records that something does not fit."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db.models import QuerySet

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.services import certificate_issue
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services import instrument_accept, instrument_file
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.site.demo.agreed import PEOPLE, like
from hengliang.platform.site.demo.jobs import SCALE, measured, worked
from hengliang.platform.site.demo.work import staff
from hengliang.platform.site.demo.world import BODIES, World, not_lately
from hengliang.platform.supervision.services import (
    finding_explain,
    findings_search,
    order_close,
    order_withdraw,
    rectification_order,
    reminder_send,
)
from hengliang.platform.verification.delay import NOT_APPLIED, delayed
from hengliang.platform.verification.models import Task
from hengliang.platform.verification.services import application_accept, application_submit

CITY = "衡城市市场监督管理局"
PRICE = "NAWI-PRICE"


def make_supervised(world: World) -> None:
    """Orders, reminders and findings."""
    _ordered(world)
    _serial_twice(world)
    _two_counties(world)
    found = findings_search(actor=Actor.system("疑点检索", world.actor.at - timedelta(days=1)))
    places = [one for one in found if one.kind == "two_places"]
    for one in places[:1]:
        finding_explain(actor=_city(world, 0), finding=one, reason="两县相邻，上午、下午各检一处，已核对车辆行驶记录")


def _city(world: World, days: int) -> Actor:
    return Actor.system(CITY, world.actor.at - timedelta(days=days))


def _ordered(world: World) -> None:
    """Of the users that did not apply, some are reminded and some ordered: in time, over time, closed, withdrawn."""
    rows = delayed(InstrumentState.objects.current().whole(), [NOT_APPLIED], world.actor.today)
    late = rows.filter(due_on__lt=world.actor.today - timedelta(days=60)).select_related("instrument")
    found = [entry.instrument for entry in late.order_by("due_on", "pk")[:8]]
    reminder_send(actor=_city(world, 35), instruments=found, reason="检定到期，请尽快申请")
    reason = "经提醒仍未申请强制检定"
    former = rectification_order(actor=_city(world, 30), instruments=found[:3], days=10, reason=reason).orders
    rectification_order(actor=_city(world, 2), instruments=found[3:5], days=15, reason=reason)
    if len(former) == len(found[:3]) == 3:
        proof = ContentFile(b"%PDF-1.4\n%%EOF\n", name="停用封存照片说明.pdf")
        order_close(actor=_city(world, 9), order=former[0], reason="已停用封存，现场照片见附件", evidence=[proof])
        order_withdraw(actor=_city(world, 20), order=former[1], reason="器具已搬离本市，改由迁入地办理")


def _serial_twice(world: World) -> None:
    """Another user has a scale with maker, model and serial number of one that has a certificate: both proved."""
    proofs = Certificate.objects.filter(state="in_force", kind="certificate", instrument__item__code=PRICE)
    proof = proofs.select_related("instrument__item", "owner").order_by("pk").first()
    others = _scales(world).exclude(owner=proof.owner if proof else None)
    beside = others.first()
    if proof is None or beside is None:
        return
    made = instrument_file(
        actor=Actor.system(beside.owner.name, world.actor.at - timedelta(days=30)), item=proof.instrument.item,
        owner=beside.owner, region=beside.region, purpose=beside.purpose, body=beside.body, place=beside.place,
        serial_number=proof.instrument.serial_number, **like(proof.instrument),
    )  # fmt: skip
    instrument_accept(actor=_city(world, 29), instrument=made)
    _verified(world, [made], 6, on_site=False)


def _two_counties(world: World) -> None:
    """One verifier measured on site in two counties on one day."""
    of_county = {entry.region_id: entry.instrument for entry in _scales(world)}
    if len(of_county) > 1:
        _verified(world, list(of_county.values())[:2], 4, on_site=True)


def _scales(world: World) -> "QuerySet[InstrumentState]":
    free = InstrumentState.objects.on(world.actor.today).whole().under_control().filter(
        status=IN_USE, instrument__item__code=PRICE, body=world.bodies[BODIES[0]]
    ).exclude(instrument__in=Task.objects.values("instrument"))  # fmt: skip
    return not_lately(free, world).select_related("instrument", "owner", "region", "body").order_by("-due_on", "pk")


def _verified(world: World, instruments: Sequence[Instrument], days: int, *, on_site: bool) -> None:
    """Each is applied for, measured and proved on one day."""
    for instrument in instruments:
        owner = InstrumentState.objects.current().select_related("owner").get(instrument=instrument).owner
        application = application_submit(
            actor=Actor.system(owner.name, world.actor.at - timedelta(days=days + 3)), applicant=owner,
            instruments=[instrument], body=world.bodies[BODIES[0]], on_site=on_site,
        )  # fmt: skip
        application_accept(actor=staff("manager", world, days + 2), application=application)
        record = measured(world, application.tasks.get(), worked(SCALE), PEOPLE, days)
        certificate_issue(actor=staff("approver", world, days - 1), record=record)
