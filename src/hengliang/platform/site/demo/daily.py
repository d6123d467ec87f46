"""What daily work brings beside the rule: arbitrations whose result was told, one of which is not accepted; a scale
that was scrapped with its label on; conditions that were read wrongly, corrected by two people. Each is made once."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from hengliang.platform.certificates.models import Mark
from hengliang.platform.certificates.services import certificate_issue
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.services import instrument_scrap
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.site.demo.jobs import SCALE, measured, worked
from hengliang.platform.site.demo.work import staff
from hengliang.platform.site.demo.world import BODIES, World, not_lately
from hengliang.platform.verification.models import Arbitration, Record, Task
from hengliang.platform.verification.services import (
    Disputant,
    arbitration_appeal,
    arbitration_attend,
    arbitration_notify,
    arbitration_open,
    arbitration_result,
    conditions_amend,
    conditions_confirm,
)

COUNTY, AUTHORITY = "量县", "量县市场监督管理局"
PEOPLE = ("verifier", "reviewer", "approver")


def make_daily(world: World) -> None:
    """Each of them."""
    _told(world, 22, "顾客李某", "顾客称购买的猪肉短少二两。")
    if case := _told(world, 12, "顾客周某", "双方对电子秤的显示值有争议。"):
        _not_accepted(world, case)
    _scrapped(world)
    _corrected(world)


def _told(world: World, days: int, claimant: str, dispute: str) -> Arbitration | None:
    """An arbitration that the county had decided, and whose result both parties received."""
    free = InstrumentState.objects.on(world.actor.today).whole().filter(
        status=IN_USE, region=world.counties[COUNTY], instrument__item__code="NAWI-PRICE", body=world.bodies[BODIES[0]]
    )  # fmt: skip
    free = free.exclude(instrument__in=Task.objects.values("instrument")).select_related("instrument", "owner")
    entry = not_lately(free, world).order_by("due_on", "pk").first()
    if entry is None:
        return None
    opened = _county(world, days + 12)
    case = arbitration_open(
        actor=opened, instrument=entry.instrument, body=world.bodies[BODIES[0]], claimant=Disputant(claimant),
        respondent=Disputant(organisation=entry.owner), dispute=dispute, meets_on=opened.today + timedelta(days=6),
        place=entry.place or entry.owner.name,
    )  # fmt: skip
    arbitration_notify(actor=_county(world, days + 10), arbitration=case)
    for party in case.parties.select_related("arbitration__task"):
        arbitration_attend(actor=_county(world, days + 6), party=party, present=True, note="本人到场")
    record = measured(world, case.task, worked(SCALE), PEOPLE, days + 6)
    certificate_issue(actor=staff("approver", world, days + 4), record=record)
    case.refresh_from_db()
    day = _county(world, days).today
    arbitration_result(actor=_county(world, days), arbitration=case, received=_both(day))
    return case


def _both(day: date) -> dict[str, date]:
    return {"claimant": day, "respondent": day}


def _county(world: World, days: int) -> Actor:
    return Actor.system(AUTHORITY, _ago(world, days))


def _ago(world: World, days: int) -> datetime:
    return world.actor.at - timedelta(days=days)


def _not_accepted(world: World, case: Arbitration) -> None:
    """The customer applied in time to the city, which has to open the second."""
    city = Actor.system("衡城市市场监督管理局", _ago(world, 2))
    arbitration_appeal(actor=city, party=case.parties.get(side="claimant"), grounds="检定时未使用当日的电源和台面。")


def _scrapped(world: World) -> None:
    """A stallholder scrapped a scale without taking its label off."""
    carried = Mark.objects.filter(
        state="on_instrument", kind="label", certificate__isnull=False, instrument__states__status=IN_USE,
        instrument__states__valid_to=None, instrument__states__known_to=None,
    ).exclude(instrument__tasks__state__in=["applied", "waiting", "measured", "reviewed", "approved"])  # fmt: skip
    mark = carried.select_related("instrument", "certificate__owner").order_by("-pk").first()
    if mark is not None and mark.instrument is not None and mark.certificate is not None:
        actor = Actor.system(mark.certificate.owner.name, _ago(world, 0))
        instrument_scrap(actor=actor, instrument=mark.instrument, reason="换用新秤，旧秤报废")


def _corrected(world: World) -> None:
    """One correction is confirmed, another waits for the second person."""
    rows = Record.objects.filter(task__body=world.bodies[BODIES[0]], state="approved").select_related("task")
    for at, record in enumerate(rows.order_by("-pk")[:2]):
        made = conditions_amend(
            actor=staff("verifier", world, 1), record=record, temperature=Decimal("22.6"), humidity=Decimal(48),
            reason="温湿度计读错一位，按记录仪更正",
        )  # fmt: skip
        if at == 0:
            conditions_confirm(actor=staff("reviewer", world, 0), addendum=made)
