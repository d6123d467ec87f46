"""The log and its audit: whatever byte is turned, the object is named."""

from collections.abc import Callable

import pytest

from hengliang.trust.audit import audit, check_extends, compare_views
from hengliang.trust.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from hengliang.trust.errors import (
    CorruptObject,
    LogMoved,
    MalformedEntry,
    MalformedTile,
    MissingObject,
    ProofRefused,
    RolledBack,
    SplitView,
    TrustError,
)
from hengliang.trust.keys import CosignerKey, NoteKey
from hengliang.trust.log import Log
from hengliang.trust.merkle import Tree, check_consistency, check_inclusion, leaf_hash, leaf_hashes
from hengliang.trust.store import MemoryStore
from hengliang.trust.tiles import TileTree
from tests.trust.conftest import entry, fixed_key


def test_root_equals_the_tree_in_memory_after_any_batches(log: Log) -> None:
    tree = Tree()
    for batch in (1, 0, 254, 1, 1, 511, 70_000):
        lines = [f"{log.size}.{number}".encode() for number in range(batch)]
        assert log.append(lines) == range(len(tree), len(tree) + batch)
        tree.extend(leaf_hashes(lines))
        assert log.state() == Checkpoint(log.origin, len(tree), tree.root())


def test_proofs_hold_under_the_published_checkpoint(filled: Log, log_key: NoteKey) -> None:
    root = open_checkpoint(filled.checkpoint, [log_key.verifier]).checkpoint.root
    for index in (0, 7, 255, 256, 299):
        check_inclusion(index, 300, leaf_hash(filled.entry(index)), filled.inclusion(index), root)
    old = Tree(leaf_hashes(filled.entry(index) for index in range(100))).root()
    check_consistency(100, 300, old, root, filled.consistency(100))


def test_empty_log_has_a_checkpoint_too(log: Log, store: MemoryStore, log_key: NoteKey) -> None:
    assert open_checkpoint(log.checkpoint, [log_key.verifier]).checkpoint.size == 0
    assert log.append([]) == range(0)
    assert audit(open_checkpoint(store.checkpoint() or b"", [log_key.verifier]), store.read).entries == 0


def test_too_long_an_entry_is_refused_before_anything_is_written(log: Log, store: MemoryStore) -> None:
    with pytest.raises(MalformedEntry):
        log.append([b"good", bytes(65_536)])
    assert (log.size, store.files) == (0, {})


def test_log_opens_after_a_key_rotation_with_the_former_key_only(filled: Log, store: MemoryStore) -> None:
    fresh = NoteKey(filled.origin, fixed_key("hangzhou, second key"))
    with pytest.raises(TrustError):
        Log(store, fresh)
    rotated = Log(store, fresh, former_keys=[NoteKey(filled.origin, fixed_key("hangzhou")).verifier])
    assert rotated.append([b"first under the new key"]) == range(300, 301)
    assert Log(store, fresh).size == 301


def test_cosignatures_are_published(
    filled: Log, store: MemoryStore, log_key: NoteKey, witness_keys: list[CosignerKey]
) -> None:
    line = witness_keys[0].sign_note(filled.state().text()).line().encode()
    filled.add_cosignatures(line)
    published = open_checkpoint(store.checkpoint() or b"", [log_key.verifier], [witness_keys[0].verifier])
    assert len(published.witnesses) == 1
    assert filled.append([b"more"]) == range(300, 301)


def test_cosignatures_for_a_log_that_never_began_are_refused(log: Log) -> None:
    with pytest.raises(LogMoved):
        log.add_cosignatures(b"")


@pytest.fixture
def large(log: Log) -> Log:
    """Three levels of edges, 66,000 entries, with full tiles below each."""
    log.append([entry(number).to_bytes() for number in range(600)] + [b"filler"] * 65_400)
    return log


def test_audit_of_an_unaltered_log_counts_what_it_holds(large: Log, store: MemoryStore, log_key) -> None:
    done: list[int] = []
    found = audit(open_checkpoint(large.checkpoint, [log_key.verifier]), store.read, progress=done.append)
    assert (found.entries, found.types) == (66_000, {"certificate.issued": 600})
    assert found.unreadable[:2] == (600, 601)
    assert done[-1] == 66_000


# Promise L2/L3: one byte turned in any kind of object, full or partial, at any level.
@pytest.mark.parametrize(
    ("name", "at", "named"),
    [
        ("tile/entries/000", 100, "entry 0 in tile/entries/000"),
        ("tile/entries/001", 700, "entry 259 in tile/entries/001"),
        ("tile/entries/257.p/208", 2, "entry 65792 in tile/entries/257.p/208"),
        ("tile/0/000", 31, "tile/0/000"),
        ("tile/0/256", 8000, "tile/0/256"),
        ("tile/0/257.p/208", 5, "tile/0/257.p/208"),
        ("tile/1/000", 64, "tile/1/000"),
        ("tile/1/001.p/1", 0, "tile/1/001.p/1"),
        ("tile/2/000.p/1", 17, "tile/2/000.p/1"),
    ],
)
def test_a_turned_byte_names_the_object(
    large: Log, store: MemoryStore, log_key: NoteKey, flip: Callable, name: str, at: int, named: str
) -> None:
    store.files[name] = flip(store.files[name], at)
    with pytest.raises(CorruptObject) as caught:
        audit(open_checkpoint(large.checkpoint, [log_key.verifier]), store.read)
    assert caught.value.parameters["name"] == named


def test_a_turned_length_names_the_bundle(large: Log, store: MemoryStore, log_key: NoteKey, flip: Callable) -> None:
    store.files["tile/entries/100"] = flip(store.files["tile/entries/100"], 1)
    with pytest.raises(CorruptObject) as caught:
        audit(open_checkpoint(large.checkpoint, [log_key.verifier]), store.read)
    assert caught.value.parameters["name"] == "tile/entries/100"


def test_any_turned_byte_of_the_checkpoint_is_detected(filled: Log, log_key, flip: Callable) -> None:
    for at in range(len(filled.checkpoint)):
        with pytest.raises(TrustError):
            open_checkpoint(flip(filled.checkpoint, at), [log_key.verifier])


@pytest.mark.parametrize("name", ["tile/entries/000", "tile/0/001.p/44", "tile/1/000.p/1"])
def test_a_deleted_object_is_named(filled: Log, store: MemoryStore, log_key: NoteKey, name: str) -> None:
    del store.files[name]
    with pytest.raises(MissingObject) as caught:
        audit(open_checkpoint(filled.checkpoint, [log_key.verifier]), store.read)
    assert caught.value.parameters["name"].split(".p/")[0] == name.split(".p/")[0]


def test_a_truncated_tile_is_named(filled: Log, store: MemoryStore, log_key: NoteKey) -> None:
    store.files["tile/0/000"] = store.files["tile/0/000"][:-1]
    with pytest.raises(MalformedTile, match="tile/0/000"):
        audit(open_checkpoint(filled.checkpoint, [log_key.verifier]), store.read)


def test_opening_a_damaged_edge_is_refused(filled: Log, store: MemoryStore, log_key, flip: Callable) -> None:
    for name, at in (("tile/0/001.p/44", 40), ("tile/entries/001.p/44", 40)):
        kept = store.files[name]
        store.files[name] = flip(kept, at)
        with pytest.raises(CorruptObject):
            Log(store, log_key)
        store.files[name] = kept


def test_rewritten_history_under_the_true_key_is_refused(filled: Log, log_key: NoteKey) -> None:
    """The database's owner deletes a row and signs again: whoever saw the old checkpoint notices."""
    seen = open_checkpoint(filled.checkpoint, [log_key.verifier])
    forged_store = MemoryStore()
    forged = Log(forged_store, log_key)
    forged.append([filled.entry(index) for index in range(300) if index != 7] + [b"filler"] * 10)
    shown = open_checkpoint(forged.checkpoint, [log_key.verifier])
    with pytest.raises(ProofRefused, match="consistency"):
        audit(shown, forged_store.read, seen=seen)


def test_split_view_is_proven_by_its_two_notes(filled: Log, log_key: NoteKey) -> None:
    first = open_checkpoint(filled.checkpoint, [log_key.verifier])
    other = sign_checkpoint(Checkpoint(log_key.name, 300, bytes(32)), [log_key])
    second = open_checkpoint(other, [log_key.verifier])
    with pytest.raises(SplitView) as caught:
        compare_views(first, second)
    assert caught.value.notes == (filled.checkpoint, other)
    assert caught.value.parameters["size"] == 300
    compare_views(first, first)


def test_old_checkpoint_replayed_is_detected(filled: Log, store: MemoryStore, log_key: NoteKey) -> None:
    old = open_checkpoint(filled.checkpoint, [log_key.verifier])
    filled.append([b"more"])
    seen = open_checkpoint(filled.checkpoint, [log_key.verifier])
    with pytest.raises(RolledBack, match="size 300, but size 301"):
        check_extends(seen, old, TileTree(300, store.read))
    assert audit(seen, store.read, seen=old).consistent_with == old.checkpoint
