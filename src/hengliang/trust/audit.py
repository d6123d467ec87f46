"""Checking a whole log from its public files, and naming what was altered.

Guarantee: when `audit` returns, every entry hashes to the signed root, and the log still holds what an
earlier checkpoint said. When it raises, the name is that of the altered object: the walk goes from the signed
root down, so whatever it compares against is already proven. Hole: it sees only the view it was given; a log
that shows others another view is found by witnesses or by comparing checkpoints. Source: C2SP tlog-tiles.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hengliang.trust import entries
from hengliang.trust.checkpoint import Checkpoint, OpenedCheckpoint
from hengliang.trust.errors import CorruptObject, MalformedTile, RolledBack, SplitView, TrustError
from hengliang.trust.merkle import check_consistency, consistency_proof, leaf_hash, leaf_hashes
from hengliang.trust.tiles import (
    ENTRIES,
    WIDTH,
    Fetch,
    TileTree,
    edge_root,
    levels_of,
    name_of,
    tile_root,
    width_at,
)


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found.

    unreadable : indices of entries that are in the tree but are no entry this software can read
    """

    checkpoint: Checkpoint
    consistent_with: Checkpoint | None
    entries: int
    types: dict[str, int]
    unreadable: tuple[int, ...]


def audit(
    opened: OpenedCheckpoint,
    fetch: Fetch,
    *,
    seen: OpenedCheckpoint | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Audit:
    """Read the whole log and check it against its checkpoint.

    seen : an earlier checkpoint of the same log, which must be a prefix
    progress : called with the number of entries checked
    Raises CorruptObject or MissingObject with the object's name, RolledBack, SplitView, ProofRefused.
    """
    checkpoint = opened.checkpoint
    tree = TileTree(checkpoint.size, fetch)
    _check_edge(tree, checkpoint)
    for level in range(levels_of(checkpoint.size) - 1, 0, -1):
        _check_below(tree, level)
    types: dict[str, int] = {}
    unreadable: list[int] = []
    for index, entry in _checked_entries(tree, progress):
        kind = _type_of(entry)
        if kind is None:
            unreadable.append(index)
        else:
            types[kind] = types.get(kind, 0) + 1
    if seen is not None:
        check_extends(seen, opened, tree)
    return Audit(checkpoint, seen.checkpoint if seen else None, checkpoint.size, types, tuple(unreadable))


def check_extends(seen: OpenedCheckpoint, shown: OpenedCheckpoint, tree: TileTree) -> None:
    """Return when `shown` continues `seen`. Raises RolledBack, SplitView or ProofRefused."""
    old, new = seen.checkpoint, shown.checkpoint
    compare_views(seen, shown)
    if new.size < old.size:
        raise RolledBack(origin=new.origin, shown=new.size, seen=old.size)
    proof = consistency_proof(old.size, new.size, tree.node)
    check_consistency(old.size, new.size, old.root, new.root, proof)


def compare_views(first: OpenedCheckpoint, second: OpenedCheckpoint) -> None:
    """Return unless the two notes prove that the log shows two histories.

    Works on the notes alone when the sizes are equal; else ask for a consistency proof.
    Raises SplitView with both notes, which together are the proof.
    """
    one, other = first.checkpoint, second.checkpoint
    if one.origin == other.origin and one.size == other.size and one.root != other.root:
        raise SplitView(
            origin=one.origin,
            size=one.size,
            first=one.root.hex(),
            second=other.root.hex(),
            notes=(first.note, second.note),
        )


def _check_edge(tree: TileTree, checkpoint: Checkpoint) -> None:
    edge = [_partial(tree, level) for level in range(levels_of(tree.size))]
    if edge_root(edge) == checkpoint.root:
        return
    for level, hashes in enumerate(edge):
        rebuilt = _rebuilt(tree, level, len(hashes))
        if rebuilt != hashes and edge_root([*edge[:level], rebuilt, *edge[level + 1 :]]) == checkpoint.root:
            raise CorruptObject(name=name_of(level, (tree.size >> (8 * level)) // WIDTH, len(hashes)))
    raise CorruptObject(name=f"checkpoint of {checkpoint.origin} at size {checkpoint.size}")


def _partial(tree: TileTree, level: int) -> list[bytes]:
    index = (tree.size >> (8 * level)) // WIDTH
    return tree.tile(level, index) if width_at(level, index, tree.size) else []


def _rebuilt(tree: TileTree, level: int, width: int) -> list[bytes]:
    first = (tree.size >> (8 * level)) // WIDTH * WIDTH
    if width == 0:
        return []
    if level == 0:
        return leaf_hashes(tree.bundle(first // WIDTH))
    return [tile_root(tree.tile(level - 1, first + at)) for at in range(width)]


def _check_below(tree: TileTree, level: int) -> None:
    for index in range((tree.size >> (8 * level)) // WIDTH + 1):
        if not width_at(level, index, tree.size):
            continue
        for at, expected in enumerate(tree.tile(level, index)):
            child = index * WIDTH + at
            if tile_root(tree.tile(level - 1, child)) != expected:
                raise CorruptObject(name=name_of(level - 1, child))


def _checked_entries(tree: TileTree, progress: Callable[[int], None]) -> Iterator[tuple[int, bytes]]:
    for bundle in range((tree.size + WIDTH - 1) // WIDTH):
        name = name_of(ENTRIES, bundle, width_at(0, bundle, tree.size))
        try:
            found = tree.bundle(bundle)
        except MalformedTile as fault:
            raise CorruptObject(name=name) from fault
        for at, (entry, expected) in enumerate(zip(found, tree.tile(0, bundle), strict=True)):
            if leaf_hash(entry) != expected:
                raise CorruptObject(name=f"entry {bundle * WIDTH + at} in {name}")
            yield bundle * WIDTH + at, entry
        progress(bundle * WIDTH + len(found))


def _type_of(entry: bytes) -> str | None:
    try:
        return entries.read(entry).type
    except TrustError:
        return None
