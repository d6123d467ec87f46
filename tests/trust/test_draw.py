"""The draw: one outcome for all, nothing to steer, nothing to hide."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.trust import canonical
from hengliang.trust.commitment import commit
from hengliang.trust.draw import Draw, Stratum, make_draw, pending, read_draw, start_value
from hengliang.trust.draw_file import DrawFile, draw_from, read_draw_file, replay
from hengliang.trust.errors import DrawRefused, MalformedDraw, MalformedInput, TrustError
from hengliang.trust.keys import CosignerKey, NoteKey
from hengliang.trust.log import Log
from hengliang.trust.public_value import read_public_value
from hengliang.trust.receipt import make_receipt
from hengliang.trust.receipt_check import LogPolicy
from hengliang.trust.verdicts import Indeterminate, Invalid, Sub, Valid
from tests.trust.conftest import NOON, entry

DICE = {"source": "dice", "throws": 25, "appears": "2026-06-02T01:00:00Z"}
THROWN = {"throws": [1, 2, 3, 4, 5] * 5, "witnesses": ["account:a", "account:b"]}
DRAW = Draw(
    id="hz-2026-06",
    strata=(
        Stratum("tier-a", tuple(f"shop-{number:03d}" for number in range(40)), 2),
        Stratum("tier-d", tuple(f"stall-{number:03d}" for number in range(10)), 5),
    ),
    inspectors=("insp-1", "insp-2", "insp-3", "insp-4", "insp-5"),
    per_object=2,
    recusals=frozenset({("insp-1", "stall-004"), ("insp-2", "shop-000")}),
    rule=DICE,
)


@pytest.fixture
def file(log: Log, witness_keys: list[CosignerKey]) -> DrawFile:
    """The draw committed, witnessed at noon of 1 June, thrown on 2 June, announced."""
    committed = commit(DRAW.payload(), salt=b"draw" * 8)
    line = entry(1, type="draw.committed", object="draw:hz-2026-06", commitment=committed.digest.hex())
    log.append([line.to_bytes()])
    log.add_cosignatures(witness_keys[0].sign_note(log.state().text()).line().encode())
    receipt = make_receipt(log, 0).disclose(DRAW.payload(), committed)
    return DrawFile(receipt, THROWN, draw_from(receipt, THROWN).payload())


@pytest.fixture
def policy(log_key: NoteKey, witness_keys: list[CosignerKey]) -> LogPolicy:
    return LogPolicy([log_key.verifier], [key.verifier for key in witness_keys], quorum=1)


def test_start_is_four_lines_of_text() -> None:
    text = "hengliang-draw-v1\nd\n" + "00" * 32 + "\nvalue\n"
    assert start_value("d", bytes(32), "value") == hashlib.sha256(text.encode()).hexdigest()


def test_announced_draw_replays(file: DrawFile, policy: LogPolicy) -> None:
    again = replay(read_draw_file(file.to_bytes()), policy, now=NOON)
    assert isinstance(again.overall, Valid), again.overall
    assert again.witnessed_at == int(NOON.timestamp())
    assert again.outcome.payload() == file.drawn


def test_every_turned_byte_is_detected(file: DrawFile, policy: LogPolicy, flip) -> None:
    whole = file.to_bytes()
    for at in range(0, len(whole), 3):
        try:
            again = replay(read_draw_file(flip(whole, at)), policy, now=NOON)
        except TrustError:
            continue
        # The names of those who watched the dice are evidence for people and do not enter the value.
        if not isinstance(again.overall, Valid):
            continue
        assert whole[at : at + 1] in b'ab"account:' and b"witnesses" in whole[at - 60 : at + 60]


def test_another_outcome_is_invalid(file: DrawFile, policy: LogPolicy) -> None:
    swapped = {**file.drawn, "drawn": file.drawn["drawn"][::-1]}
    assert isinstance(replay(replace(file, drawn=swapped), policy, now=NOON).overall, Invalid)


def test_another_public_value_is_invalid(file: DrawFile, policy: LogPolicy) -> None:
    thrown = {**THROWN, "throws": [6] * 25}
    assert isinstance(replay(replace(file, evidence=thrown), policy, now=NOON).overall, Invalid)
    missing = replay(replace(file, evidence={}), policy, now=NOON)
    assert (type(missing.overall), missing.outcome) == (Invalid, None)


def test_without_a_witness_the_time_is_not_proven(file: DrawFile, policy: LogPolicy) -> None:
    again = replay(file, replace(policy, witness_keys=(), quorum=0), now=NOON)
    assert isinstance(again.overall, Indeterminate)
    assert again.overall.sub is Sub.NO_POE


def test_lists_fixed_after_the_value_are_not_proven(
    log: Log, log_key: NoteKey, witness_keys: list[CosignerKey], policy: LogPolicy, file: DrawFile
) -> None:
    late = replace(witness_keys[0], clock=(NOON + timedelta(days=2)).timestamp)
    log.append([b"{}"])
    log.add_cosignatures(late.sign_note(log.state().text()).line().encode())
    moved = replace(file, committed=replace(file.committed, proof=make_receipt(log, 0).proof))
    again = replay(moved, policy, now=NOON)
    assert isinstance(again.overall, Indeterminate)
    assert again.outcome.payload() == file.drawn, "another checkpoint must not change who is drawn"


def test_receipt_of_another_entry_is_refused(file: DrawFile, policy: LogPolicy) -> None:
    other = entry(1, type="draw.abandoned", object="draw:hz-2026-06").to_bytes()
    forged = replace(file, committed=replace(file.committed, entry=other))
    assert isinstance(replay(forged, policy, now=NOON).overall, Invalid)


@given(st.integers(0, 10**6))
def test_every_outcome_keeps_strata_numbers_and_recusals(number: int) -> None:
    outcome = make_draw(DRAW, f"{number:064x}")
    drawn = [one for one, _ in outcome.pairs]
    assert (len(drawn), len(set(drawn))) == (7, 7)
    assert [one.split("-")[0] for one in drawn] == ["shop"] * 2 + ["stall"] * 5
    for place, sent in outcome.pairs:
        assert len(set(sent)) == 2
        assert not {(one, place) for one in sent} & DRAW.recusals
    loads = [sum(one in sent for _, sent in outcome.pairs) for one in DRAW.inspectors]
    assert max(loads) - min(loads) <= 2


def test_a_late_addition_changes_at_most_one_object() -> None:
    start = "ab" * 32
    before = {one for one, _ in make_draw(DRAW, start).pairs}
    larger = replace(DRAW.strata[0], objects=(*DRAW.strata[0].objects, "shop-999"))
    after = {one for one, _ in make_draw(replace(DRAW, strata=(larger, DRAW.strata[1])), start).pairs}
    assert len(before - after) <= 1


def test_a_draw_has_one_form() -> None:
    shuffled = replace(DRAW, inspectors=DRAW.inspectors[::-1])
    assert shuffled.payload() == DRAW.payload()
    assert read_draw(canonical.write(DRAW.payload())).payload() == DRAW.payload()
    unsorted = {**DRAW.payload(), "inspectors": list(DRAW.inspectors[::-1])}
    with pytest.raises(MalformedDraw):
        read_draw(canonical.write(unsorted))


@pytest.mark.parametrize(
    "change",
    [
        {"id": "张三"},
        {"id": "a\nb"},
        {"strata": (Stratum("a", ("x", "x"), 1),)},
        {"strata": (Stratum("a", ("x",), 2),)},
        {"strata": (Stratum("a", ("x",), 1), Stratum("b", ("x",), 1))},
        {"inspectors": ("i", "i")},
        {"per_object": 6},
        {"per_object": -1},
        {"rule": {"source": "mood", "appears": DICE["appears"]}},
        {"rule": {"source": "dice", "throws": 25}},
        {"recusals": frozenset((f"insp-{one}", "stall-001") for one in range(1, 5))},
    ],
)
def test_a_draw_that_cannot_be_made_is_refused_before_it_is_committed(change: dict) -> None:
    with pytest.raises((DrawRefused, MalformedDraw)):
        read_draw(canonical.write(replace(DRAW, **change).payload()))


@pytest.mark.parametrize(
    "content", [b"{}", b"[]", b"1", b'{"algorithm":"other"}', b'{"algorithm":"hengliang-draw-v1","id":1}']
)
def test_malformed_files_are_refused(content: bytes) -> None:
    with pytest.raises(MalformedInput):
        read_draw(content)
    with pytest.raises(MalformedInput):
        read_draw_file(content)


def test_abandoned_and_forgotten_commitments_stay_visible() -> None:
    log = [
        entry(1, type="draw.committed", object="draw:a"),
        entry(2, type="draw.committed", object="draw:b"),
        entry(3, type="draw.abandoned", object="draw:b"),
        entry(4, type="draw.committed", object="draw:c"),
        entry(5, type="draw.drawn", object="draw:c"),
        entry(6, type="draw.abandoned", object="draw:c"),
        entry(7, type="draw.drawn", object="draw:never-committed"),
        entry(8, type="draw.committed", object="draw:d"),
        entry(9, type="draw.committed", object="draw:d"),
        entry(10, type="draw.drawn", object="draw:d"),
    ]
    assert pending(log) == {
        "draw:a": "committed",
        "draw:b": "abandoned",
        "draw:c": "drawn",
        "draw:d": "repeated",
    }


SIGNATURE = bytes(range(96))
DRAND = {
    "chain": "52db",
    "round": 7,
    "signature": SIGNATURE.hex(),
    "randomness": hashlib.sha256(SIGNATURE).hexdigest(),
}
LOTTERY = {"lottery": "ssq", "issue": "2026063", "numbers": [3, 8, 12, 19, 25, 31, 7]}
SSQ = {"source": "lottery", "lottery": "ssq", "issue": "2026063"}
FILE = {"publication": "Zhejiang Daily 2026-06-02 front page", "sha256": "ab" * 32}


def test_public_values_have_one_text() -> None:
    assert read_public_value(DICE, THROWN) == "-".join("12345" * 5)
    assert read_public_value(SSQ, LOTTERY) == "03 08 12 19 25 31 07"
    assert read_public_value({"source": "file", "publication": FILE["publication"]}, FILE) == "ab" * 32
    drand = {"source": "drand", "chain": "52db", "round": 7}
    assert read_public_value(drand, DRAND) == DRAND["randomness"]


@pytest.mark.parametrize(
    ("rule", "evidence"),
    [
        ({"source": "mood"}, {}),
        (DICE, {**THROWN, "throws": [1] * 24}),
        (DICE, {**THROWN, "throws": [7] * 25}),
        (DICE, {**THROWN, "throws": [True] * 25}),
        (DICE, {**THROWN, "witnesses": ["account:a", "account:a"]}),
        ({**DICE, "throws": 5}, {**THROWN, "throws": [1] * 5}),
        ({"source": "lottery", "lottery": "ssq", "issue": "2026064"}, LOTTERY),
        (
            {"source": "lottery", "lottery": "ssq", "issue": "2026063"},
            {**LOTTERY, "numbers": [1, 2, 3, 4, 100]},
        ),
        ({"source": "lottery", "lottery": "ssq", "issue": "2026063"}, {**LOTTERY, "numbers": [1]}),
        ({"source": "file", "publication": "other"}, FILE),
        ({"source": "file", "publication": FILE["publication"]}, {**FILE, "sha256": "AB" * 32}),
        ({"source": "drand", "chain": "52db", "round": 8}, DRAND),
        ({"source": "drand", "chain": "52db", "round": 7}, {**DRAND, "randomness": "00" * 32}),
        ({"source": "drand", "chain": "52db", "round": 7}, {**DRAND, "signature": "xy"}),
    ],
)
def test_evidence_that_the_rule_did_not_name_is_refused(rule: dict, evidence: dict) -> None:
    with pytest.raises(DrawRefused):
        read_public_value(rule, evidence)
