"""The cast: one log, three witnesses, fixed keys so that a failure reads the same twice."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import settings

from hengliang.trust.commitment import Commitment, commit
from hengliang.trust.entries import Entry
from hengliang.trust.keys import CosignerKey, NoteKey, SoftwareKey
from hengliang.trust.log import Log
from hengliang.trust.store import MemoryStore

# A shared machine may stand still for a second; no test here is about speed.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)


def fixed_key(name: str, algorithm: str = "ed25519") -> SoftwareKey:
    """A key that follows from its name; for tests only."""
    return SoftwareKey(algorithm, hashlib.sha256(name.encode()).digest())


@pytest.fixture
def log_key() -> NoteKey:
    """The key of Hangzhou's log."""
    return NoteKey("log.hangzhou.example", fixed_key("hangzhou"))


@pytest.fixture
def witness_keys() -> list[CosignerKey]:
    """Ningbo, Wenzhou and the province as witnesses at noon."""
    names = ("ningbo", "wenzhou", "zhejiang")
    return [CosignerKey(f"witness.{name}.example", fixed_key(name), NOON.timestamp) for name in names]


@pytest.fixture
def store() -> MemoryStore:
    """An empty store."""
    return MemoryStore()


@pytest.fixture
def log(store: MemoryStore, log_key: NoteKey) -> Log:
    """An empty log."""
    return Log(store, log_key)


@pytest.fixture
def payload() -> dict[str, str]:
    """The content of one certificate."""
    return {"certificate": "JD-2026-000123", "owner": "某某超市", "result": "合格"}


@pytest.fixture
def commitment(payload: dict[str, str]) -> Commitment:
    """The commitment to it."""
    return commit(payload, salt=b"salt" * 8)


@pytest.fixture
def issued(commitment: Commitment) -> Entry:
    """Its issue."""
    return entry(7, commitment=commitment.digest.hex())


def entry(number: int, **fields: object) -> Entry:
    """Entry about certificate `number`."""
    given = {
        "type": "certificate.issued",
        "object": f"certificate:JD-2026-{number:06d}",
        "prev": None,
        "time": NOON,
        "actor": "account:7f3a",
        "commitment": hashlib.sha256(str(number).encode()).hexdigest(),
    }
    return Entry(**{**given, **fields})  # type: ignore[arg-type]


@pytest.fixture
def filled(log: Log, issued: Entry) -> Log:
    """A log of 300 entries in three batches; the certificate above is entry 7."""
    lines = [(issued if number == 7 else entry(number)).to_bytes() for number in range(300)]
    for batch in (lines[:5], lines[5:256], lines[256:]):
        log.append(batch)
    return log


@pytest.fixture
def flip() -> Callable[[bytes, int], bytes]:
    """One bit of one byte turned."""
    return lambda content, at: content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
