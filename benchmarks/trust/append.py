"""Appending entries of 200 bytes: ours beside pymerkle and the floor that SHA-256 sets, in one run.

    python benchmarks/trust/append.py [--quick]

The floor is what hashlib alone needs for the hashes that RFC 9162 prescribes: n leaves of 201 bytes and n - 1
nodes of 65 bytes, the bytes to hash lying ready. CPU time of this process, the best of several rounds, since on a
loaded machine the wall clock says little; `of the floor` is our rate over that of the hashes alone in the same run.
What else was tried for the floor on CPython 3.11 with OpenSSL 3.0: a copied state instead of joined bytes (3 % faster),
the interpreter's own SHA-256 (17 % faster for nodes, 8 % slower for leaves, and private), `cryptography` and ctypes
(both half as fast).
"""

import argparse
import hashlib
import math
import os
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pymerkle

from hengliang.trust.disk import DiskStore
from hengliang.trust.keys import NoteKey, SoftwareKey
from hengliang.trust.log import Log
from hengliang.trust.merkle import Tree, check_inclusion, inclusion_proof, leaf_hash, leaf_hashes
from hengliang.trust.sequencer import Sequencer
from hengliang.trust.store import MemoryStore

KEY = NoteKey("log.example", SoftwareKey("ed25519", b"k" * 32))
BATCH = 5120


def report(label: str, count: int, run: Callable[[], object], *, rounds: int = 1, lowest: float = 0.0) -> float:
    """Print entries a second, by CPU time and by wall clock, and the share of `lowest`, the rate of the floor."""
    cpu = wall = math.inf
    for _ in range(rounds):
        begun, clock = time.process_time(), time.perf_counter()
        run()
        cpu, wall = min(cpu, time.process_time() - begun), min(wall, time.perf_counter() - clock)
    share = f" {count / cpu / lowest:>5.0%} of the floor" if lowest else ""
    print(f"{label:44} {count / cpu:>12,.0f} /s CPU {count / wall:>12,.0f} /s wall{share}")
    return count / cpu


def floor(entries: list[bytes]) -> None:
    """The hashes alone."""
    sha256, node = hashlib.sha256, bytes(65)
    for entry in entries:
        sha256(entry).digest()
        sha256(node).digest()


def tree(entries: list[bytes]) -> Tree:
    """Our tree in memory."""
    made = Tree()
    for at in range(0, len(entries), BATCH):
        made.extend(leaf_hashes(entries[at : at + BATCH]))
    made.root()
    return made


def whole_log(entries: list[bytes], store: MemoryStore | DiskStore) -> None:
    """Our log with tiles, bundles and a signed checkpoint per batch."""
    log = Log(store, KEY)
    for at in range(0, len(entries), BATCH):
        log.append(entries[at : at + BATCH])


def peer(entries: list[bytes]) -> None:
    """pymerkle in memory."""
    made = pymerkle.InmemoryTree(algorithm="sha256")
    for entry in entries:
        made.append_entry(entry)
    made.get_root()


def group_commit(entries: list[bytes], directory: Path) -> None:
    """Sixteen threads, each entry durable on disk before its thread goes on with the next window of 64."""
    sequencer = Sequencer(Log(DiskStore(directory), KEY))
    runner = threading.Thread(target=sequencer.run)
    runner.start()

    def write(mine: list[bytes]) -> None:
        for at in range(0, len(mine), 64):
            for future in [sequencer.submit(entry) for entry in mine[at : at + 64]]:
                future.result()

    writers = [threading.Thread(target=write, args=(entries[part::16],)) for part in range(16)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    sequencer.stop()
    runner.join()


def proofs(made: Tree, entries: list[bytes]) -> None:
    """Make and check an inclusion proof for each entry."""
    root, size = made.root(), len(made)
    for index, entry in enumerate(entries):
        check_inclusion(index, size, leaf_hash(entry), inclusion_proof(index, size, made.node), root)


def main() -> None:
    """Run all, ours beside the peer and the floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    count = 51_200 if parser.parse_args().quick else 512_000
    entries = [os.urandom(200) for _ in range(count)]
    few = entries[: count // 10]
    ready = [b"\x00" + entry for entry in entries]
    lowest = report("SHA-256 floor", count, lambda: floor(ready), rounds=5)
    report("hengliang tree in memory", count, lambda: tree(entries), rounds=5, lowest=lowest)
    report(
        "hengliang log, tiles in memory, signed",
        count,
        lambda: whole_log(entries, MemoryStore()),
        rounds=5,
        lowest=lowest,
    )
    with tempfile.TemporaryDirectory() as directory:
        report(
            "hengliang log on disk, synced, batch 5,120",
            count,
            lambda: whole_log(entries, DiskStore(Path(directory))),
        )
    with tempfile.TemporaryDirectory() as directory:
        report(
            "hengliang group commit, 16 writers, on disk",
            len(few),
            lambda: group_commit(few, Path(directory)),
        )
    report("pymerkle in memory", len(few), lambda: peer(few))
    made = tree(entries)
    some = entries[: count // 50]
    report(f"inclusion proof made and checked, {count:,}", len(some), lambda: proofs(made, some))


if __name__ == "__main__":
    main()
