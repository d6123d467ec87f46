"""The places in which two editions differ."""

from datetime import date
from decimal import Decimal

from hengliang.norms import norms
from hengliang.norms.diff import Change, diff


def test_two_editions_of_the_fuel_dispenser_differ_in_the_repeatability():
    norm = norms["procedure/fuel-dispenser"]
    changes = diff(norm.at(date(2016, 1, 1)), norm.at(date(2025, 1, 1)))
    assert Change("tables/repeatability/rows/0/brackets/0/high", Decimal("0.15"), Decimal("0.10")) in changes
    assert not [change for change in changes if change.place.startswith("items/")]


def test_an_item_that_is_added_does_not_make_the_others_look_changed():
    norm = norms["procedure/price-scale"]
    changes = diff(norm.at(date(2026, 1, 1)), norm.at(date(2027, 2, 1)))
    added = {change.place for change in changes if change.place.startswith("items/")}
    assert "items/self_lock" in added
    assert "items/error" not in added


def test_an_edition_does_not_differ_from_itself():
    value = norms["procedure/weights"].at(date(2026, 1, 1))
    assert diff(value, value) == []
