"""A log on disk, as the files that any web server can serve.

Guarantee: after `publish` returned, power may fail: tiles were written and synced, then their directories,
then the checkpoint was renamed into place and its directory synced. A reader sees the old checkpoint or the
new one, never a torn file. Two writers: the second finds another checkpoint than it read and is refused,
under a lock on `.lock`. Hole 1: on file systems or disks that lie about fsync nothing helps. Hole 2: flock
does not bind across machines on some network file systems; run one sequencer. Hole 3: who owns the directory
can delete it; that is what witnesses and copies are for. Source: POSIX fsync(2), rename(2); the order of
writes as in tessera's POSIX driver and sunlight.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from hengliang.trust.errors import LogMoved, MissingObject
from hengliang.trust.notes import MAX_NOTE_BYTES
from hengliang.trust.tiles import MAX_BUNDLE_BYTES, WIDTH, name_of, parse_name

CHECKPOINT = "checkpoint"
OFFERED, COSIGNED = "offered", "cosigned"  # the checkpoint that witnesses are asked for, and the one they have signed
_PENDING = ".pending"


class DiskStore:
    """A log's directory: `checkpoint`, `tile/…`, what witnesses see (`OFFERED`, `COSIGNED`).

    A `.lock` beside them is not part of the log.

    directory : made when absent
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)

    def read(self, name: str) -> bytes:
        """Content of a tile or bundle. Raises MissingObject, or MalformedTile for a name outside the log."""
        parse_name(name)
        try:
            with (self._directory / name).open("rb") as file:
                return file.read(MAX_BUNDLE_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise MissingObject(name=name) from None

    def checkpoint(self) -> bytes | None:
        """The published signed checkpoint; None for a log that has not begun."""
        return self.note(CHECKPOINT)

    def publish(self, files: Mapping[str, bytes], checkpoint: bytes, *, replaces: bytes | None) -> None:
        """Store `files`, then `checkpoint` in place of `replaces`, durably. Raises LogMoved."""
        with self._locked():
            if self.checkpoint() != replaces:
                raise LogMoved(origin=checkpoint.partition(b"\n")[0].decode("utf-8", "replace"))
            touched: set[Path] = set()
            for name, content in files.items():
                # A crash before the checkpoint may have left this name with other content; no checkpoint
                # covers it yet, so it is replaced. Covered names are never written again by `Log`.
                self._write(self._directory / name, content, touched)
            for directory in touched:
                _sync_directory(directory)
            self._write(self._directory / CHECKPOINT, checkpoint, set())
            _sync_directory(self._directory)
            self._drop_partials(files)

    def note(self, name: str) -> bytes | None:
        """The note `OFFERED` or `COSIGNED`; None while there is none."""
        try:
            with (self._directory / name).open("rb") as file:
                return file.read(MAX_NOTE_BYTES + 1)
        except FileNotFoundError:
            return None

    def put_note(self, name: str, content: bytes) -> None:
        """Store the note `OFFERED` or `COSIGNED`, durably."""
        with self._locked():
            self._write(self._directory / name, content, set())
            _sync_directory(self._directory)

    def _write(self, path: Path, content: bytes, touched: set[Path]) -> None:
        self._make(path.parent, touched)
        pending = path.with_name(path.name + _PENDING)
        with pending.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        pending.replace(path)
        touched.add(path.parent)

    def _make(self, directory: Path, touched: set[Path]) -> None:
        if directory in touched or directory.is_dir():
            return
        self._make(directory.parent, touched)
        directory.mkdir(exist_ok=True)
        touched.update((directory, directory.parent))

    def _drop_partials(self, files: Mapping[str, bytes]) -> None:
        # Allowed once the full tile is there (C2SP tlog-tiles). Lost on a crash: a few kilobytes, no harm.
        for name in files:
            level, index, width = parse_name(name)
            if width == WIDTH:
                shutil.rmtree(self._directory / (name_of(level, index) + ".p"), ignore_errors=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._directory / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
