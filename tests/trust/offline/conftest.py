"""Files for the offline checkers: a disclosed, witnessed receipt with status, and a published draw."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from hengliang.trust.commitment import Commitment, commit
from hengliang.trust.draw import Draw
from hengliang.trust.draw_file import DrawFile, draw_from
from hengliang.trust.keys import CosignerKey, NoteKey
from hengliang.trust.log import Log
from hengliang.trust.receipt import make_receipt
from hengliang.trust.status import Status, sign_status
from hengliang.trust.store import MemoryStore
from tests.trust.conftest import NOON, entry
from tests.trust.test_draw import DRAND, DRAW, THROWN


@dataclass(frozen=True)
class Case:
    """Bytes of a file, and whom its reader trusts."""

    content: bytes
    log_keys: list[str]
    witness_keys: list[str]

    def write(self, path: Path) -> Path:
        path.write_bytes(self.content)
        return path


@pytest.fixture
def keys(log_key: NoteKey, witness_keys: list[CosignerKey]) -> tuple[list[str], list[str]]:
    return [str(log_key.verifier)], [str(key.verifier) for key in witness_keys]


@pytest.fixture
def receipt_case(filled: Log, payload, commitment: Commitment, log_key, witness_keys, keys) -> Case:
    for key in witness_keys[:2]:
        filled.add_cosignatures(key.sign_note(filled.state().text()).line().encode())
    status = Status(log_key.name, 300, "certificate:JD-2026-000007", "stands", NOON)
    made = make_receipt(filled, 7).disclose(payload, commitment)
    made = type(made)(made.entry, made.proof, made.payload, made.salt, sign_status(status, log_key))
    return Case(made.to_bytes(), *keys)


def published(draw: Draw, shown: dict, log_key: NoteKey, witness: CosignerKey) -> bytes:
    """A draw as it is published, committed and witnessed before."""
    log = Log(MemoryStore(), log_key)
    committed = commit(draw.payload(), salt=b"draw" * 8)
    line = entry(1, type="draw.committed", object=f"draw:{draw.id}", commitment=committed.digest.hex())
    log.append([line.to_bytes()])
    log.add_cosignatures(witness.sign_note(log.state().text()).line().encode())
    receipt = make_receipt(log, 0).disclose(draw.payload(), committed)
    return DrawFile(receipt, shown, draw_from(receipt, shown).payload()).to_bytes()


@pytest.fixture
def draw_case(log_key: NoteKey, witness_keys, keys) -> Case:
    return Case(published(DRAW, THROWN, log_key, witness_keys[0]), *keys)


@pytest.fixture
def drand_case(log_key: NoteKey, witness_keys, keys) -> Case:
    rule = {"source": "drand", "chain": "52db", "round": 7, "appears": DRAW.rule["appears"]}
    return Case(published(replace(DRAW, rule=rule), DRAND, log_key, witness_keys[0]), *keys)
