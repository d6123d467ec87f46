"""Where things lie in a store, and how a file gets there whole or not at all.

store.json                                        what kind of store
batches/000001.json                               what batch 1 committed; the batch exists from here on
readings/interval=900/month=2026-01/bucket=03/000001.parquet
readings/interval=900/month=2026-01/bucket=03/to-000009.parquet
                                                  batches 1 to 9 laid together, named by compaction.json
topology/000001.parquet                           which meter hung on which node, as batch 1 said it
leaves/000001.json                                the leaves of the batch's Merkle tree
refused/000001.csv                                refused rows, as they were sent
results/                                          evaluations
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from hengliang.readings.grid import Block

# Reading the mask means setting it, which other threads would notice: once, at the start.
_UMASK = os.umask(0o022)
os.umask(_UMASK)

STORE = "store.json"
BATCHES = "batches"


def partition_name(block: Block, bucket: int, batch: int) -> str:
    """Path of a partition inside the store."""
    return f"readings/interval={block.interval}/month={block.name}/bucket={bucket:02d}/{batch:06d}.parquet"


def compacted_name(block: Block, bucket: int, last: int) -> str:
    """Path of a compacted partition inside the store; `last` is the last batch that it holds."""
    return f"readings/interval={block.interval}/month={block.name}/bucket={bucket:02d}/to-{last:06d}.parquet"


def bucket_of(node: str, buckets: int) -> int:
    """The bucket of a node: the same on every machine and for ever."""
    return int.from_bytes(hashlib.sha256(node.encode()).digest()[:8]) % buckets


def write_whole(path: Path, write: Callable[[Path], object]) -> str:
    """Let `write` fill a temporary file beside `path`, then rename it; gives its SHA-256.

    Killed at any moment, `path` is the old file or the new one. A temporary file left over is swept later.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        write(temporary)
        # A temporary file is its owner's alone; workers and managers are others.
        temporary.chmod(0o666 & ~_UMASK)
        digest = digest_of(temporary, durable=True)
        temporary.replace(path)
        _sync(path.parent)
    finally:
        temporary.unlink(missing_ok=True)
    return digest


def digest_of(path: Path, *, durable: bool = False) -> str:
    """SHA-256 of a file, hex; `durable` flushes it to the disk as well."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        if durable:
            os.fsync(file.fileno())
    return digest


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
