import json

import numpy as np
import pytest

from hengliang.metrology.uncertainty import (
    Budget,
    CurvilinearTrapezoidal,
    Input,
    Model,
    Rectangular,
    archive_from_json,
    archive_to_json,
    budget_from_json,
    budget_to_json,
    quantity,
    result_as_input,
)
from hengliang.metrology.uncertainty.errors import FormulaError, InputError, StoredFormError, UncertaintyError
from tests.metrology.uncertainty.examples_of_budgets import end_gauge

# As the first released version wrote it; every later version must read it.
VERSION_1 = """{"format": "hengliang-budget", "version": 1, "title": "电阻", "model": "R = V/I",
 "outputs": ["R"], "units": {"R": "Ω"}, "correlations": [["V", "I", -0.36]], "inputs": [
 {"name": "V", "distribution": {"kind": "normal", "value": 5.0, "standard_uncertainty": 0.003}, "dof": null,
  "unit": "V", "evaluation": "B", "source": "证书 1", "description": "", "key": null},
 {"name": "I", "distribution": {"kind": "t", "value": 19.7, "scale": 0.01, "dof": 4.0}, "dof": 4.0,
  "unit": "mA", "evaluation": "A", "source": "", "description": "", "key": null}]}"""


def test_reads_what_version_1_wrote():
    budget = budget_from_json(VERSION_1)
    assert budget.first_order().value == pytest.approx(253.807, abs=1e-3)
    assert (budget.title, budget.inputs[0].source) == ("电阻", "证书 1")
    assert json.loads(budget_to_json(budget)) == json.loads(VERSION_1)


def test_a_stored_budget_gives_the_same_digits():
    for budget in (end_gauge(), end_gauge(correlations={("ls", "d"): 0.2})):
        again = budget_from_json(budget_to_json(budget))
        assert again.first_order().u == budget.first_order().u
        assert budget_to_json(again) == budget_to_json(budget)
    stored = budget_from_json(budget_to_json(end_gauge()))
    draws = [b.monte_carlo(trials=5000).draws for b in (end_gauge(), stored)]
    assert np.array_equal(*draws)


def test_every_distribution_and_an_unused_input_survive():
    inputs = [
        Input("a", CurvilinearTrapezoidal(0, 1, 0.1), key="cause"),
        Input("b", Rectangular(0, 1)),
        quantity("c", 1),
    ]
    budget = Budget(Model(lambda a, b, c: {"p": a * b, "q": a - b}), inputs)
    again = budget_from_json(budget_to_json(budget))
    assert again.inputs == budget.inputs
    assert again.model.outputs == ("p", "q")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("{", StoredFormError),
        ("[]", StoredFormError),
        ('{"format": "other", "version": 1}', StoredFormError),
        ('{"format": "hengliang-budget", "version": 2}', StoredFormError),
        ('{"format": "hengliang-budget", "version": 1}', StoredFormError),
        (VERSION_1.replace("V/I", "V/I.real"), FormulaError),
        (VERSION_1.replace('"normal"', '"abnormal"'), InputError),
        (VERSION_1.replace('"inputs": [', '"inputs": [7, '), StoredFormError),
    ],
)
def test_broken_forms_are_refused(text, error):
    with pytest.raises(error):
        budget_from_json(text)


def test_correlation_survives_between_certificates():
    """Two weights compared with one standard (u = 3): their difference does not contain the standard.

    m1 = s + d1, m2 = s + d2 with u_d = 1 and 2: u(m1 - m2) = √(1 + 4), not √(10 + 13).
    """
    standard = quantity("s", 100, 3, dof=8, key="certificate 2026-001/m")
    archived = []
    for number, u in ((1, 1.0), (2, 2.0)):
        result = Budget("s + d", [standard, quantity("d", 0, u, dof=5)]).first_order().only
        archived.append(result_as_input(result, f"m{number}", origin=f"certificate 2026-10{number}", unit="mg"))
    m1, m2 = archive_from_json(archive_to_json(archived))
    difference = Budget("m1 - m2", [m1, m2])
    assert difference.first_order().u == pytest.approx(5**0.5)
    assert difference.monte_carlo(trials=200_000).u == pytest.approx(5**0.5, rel=0.01)
    # Welch-Satterthwaite over the causes: 25/(1/5 + 16/5), the standard has dropped out.
    assert difference.first_order().dof == pytest.approx(25 / (17 / 5))
    total = Budget("m1 + m2 - 2*s", [m1, m2, standard]).first_order()
    assert total.u == pytest.approx(5**0.5)


def test_outputs_of_one_budget_stay_correlated():
    """X = a + b, Y = a - b with r(a, b) = 0.5: X + Y = 2a has u = 2 u_a."""
    inputs = [quantity("a", 1, 3), quantity("b", 2, 4)]
    result = Budget("X = a + b; Y = a - b", inputs, correlations={("a", "b"): 0.5}).first_order()
    both = [result_as_input(o, o.name, origin="one evaluation") for o in result.outputs]
    assert Budget("X + Y", both).first_order().u == pytest.approx(6)


@pytest.mark.parametrize("text", ["{}", '{"format": "hengliang-archive", "version": 1, "causes": [], "results": [1]}'])
def test_broken_archives_are_refused(text):
    with pytest.raises(StoredFormError):
        archive_from_json(text)


def places(stored, path=()):
    """The path of every value in a document."""
    for key, value in stored.items() if isinstance(stored, dict) else enumerate(stored):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def test_whatever_is_damaged_in_a_stored_budget_is_refused_or_kept_as_it_stands():
    """Only other numbers, other words of free text, and None where it is allowed, make another budget."""
    for path in places(json.loads(VERSION_1)):
        for damage in (None, True, [], {}, 1.5, "x"):
            stored = json.loads(VERSION_1)
            holder = stored
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = damage
            try:
                budget = budget_from_json(json.dumps(stored))
            except UncertaintyError:
                continue
            assert json.loads(budget_to_json(budget)) == stored or damage in ([], {}), (path, damage)


@pytest.mark.parametrize("text", ["[" * 100_000, b"\xff", '{"format": "a", "format": "b"}', "NaN"])
def test_what_json_can_not_hold_is_refused(text):
    for read in (budget_from_json, archive_from_json):
        with pytest.raises(StoredFormError):
            read(text)
