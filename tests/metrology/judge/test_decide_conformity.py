"""The judge's exact decisions agree with the rules of `metrology.conformity`, which compute in floats."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology import conformity
from hengliang.metrology.judge.decide import guarded, suitable, verdict_at

NAMES = {"Pass": "pass", "Fail": "fail", "Indeterminate": "indeterminate"}
# Odd hundredths, so that no value lies on a boundary, where a float may fall to either side.
ODD = st.integers(-400, 400).map(lambda n: Decimal(2 * n + 1) / 200)


@given(value=ODD, expanded=st.integers(1, 60).map(lambda n: Decimal(n) / 50))
def test_jjf_1094(value: Decimal, expanded: Decimal):
    low, high = Decimal(-1), Decimal(1)
    ours = verdict_at(value, low, high) if suitable(expanded, low, high) else guarded(value, low, high, expanded)
    theirs = conformity.jjf_1094(float(value), float(expanded), 1.0)
    assert ours == NAMES[type(theirs).__name__]
