"""Witnesses: others who cosign a checkpoint only when it continues what they saw before.

Guarantee: a cosignature says that, as of its time, this was the largest state of the log this witness had
seen, and that all it ever cosigned of this log is one history. State is stored before the signature leaves.
A fork or a rollback is refused and both signed notes are kept as evidence. Hole: one witness can be deceived
by whoever holds its state and key; a policy asks for several. Source: C2SP tlog-witness, tlog-cosignature.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hengliang.trust.audit import compare_views
from hengliang.trust.checkpoint import OpenedCheckpoint, open_checkpoint
from hengliang.trust.errors import (
    LogMoved,
    MalformedNote,
    ProofFromElsewhere,
    ProofRefused,
    RolledBack,
    SplitView,
)
from hengliang.trust.merkle import EMPTY_ROOT, check_consistency
from hengliang.trust.notes import (
    MAX_NOTE_BYTES,
    NoteSigner,
    VerifierKey,
    read_hashes,
    read_note,
    write_hashes,
)

MAX_PROOF_LINES = 63


@dataclass(frozen=True, slots=True)
class CosignRequest:
    """What a log asks of a witness.

    old : size of the checkpoint the witness cosigned last, 0 at first
    proof : (n, 32) bytes consistency proof from `old`
    checkpoint : the new signed note
    """

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    def to_bytes(self) -> bytes:
        """The request as C2SP tlog-witness `add-checkpoint` has it."""
        return f"old {self.old}\n{write_hashes(self.proof)}\n".encode() + self.checkpoint


def read_request(content: bytes) -> CosignRequest:
    """The request in `content`. Raises MalformedNote."""
    head, gap, checkpoint = content.partition(b"\n\n")
    if not gap or len(content) > MAX_NOTE_BYTES or not head.isascii():
        raise MalformedNote(reason="old size, proof, empty line and checkpoint are expected")
    lines = head.decode("ascii").split("\n")
    digits = lines[0].removeprefix("old ")
    if not lines[0].startswith("old ") or not digits.isdigit() or str(int(digits[:20])) != digits:
        raise MalformedNote(reason="the old size is malformed")
    if len(lines) > 1 + MAX_PROOF_LINES:
        raise MalformedNote(reason=f"more than {MAX_PROOF_LINES} hashes")
    return CosignRequest(int(digits), tuple(read_hashes(lines[1:])), checkpoint)


class WitnessState(Protocol):
    """What a witness remembers of each log."""

    def latest(self, origin: str) -> bytes | None:
        """The note last cosigned for a log; None at first."""
        ...

    def advance(self, origin: str, note: bytes, *, replaces: bytes | None) -> None:
        """Store `note` durably in place of `replaces`. Raises LogMoved when another one is stored."""
        ...

    def keep_evidence(self, origin: str, first: bytes, second: bytes) -> None:
        """Keep two notes that do not belong to one history."""
        ...


class Witness:
    """One witness for any number of logs.

    signer : its cosigning key (type 0x04)
    logs : origin -> keys that may sign that log's checkpoints
    """

    def __init__(
        self,
        signer: NoteSigner,
        logs: Mapping[str, Sequence[VerifierKey]],
        state: WitnessState,
    ) -> None:
        self._signer = signer
        self._logs = logs
        self._state = state

    def cosign(self, request: CosignRequest) -> bytes:
        """A signature line for the checkpoint, once it is known to continue what was seen.

        Raises SignatureRefused for a log or key that is not known here; ProofFromElsewhere when `old` is not
        the last size cosigned; RolledBack; SplitView, ProofRefused with evidence kept.
        """
        origin = read_note(request.checkpoint).text.partition("\n")[0]
        shown = open_checkpoint(request.checkpoint, self._logs.get(origin, ()))
        last = self._state.latest(origin)
        try:
            self._check(request, shown, last)
        except (SplitView, ProofRefused):
            self._state.keep_evidence(origin, last or b"", request.checkpoint)
            raise
        self._state.advance(origin, request.checkpoint, replaces=last)
        return self._signer.sign_note(read_note(request.checkpoint).text).line().encode()

    def latest_size(self, origin: str) -> int:
        """Size this witness cosigned last, 0 for a log it never cosigned."""
        last = self._state.latest(origin)
        return open_checkpoint(last, self._logs.get(origin, ())).checkpoint.size if last else 0

    def _check(self, request: CosignRequest, shown: OpenedCheckpoint, last: bytes | None) -> None:
        new = shown.checkpoint
        old_size, old_root = 0, EMPTY_ROOT
        if last is not None:
            seen = open_checkpoint(last, self._logs[new.origin])
            compare_views(seen, shown)
            old_size, old_root = seen.checkpoint.size, seen.checkpoint.root
        if new.size < old_size:
            raise RolledBack(origin=new.origin, shown=new.size, seen=old_size)
        if request.old != old_size:
            raise ProofFromElsewhere(origin=new.origin, size=old_size)
        check_consistency(old_size, new.size, old_root, new.root, request.proof)


class DirectoryState:
    """A witness's memory in a directory, one file per log; a lock keeps two requests apart.

    Guarantee: `advance` is durable when it returns (write, sync, rename, sync). Hole: flock across machines.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        (directory / "evidence").mkdir(parents=True, exist_ok=True)

    def latest(self, origin: str) -> bytes | None:
        """The note last cosigned for `origin`; None at first."""
        try:
            return self._path(origin).read_bytes()
        except FileNotFoundError:
            return None

    def advance(self, origin: str, note: bytes, *, replaces: bytes | None) -> None:
        """Store `note` durably in place of `replaces`. Raises LogMoved."""
        lock = os.open(self._directory / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            os.lockf(lock, os.F_LOCK, 0)
            if self.latest(origin) != replaces:
                raise LogMoved(origin=origin)
            _write_durably(self._path(origin), note)
        finally:
            os.close(lock)

    def keep_evidence(self, origin: str, first: bytes, second: bytes) -> None:
        """Keep two contradicting notes under `evidence/`."""
        name = hashlib.sha256(first + second).hexdigest()[:16]
        for rank, note in (("first", first), ("second", second)):
            _write_durably(self._directory / "evidence" / f"{name}.{rank}", note)

    def _path(self, origin: str) -> Path:
        # Hashed, since an origin is chosen by others and may hold slashes or dots.
        return self._directory / f"{hashlib.sha256(origin.encode()).hexdigest()}.checkpoint"


def _write_durably(path: Path, content: bytes) -> None:
    pending = path.with_name(path.name + ".pending")
    with pending.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    pending.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
