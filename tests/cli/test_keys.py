"""`key` and `trust-list` as people and programs call them; what rests on disk is encrypted."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hengliang.cli.main import build
from hengliang.trust.canonical import write
from hengliang.trust.disk import DiskStore
from hengliang.trust.keys import NoteKey, open_sealed
from hengliang.trust.log import Log
from hengliang.trust.receipt import make_receipt
from tests.trust.conftest import entry

PASSWORD = "a long password"
NAME = "log.hangzhou.example"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(build(), [str(one) for one in arguments])


def told(*arguments: object) -> dict:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HENGLIANG_KEY_PASSWORD", PASSWORD)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "log.key"
    told("key", "make", file, "--name", NAME, "--for", "log")
    return file


def test_a_key_rests_encrypted_and_shows_its_line_without_the_password(
    key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    signer = open_sealed(key.read_bytes(), PASSWORD)
    monkeypatch.delenv("HENGLIANG_KEY_PASSWORD")
    shown = told("key", "show", key)
    assert (shown["for"], shown["line"]) == ("log", str(NoteKey(NAME, signer).verifier))
    assert run("key", "make", key.with_name("other"), "--name", NAME).exit_code == 2
    assert not key.with_name("other").exists()


@pytest.mark.parametrize("algorithm", ["ecdsa-p256-sha256", "sm2-sm3"])
def test_a_key_for_documents_has_a_public_key_and_no_line(tmp_path: Path, algorithm: str) -> None:
    made = told("key", "make", tmp_path / "k", "--name", "某所", "--for", "documents", "--algorithm", algorithm)
    assert (made["algorithm"], len(made["public_key"]), "line" in made) == (algorithm, 130, False)
    assert run("key", "rotate", tmp_path / "k").exit_code == 2


@pytest.mark.parametrize("name", ["two words", "plus+sign", "\u2003", "x" * 256, "line\nbreak"])
def test_a_name_that_no_key_line_can_hold_leaves_no_file(tmp_path: Path, name: str) -> None:
    done = run("key", "make", tmp_path / "k", "--name", name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert not (tmp_path / "k").exists()


def test_rotation_keeps_the_old_key_and_is_checked_by_its_line(key: Path) -> None:
    before = told("key", "show", key)["line"]
    made = told("key", "rotate", key)
    assert made["old"] == before
    assert told("key", "show", key)["line"] == made["new"] != before
    assert told("key", "show", Path(made["former_file"]))["line"] == before
    statement = key.with_name("log.key.rotation")
    found = told("key", "check", statement, "--key", before)
    assert (found["verdict"], found["new"]) == ("valid", made["new"])
    stranger = run("key", "check", statement, "--key", made["new"], "--json")
    assert (stranger.exit_code, json.loads(stranger.stdout)["verdict"]) == (1, "invalid")
    statement.write_bytes(b"nothing")
    assert run("key", "check", statement, "--key", before).exit_code == 2


def test_revocation_puts_the_key_aside(key: Path) -> None:
    line = told("key", "show", key)["line"]
    told("key", "revoke", key, "--reason", "notebook stolen", "--compromised-since", "2026-05-01")
    assert not key.exists()
    assert key.with_name("log.key.revoked").exists()
    found = told("key", "check", key.with_name("log.key.revocation"), "--key", line)
    assert (found["statement"], found["since"]) == ("compromised", "2026-05-01T00:00:00+00:00")


def a_list(line: str, issuer: str, quorum: int) -> dict:
    times = {"valid_from": "2025-01-01T00:00:00.000000Z", "valid_until": "2035-01-01T00:00:00.000000Z"}
    keys = [{"purpose": "log", "public": line, "state": "active", "since": None, **times}]
    authority = {"id": "did:web:hangzhou.example", "log_origin": NAME, "standing": "active", "keys": keys, "scopes": []}
    authority |= {"quorum": quorum} if quorum else {}
    return {"issuer": issuer, "version": 1, "issued": "2026-01-01T00:00:00.000000Z", "authorities": [authority]}


def test_a_trust_list_decides_what_the_checkers_ask(key: Path, tmp_path: Path) -> None:
    line = told("key", "show", key)["line"]
    lead = tmp_path / "lead.key"
    listing = told("key", "make", lead, "--name", "delta.example", "--for", "list")["line"]
    signer = NoteKey(NAME, open_sealed(key.read_bytes(), PASSWORD))
    log = Log(DiskStore(tmp_path / "log"), signer)
    log.append([entry(number).to_bytes() for number in range(9)])
    receipt = tmp_path / "receipt"
    receipt.write_bytes(make_receipt(log, 3).to_bytes())
    for quorum, code in ((0, 0), (1, 1)):
        plain, signed = tmp_path / f"list{quorum}.json", tmp_path / f"list{quorum}"
        plain.write_bytes(write(a_list(line, "delta.example", quorum)))
        assert run("trust-list", "sign", plain, "--key-file", lead, "--out", signed).exit_code == 0
        listed = ("--trust-list", signed, "--list-key", listing)
        for command in (("log", "receipt", receipt), ("log", "check", tmp_path / "log")):
            done = run(*command, *listed, "--json")
            assert done.exit_code == code, done.output
            assert json.loads(done.stdout)["verdict"] == ("indeterminate" if code else "valid")
    assert run("log", "receipt", receipt, "--trust-list", signed, "--list-key", line).exit_code == 2
    changed = tmp_path / "revoked"
    done = run("trust-list", "revoke", tmp_path / "list0", "--key", line, "--key-file", lead, "--out", changed)
    assert done.exit_code == 0, done.output
    shown = told("trust-list", "show", changed, "--list-key", listing)
    assert (shown["version"], shown["authorities"][0]["keys"][0]["state"]) == (2, "revoked")
    for command in (("log", "receipt", receipt), ("log", "check", tmp_path / "log")):
        done = run(*command, "--trust-list", changed, "--list-key", listing, "--json")
        assert (done.exit_code, json.loads(done.stdout)["verdict"]) == (1, "indeterminate")


def test_a_key_is_not_given_up_since_a_day_to_come(key: Path) -> None:
    done = run("key", "revoke", key, "--reason", "x", "--compromised-since", "2099-01-01")
    assert done.exit_code == 2
    assert "lies in the future" in done.stderr
    assert key.exists()


def test_a_rotated_key_is_retired_in_the_list(key: Path, tmp_path: Path) -> None:
    lead = tmp_path / "lead.key"
    listing = told("key", "make", lead, "--name", "delta.example", "--for", "list")["line"]
    made = told("key", "rotate", key)
    plain, signed = tmp_path / "list.json", tmp_path / "list"
    plain.write_bytes(write(a_list(made["old"], "delta.example", 0)))
    assert run("trust-list", "sign", plain, "--key-file", lead, "--out", signed).exit_code == 0
    lines = ("--old", made["old"], "--new", made["new"])
    assert run("trust-list", "rotate", signed, *lines, "--key-file", lead, "--out", tmp_path / "next").exit_code == 0
    keys = told("trust-list", "show", tmp_path / "next", "--list-key", listing)["authorities"][0]["keys"]
    assert [one["state"] for one in keys] == ["retired", "active"]
    assert datetime.fromisoformat(keys[0]["since"]).tzinfo == UTC


def test_a_home_names_its_witnesses(key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HENGLIANG_HOME", str(tmp_path / "home"))
    lines = [
        told("key", "make", tmp_path / name, "--name", f"witness.{name}.example", "--for", "witness")["line"]
        for name in ("ningbo", "wenzhou")
    ]
    assert told("log", "witness", "list")["witnesses"] == []
    told("log", "witness", "add", lines[0])
    assert told("log", "witness", "add", lines[1], "--quorum", "2")["quorum"] == 2
    assert [one["line"] for one in told("log", "witness", "list")["witnesses"]] == lines
    for wrong in (lines[0], told("key", "show", key)["line"], "nonsense"):
        done = run("log", "witness", "add", wrong)
        assert (done.exit_code, done.stdout) == (2, "")
    assert run("log", "witness", "list").stdout.endswith("\n".join(lines) + "\n")
    assert told("log", "witness", "remove", "witness.ningbo.example")["quorum"] == 1
    assert run("log", "witness", "remove", "witness.ningbo.example").exit_code == 2
    (tmp_path / "home" / "keys" / "witnesses.json").write_bytes(b'{"format":"x"}')
    assert run("log", "witness", "list").exit_code == 2
    assert run("log", "rotate-key").exit_code == 2
