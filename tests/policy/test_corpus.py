"""Precision and recall on sentences of our own; the first-read figures stand in the reference page."""

import pytest

from tests.policy.quality import entries, read, score

PARTS = (
    "tuned", "held_out", "development_2",
    "held_out_2", "held_out_3", "held_out_4", "held_out_5", "held_out_6", "held_out_7",
    "blind_a", "blind_b", "blind_c", "blind_d", "blind_e", "blind_f", "blind_g", "blind_h",
    "blind_i", "blind_j", "blind_k", "blind_l", "blind_m",
    "blind_n",
)  # fmt: skip
UNREAD = {"held_out": 0.8, "blind_n": 0.94}  # nothing was mended on these
BOUNDED = {"blind_j": 0.9}  # its labels hold seven upper bounds, which the interface has no comparator for
REACHED = {
    "blind_d": 0.97, "blind_e": 0.99, "blind_f": 0.99, "blind_g": 0.98, "blind_h": 0.99, "blind_i": 0.99,
    "blind_k": 0.99, "blind_l": 0.99, "blind_m": 0.99,
}  # fmt: skip


def test_the_corpus_is_large_and_full_of_traps() -> None:
    labelled = [entry for name in PARTS for entry in entries(name)]
    assert len(labelled) >= 60
    assert sum(not entry["targets"] for entry in labelled) >= 60


@pytest.mark.parametrize("name", [name for name in PARTS if name not in UNREAD | BOUNDED])
def test_parts_that_were_looked_at_hold_the_goal(name: str) -> None:
    targets, _, milestones, listed = score(name)
    assert targets.precision >= 0.95, targets.wrong
    assert targets.recall >= 0.95, targets.wrong
    assert milestones.recall >= 0.95, milestones.wrong
    assert listed.recall == 1.0, listed.wrong


@pytest.mark.parametrize(("name", "floor"), (UNREAD | BOUNDED).items())
def test_parts_below_the_goal_do_not_fall(name: str, floor: float) -> None:
    targets, modeless, _, _ = score(name)
    assert min(targets.precision, targets.recall) >= floor, targets.wrong
    assert min(modeless.precision, modeless.recall) >= floor, modeless.wrong


@pytest.mark.parametrize(("name", "floor"), REACHED.items())
def test_what_was_reached_is_kept(name: str, floor: float) -> None:
    targets, _, _, _ = score(name)
    assert min(targets.precision, targets.recall) >= floor, targets.wrong


@pytest.mark.parametrize("entry", [e for name in PARTS for e in entries(name)], ids=lambda entry: entry["t"][:24])
def test_no_figure_is_dropped(entry: dict[str, object]) -> None:
    """Every Arabic figure lies in a target, a milestone, a refusal with a reason, or the list."""
    document = read(entry)
    places = [(x.start, x.end) for x in (*document.targets, *document.refused, *document.unparsed)]
    places += [(m.start, m.end) for m in document.milestones]
    for at, character in enumerate(document.text):
        numbers_a_clause = any(clause.start > at >= clause.start - 4 for clause in document.clauses)
        covered = any(start <= at < end for start, end in places) or numbers_a_clause
        is_sign_off = document.date is not None and str(document.date.year) in document.text.splitlines()[-1]
        in_last = at >= len(document.text) - len(document.text.splitlines()[-1])
        assert covered or character not in "0123456789" or (is_sign_off and in_last), document.text[at - 6 : at + 6]
