"""Tiles: names and bytes of C2SP tlog-tiles, and refusal of every other form."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.trust import merkle, tiles
from hengliang.trust.errors import MalformedTile
from hengliang.trust.log import Log
from hengliang.trust.store import MemoryStore
from hengliang.trust.tiles import TileTree, name_of, parse_name, read_bundle, write_bundle


def test_names_of_the_specification() -> None:
    assert name_of(0, 1234067) == "tile/0/x001/x234/067"
    assert name_of(tiles.ENTRIES, 273, 112) == "tile/entries/273.p/112"


@given(level=st.integers(0, 63) | st.just("entries"), index=st.integers(0, 2**40), width=st.integers(1, 256))
def test_a_name_reads_back(level: int | str, index: int, width: int) -> None:
    assert parse_name(name_of(level, index, width)) == (level, index, width)


@pytest.mark.parametrize(
    "name",
    [
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/00/000",
        "tile/100/000",
        "tile/0/1234",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/../000",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/٠٠٠",
        "checkpoint",
        "tile/data/000",
        "tile/0/" + "x001/" * 60 + "000",
    ],
)
def test_no_other_name_is_read(name: str) -> None:
    with pytest.raises(MalformedTile):
        parse_name(name)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_reads_back(entries: list[bytes]) -> None:
    assert read_bundle("b", write_bundle(entries), len(entries)) == entries


@pytest.mark.parametrize(
    ("content", "width"),
    [(b"\x00\x01a", 2), (b"\x00\x01a\x00\x01b", 1), (b"\x00\x02a", 1), (b"\x00", 1), (b"", 1)],
)
def test_torn_bundle_is_refused(content: bytes, width: int) -> None:
    with pytest.raises(MalformedTile):
        read_bundle("tile/entries/000", content, width)


def test_bounds_of_bundle_and_tile() -> None:
    with pytest.raises(MalformedTile):
        write_bundle([bytes(65536)])
    with pytest.raises(MalformedTile):
        read_bundle("b", bytes(tiles.MAX_BUNDLE_BYTES + 1), 256)
    with pytest.raises(MalformedTile):
        tiles.read_tile("t", bytes(33), 1)


def test_seventy_thousand_leaves_make_the_tiles_of_the_specification(log: Log, store: MemoryStore) -> None:
    log.append([number.to_bytes(4) for number in range(70_000)])
    names = set(store.files)
    assert {name for name in names if ".p/" in name} == {
        "tile/0/273.p/112",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
        "tile/entries/273.p/112",
    }
    assert len([name for name in names if name.startswith("tile/0/")]) == 274
    assert len([name for name in names if name.startswith("tile/1/")]) == 2


def test_nodes_and_root_from_tiles_equal_those_in_memory(log: Log, store: MemoryStore) -> None:
    leaves = [os.urandom(9) for _ in range(1000)]
    log.append(leaves)
    tree = merkle.Tree(merkle.leaf_hashes(leaves))
    stored = TileTree(1000, store.read)
    assert stored.root() == tree.root()
    for height in range(10):
        for index in range(1000 >> height):
            assert stored.node(height, index) == tree.node(height, index)


def test_partial_tile_is_read_from_the_full_one_when_gone(log: Log, store: MemoryStore) -> None:
    log.append([b"a"] * 200)
    root = log.state().root
    log.append([b"b"] * 100)
    for name in [name for name in store.files if ".p/200" in name]:
        del store.files[name]
    old = TileTree(200, store.read)
    assert old.root() == root
    assert old.bundle(0) == [b"a"] * 200
