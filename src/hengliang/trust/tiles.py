"""The log as static files: names, tiles and entry bundles.

Guarantee: every name and every file has one form; any other is refused. A tile or bundle, once a checkpoint
covers it, never changes, so it can be cached for ever by any web server. Hole: a tile by itself proves
nothing; readers check it up to a signed checkpoint. Source: C2SP tlog-tiles (tiles of height 8).
"""

import re
import struct
from collections.abc import Callable, Sequence
from itertools import chain

from hengliang.trust.errors import MalformedTile, MissingObject
from hengliang.trust.merkle import HASH_BYTES, MAX_SIZE, complete_subtrees, fold, parents, range_root

HEIGHT = 8
WIDTH = 1 << HEIGHT
MAX_BUNDLE_BYTES = WIDTH * (2 + 65535)
ENTRIES = "entries"
_LENGTH = struct.Struct(">H")
_NAME = re.compile(r"tile/(entries|0|[1-9]\d?)/((?:x\d{3}/)*)(\d{3})(?:\.p/([1-9]\d{0,2}))?", re.ASCII)

# name -> content; raises MissingObject
Fetch = Callable[[str], bytes]


def name_of(level: int | str, index: int, width: int = WIDTH) -> str:
    """Name of a tile at `level`, or of a bundle at level "entries".

    >>> name_of(0, 1234067), name_of("entries", 0, 7)
    ('tile/0/x001/x234/067', 'tile/entries/000.p/7')
    """
    groups = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        groups.append(f"x{index % 1000:03d}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(reversed(groups))}{partial}"


def parse_name(name: str) -> tuple[int | str, int, int]:
    """(level, index, width) of a tile's name. Raises MalformedTile for any that `name_of` would not give."""
    match = _NAME.fullmatch(name) if len(name) < 128 else None
    if not match:
        raise MalformedTile(name=name[:128], reason="no tile has such a name")
    level = match[1] if match[1] == ENTRIES else int(match[1])
    index = int(match[2].replace("x", "").replace("/", "") + match[3])
    width = int(match[4]) if match[4] else WIDTH
    if name_of(level, index, width) != name or width > WIDTH or index > MAX_SIZE:
        raise MalformedTile(name=name, reason="no tile has such a name")
    return level, index, width


def read_tile(name: str, content: bytes, width: int) -> list[bytes]:
    """The hashes of a tile, (width, 32) bytes. Raises MalformedTile when the length is another."""
    if len(content) != width * HASH_BYTES:
        raise MalformedTile(name=name, reason=f"{len(content)} bytes instead of {width * HASH_BYTES}")
    return [content[at : at + HASH_BYTES] for at in range(0, len(content), HASH_BYTES)]


def write_bundle(entries: Sequence[bytes]) -> bytes:
    """Entries, each behind its length as big-endian uint16. Raises MalformedTile beyond 65,535 bytes."""
    try:
        # Without a Python step for each entry: bundles are a fifth of what appending costs.
        return b"".join(chain.from_iterable(zip(map(_LENGTH.pack, map(len, entries)), entries, strict=True)))
    except struct.error:
        raise MalformedTile(name="entry", reason=f"{max(map(len, entries))} bytes; 65,535 fit") from None


def read_bundle(name: str, content: bytes, width: int) -> list[bytes]:
    """The `width` entries of a bundle. Raises MalformedTile when it holds more, fewer or a torn one."""
    if len(content) > MAX_BUNDLE_BYTES:
        raise MalformedTile(name=name, reason=f"longer than {MAX_BUNDLE_BYTES} bytes")
    entries: list[bytes] = []
    at = 0
    while at < len(content):
        end = at + 2 + int.from_bytes(content[at : at + 2])
        if end > len(content) or at + 2 > len(content) or len(entries) == width:
            raise MalformedTile(name=name, reason=f"it does not hold {width} whole entries")
        entries.append(content[at + 2 : end])
        at = end
    if len(entries) != width:
        raise MalformedTile(name=name, reason=f"{len(entries)} entries instead of {width}")
    return entries


def width_at(level: int, index: int, size: int) -> int:
    """How many hashes tile `index` of `level` holds in a tree of `size` leaves (0 to 256)."""
    hashes = size >> (HEIGHT * level)
    return max(0, min(WIDTH, hashes - index * WIDTH))


def levels_of(size: int) -> int:
    """How many levels of tiles a tree of `size` leaves has."""
    return max(0, (size.bit_length() - 1) // HEIGHT + 1)


def tile_root(hashes: Sequence[bytes]) -> bytes:
    """Hash that stands for a full tile in the tile above it, (32,) bytes.

    hashes : (256, 32) bytes
    """
    nodes = list(hashes)
    while len(nodes) > 1:
        nodes = parents(nodes)
    return nodes[0]


def edge_root(edge: Sequence[Sequence[bytes]]) -> bytes:
    """Root of the tree whose rightmost, not yet full tiles are `edge`, lowest level first.

    edge : per level the hashes of the partial tile, 0 to 255 of them
    """
    subtrees: list[bytes] = []
    for hashes in reversed(edge):
        subtrees += [_within(hashes, height, index) for height, index in complete_subtrees(0, len(hashes))]
    return fold(subtrees)


class TileTree:
    """The nodes of a log of `size` leaves, read from its tiles: a `NodeReader` with a small memory.

    Falls back from a partial tile to the full one, since logs may delete partial tiles once the full one is
    there. Raises MissingObject when neither is. Source: C2SP tlog-tiles, "Partial Tiles".
    """

    def __init__(self, size: int, fetch: Fetch) -> None:
        self.size = size
        self._fetch = fetch
        self._seen: dict[tuple[int, int], list[bytes]] = {}

    def node(self, height: int, index: int) -> bytes:
        """Hash of the complete subtree of 2^height leaves at `index`."""
        level = height // HEIGHT
        within = height % HEIGHT
        tile = (index << within) // WIDTH
        return _within(self.tile(level, tile), within, index - (tile * WIDTH >> within))

    def tile(self, level: int, index: int) -> list[bytes]:
        """Hashes of a tile as they were at `size`, (width, 32) bytes."""
        if (level, index) not in self._seen:
            if len(self._seen) >= 1024:
                self._seen.clear()
            self._seen[level, index] = self._read(level, index)
        return self._seen[level, index]

    def _read(self, level: int, index: int) -> list[bytes]:
        width = width_at(level, index, self.size)
        name, content = fetch_wide(self._fetch, level, index, width)
        if content is None:
            return read_tile(name_of(level, index), self._fetch(name_of(level, index)), WIDTH)[:width]
        return read_tile(name, content, width)

    def bundle(self, index: int) -> list[bytes]:
        """The entries [256 * index, …) as they were at `size`."""
        width = width_at(0, index, self.size)
        name, content = fetch_wide(self._fetch, ENTRIES, index, width)
        if content is None:
            full = name_of(ENTRIES, index)
            return read_bundle(full, self._fetch(full), WIDTH)[:width]
        return read_bundle(name, content, width)

    def root(self) -> bytes:
        """Root over all leaves, (32,) bytes, from the right edge only."""
        return range_root(0, self.size, self.node)


def fetch_wide(fetch: Fetch, level: int | str, index: int, width: int) -> tuple[str, bytes | None]:
    """Name and content at this very width; None as content says: it is gone, ask for the full one."""
    name = name_of(level, index, width)
    try:
        return name, fetch(name)
    except MissingObject:
        if width == WIDTH:
            raise
        return name, None


def _within(hashes: Sequence[bytes], height: int, index: int) -> bytes:
    nodes = list(hashes[index << height : (index + 1) << height])
    while len(nodes) > 1:
        nodes = parents(nodes)
    if not nodes:
        raise MalformedTile(name="tile", reason="it is narrower than the tree needs")
    return nodes[0]
