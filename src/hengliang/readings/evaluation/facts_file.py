"""What was kept of a partition's nodes, as a file: for the prior and the batches, gone through again and again.

Numpy's own container without pickles; all nodes' arrays one behind the other, with their lengths in a JSON head.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from hengliang.metrology.balance import Batch, NodeFacts
from hengliang.readings.errors import PartitionFailed
from hengliang.readings.store.layout import write_whole

_NUMBERS = ("square", "free", "sigma2", "inflation", "gauge", "mistaken")


def write_facts(path: Path, facts: Sequence[NodeFacts]) -> None:
    """Write the facts of some nodes; the file is there whole or not at all."""
    heads = [
        {"n": len(one.b), "batches": [asdict(batch) for batch in one.batches]}
        | {name: getattr(one, name) for name in _NUMBERS}
        for one in facts
    ]
    arrays: dict[str, Any] = {
        "head": np.frombuffer(json.dumps(heads, ensure_ascii=False).encode(), np.uint8),
        "a": _joined([one.a[np.tril_indices(len(one.b))] for one in facts], np.float64),
        "b": _joined([one.b for one in facts], np.float64),
        "labels": _joined([one.labels for one in facts], np.int64),
        "share": _joined([one.share.reshape(-1) for one in facts], np.float64),
        "beyond": _joined([one.beyond for one in facts], np.float64),
        "determinable": _joined([one.determinable for one in facts], np.bool_),
    }

    def write(target: Path) -> None:
        """Write the arrays through a handle: numpy would add an ending to a path."""
        with target.open("wb") as out:
            np.savez(out, **arrays)

    write_whole(path, write)


def read_facts(path: Path) -> Iterator[NodeFacts]:
    """The facts in a file, node by node. Raises PartitionFailed."""
    try:
        with np.load(path, allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        heads = json.loads(arrays["head"].tobytes())
    except (OSError, KeyError, ValueError) as fault:
        raise PartitionFailed(partition=path.name, reason=f"its facts can't be read ({fault})") from fault
    at = triangle = 0
    for head in heads:
        n = int(head["n"])
        a = np.zeros((n, n))
        a[np.tril_indices(n)] = arrays["a"][triangle : triangle + n * (n + 1) // 2]
        mine = slice(at, at + n)
        yield NodeFacts(
            batches=tuple(Batch(**one) for one in head["batches"]),
            labels=arrays["labels"][mine],
            a=a + np.tril(a, -1).T,
            b=arrays["b"][mine],
            share=arrays["share"][3 * at : 3 * (at + n)].reshape(n, 3),
            beyond=arrays["beyond"][mine],
            determinable=arrays["determinable"][mine],
            **{name: float(head[name]) for name in _NUMBERS},
        )
        at, triangle = at + n, triangle + n * (n + 1) // 2


def _joined(parts: Sequence[np.ndarray], kind: type) -> np.ndarray:
    return np.concatenate(parts) if parts else np.zeros(0, kind)
