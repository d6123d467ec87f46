"""Salted commitments: open, refuse, erase."""

import hashlib

import pytest

from hengliang.trust.commitment import Commitment, commit, digest_of
from hengliang.trust.errors import CommitmentMismatch, MalformedInput, SaltErased

PAYLOAD = {"certificate": "JD-2026-000123", "owner": "某某超市", "result": "合格"}


def test_is_sha256_over_salt_and_canonical_payload() -> None:
    # Our own derivation: 32 zero bytes, then the 7 bytes {"a":1}.
    assert commit({"a": 1}, salt=bytes(32)).digest == hashlib.sha256(bytes(32) + b'{"a":1}').digest()


def test_opens_with_its_payload_whatever_the_key_order() -> None:
    turned = dict(reversed(PAYLOAD.items()))
    assert list(turned) != list(PAYLOAD)
    commit(PAYLOAD).check(turned)
    assert commit(turned, salt=bytes(32)) == commit(PAYLOAD, salt=bytes(32))


def test_altered_payload_is_refused() -> None:
    with pytest.raises(CommitmentMismatch):
        commit(PAYLOAD).check({**PAYLOAD, "result": "不合格"})


def test_two_commitments_to_one_payload_differ() -> None:
    assert commit(PAYLOAD).digest != commit(PAYLOAD).digest


def test_erased_commitment_stands_and_says_nothing() -> None:
    made = commit(PAYLOAD)
    erased = made.erase()
    assert (erased.digest, erased.erased, made.erased) == (made.digest, True, False)
    with pytest.raises(SaltErased) as caught:
        erased.check(PAYLOAD)
    assert caught.value.code == "trust.SaltErased"
    assert caught.value.parameters == {"digest": made.digest.hex()}


@pytest.mark.parametrize("length", [0, 31, 33])
def test_salt_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(MalformedInput):
        digest_of(b"{}", bytes(length))


def test_salt_and_payload_cannot_be_shifted() -> None:
    made = commit("ab", salt=b"s" * 32)
    with pytest.raises(CommitmentMismatch):
        Commitment(made.digest, b"s" * 31 + b'"').check("ab")
