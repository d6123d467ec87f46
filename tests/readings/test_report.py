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


def with_topology(evaluation):
    """The first node as if the balance had found three wrong entries, and a meter that counts both ways."""
    node = evaluation.nodes[0]
    names = [meter["meter"] for meter in node["meters"]][:3]
    wrong = [
        {
            "reason": f"Meter {name} is foreign.",
            "reason_code": "foreign_meter",
            "reason_params": {"meter": name, "value": -1},
        }
        for name in names
    ]
    export = {**node["meters"][0], "meter": f"{names[0]}:export"}
    return replace(
        evaluation, nodes=({**node, **wrong[0], "topology": wrong, "meters": [*node["meters"], export]},)
    ), names


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_wrong_entry_is_named_and_none_is_said_not_to_be(evaluation, language):
    found, names = with_topology(evaluation)
    checks = {**found.tally["checks"], "topology": {**found.tally["checks"]["topology"], "events": 0}}
    page = write_page(replace(found, tally={**found.tally, "checks": checks}), language, MADE)
    table = page[page.index("<h2>节点（台区）" if language == "zh" else "<h2>Nodes") :]
    for name in names:
        assert (f"表 {name} 不属于本节点" if language == "zh" else f"Meter {name} is foreign.") in table
    (line,) = re.findall(r"未发现：([^<]+)。|Nothing found of: ([^<]+)\.", page)
    assert "档案矛盾" not in line[0]
    assert "topology" not in line[1]


def test_what_a_meter_feeds_back_is_no_meter_of_its_own(evaluation):
    found, _ = with_topology(evaluation)
    rows = meter_rows(found)
    assert sum(states_of(rows).values()) == len(rows) - 1
    assert f"{len(rows) - 1} meters of 1 nodes" in write_page(found, "en", MADE)


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
