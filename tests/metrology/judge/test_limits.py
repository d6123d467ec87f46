"""Limits: boundaries exactly as written, rows by condition, regime factors, limits that are sums of terms."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology.judge import Bracket, Limit, LimitRow, Term
from hengliang.metrology.judge.limits import NoLimit, finder
from tests.metrology.judge.cast import MPE, bracket, number, quantity, table


def limits(of, regime: str = "initial", **quantities: str):
    return finder(Limit("mpe"), of, regime)({name: Decimal(value) for name, value in quantities.items()})


@pytest.mark.parametrize(("reference", "limit"), [("0", "0.5"), ("100", "0.5"), ("100.0001", "1"), ("200", "1")])
def test_a_bracket_holds_its_upper_end(reference: str, limit: str):
    assert limits(MPE, reference=reference) == (-Decimal(limit), Decimal(limit))


@pytest.mark.parametrize(("reference", "limit"), [("0", "0.5"), ("99.9999", "0.5"), ("100", "1"), ("200", "1")])
def test_or_its_lower_end_and_the_last_also_its_upper(reference: str, limit: str):
    assert limits(replace(MPE, closed="lower"), reference=reference)[1] == Decimal(limit)


@pytest.mark.parametrize("closed", ["upper", "lower"])
@pytest.mark.parametrize("reference", ["-0.0001", "200.0001"])
def test_outside_all_brackets_there_is_no_limit(reference: str, closed: str):
    with pytest.raises(NoLimit) as none:
        limits(replace(MPE, closed=closed), reference=reference)
    assert none.value.value == Decimal(reference)


@pytest.mark.parametrize("closed", ["upper", "lower"])
@given(reference=st.decimals(0, 200, places=3, allow_nan=False))
def test_edges_that_are_quantities_give_the_same_as_edges_that_are_numbers(closed: str, reference: Decimal):
    low, high = bracket("0", None, "0.5"), bracket(None, "200", "1")
    by_name = table(replace(low, end=quantity("qt")), replace(high, start=quantity("qt")), closed=closed)
    by_number = replace(MPE, closed=closed)
    given_ = {"reference": str(reference), "qt": "100"}
    assert limits(by_name, **given_) == limits(by_number, **given_)


def test_in_service_the_limit_doubles():
    assert limits(MPE, "in_service", reference="50") == (Decimal("-1.0"), Decimal("1.0"))


def test_a_table_in_e_is_multiplied_by_e():
    in_e = replace(MPE, per="e", over=(Term(Decimal(1), ("reference",), ("e",)),))
    assert limits(in_e, reference="500", e="5") == (Decimal("-2.5"), Decimal("2.5"))
    assert limits(in_e, reference="501", e="5")[1] == 5


def test_a_limit_may_be_a_sum_of_terms():
    # The limit of a heat meter of class 2. Source: OIML R 75-1:2002: 3 + 4·ΔΘmin/ΔΘ + 0.02·qp/q
    terms = (Term(Decimal(3)), Term(Decimal(4), ("dt_min",), ("dt",)), Term(Decimal("0.02"), ("qp",), ("q",)))
    sums = table(Bracket(None, None, None, terms), over=None)
    assert limits(sums, dt_min="3", dt="20", qp="1.5", q="0.15") == (None, Decimal("3.80"))


def test_the_first_row_whose_conditions_hold_decides():
    fine = LimitRow({"class": frozenset({"1", "2"})}, (bracket(None, None, "1"),))
    coarse = LimitRow({"class": frozenset({"2", "3"})}, (bracket(None, None, "2"),))
    rows = replace(MPE, rows=(fine, coarse), over=None)
    found = finder(Limit("mpe"), rows, "initial")
    assert [found({"class": name})[1] for name in "123"] == [1, 1, 2]
    with pytest.raises(NoLimit) as none:
        found({"class": "4"})
    assert none.value.given == {"class": "4"}


def test_rows_that_ask_for_different_words_are_tried_in_order():
    first = LimitRow({"class": frozenset({"1"})}, (bracket(None, None, "1"),))
    rest = LimitRow({}, (bracket(None, None, "2"),))
    found = finder(Limit("mpe"), replace(MPE, rows=(first, rest), over=None), "initial")
    assert found({"class": "1"})[1] == 1
    assert found({"class": "9"})[1] == 2


def test_a_magnitude_has_no_lower_limit_and_a_share_is_a_share():
    half = finder(Limit("mpe", "magnitude", Decimal("0.5")), MPE, "initial")
    assert half({"reference": Decimal(50)}) == (None, Decimal("0.25"))


def test_one_sided_limits_stay_open():
    at_least = table(Bracket(None, None, number("0.3"), None), over=None)
    assert limits(at_least) == (Decimal("0.3"), None)
