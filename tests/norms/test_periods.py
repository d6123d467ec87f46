"""Periods: by item, then by its parents; the last day; the rule in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.norms import UnknownEntry, WrongKind, norms
from hengliang.norms.catalogue import catalogue_of
from hengliang.norms.periods import period_of, valid_until

DAY = date(2026, 6, 1)
PERIODS = norms["period/verification"].at(DAY)
CATALOGUE = catalogue_of(norms["catalogue/mandatory"].at(DAY))


# Source: legal-metrology facts: JJG 162-2019 lives (72, 48), period 24; JJG 443 6 months; gas meters 120
@pytest.mark.parametrize(
    ("item", "mode", "months"),
    [
        ("FUEL", "periodic", 6),
        ("NAWI-PRICE", "periodic", 12),
        ("WATER-S25", "first-only", 72),
        ("WATER-S50", "first-only", 48),
        ("WATER-L", "periodic", 24),
        ("GAS-DIA-NG", "first-only", 120),
        ("ELEC-1", "first-only", 96),
        ("THERM-GLASS", "first-only", None),
        ("BREATH", "periodic", None),
    ],
)
def test_period_of_an_item(item: str, mode: str, months: int | None):
    period = period_of(PERIODS, CATALOGUE.ancestors(item))
    assert (period.item, period.mode, period.months) == (item, mode, months)
    assert all(period.explanation[language] for language in ("zh", "en"))


def test_the_explanation_names_document_and_months():
    assert "JJG 443-2023" in period_of(PERIODS, ["FUEL"]).explanation["zh"]
    assert "6 个月" in period_of(PERIODS, ["FUEL"]).explanation["zh"]
    assert "失准报废" in period_of(PERIODS, ["THERM-GLASS"]).explanation["zh"]
    assert "到期轮换" in period_of(PERIODS, ["WATER-S25"]).explanation["zh"]
    assert "look it up" in period_of(PERIODS, ["BREATH"]).explanation["en"]


def test_an_item_without_a_rule_is_named():
    with pytest.raises(UnknownEntry, match="NONE / NOWHERE"):
        period_of(PERIODS, ["NONE", "NOWHERE"])
    with pytest.raises(WrongKind):
        period_of(norms["calendar/china"].at(DAY), ["FUEL"])


@pytest.mark.parametrize(
    ("verified", "months", "until"),
    [
        (date(2026, 3, 15), 12, date(2027, 3, 14)),
        (date(2026, 8, 31), 6, date(2027, 2, 27)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 12, 31), 2, date(2027, 2, 27)),
    ],
)
def test_valid_to_the_day_before(verified: date, months: int, until: date):
    assert valid_until(verified, months) == until


@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)), st.integers(1, 240))
def test_a_longer_period_ends_later(verified: date, months: int):
    assert verified <= valid_until(verified, months) < valid_until(verified, months + 1)
