"""The report of an evaluation: what a manager sees first."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hengliang.readings.evaluation.run import Evaluation, evaluate_store
from hengliang.readings.report.figures import meter_rows, states_of, work_list
from hengliang.readings.report.page import write_page
from tests.readings.evaluation.test_engines import SETTINGS

MADE = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def evaluation(filled, tmp_path_factory) -> Evaluation:
    return evaluate_store(filled, SETTINGS, results=tmp_path_factory.mktemp("results"))


@pytest.mark.parametrize(("language", "short"), [("zh", "少计（可疑表合计）"), ("en", "too little (suspects)")])
def test_the_figures_that_count_stand_large_and_with_their_unit(evaluation, language, short):
    page = write_page(evaluation, language, MADE)
    large = re.findall(r'<li class="(\w*)"><b>([^<]+)</b>([^<]+)</li>', page)
    states = states_of(meter_rows(evaluation))
    assert [(mark, number) for mark, number, _ in large[:3]] == [(s, str(n)) for s, n in states.items()]
    lost = -sum(min(0.0, row.impact or 0.0) for row in work_list(meter_rows(evaluation)))
    assert lost > 0
    assert ("", f"{lost:,.0f} kWh", short) in large


def test_checks_that_found_nothing_are_one_line(evaluation):
    page = write_page(evaluation, "en", MADE)
    clean = [name for name, one in evaluation.tally["checks"].items() if not one["events"]]
    (line,) = re.findall(r"Nothing found of: ([^<]+)\.", page)
    assert len(line.split(", ")) == len(clean) > 0


def test_fuel_is_counted_in_litres(evaluation):
    fuel = replace(evaluation, settings=replace(evaluation.settings, domain="fuel_tank"))
    plain = {row.verdict["meter"]: row.energy for row in meter_rows(evaluation)}
    litres = {row.verdict["meter"]: row.energy for row in meter_rows(fuel)}
    known = [name for name, energy in plain.items() if energy is not None]
    assert known and all(litres[name] == pytest.approx(1000 * plain[name]) for name in known)
    assert "(L)" in write_page(fuel, "en", MADE)
