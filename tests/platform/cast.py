"""The cast of the platform's tests: one region tree, one authority, one enterprise, one body with three people."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Region, RegionVersion, begin
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Account, Organisation, OrganisationVersion, Person, RoleAssignment
from hengliang.platform.parties.selectors import actor_of
from hengliang.platform.registry.models import CatalogueItem

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BEGIN = date(2020, 1, 1)
PASSWORD = "measure-for-measure"


@dataclass(frozen=True)
class Cast:
    """Who plays. Each account's user name is its role; the foreign ones live in another city."""

    city: Region
    county: Region
    foreign_city: Region
    authority: Organisation
    enterprise: Organisation
    body: Organisation
    foreign_enterprise: Organisation
    scale: CatalogueItem
    dispenser: CatalogueItem
    accounts: dict[str, Account]
    people: dict[str, Person]

    def actor(self, name: str, at: datetime = NOW) -> Actor:
        """The actor of an account by its user name: `cast.actor("verifier")`."""
        return actor_of(self.accounts[name], at)


def make_region(code: str, name: str, level: int, parent: Region | None = None) -> Region:
    """A region of the test country."""
    with perform(Actor.system("cast", NOW), "region_enter", on=BEGIN) as act:
        act.subject = region = Region.objects.create(act=act, level=level)
        begin(RegionVersion, act=act, on=BEGIN, region=region, parent=parent, code=code, name=name)
    return region


def make_organisation(name: str, region: Region, credit_code: str | None = None, *, body: bool = False) -> Organisation:
    """An organisation of the test country."""
    with perform(Actor.system("cast", NOW), "organisation_enter", on=BEGIN) as act:
        act.subject = made = Organisation.objects.create(
            act=act, name=name, region=region, credit_code=credit_code, is_verification_body=body, search_text=name
        )
        begin(OrganisationVersion, act=act, on=BEGIN, organisation=made, name=name, region=region)
    return made


def make_account(username: str, role: Role, organisation: Organisation, region: Region | None = None) -> Account:
    """An account with one role."""
    with perform(Actor.system("cast", NOW), "account_enter", on=BEGIN) as act:
        person = Person.objects.create(act=act, name=username, organisation=organisation)
        account = Account.objects.create_user(username, f"{username}@example.org", PASSWORD, person=person)
        act.subject = account
        begin(RoleAssignment, act=act, on=BEGIN, account=account, role=role, organisation=organisation, region=region)
    return account


def make_cast() -> Cast:
    """Everybody, in the database."""
    province = make_region("990000", "示例省", Region.Level.PROVINCE)
    city = make_region("990100", "衡城市", Region.Level.CITY, province)
    county = make_region("990121", "量县", Region.Level.COUNTY, city)
    foreign_city = make_region("990200", "邻城市", Region.Level.CITY, province)
    authority = make_organisation("衡城市市场监督管理局", city)
    enterprise = make_organisation("量县加油站", county, "91990121MA00000016")
    body = make_organisation("衡城市计量检定所", city, body=True)
    foreign_authority = make_organisation("邻城市市场监督管理局", foreign_city)
    foreign_enterprise = make_organisation("邻城超市", foreign_city)
    foreign_body = make_organisation("邻城市计量检定所", foreign_city, body=True)
    accounts = {
        account.username: account
        for account in (
            make_account("authority", Role.AUTHORITY, authority, city),
            make_account("auditor", Role.AUDITOR, authority, city),
            make_account("owner", Role.OWNER, enterprise),
            make_account("manager", Role.BODY_MANAGER, body),
            make_account("verifier", Role.VERIFIER, body),
            make_account("reviewer", Role.REVIEWER, body),
            make_account("approver", Role.APPROVER, body),
            make_account("administrator", Role.ADMINISTRATOR, authority),
            make_account("foreign_authority", Role.AUTHORITY, foreign_authority, foreign_city),
            make_account("foreign_owner", Role.OWNER, foreign_enterprise),
            make_account("foreign_verifier", Role.VERIFIER, foreign_body),
        )
    }
    with perform(Actor.system("cast", NOW), "catalogue_load", on=BEGIN) as act:
        scale = CatalogueItem.objects.create(act=act, code="NAWI-PRICE", name="电子计价秤")
        dispenser = CatalogueItem.objects.create(act=act, code="FUEL", name="燃油加油机")
    people = {account.username: account.person for account in accounts.values() if account.person}
    return Cast(
        city, county, foreign_city, authority, enterprise, body, foreign_enterprise, scale, dispenser, accounts, people
    )
