"""Nozzles that all lean to one side."""

import pytest

from hengliang.metrology.balance import TooFewTests, one_sided_adjustment

LIMIT = 0.003


def test_all_nozzles_short_by_a_little_are_suspect_though_each_is_within_the_limit():
    found = one_sided_adjustment([0.0021, 0.0024, 0.0019, 0.0022, 0.0025, 0.0020, 0.0023, 0.0018], limit=LIMIT)
    assert (found.state, found.reason.code) == ("suspect", "one_sided")
    assert found.p_signs == pytest.approx(1 / 256)


def test_scatter_to_both_sides_is_good_and_leaning_to_the_buyer_too():
    even = one_sided_adjustment([0.001, -0.0012, 0.0004, -0.0006, 0.0009, -0.0005], limit=LIMIT)
    assert (even.state, even.reason.code) == ("good", "both_sided")
    assert one_sided_adjustment([-0.002] * 3 + [-0.0021] * 3, limit=LIMIT).state == "good"
    assert one_sided_adjustment([-0.002] * 3 + [-0.0021] * 5, limit=LIMIT, favours="negative").state == "suspect"


def test_what_all_share_can_explain_it():
    leaning = [0.0021, 0.0024, 0.0019, 0.0022, 0.0025, 0.0020]
    found = one_sided_adjustment(leaning, limit=LIMIT, common=0.002)
    assert (found.state, found.reason.code) == ("undeterminable", "nozzles_too_uncertain")


def test_the_mean_test_is_students_by_hand():
    """Errors 1, 2, 3, 4 (1e-3): mean 2.5, s² = 5/3, u = sqrt(5/12), t = 3.873 on 3 degrees: one-sided p = 0.01524."""
    found = one_sided_adjustment([0.001, 0.002, 0.003, 0.004], limit=0.01)
    assert found.u_mean == pytest.approx(1e-3 * (5 / 12) ** 0.5)
    assert found.p_mean == pytest.approx(0.01524, abs=2e-5)


def test_three_nozzles_are_too_few():
    with pytest.raises(TooFewTests, match="take at least 4"):
        one_sided_adjustment([0.002] * 3, limit=LIMIT)
