"""Status statements: how an object stood as of a checkpoint, signed by the log's key.

Guarantee: the authority said so for exactly this size of its log, and cannot take it back. Hole: it is a
statement, not a proof of absence; a log in which the withdrawal already stood at that size convicts whoever
signed. Therefore it reads "as of", never plainly "valid". Source: research, certificates and trust, 6.5.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from hengliang.trust.entries import time_text
from hengliang.trust.errors import MalformedNote, SignatureRefused
from hengliang.trust.notes import Note, NoteSigner, VerifierKey, check_note, read_note

FORMAT = "hengliang-status-v1"
_SIZE = re.compile(r"[1-9]\d{0,18}", re.ASCII)
Standing = Literal["stands", "withdrawn", "replaced"]


@dataclass(frozen=True, slots=True)
class Status:
    """How `object` stood when the log of `origin` had `size` entries."""

    origin: str
    size: int
    object: str
    standing: Standing
    time: datetime

    def text(self) -> str:
        """The text that is signed."""
        lines = (FORMAT, self.origin, str(self.size), self.object, self.standing, time_text(self.time))
        return "\n".join(lines) + "\n"


def sign_status(status: Status, signer: NoteSigner) -> bytes:
    """The statement as a signed note."""
    return Note(status.text(), (signer.sign_note(status.text()),)).to_bytes()


def open_status(content: bytes, log_keys: Iterable[VerifierKey]) -> Status:
    """The statement in `content`, signed by a key of its own log. Raises MalformedNote, SignatureRefused."""
    note = read_note(content)
    status = _read(note.text)
    keys = [key for key in log_keys if key.name == status.origin]
    if not check_note(note, keys):
        raise SignatureRefused(name=status.origin, reason="none of its trusted keys has signed the status")
    return status


def _read(text: str) -> Status:
    lines = text.split("\n")
    if len(lines) != 7 or lines[0] != FORMAT or lines[6] or not re.fullmatch(r"[1-9]\d{0,18}", lines[2], re.ASCII):
        raise MalformedNote(reason=f"it is no {FORMAT}")
    if lines[4] not in get_args(Standing):
        raise MalformedNote(reason=f"the standing {lines[4]!r} is not known here")
    try:
        moment = datetime.strptime(lines[5], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError as fault:
        raise MalformedNote(reason=str(fault)) from fault
    status = Status(lines[1], int(lines[2]), lines[3], lines[4], moment)  # type: ignore[arg-type]
    if status.text() != text:
        raise MalformedNote(reason="the status is not in its canonical form")
    return status
