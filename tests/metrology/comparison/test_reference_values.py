"""Reference values against published comparisons and exact small cases."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.metrology.comparison import METHODS, Result, cox_b, reference_value
from hengliang.metrology.comparison.classical import consistency_limit, weighted_mean
from hengliang.metrology.comparison.errors import (
    NoScatter,
    NotConsistent,
    NotPositiveUncertainty,
    TooFewResults,
    UnknownLaboratory,
    UnknownMethod,
)
from hengliang.metrology.comparison.random_effects import between_variance, power_moderated_mean
from hengliang.metrology.comparison.robust import algorithm_a, q_hampel

# CCQM-K30, lead in wine: Metrologia 45 (2008) Tech. Suppl. 08001; published value 2.99, U = 0.06.
LEAD = [
    Result("INMETRO", 1.62, 0.044, included=False),
    Result("KRISS", 2.893, 0.020657276995305163),
    Result("NMIJ", 2.936, 0.0125),
    Result("IRMM", 2.94, 0.0165),
    Result("PTB", 2.96, 0.1 / 3),
    Result("NMIA", 2.98, 0.10050251256281408),
    Result("LGC", 3.0, 0.05),
    Result("CSIR", 3.001, 0.068),
    Result("NIM", 3.07, 0.085),
    Result("LNE", 3.13, 0.06),
    Result("INM", 7.71, 0.99, included=False),
]
# BIPM.RI(II)-K1.Ag-110m, release 2020: 5980.8(64) kBq.
SILVER = [
    Result("BKFH", 5973, 17),
    Result("LNE-LNHB", 5985, 7),
    Result("NIST", 5971, 22),
    Result("NPL", 6005, 48),
    Result("PTB", 5974, 19),
]


def test_ccqm_k30():
    assert reference_value(LEAD, "mean").value == pytest.approx(2.99, abs=1e-12)
    weighted = weighted_mean(LEAD)
    assert weighted.chi_squared == pytest.approx(20.4067, abs=1e-4)
    assert consistency_limit(9) == pytest.approx(15.507, abs=1e-3)
    with pytest.raises(NotConsistent, match="procedure B"):
        reference_value(LEAD, "cox_a")
    assert reference_value(LEAD, "largest_consistent_subset").rejected == ("LNE",)


def test_bipm_silver_to_the_printed_digits():
    found = power_moderated_mean(SILVER)
    assert (round(found.value, 1), round(found.u, 1)) == (5980.8, 6.4)
    assert sum(found.weights) == pytest.approx(1)


def test_power_two_is_mandel_paule_and_power_zero_the_mean():
    moderated = power_moderated_mean(LEAD, alpha=2.0, k=1e9)
    random_effects = reference_value(LEAD, "mandel_paule")
    assert (moderated.value, moderated.u) == pytest.approx((random_effects.value, random_effects.u), rel=1e-9)
    assert power_moderated_mean(LEAD, alpha=0.0, k=1e9).value == pytest.approx(2.99, rel=1e-12)


def test_an_extreme_result_is_left_out_and_named():
    """Among n the largest normalised distance is sqrt(n - 1), so it takes eight to exceed 2.5."""
    crowd = [Result(str(i), 10 + 0.1 * (-1) ** i, 0.1) for i in range(11)]
    assert power_moderated_mean([*crowd, Result("far", 30, 0.1)]).rejected == ("far",)


def test_mandel_paule_satisfies_its_equation():
    x, u = np.array([27.044, 26.022, 26.34, 26.787, 26.796]), np.array([0.055, 0.276, 0.681, 0.055, 0.118])
    variance = u**2 + between_variance(x, u)
    mean = np.sum(x / variance) / np.sum(1 / variance)
    assert np.sum((x - mean) ** 2 / variance) == pytest.approx(4, rel=1e-12)


def test_two_results_by_hand():
    """x = 1, 3 with u = 1, 2: weights 0.8 and 0.2, u^2 = 0.8, chi-squared 4/5."""
    pair = [Result("A", 1, 1), Result("B", 3, 2)]
    found = weighted_mean(pair)
    assert (found.value, found.u**2, found.chi_squared) == pytest.approx((1.4, 0.8, 0.8))
    assert weighted_mean(pair, u_least=2.0).value == pytest.approx(2.0)


def test_the_largest_consistent_subset_is_that_of_full_enumeration():
    generator = np.random.default_rng(7)
    for _ in range(20):
        x, u = generator.normal(0, 2, 8), generator.uniform(0.3, 1.5, 8)
        results = [Result(str(i), a, b) for i, (a, b) in enumerate(zip(x, u, strict=True))]
        kept = {r.laboratory for r in results} - set(reference_value(results, "largest_consistent_subset").rejected)
        assert kept == _best_by_enumeration(results)


def _best_by_enumeration(results):
    for size in range(len(results), 0, -1):
        found = [(weighted_mean(s).chi_squared, s) for s in combinations(results, size)]
        chi_squared, best = min(found, key=lambda pair: pair[0])
        if size == 1 or chi_squared <= consistency_limit(size):
            chosen = min(results, key=lambda r: r.u) if size == 1 else None
            return {chosen.laboratory} if chosen else {r.laboratory for r in best}
    raise AssertionError


def test_procedure_b_is_the_same_every_time_and_close_to_the_median():
    first, second = cox_b(LEAD, trials=40_000), cox_b(LEAD, trials=40_000)
    assert (first.reference.value, first.degrees) == (second.reference.value, second.degrees)
    assert first.reference.value == pytest.approx(2.98, abs=0.02)
    assert first.low < first.reference.value < first.high


def test_algorithm_a_at_its_fixed_point():
    """The result must reproduce itself: mean and 1.134 s of the data winsorised at 1.5 s."""
    data = np.array([4.5, 4.9, 5.6, 4.2, 6.2, 5.2, 9.9])
    found = algorithm_a(data)
    held = np.clip(data, found.mean - 1.5 * found.sd, found.mean + 1.5 * found.sd)
    assert found.mean == pytest.approx(held.mean(), rel=1e-12)
    assert found.sd == pytest.approx(1.134 * held.std(ddof=1), rel=1e-12)
    assert found.mean == pytest.approx(5.386489, abs=1e-6)


def test_q_hampel_is_efficient_on_clean_data_and_deaf_to_outliers():
    generator = np.random.default_rng(3)
    clean = generator.normal(10, 1, 400)
    assert q_hampel(clean).sd == pytest.approx(1.0, abs=0.1)
    spoilt = np.concatenate([clean, np.full(80, 1e6)])
    assert q_hampel(spoilt).mean == pytest.approx(clean.mean(), abs=0.02)


@pytest.mark.parametrize("method", [m for m in METHODS if m != "cox_b"])
@settings(max_examples=15, deadline=None)
@given(data=st.data(), shift=st.integers(-50, 50), scale=st.sampled_from([0.5, 1.0, 8.0]))
def test_units_and_order_do_not_matter(method, data, shift, scale):
    order = data.draw(st.permutations(range(5)))
    base = reference_value(SILVER, method)
    moved = reference_value(
        [Result(SILVER[i].laboratory, SILVER[i].value * scale + shift, SILVER[i].u * scale) for i in order],
        method,
    )
    assert moved.value == pytest.approx(base.value * scale + shift, rel=1e-9)
    assert moved.u == pytest.approx(base.u * scale, rel=1e-6)


def test_wrong_use_is_refused():
    with pytest.raises(TooFewResults):
        reference_value(SILVER[:1], "mean")
    with pytest.raises(NotPositiveUncertainty, match="A"):
        reference_value([Result("A", 1, 0), Result("B", 1, 1)], "weighted_mean")
    with pytest.raises(UnknownMethod, match="mandel_paule"):
        reference_value(SILVER, "mode")
    with pytest.raises(UnknownLaboratory):
        reference_value(SILVER, "pilot", pilot="Nobody")
    with pytest.raises(NoScatter):
        algorithm_a([1, 1, 1, 2])
