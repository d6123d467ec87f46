"""The checks against a corpus of injected faults: at least 95 % of each kind found, and at least 95 % of it right."""

import pytest
from benchmarks.readings.faults import INJECTED, measure, scores


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    corpus, found, _ = measure(330, 22, 3, tmp_path_factory.mktemp("faults"))
    return {one.fault: one for one in scores(corpus, found)}


@pytest.mark.parametrize("fault", INJECTED)
def test_precision_and_recall(measured, fault):
    score = measured[fault]
    assert score.injected >= 20
    assert score.recall >= 0.95, score
    assert score.precision >= 0.95, score
