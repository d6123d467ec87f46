"""The families this package owns, against the reference files; none of their content is shipped."""

import os
from pathlib import Path

import pytest

from hengliang.metrology.validation import Check, Entry, Skipped, validate_entry, validate_paths

REFERENCE = os.environ.get("HENGLIANG_REFERENCE")
FILES = ["gum_annex_h.json", "gum_s1.json", "budgets_ea402_citac.json"]


@pytest.mark.slow
@pytest.mark.skipif(not REFERENCE, reason="HENGLIANG_REFERENCE is not set")
@pytest.mark.parametrize("name", FILES)
def test_every_published_value_is_met(name):
    report = validate_paths([Path(REFERENCE) / "vectors" / name])
    assert [c.name for _, c in report.checks if not c.passed] == []
    assert len(report.checks) > 15


def outcomes(data):
    return list(validate_entry(Entry(Path("own.json"), "own", data)))


def test_an_entry_never_seen_is_computed_by_its_shape():
    """Own vector: u of a - b with 3 and 4 is 5, whatever the id."""
    data = {
        "model": "d = a - b",
        "inputs": [
            {"name": "a", "value": 1, "u": 3, "dof": None},
            {"name": "b", "value": 2, "u": 4, "dof": 8},
        ],
        "expected": {"d": -1, "u_c": 5, "nu_eff": 19},  # 625/(256/8) = 19.5
    }
    assert all(isinstance(o, Check) and o.passed for o in outcomes(data))
    wrong = outcomes(data | {"expected": {"u_c": 5.2}})
    assert [o.passed for o in wrong] == [False]


def test_monte_carlo_entries_by_their_shape():
    """Own vector: one rectangular input on (0, 1): 95 % lies between 0.025 and 0.975."""
    data = {
        "model": "y = x",
        "inputs": {"x": "R(0,1)"},
        "expected": {"y": 0.5, "u": 0.289, "interval95": [0.025, 0.975]},
        "tolerance": 0.002,
    }
    assert all(o.passed for o in outcomes(data))


def test_budget_tables_by_their_shape():
    data = {
        "model": "y = a*b",
        "inputs": [{"name": "a", "value": 2, "u": 0.3, "c": 5}, {"name": "b", "value": 5, "u": 1, "c": 2}],
        "expected": {"y": 10, "u": 2.5, "U": 5, "k": 2},
    }
    assert all(o.passed for o in outcomes(data))


def test_unreadable_entries_are_skipped_with_the_reason():
    (skipped,) = outcomes({"model": "y = x", "inputs": {"x": "Zeta(3, 1)"}, "expected": {"u": 1, "interval95": [0, 1]}})
    assert isinstance(skipped, Skipped)
    assert "Zeta" in skipped.reason


def test_a_model_that_can_not_be_computed_fails():
    data = {
        "model": "y = sqrt(a)",
        "inputs": [{"name": "a", "value": -1, "u": 1, "dof": None}],
        "expected": {"u_c": 1},
    }
    (broken,) = outcomes(data)
    assert not broken.passed
    assert broken.computed is None


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, "\x00", "NaN"])
def test_a_file_that_holds_no_vectors_is_skipped_with_the_reason(tmp_path, content):
    path = tmp_path / "odd.json"
    path.write_text(content)
    (found,) = validate_paths([path]).skipped
    assert found[1].reason
