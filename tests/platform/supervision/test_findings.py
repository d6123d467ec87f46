"""Signs that records don't fit: found once, in the right region, and looked into by the authority."""

from datetime import date

import pytest
from django.urls import reverse

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import NotPermitted, TransitionRefused
from hengliang.platform.parties.models import Invitation
from hengliang.platform.registry.models import Instrument
from hengliang.platform.supervision.models import Finding
from hengliang.platform.supervision.services import (
    finding_explain,
    finding_reopen,
    finding_uphold,
    findings_search,
)
from hengliang.platform.supervision.tasks import search_findings
from hengliang.platform.verification.models import Application, Task
from hengliang.platform.verification.services import record_review
from tests.platform import slice as walk
from tests.platform.cast import make_region

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def proved(cast, settings):
    """Scales of a given serial number, each with its certificate."""
    settings.TRAINING = True
    standard, data = walk.equip(cast, cast.scale), walk.example("procedure/price-scale", "pass")

    def make(*codes, serial="S1"):
        made = [walk.make_instrument(cast, code, cast.scale, "电子计价秤") for code in codes]
        Instrument.objects.filter(pk__in=[one.pk for one in made]).update(
            serial_number=serial, manufacturer="示例衡器厂", model="ACS-30"
        )
        return [walk.certify(cast, task, standard, data) for task in walk.apply_for(cast, *made)]

    return make


@pytest.fixture
def measured(cast):
    """So many records of one verifier on one day."""
    standard, data = walk.equip(cast, cast.scale), walk.example("procedure/price-scale", "pass")

    def make(count):
        made = [walk.make_instrument(cast, f"M{number:03d}", cast.scale, "电子计价秤") for number in range(count)]
        return [walk.measure(cast, task, standard, data) for task in walk.apply_for(cast, *made)]

    return make


def test_one_serial_number_on_two_proved_instruments(cast, proved):
    proved("A1", serial="s-77")
    assert findings_search(actor=cast.actor("authority")) == ()
    proved("A2", serial="S-77")  # spelling does not make another instrument of it
    (found,) = findings_search(actor=cast.actor("authority"))
    assert (found.kind, found.state, found.region_id) == ("serial_twice", "open", cast.county.pk)
    assert {row["instrument"] for row in found.facts["rows"]} == {"A1", "A2"}


def test_what_was_found_is_not_found_again(cast, proved):
    proved("A1", "A2")
    (found,) = findings_search(actor=cast.actor("authority"))
    finding_explain(actor=cast.actor("authority"), finding=found, reason="铭牌为批号")
    assert findings_search(actor=cast.actor("authority")) == ()
    assert search_findings() == 0


def test_one_seal_on_two_instruments(cast):
    made = [walk.make_instrument(cast, code, cast.scale, "秤") for code in ("A1", "A2")]
    walk.seal("封0001", *made, on=date(2026, 2, 3))
    (found,) = findings_search(actor=cast.actor("authority"))
    assert (found.kind, found.facts["seal"]) == ("seal_twice", "封0001")
    assert found.speaks_of == date(2026, 2, 3)


def test_on_site_in_two_counties_on_one_day(cast, measured):
    records = measured(2)
    other = make_region("349902", "别县", 3, cast.city)
    Task.objects.filter(pk=records[1].task_id).update(region=other)
    assert findings_search(actor=cast.actor("authority")) == ()  # brought to the laboratory
    Application.objects.update(on_site=True)
    found = findings_search(actor=cast.actor("authority"))
    assert {one.region_id for one in found} == {cast.county.pk, other.pk}  # each authority sees its own
    assert {one.kind for one in found} == {"two_places"}
    assert found[0].person == cast.people["verifier"]


def test_more_in_a_day_than_three_days_hold(cast, measured):
    measured(90)  # 30 a day by the rule: three days' work, just plausible
    assert findings_search(actor=cast.actor("authority")) == ()
    standard, data = walk.equip(cast, cast.scale), walk.example("procedure/price-scale", "pass")
    (task,) = walk.apply_for(cast, walk.make_instrument(cast, "MX", cast.scale, "秤"))
    walk.measure(cast, task, standard, data)
    (found,) = findings_search(actor=cast.actor("authority"))
    assert (found.kind, found.facts["count"], found.facts["most"]) == ("too_much", 91, "3")


def test_the_authority_decides_with_a_reason(cast, proved):
    proved("A1", "A2")
    (found,) = findings_search(actor=cast.actor("authority"))
    finding_uphold(actor=cast.actor("authority"), finding=found, reason="套号")
    assert found.state == "upheld"
    with pytest.raises(TransitionRefused):
        finding_explain(actor=cast.actor("authority"), finding=found, reason="x")
    finding_reopen(actor=cast.actor("authority"), finding=found, reason="新证据")
    assert found.state == "open"


def test_nobody_else_searches_decides_or_sees(cast, proved, client):
    proved("A1", "A2")
    for who in ("owner", "manager", "verifier"):
        with pytest.raises(NotPermitted):
            findings_search(actor=cast.actor(who))
    assert findings_search(actor=cast.actor("foreign_authority")) == ()
    (found,) = findings_search(actor=cast.actor("authority"))
    with pytest.raises(NotPermitted):
        finding_explain(actor=cast.actor("foreign_authority"), finding=found, reason="x")
    for who in ("owner", "manager", "foreign_authority"):
        assert not Finding.objects.visible_to(cast.actor(who))
        client.force_login(cast.accounts[who])
        assert client.get(reverse("supervision:finding", args=[found.pk])).status_code == 404


def test_pages(cast, proved, client):
    proved("A1", "A2")
    client.force_login(cast.accounts["authority"])
    (found,) = findings_search(actor=cast.actor("authority"))
    searched = client.post(reverse("supervision:findings_search"), {"confirmed": "1"})
    assert searched.url == reverse("supervision:finding_list")
    assert found.get_kind_display() in client.get(reverse("supervision:finding_list")).content.decode()
    shown = client.get(reverse("supervision:finding", args=[found.pk]) + "?tab=records").content.decode()
    assert "A1" in shown
    assert "A2" in shown
    url = reverse("supervision:finding_act", args=[found.pk, "finding_explain"])
    assert client.post(url, {"confirmed": "1", "reason": ""}).status_code == 422
    client.post(url, {"confirmed": "1", "reason": "铭牌为批号"})
    found.refresh_from_db()
    assert found.state == "explained"


def test_the_interface_says_the_same(cast, client):
    walk.seal("封0001", *[walk.make_instrument(cast, code, cast.scale, "秤") for code in ("A1", "A2")])
    (found,) = findings_search(actor=cast.actor("authority"))
    client.force_login(cast.accounts["authority"])
    listed = client.get("/api/v1/supervision/findings", {"kind": "seal_twice"}).json()
    assert [one["id"] for one in listed["items"]] == [found.pk]
    url = f"/api/v1/supervision/findings/{found.pk}/finding_uphold"
    answer = client.post(url, {"reason": "套用封印"}, content_type="application/json")
    assert (answer.status_code, answer.json()["state"]) == (200, "upheld")
    again = client.post(url, {"reason": "套用封印"}, content_type="application/json")
    assert again.status_code == 409


def test_signers_of_whom_one_invited_the_other_are_found(cast, measured):
    (record,) = measured(1)
    reviewer, verifier = cast.accounts["reviewer"], cast.actor("verifier")
    with perform(cast.actor("administrator"), "invitation_send") as act:
        Invitation.objects.create(
            act=act, email="x@example.org", token_sha256="x", role="reviewer", expires_at=act.at, accepted_by=reviewer
        )
    record_review(actor=cast.actor("reviewer"), record=record)
    assert findings_search(actor=cast.actor("authority")) == ()
    with perform(verifier, "invitation_send") as act:
        Invitation.objects.create(
            act=act, email="y@example.org", token_sha256="y", role="reviewer", expires_at=act.at, accepted_by=reviewer
        )
    (found,) = findings_search(actor=cast.actor("authority"))
    assert (found.kind, found.person) == ("signers_invited", cast.people["verifier"])
    assert found.facts["other"] == "reviewer"
