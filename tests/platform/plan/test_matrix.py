"""Many regions and days at once give what each question gives alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from hengliang.norms.indicators import Selection
from hengliang.platform.plan.engine import Scope, Sweep, compute, indicators, is_computed, latest, matrices, roll_up
from hengliang.platform.plan.engine.rollup import over_months
from tests.platform.plan.test_engine import ON, Ledger, city, clock, ledger  # noqa: F401 - fixtures
from tests.platform.slice import equip

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(cast, city: Ledger) -> Ledger:  # noqa: F811
    cast.scale.__class__.objects.update(control="V", purposes=["medical"])
    equip(cast, cast.scale)
    city.file(date(2026, 5, 1), region=cast.foreign_city)
    city.file(date(2026, 2, 1), region=cast.city)
    return city


@pytest.mark.parametrize("begins", [None, date(2025, 1, 1)])
def test_a_sweep_is_the_questions_one_by_one(cast, full, begins):
    regions = (cast.city.pk, cast.county.pk, cast.foreign_city.pk)
    days = (date(2024, 5, 31), ON.replace(month=1, day=31), date(2026, 3, 9), ON)
    asked = [one for one in indicators(ON).values() if is_computed(one)]
    found = matrices(asked, Sweep(days, regions, None, begins))
    for one in asked:
        for region in regions:
            for figure in found[one.name][region]:
                alone = compute(one, Scope(figure.on, region, None, None, begins))
                told = (alone.numerator, alone.denominator, alone.value, alone.absent)
                assert (figure.numerator, figure.denominator, figure.value, figure.absent) == told, (
                    one.name,
                    figure.on,
                )


def test_months_of_all_regions_are_the_questions_one_by_one(full):
    for one in indicators(ON).values():
        if is_computed(one):
            told = [(f.numerator, f.denominator) for f in over_months(one, Scope(ON), 12)]
            alone = [compute(one, Scope(day)) for day in latest(ON, 12)]
            assert told == [(f.numerator, f.denominator) for f in alone], one.name


def test_districts_add_up_or_their_overlap_is_told(cast, full):
    scope = Scope(ON, cast.city.pk)
    valid = roll_up(indicators(ON)["valid-rate"], scope, {cast.county.pk: "量县"})
    assert (valid.total + valid.own, valid.overlap) == (valid.whole.numerator, 0)
    covered = roll_up(indicators(ON)["item-coverage"], scope, {cast.county.pk: "量县", cast.city.pk: "市本级"})
    assert covered.overlap == covered.total - covered.whole.numerator > 0


@pytest.fixture
def drawn(cast, ledger: Ledger) -> Ledger:  # noqa: F811
    """Forty lives of instruments drawn at random: tested early and late, failed, moved, stopped, corrected later."""
    draw = Random(7)
    regions = (cast.county, cast.city, cast.foreign_city)
    for _one in range(40):
        start = date(2024, 1, 1) + timedelta(days=draw.randrange(400))
        facts = {"mandatory": draw.random() < 0.9, "purpose": draw.choice(("trade", "medical"))}
        made = ledger.file(start + timedelta(days=180), on=start, region=draw.choice(regions), **facts)
        day = start
        for _change in range(draw.randrange(5)):
            day += timedelta(days=draw.randrange(20, 260))
            if day >= ON:
                break
            what = draw.choice(("pass", "pass", "fail", "move", "stop"))
            known = day + timedelta(days=draw.choice((0, 0, 40)))
            if what in ("pass", "fail"):
                due = day + timedelta(days=365) if what == "pass" else day
                ledger.verify(made, day, due, result=what, known=known)
            elif what == "move":
                ledger.change(made, day, known, region=draw.choice(regions), place=str(day))
            else:
                ledger.change(made, day, known, status=draw.choice(("stopped", "in_use")))
    return ledger


@pytest.mark.parametrize("known_at", [None, datetime(2026, 1, 15, tzinfo=UTC)])
def test_random_cells_of_a_matrix_are_the_questions_one_by_one(cast, drawn, known_at):
    draw = Random(11)
    regions = (cast.city.pk, cast.county.pk, cast.foreign_city.pk)
    days = tuple(sorted({date(2024, 1, 1) + timedelta(days=draw.randrange(900)) for _day in range(40)}))
    asked = [one for one in indicators(ON).values() if is_computed(one)]
    narrow = [_of_purpose(one, "medical") for one in asked if one.numerator.selector.startswith("instruments_")]
    found = matrices([*asked, *narrow], Sweep(days, regions, known_at, date(2024, 6, 1)))
    filled = 0
    for _cell in range(150):
        one, region = draw.choice([*asked, *narrow]), draw.choice(regions)
        figure = draw.choice(found[one.name][region])
        alone = compute(one, Scope(figure.on, region, known_at, None, date(2024, 6, 1)))
        told = (alone.numerator, alone.denominator, alone.value, alone.absent)
        assert (figure.numerator, figure.denominator, figure.value, figure.absent) == told, (one.name, figure.on)
        filled += bool(figure.numerator)
    assert filled > 30


def _of_purpose(one, word):
    sides = [side and Selection(side.selector, {**side.where, "purpose": (word,)})
             for side in (one.numerator, one.denominator)]  # fmt: skip
    return replace(one, id=f"{one.id}-{word}", numerator=sides[0], denominator=sides[1])


def test_a_matrix_reads_each_population_once_however_many_sides_and_days(full, django_assert_max_num_queries):
    rates = [one for one in indicators(ON).values() if is_computed(one) and one.numerator.selector.startswith("instr")]
    asked = [*rates, *(_of_purpose(one, word) for one in rates for word in ("trade", "medical", "safety"))]
    with django_assert_max_num_queries(7):  # four populations, the regions, and what verifications came after: two
        matrices(asked, Sweep(tuple(latest(ON, 60)), (full.cast.city.pk,)))
