"""Checkpoints: the signed size and root of a log.

Guarantee: `open_checkpoint` returns only what the log's own key has signed. Hole: a checkpoint may be old, or
be shown to us alone; witnesses' cosignatures close that. Source: C2SP tlog-checkpoint.
"""

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hengliang.trust.errors import MalformedNote, SignatureRefused
from hengliang.trust.merkle import HASH_BYTES, MAX_SIZE
from hengliang.trust.notes import Note, NoteSigner, Signed, VerifierKey, check_note, read_hashes, read_note

_SIZE = re.compile(r"0|[1-9]\d{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log claims to be.

    origin : the log's name, for instance log.hangzhou.example/2026
    size : how many entries it has
    root : (32,) bytes, root over all of them
    """

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class OpenedCheckpoint:
    """A checkpoint whose log signature holds, with the witnesses that have seen it.

    note : the bytes it was read from, kept as evidence
    witnesses : who of the trusted witnesses cosigned, with the time each stated
    """

    checkpoint: Checkpoint
    note: bytes
    witnesses: tuple[Signed, ...]

    @property
    def witnessed_at(self) -> int | None:
        """The earliest time a trusted witness has stated, seconds since 1970 UTC; None without any."""
        return min((one.time for one in self.witnesses if one.time is not None), default=None)


def read_text(text: str) -> Checkpoint:
    """The checkpoint in a note's text; extension lines are allowed and ignored. Raises MalformedNote."""
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not _SIZE.fullmatch(lines[1]) or int(lines[1]) > MAX_SIZE:
        raise MalformedNote(reason="a checkpoint has the lines origin, size and root")
    root = read_hashes([lines[2]])[0]
    assert len(root) == HASH_BYTES  # noqa: S101 - read_hashes gives nothing else
    return Checkpoint(lines[0], int(lines[1]), root)


def sign_checkpoint(checkpoint: Checkpoint, signers: Sequence[NoteSigner]) -> bytes:
    """The checkpoint as a signed note."""
    text = checkpoint.text()
    return Note(text, tuple(signer.sign_note(text) for signer in signers)).to_bytes()


def open_checkpoint(
    content: bytes, log_keys: Iterable[VerifierKey], witness_keys: Iterable[VerifierKey] = ()
) -> OpenedCheckpoint:
    """The checkpoint in `content`, signed by one of `log_keys` under its own origin.

    witness_keys : whose cosignatures count
    Raises MalformedNote, or SignatureRefused when no log key of that origin signed, or a trusted one fails.
    """
    note = read_note(content)
    checkpoint = read_text(note.text)
    keys = [key for key in log_keys if key.name == checkpoint.origin]
    if not keys:
        raise SignatureRefused(name=checkpoint.origin, reason="no key of this log is trusted here")
    if not check_note(note, keys):
        raise SignatureRefused(name=checkpoint.origin, reason="none of its trusted keys has signed it")
    return OpenedCheckpoint(checkpoint, content, check_note(note, witness_keys))


def add_signatures(content: bytes, lines: bytes) -> bytes:
    """The note `content` with more signature lines, each one at most once. Raises MalformedNote."""
    extended = read_note(content + lines)
    unique = dict.fromkeys(extended.signatures)
    return Note(extended.text, tuple(unique)).to_bytes()
