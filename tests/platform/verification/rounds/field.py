"""A market with stallholders, two verifiers, and what a device of theirs would send."""

import json
from dataclasses import dataclass, field
from typing import Any

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import begin
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.core.search import search_text
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState, Purpose, Regime
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.standards.models import MeasurementStandard
from hengliang.platform.standards.services import qualification_enter
from hengliang.platform.verification.models import Round, RoundPackage
from hengliang.platform.verification.rounds.package import deployment_name
from hengliang.platform.verification.rounds.wire import RESULTS, sealed
from hengliang.platform.verification.services import round_announce, round_file, round_take_out
from hengliang.trust import canonical
from tests.platform import slice as walk
from tests.platform.cast import BEGIN, NOW, Cast, make_account, make_organisation

SCALE = "procedure/price-scale"


@dataclass
class Market:
    """The market, its stalls, its scales, and the standard of the body."""

    cast: Cast
    market: Organisation
    stalls: list[Organisation]
    scales: list[Instrument]
    standard: MeasurementStandard

    def actor(self, name: str, at: Any = NOW) -> Actor:
        """An actor of the cast."""
        return self.cast.actor(name, at)


def make_market(cast: Cast, scales: int = 4, stalls: int = 2) -> Market:
    """A market of the county with its organiser's account, and a second verifier of the body."""
    with perform(Actor.system("cast", NOW), "organisation_enter", on=BEGIN) as act:
        act.subject = market = Organisation.objects.create(
            act=act, name="量县菜市场", region=cast.county, is_market=True, search_text="量县菜市场"
        )
    cast.accounts["market"] = make_account("market", Role.MARKET_ORGANISER, market)
    cast.accounts["second"] = make_account("second", Role.VERIFIER, cast.body)
    for name in ("market", "second"):
        cast.people[name] = cast.accounts[name].person
    holders = [make_organisation(f"量县第{n}摊", cast.county) for n in range(1, stalls + 1)]
    made = [scale_of(cast, market, holders[n % stalls], n) for n in range(scales)]
    standard = walk.equip(cast, cast.scale)
    qualification_enter(
        actor=cast.actor("manager"), person=cast.people["second"], body=cast.body, item=cast.scale, number="计检002",
        valid_from=walk.FIRST, valid_until=walk.LAST,
    )  # fmt: skip
    return Market(cast, market, holders, made, standard)


def scale_of(cast: Cast, market: Organisation, owner: Organisation, number: int) -> Instrument:
    """A scale of a stallholder in the market, in use and overdue."""
    code, serial = f"SC{number:04d}", f"2024{number:04d}"
    with perform(Actor.system("cast", NOW), "instrument_file", on=BEGIN) as act:
        act.subject = made = Instrument.objects.create(
            act=act, code=code, item=cast.scale, name="电子计价秤", serial_number=serial, model="ACS-30",
            manufacturer="衡城衡器有限公司", accuracy_class="III",
            details={"e": "5", "d": "5", "max": "15000", "min": "100"}, search_text=search_text(code, serial),
        )  # fmt: skip
        begin(
            InstrumentState, act=act, on=BEGIN, instrument=made, status=IN_USE, owner=owner, market=market,
            region=cast.county, purpose=Purpose.TRADE, regime=Regime.PERIODIC, body=cast.body, due_on=BEGIN,
            place=f"{owner.name}{number}号位", on_site=True, last_on=BEGIN, last_result="pass",
        )  # fmt: skip
    return made


def make_round(world: Market, *, announced: bool = True) -> Round:
    """A round through the whole market, filed by its organiser."""
    today = NOW.date()
    shown = round_file(
        actor=world.actor("market"), organiser=world.market, body=world.cast.body, starts_on=today, ends_on=today,
        instruments=world.scales,
    )  # fmt: skip
    if announced:
        round_announce(
            actor=world.actor("manager"), shown=shown, first=world.cast.people["verifier"],
            second=world.cast.people["second"],
        )  # fmt: skip
    return shown


@dataclass
class Device:
    """What a telephone does, without its screen."""

    world: Market
    shown: Round
    who: str
    name: str
    package: RoundPackage = field(init=False)
    entries: list[dict[str, Any]] = field(default_factory=list)
    signature: dict[str, str] | None = None

    def __post_init__(self) -> None:
        self.package = round_take_out(actor=self.world.actor(self.who), shown=self.shown, device=self.name)

    @property
    def content(self) -> Any:
        """The package as the device reads it."""
        return json.loads(self.package.content)

    def says(self, kind: str, at: int = 0, **more: Any) -> dict[str, Any]:
        """An entry about the line at that place of the route."""
        subject = more.pop("subject", None) or self.content["instruments"][at]["subject"]
        entry = {
            "sequence": len(self.entries) + 1, "subject": subject, "kind": kind, "day": NOW.date().isoformat(),
            "made_at": NOW.isoformat(),
        }  # fmt: skip
        self.entries.append(entry | more)
        return self.entries[-1]

    def measures(self, at: int = 0, verdict: str = "pass", **more: Any) -> dict[str, Any]:
        """A measured entry by a shipped worked example."""
        data = walk.example(SCALE, verdict, "2017-05-30")
        return self.says("measured", at, data=data, standards=[self.world.standard.pk], **more)

    def value(self) -> dict[str, Any]:
        """The results, unsealed."""
        value = {
            "format": RESULTS, "deployment": deployment_name(), "round": self.shown.pk, "package": self.package.sha256,
            "device": self.name, "person": self.package.person_id, "entries": self.entries,
        }  # fmt: skip
        return value | ({"signature": self.signature} if self.signature else {})

    def file(self, **changed: Any) -> bytes:
        """The file of results, with parts of it changed before it is sealed."""
        return canonical.write(sealed(self.value() | changed, self.package.secret))
