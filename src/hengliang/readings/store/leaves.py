"""The leaves of a batch's Merkle tree, as they lie in the store."""

import json

from hengliang.readings.errors import PartitionDamaged
from hengliang.readings.store.store import Commit, Store


def leaves_of(store: Store, commit: Commit) -> list[tuple[str, bytes]]:
    """The leaves of a batch's tree with their nodes. Raises PartitionDamaged."""
    try:
        rows = json.loads(store.side_file(commit, "leaves").read_bytes())
        return [(str(node), str(entry).encode()) for node, entry in rows]
    except (OSError, KeyError, ValueError, TypeError) as fault:
        raise PartitionDamaged(file=commit.files.get("leaves", "leaves"), batch=commit.batch) from fault
