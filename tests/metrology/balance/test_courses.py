"""A meter that was not read goes on as it goes: with its node, or by the clock."""

import numpy as np
import pytest

from hengliang.metrology.balance.courses import course_of, divided, slots_of

HOURS = np.arange(30 * 24)
NODE = 10.0 + 5.0 * np.exp(-(((HOURS % 24 - 19) / 3.0) ** 2))
SUN = np.maximum(0.0, np.sin((HOURS % 24 - 6) / 12 * np.pi))


def lost(values, day):
    known = values.copy()
    known[day * 24 : day * 24 + 24] = np.nan
    return known


def test_what_goes_with_its_node_is_guessed_by_the_node():
    course = course_of(lost(0.1 * NODE, 12), NODE, 24)
    assert course.guess == pytest.approx(0.1 * NODE)
    assert course.variance == pytest.approx(np.zeros_like(NODE))


def test_what_goes_by_the_sun_is_guessed_by_the_clock():
    rng = np.random.default_rng(2)
    feeding = SUN * rng.uniform(0.5, 1.0, 30).repeat(24)
    course = course_of(lost(feeding, 12), NODE, 24)
    assert np.corrcoef(course.guess, SUN)[0, 1] == pytest.approx(1.0, abs=1e-6)
    assert course.variance[12] > 20 * course.variance[0]  # at night nothing can be guessed wrong


def test_what_is_charged_is_what_the_guesses_are_off_by():
    """Over many lost days: mean square of the error over the variance is one, at night and in the evening."""
    rng = np.random.default_rng(3)
    ratios = []
    for _ in range(40):
        true = 0.1 * NODE * rng.gamma(2.0, 0.5, len(NODE))
        course = course_of(lost(true, 15), NODE, 24)
        off = (true - course.guess)[15 * 24 : 16 * 24]
        ratios.append(off**2 / course.variance[15 * 24 : 16 * 24])
    evening, night = np.mean(ratios, axis=0)[17:22].mean(), np.mean(ratios, axis=0)[:12].mean()
    assert evening == pytest.approx(1.0, abs=0.35) and night == pytest.approx(1.0, abs=0.35)


def test_a_known_total_is_kept_whatever_the_guess():
    for guess in (NODE[:5], np.zeros(5), np.array([1.0, -2, 3, 1, 1])):
        assert divided(7.0, guess, NODE[:5]).sum() == pytest.approx(7.0)


def test_few_days_have_no_course_of_their_own():
    known = SUN[: 5 * 24].copy()
    assert course_of(known, NODE[: 5 * 24], 24).guess == pytest.approx(NODE[: 5 * 24] * known.sum() / NODE[:120].sum())


def test_periods_of_a_day():
    assert (slots_of(3600), slots_of(86_400), slots_of(7 * 86_400)) == (24, 1, 1)
