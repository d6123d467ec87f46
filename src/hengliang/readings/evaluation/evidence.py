"""The signed evidence of one node: from it anybody computes the verdict again, without the readings.

A canonical JSON file: `statement` (node, settings, topology, versions, sufficient statistics, proofs that lead from
the node's readings to the committed roots, the verdict) and `note`, a signed note over the statement's digest.

Guarantee: `recompute` is valid only if a given key signed exactly this statement, its proofs lead to its roots, and
its verdict follows from its statistics. Hole: that the statistics were computed from the readings under the roots is
shown by computing them again where the readings lie; that is what an authority draws nodes for.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

import hengliang
from hengliang.metrology.balance import Prior, from_bytes
from hengliang.metrology.errors import MetrologyError
from hengliang.readings.errors import EvidenceRefused
from hengliang.readings.evaluation.blas import one_thread
from hengliang.readings.evaluation.members import membership
from hengliang.readings.evaluation.partition import as_result
from hengliang.readings.evaluation.run import Evaluation
from hengliang.readings.store.layout import bucket_of
from hengliang.readings.store.leaves import leaves_of
from hengliang.readings.store.store import Commit, Store
from hengliang.trust import canonical
from hengliang.trust.errors import TrustError
from hengliang.trust.keys import NoteKey
from hengliang.trust.merkle import Tree, check_inclusion, inclusion_proof, leaf_hash, leaf_hashes
from hengliang.trust.notes import Note, VerifierKey, check_note, read_note

FORMAT = "hengliang-balance-evidence-v1"
MAX_BYTES = 64 << 20
# Two machines may differ in the last bits of a float; a verdict may not. Relative, beside 1e-12 absolute.
TOLERANCE = 1e-7
_VERDICT = ("node", "state", "reason", "meters", "sigma", "loss", "topology")


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What recomputing has shown.

    verdict : `valid`, `invalid`, or `indeterminate` when no trusted key has signed
    differences : where the stated verdict is not the computed one
    """

    verdict: str
    reason: str
    node: str
    signed_by: tuple[str, ...]
    differences: tuple[str, ...]
    found: dict[str, Any]


class Prover:
    """Proofs that lead from a node's readings to the roots of the batches."""

    def __init__(self, store: Store) -> None:
        self._trees = [(commit, *_tree(store, commit)) for commit in store.commits]

    def proofs(self, homes: Sequence[str]) -> list[dict[str, Any]]:
        """Per batch its root, and the leaves of the nodes under which the readings are filed."""
        found = []
        for commit, leaves, tree in self._trees:
            places = [at for at, (node, _) in enumerate(leaves) if node in homes]
            if places:
                shown = [_proof(leaves[at][1], at, tree) for at in places]
                found.append({"batch": commit.batch, "root": commit.root, "size": len(leaves), "leaves": shown})
        return found


def write_evidence(store: Store, evaluation: Evaluation, folder: Path, key: NoteKey) -> None:
    """Write one signed file per node of an evaluation made with `evidence=True`."""
    folder.mkdir(parents=True, exist_ok=True)
    prover = Prover(store)
    for node in evaluation.nodes:
        if "statistics" in node:
            homes = membership(store, bucket_of(node["node"], store.buckets)).homes
            proofs = prover.proofs([node["node"], *{homes[link["meter"]] for link in node["links"]}])
            content = sign(statement_of(evaluation, node, proofs), key)
            (folder / f"{_file_name(node['node'])}.evidence.json").write_bytes(content)


def _file_name(node: str) -> str:
    """A node's name as a file name: nothing of it leads out of the folder, and no two nodes share one."""
    plain = "".join(one if one.isalnum() or one in "-_" else "_" for one in node)[:80] or "_"
    return plain if plain == node else f"{plain}-{hashlib.sha256(node.encode()).hexdigest()[:8]}"


def _tree(store: Store, commit: Commit) -> tuple[list[tuple[str, bytes]], Tree]:
    leaves = leaves_of(store, commit)
    return leaves, Tree(leaf_hashes(entry for _, entry in leaves))


def _proof(entry: bytes, place: int, tree: Tree) -> dict[str, Any]:
    path = inclusion_proof(place, len(tree), tree.node)
    return {"entry": entry.decode(), "index": place, "proof": [one.hex() for one in path]}


def statement_of(evaluation: Evaluation, node: Mapping[str, Any], proofs: list[dict[str, Any]]) -> dict[str, Any]:
    """What is signed for a node of an evaluation made with `evidence=True`. Raises EvidenceRefused."""
    if "statistics" not in node:
        raise EvidenceRefused(reason=f"node {node['node']} was evaluated without its statistics being kept")
    return {
        "node": node["node"],
        "run": evaluation.name,
        "settings": evaluation.settings.as_json(),
        "prior": asdict(evaluation.prior),
        "period": list(evaluation.period),
        "versions": {"hengliang": hengliang.__version__, "numpy": np.__version__},
        "topology": node["links"],
        "readings": proofs,
        "statistics": node["statistics"],
        "verdict": {name: node[name] for name in _VERDICT if name in node} | node.get("alone", {}),
    }


def sign(statement: Mapping[str, Any], key: NoteKey) -> bytes:
    """The evidence file."""
    text = _text(canonical.write(statement))
    note = Note(text, (key.sign_note(text),))
    return canonical.write({"format": FORMAT, "statement": dict(statement), "note": note.to_bytes().decode()})


def _text(statement: bytes) -> str:
    return f"{FORMAT}\n{hashlib.sha256(statement).hexdigest()}\n"


def recompute(content: bytes, keys: Sequence[VerifierKey]) -> Recomputed:
    """Check an evidence file and compute its verdict again.

    keys : whose signature is trusted
    Raises EvidenceRefused for a file that is no evidence.
    """
    one_thread()
    statement, note = _read(content)
    try:
        stats = from_bytes(base64.b64decode(statement["statistics"], validate=True))
        found = as_result(stats, float(statement["settings"]["limit"]), Prior(**statement["prior"]))
        stated = statement["verdict"]
        node = str(statement["node"])
    except (MetrologyError, KeyError, TypeError, ValueError) as fault:
        if note.text != _text(canonical.write(statement)):
            reason = "it was altered after it was signed; its statistics can't be read any more"
            return Recomputed("invalid", reason, str(statement.get("node", "")), (), (), {})
        raise EvidenceRefused(reason=f"its statistics can't be read ({fault})") from None
    differences = tuple(_differences({name: found[name] for name in stated if name in found}, stated, ""))
    try:
        signed = tuple(one.name for one in check_note(note, keys))
        if note.text != _text(canonical.write(statement)):
            return Recomputed(
                "invalid",
                "it was altered after it was signed: the signature is over another statement",
                node,
                signed,
                differences,
                found,
            )
        _check_proofs(statement["readings"])
    except (TrustError, KeyError, TypeError, ValueError) as fault:
        return Recomputed("invalid", str(fault), node, (), differences, found)
    if differences:
        reason = f"the stated verdict does not follow from the statistics ({differences[0]})"
        return Recomputed("invalid", reason, node, signed, differences, found)
    if not signed:
        reason = _unsigned(note, keys)
        return Recomputed("indeterminate", reason, node, signed, differences, found)
    return Recomputed("valid", "signed, and the verdict follows from the statistics", node, signed, differences, found)


def _unsigned(note: Note, keys: Sequence[VerifierKey]) -> str:
    """Why nobody who is trusted stands for it."""
    names = ", ".join(sorted({one.name for one in note.signatures})) or "nobody"
    if not keys:
        return f"the verdict follows from the statistics; to check that {names} signed it, give the key with --key"
    return f"the verdict follows from the statistics, but none of the given keys has signed it (it says: {names})"


def _read(content: bytes) -> tuple[dict[str, Any], Note]:
    try:
        fields = canonical.read(content, max_bytes=MAX_BYTES)
        if (
            not isinstance(fields, dict)
            or fields.get("format") != FORMAT
            or set(fields) != {"format", "statement", "note"}
        ):
            raise EvidenceRefused(reason=f"the format is not {FORMAT}")
        note = read_note(str(fields["note"]).encode())
    except TrustError as fault:
        raise EvidenceRefused(reason=str(fault)) from None
    if not isinstance(fields["statement"], dict):
        raise EvidenceRefused(reason="the statement is no object")
    return fields["statement"], note


def _check_proofs(batches: Sequence[Mapping[str, Any]]) -> None:
    for batch in batches:
        root, size = bytes.fromhex(batch["root"]), int(batch["size"])
        for one in batch["leaves"]:
            path = [bytes.fromhex(step) for step in one["proof"]]
            check_inclusion(int(one["index"]), size, leaf_hash(one["entry"].encode()), path, root)


def _differences(computed: Any, stated: Any, where: str) -> list[str]:
    """Paths at which two JSON values differ, floats by more than TOLERANCE."""
    if isinstance(computed, dict) and isinstance(stated, dict):
        names = sorted(computed.keys() | stated.keys())
        return [one for name in names for one in _differences(computed.get(name), stated.get(name), f"{where}/{name}")]
    if isinstance(computed, list | tuple) and isinstance(stated, list | tuple) and len(computed) == len(stated):
        return [
            one
            for at, pair in enumerate(zip(computed, stated, strict=True))
            for one in _differences(*pair, f"{where}/{at}")
        ]
    if _numbers(computed, stated):
        close = abs(computed - stated) <= TOLERANCE * max(abs(computed), abs(stated)) + 1e-12
        return [] if close else [f"{where}: {stated} is stated, {computed} computed"]
    return [] if computed == stated else [f"{where}: {stated} is stated, {computed} computed"]


def _numbers(*values: Any) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
