"""Indicators over a ledger that is counted by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.http import QueryDict

from hengliang.norms.indicators import indicator_selectors
from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import begin, revise
from hengliang.platform.core.rights import Actor, Grant, Role
from hengliang.platform.core.rules import rules
from hengliang.platform.plan.engine import (
    SELECTIONS,
    Scope,
    compute,
    excluded_of,
    figures_by_region,
    indicators,
    latest,
    rows_behind,
)
from hengliang.platform.plan.forms.question import QuestionForm
from hengliang.platform.registry.models import Instrument, InstrumentState

pytestmark = pytest.mark.django_db
SINCE = date(2024, 6, 1)
ON = date(2026, 6, 30)


def clock(day: date) -> Actor:
    return Actor.system("test", datetime(day.year, day.month, day.day, 4, tzinfo=UTC))


class Ledger:
    """Writes dated rows, each known on the day that it speaks of unless said otherwise."""

    def __init__(self, cast):
        self.cast, self.count = cast, 0

    def file(self, due: date | None, *, on=SINCE, region=None, **facts) -> Instrument:
        self.count += 1
        with perform(clock(on), "instrument_file", on=on) as act:
            made = Instrument.objects.create(act=act, code=f"HL{self.count}", item=self.cast.scale, search_text="")
            told = {
                "status": "in_use", "owner": self.cast.enterprise, "region": region or self.cast.county,
                "purpose": "trade", "regime": "periodic", "due_on": due, "last_on": on, "last_result": "pass",
            }  # fmt: skip
            begin(InstrumentState, act=act, on=on, instrument=made, **(told | facts))
        return made

    def change(self, made: Instrument, on: date, known: date | None = None, **facts) -> None:
        with perform(clock(known or on), "instrument_move", on=on) as act:
            revise(made.states.all(), act=act, on=on, **facts)

    def verify(self, made: Instrument, on: date, due: date, *, result="pass", known: date | None = None) -> None:
        self.change(made, on, known, last_on=on, last_result=result, due_on=due)


@pytest.fixture
def ledger(cast) -> Ledger:
    return Ledger(cast)


@pytest.fixture
def city(ledger) -> Ledger:
    """Ten instruments. Due by 30 June 2026: A B C D E F (6). Tested: A B C D (4); on time: A B D (3)."""
    due = date(2026, 3, 9)
    early, on_day, late, failed = (ledger.file(due) for _ in range(4))  # A B C D
    ledger.verify(early, date(2026, 2, 20), date(2027, 2, 19))
    ledger.verify(on_day, due, date(2027, 3, 8))
    ledger.verify(late, date(2026, 4, 1), date(2027, 3, 31))
    ledger.verify(failed, date(2026, 3, 1), date(2026, 3, 1), result="fail")
    ledger.file(due)  # E never tested again
    moved = ledger.file(due)  # F moved before the day due: counts once
    ledger.change(moved, date(2026, 1, 15), place="2号岛")
    ledger.file(date(2026, 7, 1))  # G: due the day after
    stopped = ledger.file(due)  # H: out of use on its day due
    ledger.change(stopped, date(2026, 3, 1), status="stopped")
    ledger.file(due, mandatory=False)  # I: voluntary
    ledger.file(date(2025, 12, 31))  # J: fell due the year before, overdue since
    return ledger


def figure(name: str, scope: Scope):
    return compute(indicators(scope.on)[name], scope)


def counts(name: str, scope: Scope) -> tuple[int, int]:
    found = figure(name, scope)
    return found.numerator, found.denominator


def test_every_selector_of_the_rules_is_registered():
    assert indicator_selectors(rules()) <= SELECTIONS.keys()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tested-rate", (4, 6)),
        ("tested-on-time-rate", (3, 6)),
        ("valid-rate", (4, 8)),  # valid: A B C G; in use and mandatory: A B C D E F G J
        ("overdue-rate", (4, 8)),  # D (failed) E F J
        ("pass-rate", (3, 4)),  # tested in the year: A B C pass, D fails
    ],
)
def test_counted_by_hand(city, name, expected):
    assert counts(name, Scope(ON)) == expected


def test_the_value_is_the_quotient_of_the_scale(city):
    found = figure("tested-rate", Scope(ON))
    assert found.value == Decimal("66.67")
    assert found.missing == 2
    assert found.provenance["norm"] == "indicator/tested-rate"


def test_the_day_itself_belongs_to_the_period_and_is_not_overdue(city):
    day = date(2026, 3, 9)
    assert counts("tested-rate", Scope(date(2026, 3, 8))) == (0, 0)
    assert counts("tested-rate", Scope(day)) == (3, 6)
    assert counts("overdue-rate", Scope(day)) == (2, 8)  # D failed on 1 March, J


def test_rows_left_out_have_their_reason(city):
    left = {key: count for key, _says, count in excluded_of(indicators(ON)["tested-rate"], Scope(ON))}
    assert left == {"voluntary": 1, "not_in_use": 1, "failed": 1}


def test_a_back_dated_correction_changes_what_is_known_now_and_not_what_was_known(city):
    """E had been tested on 5 March; its paper was entered on 10 July."""
    then = datetime(2026, 7, 1, tzinfo=UTC)
    before = counts("tested-on-time-rate", Scope(ON, known_at=then))
    forgotten = Instrument.objects.get(code="HL5")
    city.verify(forgotten, date(2026, 3, 5), date(2027, 3, 4), known=date(2026, 7, 10))
    assert counts("tested-on-time-rate", Scope(ON)) == (4, 6)
    assert counts("tested-on-time-rate", Scope(ON, known_at=then)) == before == (3, 6)
    assert counts("valid-rate", Scope(ON)) == (5, 8)


def test_a_whole_whose_parts_are_verified_one_by_one_counts_once(ledger):
    whole = ledger.file(date(2026, 3, 9))
    ledger.verify(whole, date(2026, 2, 1), date(2026, 3, 9))  # the first part; the other still holds the day due
    ledger.verify(whole, date(2026, 2, 10), date(2027, 1, 31))
    assert counts("tested-on-time-rate", Scope(ON)) == (1, 1)


def test_a_failure_on_the_day_due_answers_it(ledger):
    day = date(2026, 3, 9)
    ledger.verify(ledger.file(day), day, day, result="fail")
    assert counts("tested-on-time-rate", Scope(ON)) == (1, 1)


def test_no_ledger_is_no_source_and_nothing_due_is_not_zero(cast, ledger):
    assert (figure("valid-rate", Scope(ON)).absent, figure("valid-rate", Scope(ON)).numerator) == ("no_source", None)
    ledger.file(date(2027, 1, 1))
    nothing_due = figure("tested-rate", Scope(ON))
    assert (nothing_due.absent, nothing_due.value, nothing_due.denominator) == ("not_applicable", None, 0)
    assert figure("valid-rate", Scope(ON, region_id=cast.foreign_city.pk)).absent == "no_source"


def test_regions_add_up_and_foreign_ones_do_not_count(cast, city):
    city.file(date(2026, 5, 1), region=cast.foreign_city)
    found = figures_by_region(
        indicators(ON)["tested-rate"], Scope(ON), [cast.city.pk, cast.county.pk, cast.foreign_city.pk]
    )
    assert {region: (f.numerator, f.denominator) for region, f in found.items()} == {
        cast.city.pk: (4, 6), cast.county.pk: (4, 6), cast.foreign_city.pk: (0, 1)
    }  # fmt: skip
    for region, one in found.items():
        assert counts("tested-rate", Scope(ON, region_id=region)) == (one.numerator, one.denominator)
    own = frozenset({cast.city.pk, cast.county.pk})
    assert counts("tested-rate", Scope(ON, limit=own)) == (4, 6)
    assert counts("tested-rate", Scope(ON, region_id=cast.foreign_city.pk, limit=own)) == (None, None)


def test_the_parts_of_a_figure_are_its_rows(city):
    indicator, scope = indicators(ON)["tested-rate"], Scope(ON)
    codes = {part: set(rows_behind(indicator, scope, part).values_list("instrument__code", flat=True))
             for part in ("numerator", "denominator", "missing", "not_in_use")}  # fmt: skip
    assert codes["denominator"] - codes["numerator"] == codes["missing"] == {"HL5", "HL6"}
    assert codes["not_in_use"] == {"HL8"}


def test_coverage_counts_items_and_says_that_its_list_is_a_demonstration(cast):
    cast.scale.__class__.objects.update(control="V")
    from tests.platform.slice import equip

    equip(cast, cast.scale)
    found = figure("item-coverage", Scope(ON, region_id=cast.county.pk))
    assert (found.numerator, found.denominator, found.demo_denominator) == (1, 2, True)
    assert figure("item-coverage", Scope(ON, region_id=cast.foreign_city.pk)).numerator == 0


def test_one_region_has_one_figure_however_it_is_asked_for(cast):
    """A county's question without a region is the county's; what is authorised above it counts in both."""
    from tests.platform.slice import equip

    cast.scale.__class__.objects.update(control="V")
    equip(cast, cast.scale)
    county, actor = cast.county.pk, Actor.system("x", cast.actor("authority").at)
    counted = {counts("item-coverage", scope) for scope in (
        Scope(ON, region_id=county), Scope(ON, limit=frozenset({county})),
        Scope(ON, region_id=county, limit=frozenset({county})),
    )}  # fmt: skip
    assert counted == {(1, 2)}
    own = replace(actor, grants=(Grant(Role.AUTHORITY, None, frozenset({county})),))
    for query in ("", "region=", "on=nonsense", f"region={county}"):
        form = QuestionForm(QueryDict(query), own)
        assert form.scope().region_id == county
        assert [key for key, _name in form.fields["region"].choices] == [str(county)]
    assert f"region={county}" in QuestionForm(QueryDict(""), own).address()


def test_months_end_on_their_last_day():
    assert latest(date(2026, 3, 15), 3) == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 15)]
