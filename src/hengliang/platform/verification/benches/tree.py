"""The Merkle tree of a lot: its root, and the proof of one result.

Only the hashes of complete runs of 256 results are kept: a proof reads one run and computes the rest.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from hengliang.platform.verification.benches.sql import statement
from hengliang.platform.verification.models import LotResult
from hengliang.trust.errors import ProofRefused
from hengliang.trust.merkle import Tree, check_inclusion, inclusion_proof, leaf_hash, leaf_hashes

HEIGHT = 8
RUN = 1 << HEIGHT
_HASH = 32


@dataclass(frozen=True)
class ResultProof:
    """What proves a single result: its entry, its place among how many, the path, and the root that was logged."""

    entry: str
    place: int
    size: int
    path: tuple[str, ...]
    root: str

    def to_json(self) -> dict[str, Any]:
        """As JSON values, for who checks it off line."""
        return {
            "entry": self.entry, "place": self.place, "size": self.size, "path": list(self.path), "root": self.root
        }  # fmt: skip


# Hashed where the rows are: what is read back is a tenth of the entries. Source of the prefix: RFC 9162, 2.1.1.
_HASHES = "SELECT string_agg(sha256('\\x00'::bytea || convert_to(entry, 'UTF8')), ''::bytea ORDER BY place) FROM ({}) e"


def entries(lot_id: int, first: int, last: int) -> list[bytes]:
    """The entries of the results from `first` to before `last`."""
    with connection.cursor() as cursor:
        cursor.execute(statement("leaves") + "ORDER BY r.place", {"lot": lot_id, "first": first, "last": last})
        return [entry.encode() for _place, entry in cursor.fetchall()]


def hashes(lot_id: int, first: int, last: int) -> list[bytes]:
    """The leaf hashes of the results from `first` to before `last`: those of `entries`, made by the database."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Of rows just written the planner believes that there are few, and would walk all groups for each of them.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(_HASHES.format(statement("leaves")), {"lot": lot_id, "first": first, "last": last})
        whole = bytes(cursor.fetchone()[0] or b"")
        cursor.execute("SET LOCAL enable_nestloop = on")
    return [whole[at : at + _HASH] for at in range(0, len(whole), _HASH)]


def tree_of(lot_id: int, size: int) -> tuple[str, bytes]:
    """The root over all results in hexadecimal, and the hashes that are kept."""
    tree = Tree(hashes(lot_id, 0, size))
    return tree.root().hex(), b"".join(tree.node(HEIGHT, run) for run in range(size >> HEIGHT))


def proof_of(result: LotResult) -> ResultProof:
    """The proof that a result is under the root of its lot."""
    lot = result.lot
    kept = bytes(lot.tree)
    upper = Tree(kept[at : at + _HASH] for at in range(0, len(kept), _HASH))
    lower: dict[int, tuple[list[bytes], Tree]] = {}

    def run_of(run: int) -> tuple[list[bytes], Tree]:
        if run not in lower:
            found = entries(lot.pk, run << HEIGHT, (run + 1) << HEIGHT)
            lower[run] = (found, Tree(leaf_hashes(found)))
        return lower[run]

    def node(height: int, index: int) -> bytes:
        if height >= HEIGHT:
            return upper.node(height - HEIGHT, index)
        run = (index << height) >> HEIGHT
        return run_of(run)[1].node(height, index - (run << (HEIGHT - height)))

    path = inclusion_proof(result.place, lot.judged, node)
    entry = run_of(result.place >> HEIGHT)[0][result.place % RUN]
    return ResultProof(entry.decode(), result.place, lot.judged, tuple(one.hex() for one in path), lot.root)


def holds(proof: ResultProof) -> bool:
    """Whether a proof leads to its root."""

    try:
        check_inclusion(
            proof.place, proof.size, leaf_hash(proof.entry.encode()), [bytes.fromhex(one) for one in proof.path],
            bytes.fromhex(proof.root),
        )  # fmt: skip
    except ProofRefused:
        return False
    return True
