"""The shipped rules hold together: they load clean, tell their sources, and are honest about their status."""

import csv
import os
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from hengliang.norms import UnknownEntry, norms, procedure_for, procedure_of
from hengliang.norms.bracket_tables import bracket_at
from hengliang.norms.catalogue import catalogue_of
from hengliang.norms.coefficients import coefficients_of
from hengliang.norms.indicators import indicator_of, indicator_selectors
from hengliang.norms.quotes import check_quotes
from hengliang.norms.review import review

DAY = date(2026, 6, 1)
KINDS_ASKED = 16
REFERENCE = os.environ.get("HENGLIANG_REFERENCE")
needs_reference = pytest.mark.skipif(REFERENCE is None, reason="HENGLIANG_REFERENCE names no reference material")


def test_the_shipped_rules_have_no_fault():
    found = review(norms)
    assert (found.problems, found.lapsed) == ((), ())


def test_what_nobody_held_against_its_text_is_draft():
    assert {value.status for norm in norms.values() for value in norm.values} == {"draft"}


def test_every_recalled_or_read_value_says_so():
    assert all(value.source.basis and value.source.document for norm in norms.values() for value in norm.values)


def test_at_least_sixteen_kinds_of_instruments_can_be_verified():
    assert len(norms.of_kind("procedure")) >= KINDS_ASKED


@pytest.mark.parametrize(
    ("item", "day", "document"),
    [
        ("NAWI-PRICE", date(2027, 1, 7), "JJG 539-2016"),
        ("NAWI-PRICE", date(2027, 1, 8), "JJG 1204-2025"),
        ("NAWI-DIGITAL", date(2027, 1, 8), "JJG 539-2016"),
        ("FUEL", date(2016, 6, 6), "JJG 443-2006"),
        ("FUEL", date(2024, 5, 1), "JJG 443-2023"),
    ],
)
def test_editions_stand_side_by_side(item: str, day: date, document: str):
    assert procedure_for(norms, item, day).document == document


def test_nothing_is_judged_by_an_edition_that_another_replaced_which_is_not_here():
    with pytest.raises(UnknownEntry, match="FUEL"):
        procedure_for(norms, "FUEL", date(2024, 4, 30))  # JJG 443-2015, whose text is not at hand


def test_an_instrument_without_a_procedure_is_named():
    with pytest.raises(UnknownEntry, match="BREATH"):
        procedure_for(norms, "BREATH", DAY)


def test_a_procedure_is_made_once():
    value = norms["procedure/weights"].at(DAY)
    assert procedure_of(value) is procedure_of(value)


def test_limits_of_weights_rise_with_the_class_and_with_the_mass():
    # Source: OIML R 111-1:2004, table 1 (its rows and columns are monotone)
    table = procedure_of(norms["procedure/weights"].at(DAY)).tables["mpe"]
    limits = {tuple(sorted((k, *v) for k, v in row.when.items())): row.brackets[0].high for row in table.rows}
    grid: dict[str, dict[str, Decimal]] = {}
    for words, high in limits.items():
        named = dict(words)
        assert high is not None
        grid.setdefault(named["nominal"], {})[named["accuracy_class"]] = high[0].times
    for row in grid.values():
        assert all(finer < coarser for finer, coarser in pairwise(row.values()))
    heaviest_first = list(grid.values())
    for heavy, light in pairwise(heaviest_first):
        assert all(heavy[grade] >= light[grade] for grade in heavy.keys() & light.keys())


def test_coefficients_of_standard_coal_agree_with_heat_values():
    # Source: GB/T 2589: one kilogram of standard coal is 29307.6 kJ
    table = coefficients_of(norms["energy/standard-coal"].at(DAY))
    checked = 0
    for code, row in table.rows.items():
        if row["heat_value"] is not None:
            assert abs(table.number(code, "low") - row["heat_value"] / Decimal("29307.6")) <= Decimal("0.0001"), code
            checked += 1
    assert checked == 9


def test_a_number_that_the_rule_does_not_know_is_not_made_up():
    before = coefficients_of(norms["supervision/deadlines"].at(date(2026, 4, 14)))
    after = coefficients_of(norms["supervision/deadlines"].at(date(2026, 4, 15)))
    assert before.number("mediation-end", "days") == 45
    with pytest.raises(UnknownEntry, match="days of mediation-end"):
        after.number("mediation-end", "days")


@pytest.mark.parametrize(
    ("loss", "grade"), [(0, "ordinary"), (499_999, "ordinary"), (500_000, "larger"), (5_000_000, "grave")]
)
def test_grades_of_emergencies(loss: int, grade: str):
    assert bracket_at(norms["supervision/emergency-loss"].at(DAY), loss)["value"] == grade


def test_an_emergency_can_not_have_a_negative_loss():
    with pytest.raises(UnknownEntry):
        bracket_at(norms["supervision/emergency-loss"].at(DAY), -1)


def test_grid_factors_by_year():
    def factor(year: int, place: str) -> Decimal:
        return coefficients_of(norms["carbon/grid-factors"].at(date(year, 7, 1))).number(place, "average")

    assert (factor(2021, "national"), factor(2022, "anhui"), factor(2025, "national")) == (
        Decimal("0.5568"),
        Decimal("0.6782"),
        Decimal("0.5306"),
    )


def test_the_three_rates_are_never_merged():
    rates = [
        indicator_of(norms[f"indicator/{name}"].at(DAY))
        for name in ("tested-rate", "tested-on-time-rate", "valid-rate")
    ]
    counted = {(rate.numerator.selector, tuple(rate.numerator.where.items())) for rate in rates}
    assert len(counted) == len(rates)
    assert all(rate.definition["zh"] and rate.unit == "%" and rate.scale == 100 for rate in rates)


def test_selectors_that_the_platform_must_register():
    assert indicator_selectors(norms) == {
        "achievements",
        "catalogue_items",
        "instruments_due",
        "instruments_due_tested",
        "instruments_in_use",
        "instruments_tested",
        "items_first_authorised",
        "measurement_standards",
        "standards_built",
    }


@needs_reference
def test_the_catalogue_holds_every_row_of_the_reference_with_its_mark():
    catalogue = catalogue_of(norms["catalogue/mandatory"].at(DAY))
    with (Path(str(REFERENCE)) / "catalogue.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(catalogue) == [row["code"] for row in rows]
    for row in rows:
        item = catalogue[row["code"]]
        assert row["source"].startswith(f"[{item.mark}]")
        assert (item.zh, item.control or "", str(item.period_months or "")) == (
            row["name"],
            row["control"],
            row["period_months"],
        )


def test_procedures_name_items_of_the_catalogue_or_measurement_standards():
    catalogue = catalogue_of(norms["catalogue/mandatory"].at(DAY))
    named = {
        code
        for norm in norms.of_kind("procedure")
        for value in norm.values
        if not value.repealed
        for code in value.content["instruments"]
    }
    assert named - catalogue.keys() == {"WEIGHT", "STEEL-RULE"}


@needs_reference
def test_quotes_stand_in_the_archived_texts():
    problems, found = check_quotes(norms.values(), Path(str(REFERENCE)) / "policies")
    assert problems == []
    assert found >= 1
