"""The trust list: signed, versioned, with keys that are judged by date and scopes that end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hengliang.trust.chain import ProofOfTime
from hengliang.trust.errors import KeyRefused, RolledBack, SignatureRefused, TrustError
from hengliang.trust.keys import NoteKey
from hengliang.trust.trust_list import (
    Authority,
    ListedKey,
    Scope,
    TrustList,
    judge_key,
    open_trust_list,
    revoke,
    rotate,
    scopes_at,
    sign_trust_list,
)
from hengliang.trust.verdicts import Indeterminate, Sub, Valid
from tests.trust.conftest import NOON, fixed_key

BEGIN, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
KEY = ListedKey("log", "log.hangzhou.example+00+AA", BEGIN, END)
SCOPE = Scope("electronic scale", "0", "150", "kg", "0.01", "2", "计量法 第二十条", BEGIN, END)
HANGZHOU = Authority("did:web:hangzhou.example", "log.hangzhou.example", "active", (KEY,), (SCOPE,))
LIST = TrustList("delta.example", 3, NOON, (HANGZHOU,))
LEAD = NoteKey("delta.example", fixed_key("delta"))


def test_a_signed_list_opens() -> None:
    assert open_trust_list(sign_trust_list(LIST, [LEAD]), [LEAD.verifier], seen=3) == LIST


def test_an_older_version_is_a_replay() -> None:
    with pytest.raises(RolledBack):
        open_trust_list(sign_trust_list(LIST, [LEAD]), [LEAD.verifier], seen=4)


def test_turned_bytes_and_strangers_are_refused(flip: Callable) -> None:
    note = sign_trust_list(LIST, [LEAD])
    for at in range(len(note)):
        with pytest.raises(TrustError):
            open_trust_list(flip(note, at), [LEAD.verifier])
    with pytest.raises(SignatureRefused):
        open_trust_list(note, [NoteKey("delta.example", fixed_key("other")).verifier])


@pytest.mark.parametrize(
    "change",
    [
        {"version": "3"},
        {"authorities": (replace(HANGZHOU, standing="famous"),)},
        {"authorities": (replace(HANGZHOU, keys=(replace(KEY, state="lost"),)),)},
    ],
)
def test_a_list_with_other_words_is_refused(change: dict) -> None:
    with pytest.raises(TrustError):
        open_trust_list(sign_trust_list(replace(LIST, **change), [LEAD]), [LEAD.verifier])


def test_key_in_force_and_outside_its_time() -> None:
    assert isinstance(judge_key(KEY, now=NOON), Valid)
    after = END + timedelta(days=1)
    assert judge_key(KEY, now=after).sub is Sub.OUT_OF_BOUNDS_NO_POE
    assert isinstance(judge_key(KEY, now=after, proofs=[ProofOfTime(NOON, "a receipt")]), Valid)


def test_rotation_keeps_the_old_key_for_what_it_signed() -> None:
    fresh = ListedKey("log", "log.hangzhou.example+01+AA", NOON, END)
    rotated = rotate(HANGZHOU, KEY.public, fresh, at=NOON)
    old, new = rotated.keys
    later = NOON + timedelta(days=30)
    assert isinstance(judge_key(new, now=later), Valid)
    assert judge_key(old, now=later).sub is Sub.REVOKED_NO_POE
    before = ProofOfTime(NOON - timedelta(days=1), "witnesses")
    assert isinstance(judge_key(old, now=later, proofs=[before]), Valid)
    with pytest.raises(KeyRefused):
        rotate(rotated, KEY.public, fresh, at=later)


def test_compromise_is_dated_back() -> None:
    since = NOON - timedelta(days=10)
    (key,) = revoke(HANGZHOU, KEY.public, at=NOON, compromised_since=since).keys
    assert (key.state, key.since) == ("compromised", since)
    between = ProofOfTime(NOON - timedelta(days=5), "a receipt")
    assert isinstance(judge_key(key, now=NOON, proofs=[between]), Indeterminate)
    before = ProofOfTime(since - timedelta(days=1), "a receipt")
    assert isinstance(judge_key(key, now=NOON, proofs=[before]), Valid)
    (plain,) = revoke(HANGZHOU, KEY.public, at=NOON).keys
    assert isinstance(judge_key(plain, now=NOON, proofs=[between]), Valid)
    with pytest.raises(KeyRefused):
        revoke(HANGZHOU, "unknown", at=NOON)


def test_scope_ends_and_stops_with_the_authority() -> None:
    assert scopes_at(HANGZHOU, "electronic scale", NOON) == (SCOPE,)
    assert scopes_at(HANGZHOU, "taximeter", NOON) == ()
    assert scopes_at(HANGZHOU, "electronic scale", END + timedelta(days=1)) == ()
    assert scopes_at(replace(HANGZHOU, standing="suspended"), "electronic scale", NOON) == ()
