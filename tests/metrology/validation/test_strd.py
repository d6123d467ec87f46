"""All StRD sets at hand, when the reference material is there."""

import os
from pathlib import Path

import pytest

from hengliang.metrology.validation import validate_paths
from hengliang.metrology.validation.formula import compile_formula

REFERENCE = os.environ.get("HENGLIANG_REFERENCE")


@pytest.mark.skipif(not REFERENCE, reason="HENGLIANG_REFERENCE names no folder")
def test_every_set_agrees():
    report = validate_paths([Path(str(REFERENCE)) / "vectors" / "nist_strd"])
    assert [c.name for _, c in report.checks if not c.passed] == []
    assert len(report.checks) > 500
    assert all("rounding" in s.reason for _, s in report.skipped)


@pytest.mark.parametrize("text", ["__import__('os')", "x.real", "x[0]", "(lambda: 1)()", "x if x else 1"])
def test_a_formula_outside_the_grammar_is_refused(text):
    with pytest.raises(ValueError, match="can't contain"):
        compile_formula(text)({"x": 1.0})
