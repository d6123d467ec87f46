"""The Merkle tree: hashes, roots, proofs and their checks.

Guarantee: a proof that passes `check_inclusion` or `check_consistency` holds unless SHA-256 is broken; proofs
are accepted in exactly one form (too long or too short is refused). Nothing here stores anything: proofs are
made over a `NodeReader`, so the same code serves memory, tiles on disk and a database. Hole: none of the
hashes is signed; who says so is the checkpoint's business. Source: RFC 9162, 2.1; RFC 6962, 2.1.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from hengliang.trust.errors import ProofRefused

HASH_BYTES = 32
MAX_SIZE = 2**63 - 1
EMPTY_ROOT = hashlib.sha256(b"").digest()

# (height, index) -> hash of the complete subtree over leaves [index * 2^height, (index + 1) * 2^height)
NodeReader = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 ‖ entry), (32,) bytes. Source: RFC 9162, 2.1.1."""
    return hashlib.sha256(b"\x00" + entry).digest()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """`leaf_hash` of many entries; inlined, since a call each would cost a third of the rate."""
    # A state that has seen the prefix is copied, which costs less than to put the prefix before each entry.
    begun, hashes = hashlib.sha256(b"\x00"), []
    for entry in entries:
        state = begun.copy()
        state.update(entry)
        hashes.append(state.digest())
    return hashes


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right), (32,) bytes. Source: RFC 9162, 2.1.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def parents(nodes: Iterable[bytes]) -> list[bytes]:
    """The complete parents of a run of nodes that starts at an even index; an odd last node has none yet."""
    sha256 = hashlib.sha256
    nodes = iter(nodes)
    return [sha256(b"\x01" + left + right).digest() for left, right in zip(nodes, nodes, strict=False)]


def fold(subtrees: Sequence[bytes]) -> bytes:
    """Root over complete subtrees of falling height, left to right; EMPTY_ROOT when there is none."""
    if not subtrees:
        return EMPTY_ROOT
    root = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        root = node_hash(left, root)
    return root


class Tree:
    """A tree in memory: for batches (the root over the rows of one import), for tests, for small logs.

    Appending costs one hash per leaf and less than one per inner node; 64 bytes of hashes stay per leaf.
    """

    def __init__(self, hashes: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        self.extend(hashes)

    def __len__(self) -> int:
        return len(self._levels[0])

    def extend(self, hashes: Iterable[bytes]) -> None:
        """Append leaf hashes, (32,) bytes each, in order."""
        level, fresh = 0, list(hashes)
        while fresh:
            nodes = self._levels[level]
            done = len(nodes) // 2 * 2
            nodes.extend(fresh)
            if level + 1 == len(self._levels):
                self._levels.append([])
            fresh = parents(nodes[done:])
            level += 1

    def node(self, height: int, index: int) -> bytes:
        """Hash of a complete subtree: a `NodeReader`."""
        return self._levels[height][index]

    def root(self, size: int | None = None) -> bytes:
        """Root over the first `size` leaves, (32,) bytes; over all when absent."""
        return range_root(0, len(self) if size is None else size, self.node)


def range_root(begin: int, end: int, node: NodeReader) -> bytes:
    """Root over leaves [begin, end), where `begin` is a multiple of the largest power of two that fits.

    Source: RFC 9162, 2.1.1: MTH(D[begin:end]); every range that occurs in a proof has this form.
    """
    return fold([node(height, index) for height, index in complete_subtrees(begin, end)])


def complete_subtrees(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """(height, index) of the largest complete subtrees that tile [begin, end), left to right."""
    while begin < end:
        height = (end - begin).bit_length() - 1
        if begin:
            height = min(height, (begin & -begin).bit_length() - 1)
        yield height, begin >> height
        begin += 1 << height


def inclusion_proof(index: int, size: int, node: NodeReader) -> list[bytes]:
    """Hashes that lead from leaf `index` to the root of the first `size` leaves, leaf side first.

    Raises ProofRefused when the leaf is outside the tree.
    Source: RFC 9162, 2.1.3.1: PATH(m, D_n)
    """
    if not 0 <= index < size:
        raise ProofRefused(proof="inclusion", reason=f"leaf {index} is not in a tree of {size}")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(range_root(middle, end, node))
            end = middle
        else:
            path.append(range_root(begin, middle, node))
            begin = middle
    return path[::-1]


def consistency_proof(old: int, new: int, node: NodeReader) -> list[bytes]:
    """Hashes that show that the tree of `old` leaves is a prefix of the tree of `new` leaves.

    Raises ProofRefused unless 0 <= old <= new. Empty for old == new and for old == 0.
    Source: RFC 9162, 2.1.4.1: PROOF(m, D_n), SUBPROOF(m, D_n, b)
    """
    if not 0 <= old <= new:
        raise ProofRefused(proof="consistency", reason=f"{old} leaves do not come before {new}")
    if old in (0, new):
        return []
    path: list[bytes] = []
    begin, end, whole = 0, new, True
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            path.append(range_root(middle, end, node))
            end = middle
        else:
            path.append(range_root(begin, middle, node))
            begin, whole = middle, False
    if not whole:
        path.append(range_root(begin, end, node))
    return path[::-1]


def check_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Return when `proof` leads from `leaf` at `index` to `root` over `size` leaves.

    leaf, root : (32,) bytes; proof : (n, 32) bytes
    Raises ProofRefused otherwise.
    Source: RFC 9162, 2.1.3.2
    """
    if not 0 <= index < size <= MAX_SIZE:
        raise ProofRefused(proof="inclusion", reason=f"leaf {index} is not in a tree of {size}")
    place, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofRefused(proof="inclusion", reason="it is too long")
        if place & 1 or place == last:
            computed = node_hash(sibling, computed)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            computed = node_hash(computed, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofRefused(proof="inclusion", reason="it is too short")
    if computed != root:
        raise ProofRefused(proof="inclusion", reason=f"it does not lead from leaf {index} to the signed root")


def check_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Return when the tree of `old` leaves and `old_root` is a prefix of the one of `new` and `new_root`.

    old_root, new_root : (32,) bytes; proof : (n, 32) bytes
    Raises ProofRefused otherwise.
    Source: RFC 9162, 2.1.4.2; the cases old == 0 and old == new as in C2SP tlog-witness (empty proof)
    """
    if not 0 <= old <= new <= MAX_SIZE:
        raise ProofRefused(proof="consistency", reason=f"{old} leaves do not come before {new}")
    if old in (0, new):
        _check_trivial(old, old_root, new_root, proof, same=old == new)
        return
    nodes = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not nodes:
        raise ProofRefused(proof="consistency", reason="it is empty")
    if _climb(old - 1, new - 1, nodes) != (old_root, new_root):
        raise ProofRefused(proof="consistency", reason=f"{old} leaves are not a prefix of these {new}")


def _climb(place: int, last: int, nodes: Sequence[bytes]) -> tuple[bytes, bytes]:
    while place & 1:
        place, last = place >> 1, last >> 1
    old_root = new_root = nodes[0]
    for sibling in nodes[1:]:
        if last == 0:
            raise ProofRefused(proof="consistency", reason="it is too long")
        if place & 1 or place == last:
            old_root, new_root = node_hash(sibling, old_root), node_hash(sibling, new_root)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new_root = node_hash(new_root, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofRefused(proof="consistency", reason="it is too short")
    return old_root, new_root


def _check_trivial(old: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes], *, same: bool) -> None:
    if proof:
        raise ProofRefused(proof="consistency", reason="it is too long")
    if old == 0 and old_root != EMPTY_ROOT:
        raise ProofRefused(proof="consistency", reason="an empty tree has another root")
    if same and old_root != new_root:
        raise ProofRefused(proof="consistency", reason="two roots at one size")


def _split(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)
