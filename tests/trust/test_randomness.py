"""Choosing: Rivest's published vectors, uniformity, and order that a late addition leaves alone."""

import math
from collections import Counter
from itertools import islice, permutations

from hypothesis import given
from hypothesis import strategies as st

from hengliang.trust.randomness import below, by_ticket, shuffled, stream, ticket


def test_rivest_sampler_published_output() -> None:
    """nealmcb/rivest-sampler-tests, test/pytest-s.out: seed "seed", a = 1, b = 1000, 10 and 10 more."""
    numbers = stream("seed")
    drawn = [1 + below(1000, numbers) for _ in range(20)]
    assert drawn[:10] == [315, 474, 734, 604, 864, 614, 48, 673, 71, 992]
    assert drawn[10:] == [884, 316, 714, 363, 248, 18, 569, 841, 304, 462]


def test_rivest_consistent_sampler_published_fraction() -> None:
    """ron-rivest/consistent_sampler, docstring of first_fraction, all digits."""
    expected = "0.26299714122838008416507544297546663599715395525154425586041245287750224561854"
    assert ticket("AB-130", "01382438112797316654") == expected


def test_rivest_consistent_sampler_published_order() -> None:
    """ron-rivest/consistent_sampler, test_consistent_sampler.py, examples X1, X3, X4."""
    everything = ["A-1", "A-2", "A-3", "B-1", "B-2", "B-3"]
    assert by_ticket(everything, "314159") == ["B-2", "B-3", "A-3", "A-2", "B-1", "A-1"]
    assert by_ticket(everything[3:], "314159") == ["B-2", "B-3", "B-1"]
    fractions = {one: ticket(one, "314159")[:11] for one in everything}
    assert fractions["B-2"] == "0.410310858"
    assert fractions["A-2"] == "0.567089805"


@given(st.sets(st.text("abcdef", min_size=1, max_size=5), min_size=2), st.text(min_size=1, max_size=5))
def test_a_late_addition_leaves_the_order_of_the_others(names: set[str], late: str) -> None:
    order = by_ticket(names | {late}, "start")
    assert [one for one in order if one != late] == by_ticket(names - {late}, "start")


def test_tickets_are_uniform_by_chi_square() -> None:
    drawn = Counter(int(float(ticket(str(number), "s")) * 100) for number in range(20_000))
    chi = sum((drawn[cell] - 200) ** 2 / 200 for cell in range(100))
    # 99 degrees of freedom: 148.2 is passed with probability 0.001; the draw is fixed, so this can't flicker.
    assert chi < 148.2


def test_every_order_of_three_comes_equally_often() -> None:
    found = Counter(tuple(shuffled("abc", stream(f"s{number}"))) for number in range(6000))
    assert set(found) == set(permutations("abc"))
    chi = sum((count - 1000) ** 2 / 1000 for count in found.values())
    assert chi < 20.5  # 5 degrees of freedom, probability 0.001


@given(st.lists(st.text(max_size=3)), st.text())
def test_shuffling_keeps_the_items(items: list[str], start: str) -> None:
    assert sorted(shuffled(items, stream(start))) == sorted(items)


def test_numbers_in_the_incomplete_last_span_are_skipped() -> None:
    top = 2**256 - 1
    limit = 2**255 + 1
    assert below(limit, iter([top, limit, 5])) == 5
    assert below(1, iter([top])) == 0


def test_stream_never_repeats_early() -> None:
    assert len(set(islice(stream("s"), 10_000))) == 10_000
    assert math.log2(next(stream("s"))) > 200
