"""What a customer and a body agree on: a voluntary verification, a test, a calibration that states conformity."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hengliang.platform.certificates.services import certificate_issue
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentState, Purpose
from hengliang.platform.registry.services import instrument_accept, instrument_file
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.site.demo.jobs import SCALE, measured, worked
from hengliang.platform.site.demo.work import staff
from hengliang.platform.site.demo.world import BODIES, World
from hengliang.platform.verification.services import application_accept, application_submit, decision_agree

PEOPLE = ("verifier", "reviewer", "approver")
SAME = ("name", "model", "manufacturer", "accuracy_class", "measuring_range", "range_low", "range_high", "range_unit")


def make_agreed(world: World) -> None:
    """Each of them once, for scales that a user keeps for its own control."""
    if (entry := _scale(world)) is None:
        return
    _done(world, _own(world, entry, 1), "voluntary", fee=Decimal(80))
    _done(world, _own(world, entry, 2), "testing", fee=Decimal(150), note="申请检测示值误差并出具检测报告")
    _done(
        world, _own(world, entry, 3), "calibration", rule="guarded", fee=Decimal(200), agreed_months=12,
        note="申请校准并给出符合性声明",
    )  # fmt: skip


def like(instrument: Instrument) -> dict[str, Any]:
    """What another instrument of the same make has in common with it."""
    return {name: getattr(instrument, name) for name in SAME}


def _scale(world: World) -> InstrumentState | None:
    rows = InstrumentState.objects.on(world.actor.today).whole().filter(
        status=IN_USE, instrument__item__code="NAWI-PRICE", body=world.bodies[BODIES[0]]
    )  # fmt: skip
    return rows.select_related("instrument__item", "owner", "region").order_by("pk").first()


def _own(world: World, entry: InstrumentState, number: int) -> Instrument:
    """One more of the same make, used for the user's own control and not under mandatory verification."""
    then = Actor.system(entry.owner.name, world.actor.at - timedelta(days=40))
    made = instrument_file(
        actor=then, item=entry.instrument.item, owner=entry.owner, region=entry.region, purpose=Purpose.OTHER,
        mandatory=False, place="仓库复秤处", serial_number=f"FC-{number:03d}", **like(entry.instrument),
    )  # fmt: skip
    instrument_accept(actor=Actor.system("衡城市市场监督管理局", then.at + timedelta(days=1)), instrument=made)
    return made


def _done(world: World, instrument: Instrument, job: str, *, rule: str = "", **told: Any) -> None:
    """Applied for, agreed, measured and issued; by a rule only where one is agreed."""
    owner = InstrumentState.objects.current().select_related("owner").get(instrument=instrument).owner
    application = application_submit(
        actor=Actor.system(owner.name, world.actor.at - timedelta(days=12)), applicant=owner,
        instruments=[instrument], body=world.bodies[BODIES[0]], job=job, **told,
    )  # fmt: skip
    application_accept(actor=staff("manager", world, 11), application=application)
    data = worked(SCALE)
    if job != "voluntary":
        data["items"] = {"error": [row | {"_u": "0.5"} for row in data["items"]["error"]]}
    if rule:
        decision_agree(actor=staff("manager", world, 11), application=application, rule=rule, agreement="委托书第 3 条")
    record = measured(world, application.tasks.get(), data, PEOPLE, 8)
    certificate_issue(actor=staff("approver", world, 7), record=record)
