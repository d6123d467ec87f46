"""Designations: who may be designated, and which of them counts where."""

from datetime import date, timedelta

import pytest

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, NotPermitted
from hengliang.platform.core.models import Region
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.designations import designated
from hengliang.platform.standards.models import Authorisation, Designation
from hengliang.platform.standards.registers import designations_seen
from hengliang.platform.standards.services import (
    authorisation_end,
    authorisation_enter,
    designation_end,
    designation_make,
)
from tests.platform.cast import BEGIN, NOW, make_organisation, make_region

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
FOREVER = date(2035, 12, 31)


def authorise(cast, body, item=None, **told):
    return authorisation_enter(
        actor=cast.actor("authority"), body=body, item=item or cast.scale, number="授1",
        valid_from=told.pop("valid_from", BEGIN), valid_until=told.pop("valid_until", FOREVER), **told,
    )  # fmt: skip


def designate(cast, body, region, item=None, **told):
    return designation_make(
        actor=cast.actor("authority"), body=body, item=item or cast.scale, region=region, number="指1",
        valid_from=told.pop("valid_from", BEGIN), **told,
    )  # fmt: skip


@pytest.fixture
def county_body(cast):
    return make_organisation("量县计量检定所", cast.county, body=True)


def names(item, region, on=TODAY):
    return [row.body.name for row in designated(item, region.pk, on)]


def test_the_nearest_region_wins_and_others_go_to_the_city(cast, county_body):
    town = make_region("990121100", "量镇", Region.Level.TOWNSHIP, cast.county)
    for body in (cast.body, county_body):
        authorise(cast, body)
    designate(cast, cast.body, cast.city)
    assert names(cast.scale, town) == ["衡城市计量检定所"], "down the tree"
    nearer = designate(cast, county_body, cast.county)
    assert names(cast.scale, town) == ["量县计量检定所"]
    assert names(cast.scale, cast.city) == ["衡城市计量检定所"]
    assert names(cast.scale, cast.foreign_city) == []
    designation_end(actor=cast.actor("authority"), designation=nearer, on=TODAY, reason="撤销")
    assert names(cast.scale, town, TODAY - timedelta(days=1)) == ["量县计量检定所"], "the day before it still held"
    assert names(cast.scale, town) == ["衡城市计量检定所"]


def test_several_bodies_of_the_same_region_are_all_named(cast, county_body):
    for body in (cast.body, county_body):
        authorise(cast, body)
        designate(cast, body, cast.county)
    assert sorted(names(cast.scale, cast.county)) == ["衡城市计量检定所", "量县计量检定所"]


def test_a_family_designates_its_members_and_a_member_wins(cast, county_body):
    with perform(Actor.system("cast", NOW), "catalogue_load") as act:
        kind = CatalogueItem.objects.create(act=act, code="NAWI-X", name="秤甲", parent=cast.scale)
    for body in (cast.body, county_body):
        authorise(cast, body)
    designate(cast, cast.body, cast.county)
    assert names(kind, cast.county) == ["衡城市计量检定所"]
    designate(cast, county_body, cast.county, kind)
    assert names(kind, cast.county) == ["量县计量检定所"]


def test_who_is_not_authorised_that_day_does_not_count(cast, county_body):
    with pytest.raises(InputRefused, match="授权"):
        designate(cast, county_body, cast.county)
    paper = authorise(cast, county_body)
    designate(cast, county_body, cast.county)
    authorisation_end(actor=cast.actor("authority"), authorisation=paper, on=TODAY, reason="到期")
    assert names(cast.scale, cast.county, TODAY - timedelta(days=1)) == ["量县计量检定所"]
    assert names(cast.scale, cast.county) == []


def test_an_authorisation_for_a_region_holds_there_and_below(cast, county_body):
    authorise(cast, county_body, region=cast.county)
    with pytest.raises(InputRefused):
        designate(cast, county_body, cast.city)
    assert designate(cast, county_body, cast.county).pk


def test_a_manufacturer_is_nobodys_designated_body(cast, county_body):
    authorise(cast, county_body, kind=Authorisation.Kind.MANUFACTURER)
    with pytest.raises(InputRefused):
        designate(cast, county_body, cast.county)


def test_the_same_body_is_not_designated_twice_for_the_same(cast):
    authorise(cast, cast.body)
    first = designate(cast, cast.body, cast.county, valid_until=TODAY)
    with pytest.raises(InputRefused, match="已"):
        designate(cast, cast.body, cast.county, valid_from=TODAY)
    second = designate(cast, cast.body, cast.county, valid_from=TODAY + timedelta(days=1))
    assert (first.valid_to, second.valid_from) == (second.valid_from, first.valid_to)


def test_the_authority_designates_in_its_own_regions_only(cast):
    authorise(cast, cast.body)
    for who in ("foreign_authority", "manager", "owner", "auditor"):
        with pytest.raises(NotPermitted):
            designation_make(
                actor=cast.actor(who), body=cast.body, item=cast.scale, region=cast.county, number="指1",
                valid_from=TODAY,
            )  # fmt: skip
    assert not Designation.objects.exists()


def test_the_pages_and_who_sees_them(cast, client):
    authorise(cast, cast.body)
    made = designate(cast, cast.body, cast.county)
    for who, count in (("authority", 1), ("manager", 1), ("foreign_authority", 0), ("foreign_verifier", 0)):
        assert designations_seen(cast.actor(who), TODAY).count() == count, who
    client.force_login(cast.accounts["authority"], backend="django.contrib.auth.backends.ModelBackend")
    assert "量县" in client.get("/standards/designations/").content.decode()
    assert "指1" in client.get(f"/standards/designations/{made.pk}/").content.decode()
    told = {"body": cast.body.pk, "item": cast.dispenser.pk, "region": cast.county.pk, "number": "指2",
            "valid_from": "2026-03-02"}  # fmt: skip
    answer = client.post("/standards/designations/new/", told)
    assert answer.status_code == 422, "not authorised for dispensers"
    authorise(cast, cast.body, cast.dispenser)
    assert client.post("/standards/designations/new/", told).status_code == 302
    assert Designation.objects.get(number="指2").region == cast.county
