"""Measurements of a round that the clock of the device puts closer together than can be."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hengliang.platform.supervision.services import findings_search
from hengliang.platform.supervision.signs.clock import too_fast
from hengliang.platform.verification.services import round_synchronise
from tests.platform.cast import NOW
from tests.platform.verification.rounds.field import Device, make_market, make_round

pytestmark = pytest.mark.django_db
DAY, PHONE = NOW.date(), "a1" * 16
FIRST = NOW - timedelta(hours=4)
ROUTE = (0, 2, 1, 3)  # stall by stall


@pytest.fixture
def world(cast, settings):
    """A market of four scales and its round."""
    settings.TRAINING = True
    market = make_market(cast)
    return market, make_round(market)


@pytest.fixture
def sends(world):
    """A device sends entries: which scale, and how many seconds after the first the clock of the device said."""
    market, shown = world

    def send(*entries, who="verifier", name=PHONE):
        device = Device(market, shown, who, name)
        for at, seconds in entries:
            device.measures(at)["made_at"] = _clock(seconds)
        round_synchronise(actor=market.actor(who), shown=shown, content=device.file())

    return send


def _clock(seconds):
    return (FIRST + timedelta(seconds=seconds)).isoformat()


def test_thirty_seconds_are_plausible(sends):
    sends((0, 0), (1, 30), (2, 60))
    assert list(too_fast(DAY)) == []


def test_a_thousandth_less_is_not(cast, world, sends):
    sends((0, 0), (1, 29.999), (2, 400), (3, 412))
    (found,) = findings_search(actor=cast.actor("authority"))
    assert (found.kind, found.person, found.region_id) == ("too_fast", cast.people["verifier"], cast.county.pk)
    assert (found.facts["count"], found.facts["least"], found.speaks_of) == (2, "30", DAY)
    assert [row["instrument"] for row in found.facts["rows"]] == [world[0].scales[n].code for n in ROUTE[1::2]]
    assert found.facts["rows"][1]["at"].endswith(f"#4 {_hour(412)} (+12 s)")
    assert findings_search(actor=cast.actor("authority")) == ()


def _hour(seconds):
    return timezone.localtime(FIRST + timedelta(seconds=seconds)).strftime("%H:%M:%S")


def test_a_clock_set_back_is_told(sends):
    sends((0, 3600), (1, 0), (2, 3700))
    (found,) = too_fast(DAY)
    assert [row["at"].partition("(")[2] for row in found.facts["rows"]] == ["-3600 s)"]


def test_mending_an_entry_is_no_measurement(sends):
    sends((0, 0), (1, 600), (0, 605), (1, 608), (2, 1200))
    assert list(too_fast(DAY)) == []


def test_two_verifiers_side_by_side_each_have_their_own_clock(sends):
    sends((0, 0), (1, 600))
    sends((2, 5), (3, 605), who="second", name="b2" * 16)
    assert list(too_fast(DAY)) == []


def test_who_was_absent_takes_no_time(world):
    market, shown = world
    device = Device(market, shown, "verifier", PHONE)
    device.measures(0)["made_at"] = _clock(0)
    device.says("absent", 1)["made_at"] = _clock(4)
    device.measures(2)["made_at"] = _clock(31)
    round_synchronise(actor=market.actor("verifier"), shown=shown, content=device.file())
    assert list(too_fast(DAY)) == []


def test_a_year_back_and_not_ahead(sends):
    sends((0, 0), (1, 5))
    assert len(list(too_fast(DAY + timedelta(days=365)))) == 1
    assert list(too_fast(DAY + timedelta(days=366))) == []
    assert list(too_fast(DAY - timedelta(days=1))) == []


def test_the_page_says_it_in_words(cast, world, sends, client):
    sends((0, 0), (1, 5))
    (found,) = findings_search(actor=cast.actor("authority"))
    client.force_login(cast.accounts["authority"])
    url = reverse("supervision:finding", args=[found.pk])
    assert "距前一条不足 30 秒" in client.get(url).content.decode()
    shown = client.get(url, {"tab": "records"}).content.decode()
    assert world[0].scales[ROUTE[1]].code in shown
    assert "(+5 s)" in shown
