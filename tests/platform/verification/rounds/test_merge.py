"""Merging what devices say: order and repetition change nothing."""

from hypothesis import given
from hypothesis import strategies as st

from hengliang.platform.verification.rounds.merge import Choice, Said, merged, subject_of_unknown

ENTRIES = st.lists(
    st.builds(
        Said,
        subject=st.sampled_from(["line:1", "line:2", "unknown:X"]),
        device=st.sampled_from(["a", "b", "c"]),
        sequence=st.integers(1, 4),
        digest=st.sampled_from(["pass", "fail", "absent"]),
    ),
    unique_by=lambda one: (one.device, one.sequence),
)


@given(ENTRIES, st.randoms())
def test_the_order_of_uploads_does_not_matter(entries, random):
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert merged(shuffled) == merged(entries)


@given(ENTRIES, st.data())
def test_a_replay_changes_nothing(entries, data):
    again = data.draw(st.lists(st.sampled_from(entries))) if entries else []
    assert merged([*entries, *again]) == merged(entries)


@given(ENTRIES)
def test_nothing_is_lost(entries):
    """Every entry stands in exactly one place of its outcome."""
    found = [
        one for outcome in merged(entries).values()
        for one in (*([outcome.speaks] if outcome.speaks else []), *outcome.open, *outcome.earlier)
    ]  # fmt: skip
    assert sorted(found) == sorted(set(entries))
    assert len(found) == len(set(found))


@given(ENTRIES)
def test_either_one_speaks_or_several_are_open(entries):
    for outcome in merged(entries).values():
        assert (outcome.speaks is None) == bool(outcome.open)
        assert len({one.digest for one in outcome.open}) != 1


def said(device, sequence, digest):
    return Said("line:1", device, sequence, digest)


def test_the_last_of_a_device_counts():
    outcome = merged([said("a", 1, "absent"), said("a", 2, "pass")])["line:1"]
    assert outcome.speaks == said("a", 2, "pass")
    assert outcome.earlier == (said("a", 1, "absent"),)


def test_devices_that_agree_are_one_voice():
    assert merged([said("b", 9, "pass"), said("a", 1, "pass")])["line:1"].speaks == said("a", 1, "pass")


def test_a_choice_holds_until_something_new_is_said():
    a, b = said("a", 1, "pass"), said("b", 1, "absent")
    assert merged([a, b])["line:1"].open == (a, b)
    choice = Choice(b, frozenset({"pass", "absent"}))
    assert merged([a, b], [choice])["line:1"].speaks == b
    news = said("a", 2, "fail")
    assert merged([a, b, news], [choice])["line:1"].open == (news, b)
    later = Choice(news, frozenset({"fail", "absent"}))
    assert merged([a, b, news], [choice, later])["line:1"].speaks == news


def test_an_unknown_scale_is_the_same_on_two_devices_by_its_serial_number():
    assert subject_of_unknown("2024-001 a", "某 厂", "d1", 1) == subject_of_unknown("2024001A", "某厂", "d2", 7)
    assert subject_of_unknown("", "某厂", "d1", 1) != subject_of_unknown("", "某厂", "d2", 1)
