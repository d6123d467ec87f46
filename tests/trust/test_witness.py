"""Witnesses: cosign one history only, keep the evidence of any other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hengliang.trust.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from hengliang.trust.errors import (
    LogMoved,
    MalformedNote,
    ProofFromElsewhere,
    ProofRefused,
    RolledBack,
    SignatureRefused,
    SplitView,
)
from hengliang.trust.keys import CosignerKey, NoteKey
from hengliang.trust.log import Log
from hengliang.trust.store import MemoryStore
from hengliang.trust.witness import CosignRequest, DirectoryState, Witness, read_request


@pytest.fixture
def witness(tmp_path: Path, log_key: NoteKey, witness_keys: list[CosignerKey]) -> Witness:
    return Witness(witness_keys[0], {log_key.name: [log_key.verifier]}, DirectoryState(tmp_path))


def ask(log: Log, old: int) -> CosignRequest:
    return CosignRequest(old, tuple(log.consistency(old)), log.checkpoint)


def evidence(tmp_path: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted((tmp_path / "evidence").iterdir())]


def test_cosigns_a_growing_log(witness: Witness, filled: Log, log_key, witness_keys) -> None:
    assert witness.latest_size(log_key.name) == 0
    for old, batch in ((0, []), (300, [b"more"]), (301, [b"x"] * 300), (601, [])):
        filled.append(batch)
        published = filled.add_cosignatures(witness.cosign(ask(filled, old)))
        opened = open_checkpoint(published, [log_key.verifier], [witness_keys[0].verifier])
        assert opened.witnesses[0].name == witness_keys[0].name
    assert witness.latest_size(log_key.name) == 601


def test_split_view_is_refused_and_both_notes_are_kept(
    witness: Witness, filled: Log, log_key: NoteKey, tmp_path: Path
) -> None:
    witness.cosign(ask(filled, 0))
    hostile = sign_checkpoint(Checkpoint(log_key.name, 300, bytes(32)), [log_key])
    with pytest.raises(SplitView) as caught:
        witness.cosign(CosignRequest(300, (), hostile))
    assert evidence(tmp_path) == [filled.checkpoint, hostile] == list(caught.value.notes)


def test_fork_at_another_size_is_refused_and_kept(
    witness: Witness, filled: Log, log_key: NoteKey, tmp_path: Path
) -> None:
    witness.cosign(ask(filled, 0))
    fork = Log(MemoryStore(), log_key)
    fork.append([filled.entry(index) for index in range(299)] + [b"another"] * 10)
    with pytest.raises(ProofRefused):
        witness.cosign(ask(fork, 300))
    assert fork.checkpoint in evidence(tmp_path)
    assert witness.latest_size(log_key.name) == 300


def test_replayed_old_checkpoint_is_refused(witness: Witness, filled: Log) -> None:
    old = ask(filled, 0)
    filled.append([b"more"])
    witness.cosign(ask(filled, 0))
    with pytest.raises(RolledBack):
        witness.cosign(old)


def test_wrong_old_size_names_the_right_one(witness: Witness, filled: Log) -> None:
    witness.cosign(ask(filled, 0))
    filled.append([b"more"])
    with pytest.raises(ProofFromElsewhere, match="last at size 300"):
        witness.cosign(ask(filled, 0))


def test_unknown_log_or_key_is_refused(witness: Witness, filled: Log, flip: Callable) -> None:
    stranger = Log(MemoryStore(), NoteKey("log.other.example", filled._signer.signer))
    stranger.append([b"x"])
    with pytest.raises(SignatureRefused):
        witness.cosign(ask(stranger, 0))
    with pytest.raises((SignatureRefused, MalformedNote)):
        witness.cosign(CosignRequest(0, (), flip(filled.checkpoint, len(filled.checkpoint) - 10)))


def test_two_requests_at_once_cannot_both_advance(tmp_path: Path) -> None:
    state = DirectoryState(tmp_path)
    state.advance("a", b"one", replaces=None)
    with pytest.raises(LogMoved):
        state.advance("a", b"two", replaces=None)
    assert DirectoryState(tmp_path).latest("a") == b"one"


def test_request_reads_back(filled: Log) -> None:
    request = ask(filled, 100)
    assert read_request(request.to_bytes()) == request
    # Form of C2SP tlog-witness, add-checkpoint.
    assert request.to_bytes().startswith(b"old 100\n")


@pytest.mark.parametrize(
    "content",
    [b"", b"old 1", b"old 01\n\nx", b"old -1\n\nx", b"new 1\n\nx", b"old 1\nAA==\n\nx", b"\xff\n\n"],
)
def test_malformed_request_is_refused(content: bytes) -> None:
    with pytest.raises(MalformedNote):
        read_request(content)


def test_request_with_too_many_hashes_is_refused() -> None:
    with pytest.raises(MalformedNote):
        read_request(CosignRequest(1, (bytes(32),) * 64, b"x").to_bytes())
