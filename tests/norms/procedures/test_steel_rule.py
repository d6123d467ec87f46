"""Steel rules: the limit follows the nominal length."""

import pytest

from tests.norms.procedures.cast import item_of, procedure


@pytest.mark.parametrize(("length", "limit"), [("150", "0.10"), ("600", "0.15"), ("1000", "0.20"), ("2000", "0.35")])
def test_the_limit_follows_the_length(length: str, limit: str):
    # Source: JJG 1-1999, limits by length, as recalled
    rows = [{"indicated": "100", "reference": "100"}] * 3
    result = item_of(procedure("procedure/steel-rule"), "error", "initial", {"length": length}, *rows)
    assert {str(point.high) for point in result.points} == {limit}
    assert {str(point.low) for point in result.points} == {f"-{limit}"}
