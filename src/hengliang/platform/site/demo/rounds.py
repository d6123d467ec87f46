"""Rounds of the city: a market that came back with a conflict, one that goes out today, a township planned, and
appointments: one whose day is confirmed, one whose day is to be confirmed, one that is only asked for."""

import base64
import struct
import zlib
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from math import sin
from typing import Any

from django.db.models import Count, F

from hengliang.norms.examples import examples
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Account, Organisation, Person, RoleAssignment
from hengliang.platform.parties.services import role_assign
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.site.demo.work import staff
from hengliang.platform.site.demo.world import BODIES, World, account, not_lately
from hengliang.platform.standards.models import Qualification
from hengliang.platform.standards.services import qualification_enter
from hengliang.platform.verification.models import Round, RoundInstrument, RoundPackage, Task
from hengliang.platform.verification.rounds.merge import subject_of_unknown
from hengliang.platform.verification.rounds.package import deployment_name
from hengliang.platform.verification.rounds.wire import RESULTS, sealed
from hengliang.platform.verification.services import (
    round_announce,
    round_confirm,
    round_file,
    round_plan,
    round_propose,
    round_return,
    round_synchronise,
    round_take_out,
)
from hengliang.trust import canonical

SCALE, PRICE = "procedure/price-scale", "NAWI-PRICE"
SECOND = "second_verifier"
AUTHORITY = "量县市场监督管理局"
MOST = 14
DISPENSERS, OF_HOSPITAL = ("FUEL", "GASFILL-CNG", "GASFILL-LNG"), ("ECG-MON", "ECG-REST")


def make_rounds(world: World) -> None:
    """One of each, where the ledger has instruments for it."""
    _second_verifier(world)
    _came_back(world)
    _goes_out(world)
    _appointments(world)
    _township(world)


def _second_verifier(world: World) -> None:
    """A colleague of the verifier, with the same qualifications."""
    body = world.bodies[BODIES[0]]
    made = account(world, SECOND, body)
    role_assign(
        actor=world.actor,
        account=made,
        role=Role.VERIFIER,
        organisation=body,
        on=world.actor.today - timedelta(days=400),
    )
    first = Account.objects.get(username="verifier").person
    until = world.actor.today + timedelta(days=400)
    for held in Qualification.objects.filter(person=first, body=body).select_related("item"):
        if made.person is not None:
            qualification_enter(
                actor=world.actor, person=made.person, body=body, item=held.item, number=f"{held.number}-2",
                valid_from=held.valid_from, valid_until=until,
            )  # fmt: skip


def _free(world: World, *items: str) -> Any:
    """What is in use with the city's body, has no open task and stands in no round, the first due first."""
    rows = InstrumentState.objects.current().whole().filter(status=IN_USE, body=world.bodies[BODIES[0]])
    rows = rows.filter(instrument__item__code__in=items).exclude(instrument__in=Task.objects.values("instrument"))
    rows = rows.exclude(instrument__in=RoundInstrument.objects.values("instrument"))
    return not_lately(rows, world).select_related("instrument", "owner").order_by("due_on", "pk")


def _of(rows: Any) -> list[Instrument]:
    return [row.instrument for row in rows[:MOST]]


def _announced(world: World, shown: Round, days: int) -> None:
    first, second = _two()
    round_announce(actor=staff("manager", world, days), shown=shown, first=first, second=second)


def _market(world: World, market: Organisation, days: int, ahead: int) -> Round | None:
    instruments = _of(_free(world, PRICE).filter(market=market))
    if len(instruments) < 4:
        return None
    then = Actor.system(market.name, world.actor.at - timedelta(days=days))
    day = then.today + timedelta(days=ahead)
    shown = round_file(
        actor=then, organiser=market, body=world.bodies[BODIES[0]], starts_on=day, ends_on=day,
        instruments=instruments, note="上午八点半在市场管理办公室集合",
    )  # fmt: skip
    _announced(world, shown, days - 1)
    return shown


def _came_back(world: World) -> None:
    held = RoleAssignment.objects.filter(role=Role.MARKET_ORGANISER).select_related("organisation").first()
    shown = _market(world, held.organisation, 6, 4) if held and held.organisation else None
    if shown is None:
        return
    one, two = Device(world, shown, "verifier", "0d3f7a61-1"), Device(world, shown, SECOND, "5b8e20c4-2")
    last = shown.lines.count() - 1
    for at in range(last):
        device = one if at % 2 else two
        if at == 2:
            device.measures(at, "fail")
        else:
            device.measures(at, "pass", label=f"HC{at:06d}")
    one.measures(0, "fail")
    two.says("absent", last)
    one.says(
        "unknown", subject=subject_of_unknown("2026-0188", "江淮电子秤厂", one.name, 1),
        unknown={"name": "电子计价秤", "item": PRICE, "serial": "2026-0188", "maker": "江淮电子秤厂", "model": "ACS-30",
                 "stall": "东门临时摊位", "user": ""},
    )  # fmt: skip
    one.signature = {"name": "何市", "png": _scrawl(), "at": one.moment}
    for device in (one, two):
        device.synchronises()
    round_return(actor=staff("manager", world, 1), shown=shown)


def _goes_out(world: World) -> None:
    markets = Organisation.objects.filter(is_market=True).order_by("pk")
    for market in markets:
        if Round.objects.filter(organiser=market).exists():
            continue
        if _market(world, market, 3, 3):
            return


def _township(world: World) -> None:
    region = world.counties["量县"]
    rows = _free(world, PRICE, "NAWI-DIGITAL", "FUEL").filter(region=region, due_on__isnull=False)
    instruments = _of(rows.order_by(F("market").asc(nulls_first=True), "due_on"))
    if not instruments:
        return
    then = Actor.system(AUTHORITY, world.actor.at - timedelta(days=2))
    day = world.actor.today + timedelta(days=5)
    round_plan(
        actor=then, kind=Round.Kind.TOWNSHIP, body=world.bodies[BODIES[0]], region=region, place="量县",
        starts_on=day, ends_on=day + timedelta(days=1), instruments=instruments, note="由预测中的本季建议安排",
    )  # fmt: skip


def _appointments(world: World) -> None:
    """At the station of `owner` the day is confirmed, at another it is proposed, a hospital has only asked."""
    held = RoleAssignment.objects.filter(role=Role.OWNER).select_related("organisation").first()
    station = held.organisation if held else None
    if station and (shown := _asked_for(world, station, "FUEL", note="请避开周一卸油")):
        _day_proposed(world, shown, 8)
        round_confirm(actor=Actor.system(station.name, world.actor.at - timedelta(days=1)), shown=shown)
    others = [_user(world, *DISPENSERS, beside=station), _user(world, *OF_HOSPITAL, beside=station)]
    if others[0] and (shown := _asked_for(world, others[0], *DISPENSERS)):
        _day_proposed(world, shown, 9)
    if others[1]:
        _asked_for(world, others[1], *OF_HOSPITAL, note="监护仪在病房使用，请下午来")


def _user(world: World, *items: str, beside: Organisation | None) -> Organisation | None:
    """Who has most of these."""
    rows = _free(world, *items).exclude(owner=beside).order_by().values("owner").annotate(pieces=Count("pk"))
    found = rows.order_by("-pieces", "owner").first()
    return Organisation.objects.get(pk=found["owner"]) if found else None


def _asked_for(world: World, user: Organisation, *items: str, note: str = "") -> Round | None:
    instruments = _of(_free(world, *items).filter(owner=user))
    if not instruments:
        return None
    then = Actor.system(user.name, world.actor.at - timedelta(days=4))
    day = then.today + timedelta(days=10)
    return round_file(
        actor=then, organiser=user, body=world.bodies[BODIES[0]], starts_on=day, ends_on=day, instruments=instruments,
        note=note,
    )  # fmt: skip


def _day_proposed(world: World, shown: Round, ahead: int) -> None:
    first, second = _two()
    day = world.actor.today + timedelta(days=ahead)
    round_propose(actor=staff("manager", world, 2), shown=shown, first=first, second=second, starts_on=day, ends_on=day)


def _two() -> tuple[Person, Person]:
    first, second = (Account.objects.get(username=name).person for name in ("verifier", SECOND))
    if first is None or second is None:
        raise LookupError(SECOND)
    return first, second


@dataclass
class Device:
    """What a telephone of a verifier sends, two days ago."""

    world: World
    shown: Round
    who: str
    name: str
    package: RoundPackage = field(init=False)
    entries: list[dict[str, Any]] = field(default_factory=list)
    signature: dict[str, str] | None = None

    def __post_init__(self) -> None:
        self.actor = staff(self.who, self.world, 2)
        self.package = round_take_out(actor=self.actor, shown=self.shown, device=self.name)
        self.lines = canonical.read(self.package.content.encode())["instruments"]
        self._minutes = count(7, 7)

    @property
    def moment(self) -> str:
        """The next moment of its day."""
        return (self.actor.at + timedelta(minutes=next(self._minutes))).isoformat()

    def says(self, kind: str, at: int = 0, *, subject: str = "", **more: Any) -> None:
        """An entry about the line at that place of the route."""
        told = {
            "sequence": len(self.entries) + 1, "subject": subject or self.lines[at]["subject"], "kind": kind,
            "day": self.actor.today.isoformat(), "made_at": self.moment,
        }  # fmt: skip
        self.entries.append(told | more)

    def measures(self, at: int, verdict: str, **more: Any) -> None:
        """A measured entry by a worked example of the rule."""
        fitting = [e for e in examples() if e.procedure == SCALE and e.verdict == verdict]
        newest = max(e.edition for e in fitting if e.edition <= self.actor.today.isoformat())
        data = deepcopy(next(dict(e.record) for e in fitting if e.edition == newest))
        data["regime"] = self.lines[at]["regime"]
        standards = [one["id"] for one in canonical.read(self.package.content.encode())["standards"]]
        self.says("measured", at, data=data, standards=standards[:1], **more)

    def synchronises(self) -> None:
        """Its file of results reaches the platform."""
        value = {
            "format": RESULTS, "deployment": deployment_name(), "round": self.shown.pk, "package": self.package.sha256,
            "device": self.name, "person": self.package.person_id, "entries": self.entries,
        } | ({"signature": self.signature} if self.signature else {})  # fmt: skip
        content = canonical.write(sealed(value, self.package.secret))
        round_synchronise(actor=self.actor, shown=self.shown, content=content)


def _scrawl() -> str:
    """A signature as a picture: a stroke that goes up and down."""
    wide, high = 300, 120
    rows = [bytearray(b"\xff" * wide) for _row in range(high)]
    heights = [60 + round(34 * sin(x / 9) * sin(x / 41) * (1 - x / 400)) for x in range(wide)]
    for x in range(20, 280):
        low, top = sorted(heights[x - 1 : x + 1])
        for y in range(low, top + 3):
            rows[y][x] = 0

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(png).decode()
