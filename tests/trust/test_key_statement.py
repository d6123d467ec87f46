"""Keys that are followed or revoked: who must have signed, and what cannot be turned."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from hengliang.trust.errors import KeyRefused, MalformedNote, SignatureRefused, TrustError
from hengliang.trust.key_statement import (
    Revocation,
    Rotation,
    open_statement,
    sign_revocation,
    sign_rotation,
)
from hengliang.trust.keys import CosignerKey, NoteKey, SoftwareKey, open_sealed, read_sealed
from hengliang.trust.notes import Note, read_note
from tests.trust.conftest import NOON, fixed_key

OLD, NEW = (NoteKey("log.hangzhou.example", fixed_key(name)) for name in ("hangzhou", "fresh"))


def test_a_rotation_says_what_follows_and_carries_both_signatures() -> None:
    found = open_statement(sign_rotation(OLD, NEW, since=NOON), [OLD.verifier])
    assert found == Rotation(OLD.verifier, NEW.verifier, NOON)


@pytest.mark.parametrize("left", [0, 1])
def test_a_rotation_with_one_signature_is_refused(left: int) -> None:
    note = read_note(sign_rotation(OLD, NEW, since=NOON))
    with pytest.raises(SignatureRefused, match="has not signed"):
        open_statement(Note(note.text, (note.signatures[left],)).to_bytes(), [OLD.verifier])


def test_a_witness_key_is_followed_too() -> None:
    old, new = (CosignerKey("witness.example", fixed_key(name), NOON.timestamp) for name in ("a", "b"))
    assert open_statement(sign_rotation(old, new, since=NOON), [old.verifier]).new == new.verifier  # type: ignore[union-attr]
    with pytest.raises(KeyRefused, match="same name and purpose"):
        sign_rotation(old, NEW, since=NOON)


def test_a_revocation_is_signed_by_the_key_itself() -> None:
    since = NOON - timedelta(days=3)
    stated = sign_revocation(OLD, state="compromised", since=since, reason="the notebook\nwas stolen")
    found = open_statement(stated, [OLD.verifier])
    assert found == Revocation(OLD.verifier, "compromised", since, "the notebook was stolen")
    with pytest.raises(SignatureRefused, match="not asked for"):
        open_statement(stated, [NEW.verifier])


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 401])
def test_a_revocation_without_a_reason_is_refused(reason: str) -> None:
    with pytest.raises(MalformedNote, match="reason"):
        sign_revocation(OLD, state="revoked", since=NOON, reason=reason)


def test_turned_bytes_are_refused(flip: Callable) -> None:
    for stated in (
        sign_rotation(OLD, NEW, since=NOON),
        sign_revocation(OLD, state="revoked", since=NOON, reason="retired"),
    ):
        for at in range(len(stated)):
            with pytest.raises(TrustError):
                open_statement(flip(stated, at), [OLD.verifier])


def test_name_and_purpose_are_readable_without_the_password_and_bound_in() -> None:
    key = SoftwareKey.generate()
    sealed = key.seal("a long password", name="log.example", purpose="log")
    told = read_sealed(sealed)
    assert (told.name, told.purpose, told.public_key) == ("log.example", "log", key.public_key)
    assert open_sealed(sealed, "a long password").public_key == key.public_key
    with pytest.raises(KeyRefused, match="altered"):
        open_sealed(sealed.replace(b"log.example", b"log.another"[:11]), "a long password")
    with pytest.raises(KeyRefused, match="no key file"):
        read_sealed(b"{}")
