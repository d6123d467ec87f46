"""A store of readings: opened, asked for its partitions, locked for one writer.

Guarantee: a batch exists when its commit file does, and that file names every other file of the batch with its
hash. What no commit names is left over from an interruption and is swept by the next writer. Nothing committed is
ever changed: corrections and late data are new batches, and a reader may ask for what was known after batch n, unless
a compaction was told to give that up.
"""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hengliang.readings.errors import PartitionDamaged, StoreRefused
from hengliang.readings.grid import Block
from hengliang.readings.store.layout import BATCHES, STORE, digest_of, write_whole
from hengliang.readings.store.manifest import Manifest, PartitionFile, read_manifest
from hengliang.trust import canonical
from hengliang.trust.errors import TrustError

FORMAT = "hengliang-readings-v1"
BATCH_FORMAT = "hengliang-readings-batch-v1"
BUCKETS = 16
CHINA = 8 * 3600
MAX_COMMIT = 256 << 20


@dataclass(frozen=True, slots=True)
class Commit:
    """What one batch committed.

    root : hex, of the Merkle tree over its node blocks
    report : counts and findings of the raw rows
    """

    batch: int
    time: str
    root: str
    leaves: int
    previous: str
    partitions: tuple[PartitionFile, ...]
    files: dict[str, str]
    digests: dict[str, str]
    report: dict[str, Any] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        return canonical.write(
            {
                "format": BATCH_FORMAT,
                "batch": self.batch,
                "time": self.time,
                "root": self.root,
                "leaves": self.leaves,
                "previous": self.previous,
                "partitions": [one.as_json() for one in self.partitions],
                "files": self.files,
                "digests": self.digests,
                "report": self.report,
            }
        )


class Store:
    """A folder with readings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sound: set[str] = set()
        try:
            head = json.loads((folder / STORE).read_bytes())
            self.offset, self.buckets = int(head["offset"]), int(head["buckets"])
            known = head["format"] == FORMAT
        except (OSError, ValueError, KeyError, TypeError):
            raise StoreRefused(store=folder.name, reason=f"there is no store here (no readable {STORE})") from None
        if not known:
            raise StoreRefused(store=folder.name, reason=f"its format is not {FORMAT}; update the software")
        self.commits = self._read_commits()
        self.manifest = read_manifest(folder)

    @classmethod
    def create(cls, folder: Path, *, offset: int = CHINA, buckets: int = BUCKETS) -> "Store":
        """A new store in an empty or absent folder, or the one that is there."""
        if not (folder / STORE).exists():
            if folder.exists() and any(folder.iterdir()):
                raise StoreRefused(
                    store=folder.name, reason="the folder is neither empty nor a store; name another one"
                )
            head = canonical.write({"format": FORMAT, "offset": offset, "buckets": buckets})
            write_whole(folder / STORE, lambda path: path.write_bytes(head))
        return cls(folder)

    def partitions(self, bucket: int, *, until: int | None = None) -> dict[Block, list[PartitionFile]]:
        """The files of a bucket by month, oldest first; `until` leaves out later batches.

        Raises StoreRefused for a batch before a compaction that gave the older files up.
        """
        found: dict[Block, list[PartitionFile]] = {}
        for commit in self.commits:
            if until is None or commit.batch <= until:
                for one in commit.partitions:
                    if one.bucket == bucket:
                        found.setdefault(one.block, []).append(one)
        for block, files in found.items():
            held = self.manifest.of(bucket, block)
            if held is not None and held.batch in {one.batch for one in files}:
                found[block] = [held, *(one for one in files if one.batch > held.batch)]
            elif held is not None and self.manifest.dropped:
                reason = f"what was known after batch {until} was given up when it was compacted"
                raise StoreRefused(store=self.folder.name, reason=reason)
        return dict(sorted(found.items()))

    def files(self, kind: str, *, until: int | None = None) -> list[Path]:
        """The committed files of a kind (`topology`, `leaves`, `refused`), oldest first; `until` leaves out later ones.

        Each is held against its hash. Raises PartitionDamaged.
        """
        said = [one for one in self.commits if kind in one.files and (until is None or one.batch <= until)]
        return [self.side_file(commit, kind) for commit in said]

    def side_file(self, commit: Commit, kind: str) -> Path:
        """Where what stands beside the partitions of a batch lies. Raises PartitionDamaged, KeyError."""
        self._hold(commit.files[kind], commit.digests.get(kind), commit.batch)
        return self.folder / commit.files[kind]

    def file_of(self, one: PartitionFile, *, check: bool = False) -> Path:
        """Where a partition lies. `check` compares its hash. Raises PartitionDamaged."""
        if check:
            self._hold(one.path, one.sha256, one.batch)
        elif not (self.folder / one.path).is_file():
            raise PartitionDamaged(file=one.path, batch=one.batch)
        return self.folder / one.path

    def damaged(self, buckets: Iterable[int], *, until: int | None = None) -> list[str]:
        """What is read of some buckets, and of the topology, and is absent or not what was committed."""
        read = [one for bucket in buckets for found in self.partitions(bucket, until=until).values() for one in found]
        files = [(one.path, one.sha256) for one in read]
        files += [(one.files["topology"], one.digests["topology"]) for one in self.commits if "topology" in one.files]
        return [name for name, digest in files if not self._is(name, digest)]

    def _hold(self, name: str, digest: str | None, batch: int) -> None:
        # A store that is open reads each of its files once for this; what it holds never changes by our hand.
        if name not in self._sound:
            if not self._is(name, digest):
                raise PartitionDamaged(file=name, batch=batch)
            self._sound.add(name)

    def _is(self, name: str, digest: str | None) -> bool:
        path = self.folder / name
        return path.is_file() and digest_of(path) == digest

    @property
    def state(self) -> str:
        """Hash of the last commit, which chains to all before it; what an evaluation rests on."""
        return _digest(self.commits[-1].to_bytes()) if self.commits else ""

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store as its only writer; leftovers of an interrupted one are swept first."""
        with (self.folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise StoreRefused(
                    store=self.folder.name, reason="another import is writing to it; wait for its end"
                ) from None
            self.commits = self._read_commits()
            self.manifest = read_manifest(self.folder)
            self._sweep()
            yield

    def adopt(self, manifest: Manifest) -> None:
        """Take up a manifest that was just written, and sweep what it replaces."""
        self.manifest = manifest
        self._sweep()

    def commit(self, commit: Commit) -> None:
        """Make a batch exist."""
        content = commit.to_bytes()
        write_whole(self.folder / BATCHES / f"{commit.batch:06d}.json", lambda path: path.write_bytes(content))
        self.commits = (*self.commits, commit)

    def _sweep(self) -> None:
        named = self.manifest.kept(one for commit in self.commits for one in commit.partitions)
        named |= {path for commit in self.commits for path in commit.files.values()}
        for room in self.folder.glob(".room-*"):
            shutil.rmtree(room, ignore_errors=True)
        for kind in ("readings", "topology", "leaves", "refused", BATCHES):
            for path in (self.folder / kind).rglob("*"):
                inside = str(path.relative_to(self.folder))
                left_over = path.name.startswith(".writing-") or (kind != BATCHES and inside not in named)
                if path.is_file() and left_over:
                    path.unlink()

    def _read_commits(self) -> tuple[Commit, ...]:
        commits: list[Commit] = []
        for path in sorted((self.folder / BATCHES).glob("[0-9]*.json")):
            commits.append(self._read_commit(path, commits[-1] if commits else None))
        return tuple(commits)

    def _read_commit(self, path: Path, before: Commit | None) -> Commit:
        number = (before.batch if before else 0) + 1
        try:
            found = canonical.read(path.read_bytes(), max_bytes=MAX_COMMIT)
            commit = _commit(found)
        except (OSError, TrustError, KeyError, TypeError, ValueError):
            raise PartitionDamaged(file=f"{BATCHES}/{path.name}", batch=number) from None
        if commit.batch != number or commit.previous != (_digest(before.to_bytes()) if before else ""):
            raise PartitionDamaged(file=f"{BATCHES}/{path.name}", batch=number)
        return commit


def _commit(found: dict[str, Any]) -> Commit:
    if found["format"] != BATCH_FORMAT:
        raise ValueError(found["format"])
    partitions = tuple(PartitionFile.of_json(one, found["batch"]) for one in found["partitions"])
    return Commit(
        found["batch"],
        found["time"],
        found["root"],
        found["leaves"],
        found["previous"],
        partitions,
        found["files"],
        found["digests"],
        found["report"],
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
