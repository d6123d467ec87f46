"""Comparisons that make no sense: each method answers, or refuses in words, in bounded time and memory."""

import math

import pytest

from hengliang.metrology.comparison import METHODS, Result, reference_value
from hengliang.metrology.comparison.errors import ComparisonError, OutOfScale, TooManyResults

ROUNDS = {
    "none": [],
    "one": [Result("A", 1, 0.1)],
    "twins": [Result("A", 1, 0.1), Result("B", 1, 0.1)],
    "identical": [Result(str(i), 1.0, 0.1) for i in range(8)],
    "all left out": [Result("A", 1, 0.1, included=False), Result("B", 1, 0.1, included=False)],
    "no uncertainty": [Result("A", 1, 0), Result("B", 2, 0.1), Result("C", 2, 0.1)],
    "not a number": [Result("A", math.nan, 1), Result("B", 1, 1), Result("C", 1, 1)],
    "far apart": [Result("A", 1e35, 1e-35), Result("B", -1e35, 1e-35), Result("C", 0, 1e35)],
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ROUNDS)
def test_a_figure_or_a_refusal_and_nothing_else(name, method):
    try:
        found = reference_value(ROUNDS[name], method)
    except ComparisonError as error:
        assert str(error)
    else:
        assert math.isfinite(found.value)
        assert math.isfinite(found.u)


@pytest.mark.parametrize(("value", "u"), [(1e300, 1e290), (1, 1e-300), (1, 1e45)])
def test_beyond_the_scale_of_computation(value, u):
    results = [Result("A", value, u), Result("B", 0, 1), Result("C", 1, 1)]
    with pytest.raises(OutOfScale, match="choose another unit"):
        reference_value(results, "weighted_mean")


def test_a_consistent_subset_of_very_many_is_refused():
    many = [Result(str(i), i / 100, 0.1) for i in range(500)]
    with pytest.raises(TooManyResults, match="at most 200"):
        reference_value(many, "largest_consistent_subset")
