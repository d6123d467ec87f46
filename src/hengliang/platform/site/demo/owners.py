"""The organisations of the city that use instruments."""

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Role
from hengliang.platform.core.search import search_text
from hengliang.platform.parties.models import Account, Organisation, OrganisationVersion
from hengliang.platform.parties.services import role_assign
from hengliang.platform.site.demo import names
from hengliang.platform.site.demo.world import World, account

SHARES = {
    "market": 4, "stall": 52, "shop": 14, "works": 12, "station": 5, "charging": 2, "hospital": 6, "optician": 2,
    "taxi": 1, "water": 1, "gas": 1, "power": 0, "police": 0, "lab": 0,
}  # fmt: skip
# The first of these stands where the fuel dispensers are left to the city's body: it asks for an appointment.
HOME, AT_HOME = "量县", frozenset({"station"})
CODES = {"量县": "990121", "斗县": "990122", "权区": "990102", "准区": "990103"}


def make_owners(world: World, rng: Random, count: int) -> dict[str, list[Organisation]]:
    """`count` organisations by kind, at least one of each; stalls belong to the markets of their county."""
    kinds = [kind for kind, share in SHARES.items() for _ in range(max(1, share * count // 100))][:count]
    rows: list[Organisation] = []
    kept: list[tuple[str, str]] = []
    with perform(world.actor, "demo_load", on=world.actor.today - timedelta(days=1200)) as act:
        for kind in kinds:
            county = rng.choice(list(world.counties))
            if kind in AT_HOME and kind not in {known for known, _county in kept}:
                county = HOME
            name = _stall(rng, county) if kind == "stall" else names.organisation(rng, kind, county)
            code = names.credit_code(rng, CODES[county])
            rows.append(
                Organisation(
                    act=act, name=name, credit_code=code, region=world.counties[county], is_market=kind == "market",
                    search_text=search_text(name, code),
                )
            )  # fmt: skip
            kept.append((kind, county))
        made = Organisation.objects.bulk_create(rows, batch_size=2000)
        OrganisationVersion.objects.bulk_create(
            [
                OrganisationVersion(
                    act=act, organisation=one, name=one.name, region=one.region, address=names.address(rng, county),
                    contact=names.person(rng), telephone=f"0999-{rng.randint(2000000, 8999999)}",
                    valid_from=act.on, known_from=act.at,
                )
                for one, (_kind, county) in zip(made, kept, strict=True)
            ],
            batch_size=2000,
        )  # fmt: skip
        act.tables = (Organisation, OrganisationVersion)
        act.content = {"organisations": len(made)}
    found: dict[str, list[Organisation]] = {}
    for one, (kind, _county) in zip(made, kept, strict=True):
        found.setdefault(kind, []).append(one)
    return found


def _stall(rng: Random, county: str) -> str:
    return f"{county}{names.person(rng)}{rng.choice(('水果', '蔬菜', '水产', '肉类', '干货'))}摊"


def give_accounts(world: World, owners: dict[str, list[Organisation]]) -> None:
    """The owner's and the market organiser's accounts, at the first station and the first market."""
    for username, kind, role in (("owner", "station", Role.OWNER), ("market", "market", Role.MARKET_ORGANISER)):
        if not Account.objects.filter(username=username).exists():
            place = owners[kind][0]
            role_assign(actor=world.actor, account=account(world, username, place), role=role, organisation=place)


def in_region(markets: Iterable[Organisation], stall: Organisation) -> Organisation | None:
    """A market in the county of a stall."""
    return next((market for market in markets if market.region_id == stall.region_id), None)
