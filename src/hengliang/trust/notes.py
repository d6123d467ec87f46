"""Signed notes: a text and who signed it.

Guarantee: a note is read in one form only (UTF-8, no control characters, canonical base64), and
`check_note` returns a name only when that key's signature holds over the very text. Signatures by unknown
keys are ignored, a failing signature by a known key refuses the note. Hole: a note has no time, and nothing
says whether it is the newest. Source: C2SP signed-note; C2SP tlog-cosignature for type 0x04.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hengliang.trust.errors import KeyRefused, MalformedNote, SignatureRefused

ED25519 = 0x01
COSIGNATURE = 0x04
MAX_NOTE_BYTES = 64 * 1024
MAX_SIGNATURES = 64
_DASH = "— "


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line.

    name : the key's name
    key_id : (4,) bytes
    value : (n,) bytes, whose meaning the key's type decides
    """

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        """The line as it stands in the note."""
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, ending in a newline, with its signature lines."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def to_bytes(self) -> bytes:
        """The note as a file."""
        return (self.text + "\n" + "".join(one.line() for one in self.signatures)).encode()


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key that may sign notes, as it is handed around in one line of text.

    kind : signature type byte; 0x01 Ed25519, 0x04 timestamped Ed25519 cosignature; others may follow
    key : (32,) bytes for both
    """

    name: str
    kind: int
    key: bytes

    @property
    def key_id(self) -> bytes:
        """(4,) bytes of SHA-256(name ‖ newline ‖ kind ‖ key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(bytes([self.kind]) + self.key).decode()}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """The key of a line `name+hash+base64`. Raises KeyRefused."""
        parts = text.split("+", 2)
        if len(parts) != 3:
            raise KeyRefused(name=text[:80], reason="a verifier key has the form name+hash+base64")
        try:
            material = _base64(parts[2])
            key = cls(_checked_name(parts[0]), material[0], material[1:])
        except (MalformedNote, IndexError) as fault:
            raise KeyRefused(name=parts[0], reason=str(fault)) from fault
        if key.key_id.hex() != parts[1]:
            raise KeyRefused(name=key.name, reason="name, hash and key do not belong together")
        if key.kind not in _CHECKS or len(key.key) != 32:
            raise KeyRefused(name=key.name, reason=f"signature type {key.kind:#04x} is not known here")
        return key


class NoteSigner(Protocol):
    """Whoever can add a line to a note."""

    @property
    def verifier(self) -> VerifierKey:
        """The public side."""
        ...

    def sign_note(self, text: str) -> NoteSignature:
        """A signature line over `text`."""
        ...


@dataclass(frozen=True, slots=True)
class Signed:
    """What one key has vouched for.

    time : seconds since 1970 UTC that a cosigner stated; None for a plain signature
    """

    name: str
    time: int | None


def read_note(content: bytes, *, max_bytes: int = MAX_NOTE_BYTES) -> Note:
    """The note in `content`, its signatures unchecked. Raises MalformedNote."""
    if len(content) > max_bytes:
        raise MalformedNote(reason=f"longer than {max_bytes} bytes")
    try:
        whole = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise MalformedNote(reason=str(fault)) from fault
    if re.search(r"[\x00-\x09\x0b-\x1f]", whole):
        raise MalformedNote(reason="it holds a control character")
    text, gap, lines = whole.rpartition("\n\n")
    if not gap or not text or not lines.endswith("\n"):
        raise MalformedNote(reason="text, empty line and signature lines are expected")
    signatures = tuple(read_signature(line) for line in lines[:-1].split("\n"))
    if len(signatures) > MAX_SIGNATURES:
        raise MalformedNote(reason=f"more than {MAX_SIGNATURES} signatures")
    return Note(text + "\n", signatures)


def read_signature(line: str) -> NoteSignature:
    """The signature of one line without its newline. Raises MalformedNote."""
    parts = line.removeprefix(_DASH).split(" ")
    if not line.startswith(_DASH) or len(parts) != 2:
        raise MalformedNote(reason="a signature line is a dash, a name and base64")
    value = _base64(parts[1])
    if len(value) < 5:
        raise MalformedNote(reason="a signature is shorter than its key id")
    return NoteSignature(_checked_name(parts[0]), value[:4], value[4:])


def check_note(note: Note, keys: Iterable[VerifierKey]) -> tuple[Signed, ...]:
    """Who of `keys` has signed the note, in the order of its lines, each once.

    Raises SignatureRefused when a signature by one of `keys` fails. None of them signing is an empty answer.
    """
    known = {(key.name, key.key_id): key for key in keys}
    found: dict[tuple[str, bytes], Signed] = {}
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None or (key.name, key.key_id) in found:
            continue
        found[key.name, key.key_id] = Signed(key.name, _CHECKS[key.kind](key, note.text, signature.value))
    return tuple(found.values())


def cosigned_text(text: str, time: int) -> bytes:
    """What a timestamped cosignature signs. Source: C2SP tlog-cosignature, "Ed25519 signed message"."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _check_plain(key: VerifierKey, text: str, value: bytes) -> None:
    _check_ed25519(key, text.encode(), value)


def _check_cosignature(key: VerifierKey, text: str, value: bytes) -> int:
    time = int.from_bytes(value[:8])
    if len(value) != 72 or time > 2**63 - 1:
        raise SignatureRefused(name=key.name, reason="a cosignature has a time and 64 bytes")
    _check_ed25519(key, cosigned_text(text, time), value[8:])
    return time


def _check_ed25519(key: VerifierKey, message: bytes, value: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.key).verify(value, message)
    except (InvalidSignature, ValueError):
        raise SignatureRefused(name=key.name, reason="the text was altered or another key signed") from None


_CHECKS: Mapping[int, Callable[[VerifierKey, str, bytes], int | None]] = MappingProxyType(
    {ED25519: _check_plain, COSIGNATURE: _check_cosignature}
)


def _checked_name(name: str) -> str:
    if not name or "+" in name or any(sign.isspace() for sign in name) or len(name) > 255:
        raise MalformedNote(reason="a key's name has no spaces and no plus, and at most 255 characters")
    return name


def _base64(text: str) -> bytes:
    try:
        value = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as fault:
        raise MalformedNote(reason=f"base64: {fault}") from fault
    if base64.b64encode(value).decode() != text:
        raise MalformedNote(reason="base64 in another form than its canonical one")
    return value


def read_hashes(lines: Sequence[str]) -> list[bytes]:
    """Hashes of a proof, one base64 line each, (n, 32) bytes. Raises MalformedNote."""
    hashes = [_base64(line) for line in lines]
    if any(len(one) != 32 for one in hashes):
        raise MalformedNote(reason="a hash of a proof has 32 bytes")
    return hashes


def write_hashes(hashes: Iterable[bytes]) -> str:
    """One base64 line per hash."""
    return "".join(base64.b64encode(one).decode() + "\n" for one in hashes)
