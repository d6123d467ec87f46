"""Every address that names an object, asked by a stranger of the same roles: another body of the same city, another
user of the same county, the authority of the next county. The object is not there: 404, to read it and to act on it.

The walk by role (`test_rights_walk`) takes any refusal. Here a refusal other than 404 is a leak, because it tells that
the object exists; and bodies of requests have the form that the interface describes, so that none is refused unread.
"""

from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseNotFound

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Region, begin
from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, REGIONAL, Actor, Role
from hengliang.platform.parties.models import Account, Organisation, RoleAssignment
from hengliang.platform.site import urls as site_urls
from tests.platform.cast import BEGIN, NOW, make_account, make_organisation, make_region
from tests.platform.site.plausible import JSON, bodies
from tests.platform.site.rights_walk import KINDS, NO_OBJECT, PROGRAM, SCOPED, address, longest, routes
from tests.platform.site.test_rights_walk import cast, client_of, norms_folder, stage, world  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
APPS = (
    "verification", "certificates", "registry", "ledger", "marks", "standards", "supervision", "exchange", "parties",
)  # fmt: skip


@pytest.fixture(scope="module")
def strangers(cast: Any, world: Any) -> None:  # noqa: F811
    """Who has every role, and has them elsewhere; and who has them where the objects are."""
    body = make_organisation("衡城市第二检定所", cast.city, body=True)
    shop = make_organisation("量县第三加油站", cast.county)
    county = make_region("990122", "尺县", 3, cast.city)
    bureau = make_organisation("尺县市场监督管理局", county)
    cast.accounts["stranger"] = everywhere("stranger", bureau, county, body, shop)
    cast.accounts["insider"] = everywhere("insider", cast.authority, cast.city, cast.body, cast.enterprise)


def everywhere(name: str, authority: Organisation, region: Region, body: Organisation, shop: Organisation) -> Account:
    """An account with all the roles of an authority, a body and a holder: what one of them sees, it sees."""
    account = make_account(name, Role.AUTHORITY, authority, region)
    give(account, REGIONAL - {Role.AUTHORITY}, authority, region)
    give(account, BODY_ROLES, body)
    give(account, HOLDER_ROLES, shop)
    return account


def give(account: Account, roles: frozenset[Role], organisation: Organisation, region: Region | None = None) -> None:
    """More roles for an account."""
    with perform(Actor.system("cast", NOW), "role_assign", on=BEGIN) as act:
        act.subject = account
        for role in sorted(roles):
            begin(
                RoleAssignment, act=act, on=BEGIN, account=account, role=role, organisation=organisation, region=region
            )


def with_objects() -> list[Any]:
    """The addresses of issue 3's apps and of the registers below them that name an object."""
    return [
        route
        for route in routes()
        if route.parameters
        and route.name.removeprefix("/api/v1/").startswith(APPS)
        and longest(KINDS, route.name) in (SCOPED, PROGRAM)
        and not route.name.startswith(NO_OBJECT)
    ]


def answers(who: str, cast: Any, world: Any) -> list[tuple[str, str, int]]:  # noqa: F811
    """Method, name of the address and status, for every way to knock at an object."""
    client, said, written = client_of(cast, who), [], bodies()
    for route in with_objects():
        path = address(route, lambda name: getattr(world, name))
        for method in ("get", "post", "put") if longest(KINDS, route.name) == PROGRAM else ("get", "post"):
            kind, value = written.get((described(route.prefix), method), (None, None))
            more = {"data": value, **({"content_type": JSON} if kind == JSON else {})} if kind else {}
            with transaction.atomic():
                answer = getattr(client, method)(path, **more)
                transaction.set_rollback(True)
            said.append((method, route.name, answer.status_code))
    return said


def described(prefix: str) -> str:
    """The address as the description of the interface has it: `{pk}` for `<int:pk>`."""
    return prefix.replace("<int:", "<").replace("<str:", "<").replace("<", "{").replace(">", "}")


@pytest.fixture
def plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is not there without its frame, which costs more than finding that out."""
    monkeypatch.setattr(site_urls, "handler404", lambda request, exception: HttpResponseNotFound(), raising=False)


def test_an_object_of_others_is_not_there(cast, world, strangers, plain_refusals):  # noqa: F811
    there = [one for one in answers("stranger", cast, world) if one[2] not in (404, 405)]
    assert there == []


def test_the_walk_knocks_at_objects_that_are_there(cast, world, strangers, plain_refusals):  # noqa: F811
    """To those whose objects they are each address answers something else than that nothing is there."""
    there = {name for _method, name, status in answers("insider", cast, world) if status not in (404, 405)}
    assert {route.name for route in with_objects()} - there == set()


def test_lists_searches_and_exports_of_strangers_name_nothing_of_ours(cast, world, strangers, plain_refusals):  # noqa: F811
    ours, client, leaks = ("SC0000", "SC0010", "量县加油站", "电子计价秤检定装置"), client_of(cast, "stranger"), []
    for route in routes():
        if route.parameters or longest(KINDS, route.name) not in (SCOPED, PROGRAM):
            continue
        for asked in ({}, {"q": "SC00"}):
            with transaction.atomic():
                answer = client.get(address(route, str), asked)
                text = b"".join(answer.streaming_content) if answer.streaming else answer.content
                transaction.set_rollback(True)
            leaks += [f"{route.name} {asked}: {name}" for name in ours if name.encode() in text]
    assert leaks == []
