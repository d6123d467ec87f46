"""The frame of the city: regions, authority, bodies with all that they need, accounts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Region, RegionVersion, begin
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Account, Organisation, Person
from hengliang.platform.parties.services import organisation_enter, role_assign
from hengliang.platform.registry.models import CatalogueItem, InstrumentState
from hengliang.platform.registry.services import catalogue_load
from hengliang.platform.site.demo.accounts import NAMES, OF_AUTHORITY, OF_BODY, PASSWORD
from hengliang.platform.site.demo.kinds import KINDS, Kind
from hengliang.platform.standards.models import MeasurementStandard, StandardCertificate
from hengliang.platform.standards.services import (
    authorisation_enter,
    designation_make,
    qualification_enter,
    standard_certificate_enter,
    standard_enter,
)

COUNTIES = (("990121", "量县", "Liang County"), ("990122", "斗县", "Dou County"),
            ("990102", "权区", "Quan District"), ("990103", "准区", "Zhun District"))  # fmt: skip
PAPERS = {
    StandardCertificate.Kind.PUBLIC: "〔{year}〕衡社量标证字第{number:03d}号",
    StandardCertificate.Kind.TRACEABILITY: "示例量值字第{year}{number:04d}号",
}
BODIES = (
    "衡城市计量检定测试所",
    "量县计量检定所",
    "斗县计量检定所",
    "权区计量检定站",
    "准区计量检定站",
    "衡城供电公司计量中心",
)
YEARS = 4
MONTH = 30
# A kind for which no body of the city is designated: nobody can verify it there.
UNSERVED = frozenset({"SOUND"})
# The institute of this county leaves the markets, stations and shops to the city's: that is where the rounds go.
LEFT_TO_CITY = {"量县计量检定所": frozenset({"NAWI-PRICE", "NAWI-DIGITAL", "FUEL"})}
LABORATORY = BODIES[-1]
METERS = "ELEC"


@dataclass
class World:
    """What the other parts of the demo stand on."""

    actor: Actor
    city: Region
    counties: dict[str, Region] = field(default_factory=dict)
    bodies: dict[str, Organisation] = field(default_factory=dict)
    items: dict[str, CatalogueItem] = field(default_factory=dict)


def make_world(actor: Actor) -> World:
    """What the first visitor needs: regions, organisations, accounts, and the city's own body with its standards."""
    since = _since(actor)
    province = _region(actor, "990000", "示例省", "Example Province", Region.Level.PROVINCE, None, since)
    city = _region(actor, "990100", "衡城市", "Hengcheng", Region.Level.CITY, province, since)
    world = World(actor, city)
    for code, name, name_en in COUNTIES:
        world.counties[name] = _region(actor, code, name, name_en, Region.Level.COUNTY, city, since)
    catalogue_load(actor=actor)
    world.items = {item.code: item for item in CatalogueItem.objects.all()}
    _parties(world, since)
    equip(world, BODIES[:1])
    return world


def _since(actor: Actor) -> date:
    return actor.today - timedelta(days=365 * YEARS)


def found_world(actor: Actor) -> World:
    """The world that an earlier stage made."""
    versions = {v.name: v.region for v in RegionVersion.objects.on(actor.today).select_related("region")}
    world = World(actor, versions["衡城市"], {name: versions[name] for _code, name, _en in COUNTIES})
    world.bodies = {body.name: body for body in Organisation.objects.filter(name__in=BODIES)}
    world.items = {item.code: item for item in CatalogueItem.objects.all()}
    return world


def not_lately(rows: QuerySet[InstrumentState], world: World) -> QuerySet[InstrumentState]:
    """Of entries, those that were not verified within the last month: what the story dates back would be before it."""
    return rows.exclude(last_on__gt=world.actor.today - timedelta(days=MONTH))


def _region(
    actor: Actor, code: str, name: str, name_en: str, level: Region.Level, parent: Region | None, since: date
) -> Region:
    with perform(actor, "region_enter", on=since) as act:
        act.subject = region = Region.objects.create(act=act, level=level)
        begin(RegionVersion, act=act, on=since, region=region, parent=parent, code=code, name=name, name_en=name_en)
        act.content = {"code": code, "name": name}
    return region


def _parties(world: World, since: date) -> None:
    actor, city = world.actor, world.city
    authority = organisation_enter(actor=actor, name="衡城市市场监督管理局", region=city)
    county = organisation_enter(actor=actor, name="量县市场监督管理局", region=world.counties["量县"])
    regions = [city, *world.counties.values(), city]
    for name, region in zip(BODIES, regions, strict=True):
        world.bodies[name] = organisation_enter(actor=actor, name=name, region=region, is_verification_body=True)
    for username, role in OF_AUTHORITY.items():
        role_assign(actor=actor, account=account(world, username, authority), role=role, organisation=authority,
                    region=city, on=since)  # fmt: skip
    role_assign(actor=actor, account=account(world, "county", county), role=Role.AUTHORITY, organisation=county,
                region=world.counties["量县"], on=since)  # fmt: skip
    body = world.bodies[BODIES[0]]
    for username, role in OF_BODY.items():
        role_assign(actor=actor, account=account(world, username, body), role=role, organisation=body, on=since)
    role_assign(actor=actor, account=account(world, "administrator", authority), role=Role.ADMINISTRATOR)


def account(world: World, username: str, organisation: Organisation) -> Account:
    """An account of the demo, with its person."""
    with perform(world.actor, "account_enter") as act:
        person = Person.objects.create(act=act, name=NAMES[username], organisation=organisation)
        act.subject = made = Account.objects.create(
            username=username, email=f"{username}@hengcheng.example", password=hashed_password(), person=person
        )
        act.content = {"username": username}
    return made


@cache
def hashed_password() -> str:
    """The one password of all, published on the start page: slow hashing once is enough."""
    return make_password(PASSWORD)


def _kinds_of(place: int) -> Sequence[Kind]:
    """The city's body verifies all kinds, the counties' some, the electricity company its meters."""
    if BODIES[place] == LABORATORY:
        return [kind for kind in KINDS if kind.item.startswith(METERS)]
    return KINDS if place == 0 else KINDS[: 12 - place]


def equip(world: World, names: Sequence[str]) -> None:
    """Give bodies their standards, certificates, authorisations and qualifications."""
    since, until = _since(world.actor), world.actor.today + timedelta(days=400)
    for name in names:
        place, body = BODIES.index(name), world.bodies[name]
        verifier = Person.objects.filter(organisation=body, accounts__username__endswith="verifier").first()
        for number, kind in enumerate(_kinds_of(place), start=1):
            item = world.items[kind.item]
            standard = standard_enter(
                actor=world.actor,
                organisation=body,
                name=f"{item.name}检定装置",
                level=MeasurementStandard.Level.PUBLIC,
                items=[item],
                code=f"BZ-{place + 1}-{number:02d}",
                measuring_range=kind.measuring_range,
                uncertainty="扩展不确定度不大于被检最大允许误差的 1/3（k=2）",
            )
            for paper in (StandardCertificate.Kind.PUBLIC, StandardCertificate.Kind.TRACEABILITY):
                standard_certificate_enter(
                    actor=world.actor, standard=standard, kind=paper, issuer="示例省计量科学研究院",
                    number=PAPERS[paper].format(year=since.year, number=standard.pk), valid_from=since,
                    valid_until=until,
                )  # fmt: skip
            authorisation_enter(
                actor=world.actor, body=body, item=item, number=f"（衡）法计〔{since.year}〕{place + 1:03d}号",
                valid_from=since, valid_until=until, kind="utility" if name == LABORATORY else "statutory",
            )  # fmt: skip
            if verifier is not None:
                qualification_enter(
                    actor=world.actor, person=verifier, body=body, item=item, number=f"计检{item.pk:05d}",
                    valid_from=since, valid_until=until,
                )  # fmt: skip


def designate(world: World, names: Sequence[str]) -> None:
    """Designate bodies for what they are authorised for, each in its own region; the meters are the laboratory's."""
    since = _since(world.actor)
    for name in names:
        place, body = BODIES.index(name), world.bodies[name]
        left = UNSERVED | LEFT_TO_CITY.get(name, frozenset())
        for kind in _kinds_of(place):
            if kind.item in left or (name != LABORATORY and kind.item.startswith(METERS)):
                continue
            designation_make(
                actor=world.actor, body=body, item=world.items[kind.item], region=body.region, valid_from=since,
                number=f"衡市监计量〔{since.year}〕{place + 1}号",
            )  # fmt: skip
