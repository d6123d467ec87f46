"""What was compacted: for some buckets and months one file that holds what several batches said, laid together.

The manifest is the moment at which a compaction exists. It adds nothing to the ledger: commits, roots and leaves of
every batch stay, so what was signed can still be checked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hengliang.readings.errors import PartitionDamaged
from hengliang.readings.grid import Block
from hengliang.trust import canonical
from hengliang.trust.errors import TrustError

MANIFEST = "compaction.json"
FORMAT = "hengliang-readings-compaction-v1"
MAX_BYTES = 256 << 20


@dataclass(frozen=True, slots=True)
class PartitionFile:
    """One committed partition file; of a compacted one `batch` is the last whose readings it holds."""

    path: str
    block: Block
    bucket: int
    batch: int
    sha256: str
    rows: int

    def as_json(self) -> dict[str, Any]:
        """As commits and manifests hold it, but for the batch."""
        return {
            "path": self.path,
            "interval": self.block.interval,
            "month": self.block.month,
            "bucket": self.bucket,
            "sha256": self.sha256,
            "rows": self.rows,
        }

    @classmethod
    def of_json(cls, found: dict[str, Any], batch: int) -> "PartitionFile":
        """The contrary of `as_json`."""
        block = Block(found["month"], found["interval"])
        return cls(found["path"], block, found["bucket"], batch, found["sha256"], found["rows"])


@dataclass(frozen=True, slots=True)
class Manifest:
    """All compacted files of a store.

    dropped : whether the files that they replace were given up; what was known before is then known no more
    """

    files: tuple[PartitionFile, ...] = ()
    dropped: bool = False

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        files = [{**one.as_json(), "batch": one.batch} for one in self.files]
        return canonical.write({"format": FORMAT, "dropped": self.dropped, "files": files})

    def of(self, bucket: int, block: Block) -> PartitionFile | None:
        """The compacted file of a bucket and month."""
        return next((one for one in self.files if one.bucket == bucket and one.block == block), None)

    def replaces(self, one: PartitionFile) -> bool:
        """Whether a batch's file lies in a compacted one."""
        held = self.of(one.bucket, one.block)
        return held is not None and one.batch <= held.batch

    def kept(self, batches: Iterable[PartitionFile]) -> set[str]:
        """Paths of the partitions that must lie in the store."""
        own = {one.path for one in batches if not (self.dropped and self.replaces(one))}
        return own | {one.path for one in self.files}


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a store; an empty one where nothing was compacted. Raises PartitionDamaged."""
    try:
        content = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        return Manifest()
    try:
        found = canonical.read(content, max_bytes=MAX_BYTES)
        if found["format"] != FORMAT:
            raise ValueError(found["format"])
        files = tuple(PartitionFile.of_json(one, one["batch"]) for one in found["files"])
        return Manifest(files, bool(found["dropped"]))
    except (TrustError, KeyError, TypeError, ValueError):
        raise PartitionDamaged(file=MANIFEST, batch=0) from None
