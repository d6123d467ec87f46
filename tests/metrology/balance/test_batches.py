"""Batches over nodes that tell nothing of a single meter."""

import numpy as np
import pytest

from hengliang.metrology.balance import Batch, Prior, batch_to_dict, evaluate, evaluate_batches, learn_prior, statistics
from hengliang.metrology.balance.hierarchy import pooled
from tests.metrology.balance.district import district

DAY = 86400


def daily(seeds: int, shift: float, n: int = 30):
    made = []
    for seed in range(seeds):
        errors = {j: shift + 0.003 * np.random.default_rng(900 + seed).standard_normal(n)[j] for j in range(0, n, 3)}
        data, truth = district(seed=seed, n=n, weeks=10, period=DAY, batches=3, errors=errors)
        made.append((statistics(data), truth))
    return made


def test_the_mean_of_a_batch_lies_within_its_uncertainty():
    nodes = daily(12, -0.02)
    found = evaluate_batches([s for s, _ in nodes], limit=0.02, share=0.05)
    truth = [np.mean([t[k::3].mean() for _, t in nodes]) for k in range(3)]
    assert [v.batch for v in found] == [Batch("maker 0"), Batch("maker 1"), Batch("maker 2")]
    for verdict, mean in zip(found, truth, strict=True):
        assert verdict.mean == pytest.approx(mean, abs=3 * verdict.u_mean)
        assert (verdict.meters, verdict.nodes) == (120, 12)
    assert found[0].u_mean < 0.003
    assert found[0].mean < found[1].mean - 0.01


def test_a_batch_of_wrong_meters_is_told_and_a_sound_one_cleared():
    made = []
    for seed in range(6):  # 60 meters of a batch: 40 without a fault don't yet show that 95 % are sound
        errors = dict.fromkeys(range(0, 30, 3), -0.06)
        made.append(statistics(district(seed=seed, n=30, weeks=4, batches=3, errors=errors)[0]))
    found = evaluate_batches(made, limit=0.02, share=0.05)
    assert [v.state for v in found] == ["suspect", "good", "good"]
    assert found[0].fraction_beyond > 0.9 > 0.05 > found[1].fraction_beyond
    assert batch_to_dict(found[0])["reason"]["code"] == "batch_beyond"


def test_where_no_meter_can_be_told_the_batch_is_undecided():
    found = evaluate_batches([s for s, _ in daily(2, 0.0)], limit=0.004, share=0.05)
    assert {v.reason.code for v in found} == {"batch_undecided"}


def test_meters_without_batch_make_none():
    assert evaluate_batches([statistics(district(n=5, weeks=1)[0])], limit=0.02, share=0.05) == ()


def test_batches_of_one_maker_lend_each_other_strength():
    """Two models of one maker, the second without data: it takes its maker's mean, less surely."""
    batches = [Batch("a", "1"), Batch("a", "2"), Batch("b", "1"), Batch("c", "1")]
    information = np.diag([1e8, 0.0, 1e8, 1e8])
    means, covariance = pooled(information, information @ np.array([0.01, 0.0, 0.0, 0.0]), batches)
    assert means[0] == pytest.approx(0.01, abs=3e-4)
    assert 0.002 < means[1] < 0.01
    assert covariance[1, 1] > 10 * covariance[0, 0]


def test_the_learnt_prior_knows_how_many_are_worn():
    rng = np.random.default_rng(8)
    made = []
    for seed in range(8):
        errors = {
            int(j): float(rng.choice([-1, 1]) * rng.uniform(0.03, 0.08)) for j in rng.choice(20, 4, replace=False)
        }
        made.append(statistics(district(seed=50 + seed, errors=errors)[0]))
    learnt = learn_prior(made)
    assert learnt.worn_share > 2 * Prior().worn_share
    assert 0.002 < learnt.healthy < 0.0045
    assert evaluate(made[0], limit=0.02, prior=learnt).state == "judged"


def test_nothing_is_learnt_from_nothing():
    assert learn_prior([]) == Prior()
