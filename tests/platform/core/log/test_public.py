"""Keys at rest, and the public files of the log."""

import stat

import pytest

from hengliang.platform.core.log import keys as deployment
from hengliang.trust.checkpoint import open_checkpoint
from hengliang.trust.errors import KeyRefused
from hengliang.trust.notes import VerifierKey
from hengliang.trust.tiles import read_bundle
from tests.platform.core.log.conftest import region

pytestmark = pytest.mark.django_db


def test_keys_rest_encrypted_and_closed_and_are_made_once(held, settings, monkeypatch):
    folder = settings.HOME / "keys"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    deployment.make_keys(settings.HOME, "http://elsewhere.example")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    monkeypatch.setenv("HENGLIANG_KEY_PASSWORD", "another")
    with pytest.raises(KeyRefused, match="wrong password"):
        deployment.keys()


def test_a_start_that_died_half_way_is_finished_by_the_next(held, settings):
    folder = settings.HOME / "keys"
    log_key = (folder / deployment.LOG).read_bytes()
    (folder / deployment.CHAIN).unlink()
    (folder / deployment.LOG_LINES).unlink()
    deployment.make_keys(settings.HOME, "http://metrology.example")
    assert (folder / deployment.LOG).read_bytes() == log_key
    made = deployment.keys()
    assert made is not None
    assert made.log.verifier == held.log.verifier


def test_anybody_reads_the_log_and_caches_keep_its_tiles(sequence, client):
    for code in ("1", "2", "3"):
        region(code)
    sequence()
    line = client.get("/log/key").content.decode().strip()
    note = client.get("/log/checkpoint")
    shown = open_checkpoint(note.content, [VerifierKey.parse(line)]).checkpoint
    assert (shown.size, note["Cache-Control"]) == (3, "public, max-age=1")
    bundle = client.get("/log/tile/entries/000.p/3")
    assert "immutable" in bundle["Cache-Control"]
    assert len(read_bundle("tile/entries/000.p/3", bundle.content, 3)) == 3
    assert "Cookie" not in bundle.get("Vary", "")
    assert not bundle.cookies
    for gone in ("/log/tile/entries/000", "/log/tile/0/x/../../secret", "/log/tile/nothing"):
        assert client.get(gone).status_code == 404
    assert b"BEGIN CERTIFICATE" in client.get("/log/anchor.pem").content


def test_a_home_without_keys_serves_no_key(client, settings, tmp_path):
    settings.HOME = tmp_path
    assert client.get("/log/key").status_code == client.get("/log/checkpoint").status_code == 404
