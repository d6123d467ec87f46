"""What the holder of a key says about it: it is followed by another one, or it is no longer to be trusted.

Both are signed notes, so they can be sent by any way. Guarantee: a rotation carries the signatures of the old and of
the new key, a revocation that of the key itself. Hole: whoever has stolen a key can say both; hence the issuer of a
trust list asks the holder by another way, and a compromise is dated back in the list. Source: C2SP signed-note for the
form; the practice of cross-signed keys (RFC 5280, 3.4; RFC 9580, 5.2.3.31).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from hengliang.trust.errors import KeyRefused, MalformedNote, SignatureRefused
from hengliang.trust.notes import Note, NoteSigner, VerifierKey, check_note, read_note

ROTATION, REVOCATION = "hengliang-key-rotation-v1", "hengliang-key-revocation-v1"
MOST_WORDS = 400  # characters of a reason
_TIME = "%Y-%m-%dT%H:%M:%SZ"
Ended = Literal["revoked", "compromised"]


@dataclass(frozen=True, slots=True)
class Rotation:
    """`old` is followed by `new` since `since`."""

    old: VerifierKey
    new: VerifierKey
    since: datetime

    def text(self) -> str:
        """The text that is signed."""
        return f"{ROTATION}\n{self.old}\n{self.new}\n{self.since.astimezone(UTC):{_TIME}}\n"


@dataclass(frozen=True, slots=True)
class Revocation:
    """`key` is not to be trusted for what is not proven to be older than `since`."""

    key: VerifierKey
    state: Ended
    since: datetime
    reason: str

    def text(self) -> str:
        """The text that is signed."""
        return f"{REVOCATION}\n{self.key}\n{self.state}\n{self.since.astimezone(UTC):{_TIME}}\n{self.reason}\n"


def sign_rotation(old: NoteSigner, new: NoteSigner, *, since: datetime) -> bytes:
    """The statement that `new` follows `old`, signed by both. Raises KeyRefused when their names differ."""
    if old.verifier.name != new.verifier.name or old.verifier.kind != new.verifier.kind:
        raise KeyRefused(name=new.verifier.name, reason="a key is followed by one of the same name and purpose")
    text = Rotation(old.verifier, new.verifier, since).text()
    return Note(text, (old.sign_note(text), new.sign_note(text))).to_bytes()


def sign_revocation(signer: NoteSigner, *, state: Ended, since: datetime, reason: str) -> bytes:
    """The statement that a key is over, signed by itself. Raises MalformedNote for a reason that is no single line."""
    words = " ".join(reason.split())
    if not words or len(words) > MOST_WORDS:
        raise MalformedNote(reason=f"a revocation has a reason of at most {MOST_WORDS} characters")
    text = Revocation(signer.verifier, state, since, words).text()
    return Note(text, (signer.sign_note(text),)).to_bytes()


def open_statement(content: bytes, keys: Iterable[VerifierKey]) -> Rotation | Revocation:
    """The statement in `content`, about one of `keys`, with every signature that it needs.

    Raises MalformedNote; SignatureRefused when it is about another key or a signature is missing or fails.
    """
    note = read_note(content)
    told = _read(note.text)
    if told.text() != note.text:
        raise MalformedNote(reason="the statement is not in its one form")
    about = told.old if isinstance(told, Rotation) else told.key
    if about not in keys:
        raise SignatureRefused(name=about.name, reason="the statement is about a key that was not asked for")
    for key in (told.old, told.new) if isinstance(told, Rotation) else (told.key,):
        if not check_note(note, [key]):
            raise SignatureRefused(name=key.name, reason=f"key {key.key_id.hex()} has not signed the statement")
    return told


def _read(text: str) -> Rotation | Revocation:
    form, *lines = text[:-1].split("\n")
    try:
        if form == ROTATION:
            old, new, since = lines
            return Rotation(VerifierKey.parse(old), VerifierKey.parse(new), _moment(since))
        if form == REVOCATION:
            key, state, since, reason = lines
            if state not in get_args(Ended):
                raise ValueError(f"{state!r} is none of {', '.join(get_args(Ended))}")
            return Revocation(VerifierKey.parse(key), state, _moment(since), reason)  # type: ignore[arg-type]
    except (ValueError, KeyRefused) as fault:
        raise MalformedNote(reason=str(fault)) from fault
    raise MalformedNote(reason=f"it is neither {ROTATION} nor {REVOCATION}")


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
