"""Hostile files at every command that reads a file of others: an answer in words, bounded memory, one document or none.

Exit 1 with one JSON document, or exit 2 with the reason on stderr and nothing on stdout; never a traceback, and what is
asked of memory stays below a gigabyte though files claim to be half of one.
"""

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hengliang.cli.main import build
from hengliang.trust.checkpoint import Checkpoint, sign_checkpoint
from hengliang.trust.disk import DiskStore
from hengliang.trust.keys import NoteKey
from hengliang.trust.log import Log
from tests.trust.conftest import entry, fixed_key

EXAMPLES = Path(__file__).parents[2] / "examples"
APP = build()
KEY = NoteKey("log.hangzhou.example", fixed_key("hangzhou"))
LINE = str(KEY.verifier)
RECEIPT, CERTIFICATE = (EXAMPLES / "receipt.json").read_bytes(), (EXAMPLES / "dcc.xml").read_bytes()
HALF_GIGABYTE, MOST_MEMORY = 500_000_000, 1_000_000_000

COMMANDS = {
    "dcc check": ["dcc", "check", "FILE"],
    "dcc show": ["dcc", "show", "FILE"],
    "anchor": ["dcc", "check", EXAMPLES / "dcc.xml", "--anchor", "FILE"],
    "certificate": ["certificate", "check", "FILE"],
    "receipt beside": ["certificate", "check", EXAMPLES / "dcc.xml", "--receipt", "FILE"],
    "log receipt": ["log", "receipt", "FILE", "--key", LINE],
    "trust list": ["log", "receipt", EXAMPLES / "receipt.json", "--trust-list", "FILE", "--list-key", LINE],
    "draw": ["draw", "replay", "FILE", "--key", LINE],
    "key show": ["key", "show", "FILE"],
    "key check": ["key", "check", "FILE", "--key", LINE],
    "list show": ["trust-list", "show", "FILE", "--list-key", LINE],
}


def altered(old: str, new: str) -> bytes:
    """The example receipt with its proof changed."""
    fields = json.loads(RECEIPT)
    fields["proof"] = fields["proof"].replace(old, new)
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def sized(size: int) -> bytes:
    """The example receipt under a checkpoint that claims `size`."""
    lines = json.loads(RECEIPT)["proof"].split("\n")
    place = lines.index("") + 2
    return altered("\n".join(lines[place - 1 : place + 1]), f"{lines[place - 1]}\n{size}")


FILES: dict[str, bytes] = {
    "empty": b"",
    "zeros": bytes(100),
    "entities": b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "' + b"&a;" * 1000 + b'">]><a>&b;</a>',
    "external entity": b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
    "deep XML": b"<a>" * 300_000,
    "two signatures": CERTIFICATE.replace(
        b"</dcc:digitalCalibrationCertificate>", CERTIFICATE[CERTIFICATE.index(b"<ds:Signature") :]
    ),
    "deep JSON": b"[" * 1_000_000,
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "doubled key": RECEIPT[:-1] + b',"entry":"x"}',
    "huge number": b'{"format":' + b"9" * 1_000_000 + b"}",
    "not a number": b'{"format":NaN}',
    "lone surrogate": b'{"format":"\\ud800"}',
    "huge size": sized(10**400),
    "largest size": sized(2**63 - 1),
    "negative size": sized(-5),
    "negative index": altered("index ", "index -"),
    "carriage returns": altered("\n", "\r\n"),
    "key name that writes backwards": altered("— ", "— \u202e"),
    "PDF of noise": b"%PDF-1.7\n" + bytes(range(256)) * 2000 + b"startxref\n0\n%%EOF",
    "PDF that refers to itself": (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Names 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</EmbeddedFiles 2 0 R/Kids[2 0 R 2 0 R]>>\nendobj\nxref\n0 3\n0000000000 65535 f \n"
        b"0000000009 00000 n \n0000000057 00000 n \ntrailer\n<</Size 3/Root 1 0 R>>\nstartxref\n120\n%%EOF"
    ),
    "ZIP": b"PK\x03\x04" + bytes(1000),
}


@pytest.fixture(scope="module", params=[*FILES, "half a gigabyte"])
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    file = tmp_path_factory.mktemp("hostile") / "file"
    file.write_bytes(FILES.get(request.param, CERTIFICATE))
    if request.param not in FILES:
        with file.open("r+b") as content:
            content.truncate(HALF_GIGABYTE)
    yield file
    file.unlink()


def ask(arguments: list[object], file: Path) -> tuple[int, str]:
    """Exit code and verdict, after all that every command promises was asserted."""
    tracemalloc.start()
    done = CliRunner().invoke(APP, [*(str(file if one == "FILE" else one) for one in arguments), "--json"])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert peak < MOST_MEMORY
    if done.exit_code == 2:
        assert (done.stdout, bool(done.stderr.strip())) == ("", True)
        return 2, ""
    return done.exit_code, json.loads(done.stdout).get("verdict", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_hostile_file_gets_an_answer_and_is_never_valid(command: str, hostile: Path) -> None:
    code, verdict = ask(COMMANDS[command], hostile)
    assert code in (1, 2) or command == "dcc show"  # which judges nothing, as it says
    assert verdict in ("", "invalid", "indeterminate")


def log_that_claims(folder: Path, checkpoint: bytes) -> Path:
    """A log of 300 entries whose checkpoint is another one."""
    Log(DiskStore(folder), KEY).append([entry(number).to_bytes() for number in range(300)])
    (folder / "checkpoint").write_bytes(checkpoint)
    return folder


@pytest.mark.parametrize("size", [2**63 - 1, 10**12, -3, 10**400])
def test_a_log_that_claims_any_size_is_refused_at_once(tmp_path: Path, size: int) -> None:
    signed = sign_checkpoint(Checkpoint(KEY.name, size, bytes(32)), [KEY])
    code, verdict = ask(["log", "check", "FILE", "--key", LINE], log_that_claims(tmp_path / "log", signed))
    assert (code, verdict) in ((1, "invalid"), (2, ""))


def test_a_log_with_a_huge_checkpoint_or_bundle_is_refused(tmp_path: Path) -> None:
    folder = log_that_claims(tmp_path / "log", b"x")
    with (folder / "checkpoint").open("wb") as file:
        file.truncate(HALF_GIGABYTE)
    assert ask(["log", "check", "FILE", "--key", LINE], folder)[0] == 2
    other = tmp_path / "other"
    Log(DiskStore(other), KEY).append([entry(number).to_bytes() for number in range(300)])
    with (other / "tile" / "entries" / "000").open("wb") as file:
        file.truncate(HALF_GIGABYTE)
    assert ask(["log", "check", "FILE", "--key", LINE], other) == (1, "invalid")
