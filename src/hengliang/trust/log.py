"""The append-only log over any store.

Guarantee: `append` returns only after entries, tiles and the signed checkpoint are durable; an index once
returned stays. On opening, the right edge is recomputed and must give the signed root, so that a damaged or
rolled back store is noticed before anything is built on it. Hole: the holder of key and store can fork the
log; only witnesses (`witness.py`) and copies notice. Source: RFC 9162, 2.1; C2SP tlog-tiles.
"""

from collections.abc import Sequence

from hengliang.trust.checkpoint import Checkpoint, add_signatures, open_checkpoint, sign_checkpoint
from hengliang.trust.errors import CorruptObject, LogMoved, MalformedEntry
from hengliang.trust.merkle import consistency_proof, inclusion_proof, leaf_hashes
from hengliang.trust.notes import NoteSigner, VerifierKey
from hengliang.trust.store import LogStore
from hengliang.trust.tiles import (
    ENTRIES,
    WIDTH,
    TileTree,
    edge_root,
    levels_of,
    name_of,
    tile_root,
    width_at,
    write_bundle,
)


class Log:
    """One authority's log, as its single writer sees it.

    store : where the files are
    signer : the log's key, whose name is the log's origin
    former_keys : keys that signed earlier checkpoints, accepted on opening after a rotation
    """

    def __init__(self, store: LogStore, signer: NoteSigner, *, former_keys: Sequence[VerifierKey] = ()) -> None:
        self._store = store
        self._signer = signer
        self._keys = (signer.verifier, *former_keys)
        self._published: bytes | None = None
        self._edge: list[list[bytes]] = []
        self._bundle: list[bytes] = []
        self.size = 0
        self._open()

    @property
    def origin(self) -> str:
        """The log's name."""
        return self._signer.verifier.name

    @property
    def checkpoint(self) -> bytes:
        """The published signed checkpoint, as last seen by this writer."""
        return self._published or sign_checkpoint(self.state(), [self._signer])

    def state(self) -> Checkpoint:
        """Size and root now."""
        return Checkpoint(self.origin, self.size, edge_root(self._edge))

    def append(self, entries: Sequence[bytes]) -> range:
        """Add a batch durably and give the indices of its entries.

        entries : each at most 65,535 bytes
        Raises MalformedEntry before anything is written, LogMoved when another writer was here.
        """
        if max(map(len, entries), default=0) > 65535:
            raise MalformedEntry(field="", reason="an entry has at most 65,535 bytes")
        if not entries and self._published:
            return range(self.size, self.size)
        files, edge, bundle = self._grown(entries)
        begin, grown = self.size, self.size + len(entries)
        signed = sign_checkpoint(Checkpoint(self.origin, grown, edge_root(edge)), [self._signer])
        self._store.publish(files, signed, replaces=self._published)
        self._edge, self._bundle, self.size, self._published = edge, bundle, grown, signed
        return range(begin, grown)

    def add_cosignatures(self, lines: bytes) -> bytes:
        """Publish the checkpoint with witnesses' signature lines added, and give it back.

        Raises MalformedNote; LogMoved when the log grew meanwhile: ask the witnesses again.
        """
        if self._published is None:
            raise LogMoved(origin=self.origin)
        extended = add_signatures(self._published, lines)
        self._store.publish({}, extended, replaces=self._published)
        self._published = extended
        return extended

    def tree(self) -> TileTree:
        """The published nodes, for proofs at the present size."""
        return TileTree(self.size, self._store.read)

    def inclusion(self, index: int) -> list[bytes]:
        """Proof that entry `index` is in the log at its present size, (n, 32) bytes."""
        return inclusion_proof(index, self.size, self.tree().node)

    def consistency(self, old: int) -> list[bytes]:
        """Proof that the log at size `old` is a prefix of the present one, (n, 32) bytes."""
        return consistency_proof(old, self.size, self.tree().node)

    def entry(self, index: int) -> bytes:
        """Entry `index` as it was appended."""
        return self.tree().bundle(index // WIDTH)[index % WIDTH]

    def _open(self) -> None:
        self._published = self._store.checkpoint()
        if self._published is None:
            return
        opened = open_checkpoint(self._published, self._keys).checkpoint
        self.size = opened.size
        tree = TileTree(self.size, self._store.read)
        self._edge = [_partial(tree, level) for level in range(levels_of(self.size))]
        if edge_root(self._edge) != opened.root:
            raise CorruptObject(name=f"The right edge of {self.origin} at size {self.size}")
        self._bundle = tree.bundle(self.size // WIDTH) if self.size % WIDTH else []
        if leaf_hashes(self._bundle) != (self._edge[0] if self._edge else []):
            raise CorruptObject(name=name_of(ENTRIES, self.size // WIDTH, self.size % WIDTH))

    def _grown(self, entries: Sequence[bytes]) -> tuple[dict[str, bytes], list[list[bytes]], list[bytes]]:
        files: dict[str, bytes] = {}
        bundle = self._pack(entries, files)
        edge: list[list[bytes]] = []
        level, fresh = 0, leaf_hashes(entries)
        while fresh or level < len(self._edge):
            hashes = (self._edge[level] if level < len(self._edge) else []) + fresh
            first = (self.size >> (8 * level)) // WIDTH
            fresh, rest = _cut(level, first, hashes, files, changed=bool(fresh))
            edge.append(rest)
            level += 1
        return files, edge, bundle

    def _pack(self, entries: Sequence[bytes], files: dict[str, bytes]) -> list[bytes]:
        pending = [*self._bundle, *entries]
        first = self.size // WIDTH
        whole = len(pending) // WIDTH * WIDTH
        for at in range(0, whole, WIDTH):
            files[name_of(ENTRIES, first + at // WIDTH)] = write_bundle(pending[at : at + WIDTH])
        rest = pending[whole:]
        if rest and entries:
            files[name_of(ENTRIES, first + whole // WIDTH, len(rest))] = write_bundle(rest)
        return rest


def _cut(
    level: int, first: int, hashes: list[bytes], files: dict[str, bytes], *, changed: bool
) -> tuple[list[bytes], list[bytes]]:
    roots: list[bytes] = []
    whole = len(hashes) // WIDTH * WIDTH
    for at in range(0, whole, WIDTH):
        tile = hashes[at : at + WIDTH]
        files[name_of(level, first + at // WIDTH)] = b"".join(tile)
        roots.append(tile_root(tile))
    rest = hashes[whole:]
    if rest and changed:
        files[name_of(level, first + whole // WIDTH, len(rest))] = b"".join(rest)
    return roots, rest


def _partial(tree: TileTree, level: int) -> list[bytes]:
    index = (tree.size >> (8 * level)) // WIDTH
    return list(tree.tile(level, index)) if width_at(level, index, tree.size) else []
