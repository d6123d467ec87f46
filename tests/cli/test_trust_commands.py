"""`log`, `draw` and `witness` as people and programs call them, over a directory and over HTTP."""

import functools
import json
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hengliang.cli.main import build
from hengliang.trust.disk import DiskStore
from hengliang.trust.keys import NoteKey
from hengliang.trust.log import Log
from hengliang.trust.receipt import make_receipt
from tests.trust.conftest import entry, fixed_key, log_key, witness_keys
from tests.trust.offline.conftest import Case, draw_case, keys

CAST = (log_key, witness_keys, draw_case, keys)  # fixtures of the trust tests, used by name
KEY = NoteKey("log.hangzhou.example", fixed_key("hangzhou"))
LINE = str(KEY.verifier)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(build(), [str(one) for one in arguments])


@pytest.fixture
def published(tmp_path: Path) -> Path:
    directory = tmp_path / "log"
    Log(DiskStore(directory), KEY).append([entry(number).to_bytes() for number in range(300)])
    return directory


@pytest.fixture
def address(published: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(published)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_log_is_checked_over_http_and_on_disk(published: Path, address: str) -> None:
    for source in (address, published):
        done = run("log", "check", source, "--key", LINE, "--json")
        assert done.exit_code == 0, done.output
        found = json.loads(done.stdout)
        assert (found["verdict"], found["size"]) == ("valid", 300)
        assert found["types"] == {"certificate.issued": 300}
        assert len(found["limits"]) == 3


def test_altered_log_is_named_and_exits_with_1(published: Path) -> None:
    path = published / "tile/entries/000"
    content = bytearray(path.read_bytes())
    content[500] ^= 1
    path.write_bytes(content)
    done = run("log", "check", published, "--key", LINE, "--json")
    assert done.exit_code == 1
    assert "tile/entries/000" in json.loads(done.stdout)["reason"]


def test_what_was_seen_must_be_continued(published: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    command = ("log", "check", published, "--key", LINE, "--remember", seen, "--json")
    assert run(*command).exit_code == 0
    Log(DiskStore(published), KEY).append([entry(300).to_bytes()])
    assert json.loads(run(*command).stdout)["consistent_from"] == 300
    other = tmp_path / "other"
    Log(DiskStore(other), KEY).append([entry(number).to_bytes() for number in range(1, 400)])
    refused = run("log", "check", other, "--key", LINE, "--remember", seen, "--json")
    assert refused.exit_code == 1
    assert "consistency" in json.loads(refused.stdout)["reason"]


def test_too_few_witnesses_is_indeterminate(published: Path) -> None:
    done = run("log", "check", published, "--key", LINE, "--quorum", 1, "--json")
    assert (done.exit_code, json.loads(done.stdout)["verdict"]) == (1, "indeterminate")


@pytest.mark.parametrize("arguments", [["/nowhere"], ["http://127.0.0.1:9"]])
def test_bad_source_exits_with_2(arguments: list[str]) -> None:
    done = run("log", "check", *arguments, "--key", LINE)
    assert done.exit_code == 2
    assert arguments[0] in done.stderr


def test_without_a_key_the_tree_is_checked_and_the_signer_left_open(published: Path) -> None:
    done = run("log", "check", published, "--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["verdict"], found["size"]) == (1, "indeterminate", 300)
    tile = published / "tile/0/000"
    tile.write_bytes(tile.read_bytes()[:-1])
    assert json.loads(run("log", "check", published, "--json").stdout)["verdict"] == "invalid"


def test_bad_key_exits_with_2(published: Path) -> None:
    assert run("log", "check", published, "--key", "nonsense").exit_code == 2


def test_receipt_is_checked(published: Path, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_bytes(make_receipt(Log(DiskStore(published), KEY), 7).to_bytes())
    done = run("log", "receipt", file, "--key", LINE, "--json")
    assert (done.exit_code, json.loads(done.stdout)["verdict"]) == (0, "valid")
    assert "does not prove that the measurement was right" in run("log", "receipt", file, "--key", LINE).stdout
    file.write_bytes(b"{}")
    assert run("log", "receipt", file, "--key", LINE).exit_code == 2


def test_draw_is_replayed(draw_case: Case, tmp_path: Path) -> None:
    file = draw_case.write(tmp_path / "draw.json")
    witnesses = [part for key in draw_case.witness_keys for part in ("--witness", key)]
    done = run("draw", "replay", file, "--key", draw_case.log_keys[0], *witnesses, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert (found["verdict"], len(found["drawn"])) == ("valid", 7)
    assert run("draw", "replay", file, "--json").exit_code == 1
    assert "shop-" in run("draw", "replay", file).stdout
    file.write_bytes(b"[]")
    assert run("draw", "replay", file).exit_code == 2


def test_witness_cosigns_and_refuses_a_fork(
    published: Path, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HENGLIANG_KEY_PASSWORD", "a long password")
    key_file, state = tmp_path / "witness.key", tmp_path / "state"
    named = ("--key-file", key_file, "--name", "witness.ningbo.example")
    making = ("key", "make", key_file, "--name", "witness.ningbo.example", "--for", "witness")
    line = json.loads(run(*making, "--json").stdout)["line"]
    assert run(*making).exit_code == 2
    command = (*named, "--log", LINE, "--state", state, "--json")
    found = json.loads(run("witness", "cosign", address, *command).stdout)
    assert (found["verdict"], found["size"], found["continues"]) == ("valid", 300, 0)
    log = Log(DiskStore(published), KEY)
    log.add_cosignatures(found["signature"].encode())
    assert run("log", "check", published, "--key", LINE, "--witness", line, "--quorum", 1).exit_code == 0
    log.append([entry(300).to_bytes()])
    assert json.loads(run("witness", "cosign", published, *command).stdout)["continues"] == 300
    fork = tmp_path / "fork"
    Log(DiskStore(fork), KEY).append([entry(number).to_bytes() for number in range(1, 302)])
    refused = run("witness", "cosign", fork, *command)
    assert (refused.exit_code, json.loads(refused.stdout)["code"]) == (1, "trust.SplitView")
    assert len(list((state / "evidence").iterdir())) == 2
    monkeypatch.delenv("HENGLIANG_KEY_PASSWORD")
    assert run("witness", "cosign", published, *command).exit_code == 2
