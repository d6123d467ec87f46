"""Many regions and days at once give what each question gives alone."""

from datetime import date

import pytest

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
