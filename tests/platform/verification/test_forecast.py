"""The year ahead: what falls due when, what it asks, and where verifiers or standards are missing."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from hengliang.norms.calendar import Calendar, working_days_between
from hengliang.norms.coefficients import coefficients_of
from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import revise
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rules import rules
from hengliang.platform.verification.forecast import look_ahead, proposed_rounds
from hengliang.platform.verification.forecast.capacity import working_days_in
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def wave(cast):
    """Instruments of one item that fall due on given days."""

    def make(*days, item=None, **changes):
        for number, day in enumerate(days):
            made = walk.make_instrument(cast, f"W{number:03d}-{day:%m%d}", item or cast.scale, "电子计价秤")
            with perform(Actor.system("cast", cast.actor("authority").at), "instrument_file", on=TODAY) as act:
                act.subject = made
                revise(made.states.all(), act=act, on=TODAY, due_on=day, **changes)

    return make


def month_of(ahead, month):
    return next(one for one in ahead.months if one.month == month)


def test_each_month_counts_its_own(cast, wave):
    wave(date(2026, 3, 1), date(2026, 3, 2), date(2026, 4, 30), date(2026, 5, 1), date(2027, 2, 28), date(2027, 3, 1))
    ahead = look_ahead(cast.actor("manager"))
    assert [(one.month.month, one.wanted) for one in ahead.months if one.wanted] == [(3, 2), (4, 1), (5, 1), (2, 1)]
    assert month_of(ahead, date(2026, 3, 1)).overdue == 1  # the day due itself is not overdue
    assert ahead.items[0].wanted == 5


def test_a_short_period_comes_round_again(cast, wave):
    wave(date(2026, 4, 10), item=cast.dispenser)  # every 6 months
    ahead = look_ahead(cast.actor("manager"))
    assert [(one.month.month, one.wanted, one.again) for one in ahead.months if one.wanted] == [(4, 1, 0), (10, 1, 1)]


def test_days_asked_and_there(cast, wave):
    walk.equip(cast, cast.scale)
    wave(date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 3))
    april = month_of(look_ahead(cast.actor("manager")), date(2026, 4, 1))
    a_day = coefficients_of(rules()["verification/daily-output"].at(TODAY)).number("NAWI-PRICE", "a_day")
    assert april.asked == 3 / a_day
    assert april.there == working_days_in(date(2026, 4, 1), TODAY) > 15
    assert april.load == 100 * april.asked / april.there


def test_only_what_is_left_of_this_month_counts(cast):
    assert working_days_in(date(2026, 3, 1), date(2026, 3, 31)) == 1
    assert working_days_in(date(2026, 3, 1), date(2026, 3, 2)) == 22


def test_nobody_qualified_and_no_standard_are_named(cast, wave):
    wave(date(2026, 4, 1))
    line = look_ahead(cast.actor("manager")).items[0]
    assert (line.people, line.standards, list(line.without)) == (0, 0, [date(2026, 4, 1)])
    assert month_of(look_ahead(cast.actor("manager")), date(2026, 4, 1)).load is None


def test_a_paper_that_ends_leaves_the_months_after_without(cast, wave):
    walk.equip(cast, cast.scale, until=date(2026, 4, 30))
    wave(date(2026, 4, 1), date(2026, 5, 5), date(2026, 6, 5))
    line = look_ahead(cast.actor("manager")).items[0]
    assert line.standards == 1
    assert list(line.without) == [date(2026, 5, 1), date(2026, 6, 1)]


def test_rounds_gather_what_is_due_on_site_in_the_quarter(cast, wave):
    wave(date(2026, 3, 20), date(2026, 4, 20), date(2026, 6, 1), on_site=True)
    wave(date(2026, 3, 21), on_site=False)
    rounds = proposed_rounds(cast.actor("manager"))
    assert [(one.month.month, one.pieces, one.days, one.region_id) for one in rounds] == [
        (3, 1, 1, cast.county.pk),
        (4, 1, 1, cast.county.pk),
    ]


def test_a_round_goes_over_working_days(cast, wave):
    wave(*[date(2026, 5, 20)] * 66, on_site=True)
    (round_in_may,) = proposed_rounds(cast.actor("manager"))
    assert round_in_may.starts_on == date(2026, 5, 6)  # 1 to 5 May are days off in 2026
    asked = round_in_may.days
    assert asked > 1
    calendar = Calendar.of(rules()["calendar/china"])
    assert working_days_between(calendar, round_in_may.starts_on, round_in_may.ends_on) == asked - 1
    assert calendar.is_working_day(round_in_may.ends_on)


def test_a_line_leads_to_the_instruments_that_it_counts(cast, wave, client):
    today = timezone.localdate()
    wave(today - timedelta(400), today - timedelta(1), today, on_site=True)
    wave(today - timedelta(2), on_site=False)
    wave(today - timedelta(3), on_site=True, status="stopped")
    wave(today - timedelta(4), on_site=True, mandatory=False)
    client.force_login(cast.accounts["manager"])
    page = client.get(reverse("verification:proposed_rounds")).content.decode()
    (url,) = {unescape(found) for found in re.findall(r'href="(/ledger/[^"]*due_on_to[^"]*)"', page)}
    listed = client.get(url).content.decode()
    assert set(re.findall(r"W\d{3}-\d{4}", listed)) == {
        f"W{n:03d}-{day:%m%d}" for n, day in enumerate((today - timedelta(400), today - timedelta(1), today))
    }


def test_what_records_show_counts_before_the_rule(cast, wave):
    standard, data = walk.equip(cast, cast.scale), walk.example("procedure/price-scale", "pass")
    made = [walk.make_instrument(cast, f"R{number:02d}", cast.scale, "电子计价秤") for number in range(20)]
    *most, last = walk.apply_for(cast, *made)
    wave(date(2026, 4, 1))
    for task in most:
        walk.measure(cast, task, standard, data)
    assert look_ahead(cast.actor("manager")).items[0].output.measured is False  # 19 records say nothing
    walk.measure(cast, last, standard, data)
    output = look_ahead(cast.actor("manager")).items[0].output
    assert (output.a_day, output.measured) == (20, True)  # all by one verifier on one day


def test_foreign_regions_see_nothing(cast, wave):
    wave(date(2026, 4, 1))
    assert look_ahead(cast.actor("authority")).items
    assert not look_ahead(cast.actor("foreign_authority")).items


def test_pages(cast, wave, client):
    soon = timezone.localdate() + timedelta(10)
    wave(soon, on_site=True)
    client.force_login(cast.accounts["manager"])
    page = client.get(reverse("verification:year_ahead")).content.decode()
    assert f"{soon:%Y-%m}" in page
    assert cast.scale.name in page
    rounds = client.get(reverse("verification:proposed_rounds")).content.decode()
    assert f"{soon:%Y-%m}" in rounds
    assert "due_on_to=" in rounds
    client.force_login(cast.accounts["owner"])
    assert client.get(reverse("verification:year_ahead")).status_code == 403
