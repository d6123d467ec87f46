"""The log on disk: durable order, one writer, a kill at any moment."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from hengliang.trust.audit import audit
from hengliang.trust.checkpoint import open_checkpoint
from hengliang.trust.disk import DiskStore
from hengliang.trust.errors import LogMoved, MalformedTile, MissingObject
from hengliang.trust.keys import NoteKey
from hengliang.trust.log import Log


def test_what_is_appended_is_there_for_the_next_process(tmp_path: Path, log_key: NoteKey) -> None:
    Log(DiskStore(tmp_path), log_key).append([b"one", b"two"])
    again = Log(DiskStore(tmp_path), log_key)
    assert (again.size, again.entry(1)) == (2, b"two")
    assert again.append([b"three"]) == range(2, 3)


def test_partial_tiles_go_once_the_full_one_is_there(tmp_path: Path, log_key: NoteKey) -> None:
    log = Log(DiskStore(tmp_path), log_key)
    log.append([b"x"] * 255)
    assert (tmp_path / "tile/entries/000.p/255").exists()
    log.append([b"x"])
    assert not (tmp_path / "tile/entries/000.p").exists()
    assert (tmp_path / "tile/1/000.p/1").exists()


def test_second_writer_is_refused_and_changes_nothing(tmp_path: Path, log_key: NoteKey) -> None:
    first, second = Log(DiskStore(tmp_path), log_key), Log(DiskStore(tmp_path), log_key)
    first.append([b"one"])
    with pytest.raises(LogMoved):
        second.append([b"other"])
    assert Log(DiskStore(tmp_path), log_key).entry(0) == b"one"


def test_only_names_of_the_log_are_read(tmp_path: Path) -> None:
    store = DiskStore(tmp_path)
    with pytest.raises(MalformedTile):
        store.read("../../etc/passwd")
    with pytest.raises(MissingObject):
        store.read("tile/0/000")


def test_a_publication_that_died_before_its_checkpoint_leaves_no_trace(
    tmp_path: Path, log_key: NoteKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(DiskStore(tmp_path), log_key)
    log.append([b"one"])
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", _fail_on("checkpoint"))
        with pytest.raises(OSError, match="power"):
            log.append([b"lost"])
    again = Log(DiskStore(tmp_path), log_key)
    assert again.append([b"kept"]) == range(1, 2)
    opened = open_checkpoint(again.checkpoint, [log_key.verifier])
    assert audit(opened, DiskStore(tmp_path).read).entries == 2
    assert again.entry(1) == b"kept"


def _fail_on(name: str):
    plain = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if Path(target).name == name:
            raise OSError("power")
        return plain(self, target)

    return replace


WRITER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from hengliang.trust.disk import DiskStore
    from hengliang.trust.keys import NoteKey, SoftwareKey
    from hengliang.trust.log import Log
    key = NoteKey("log.hangzhou.example", SoftwareKey("ed25519", b"k" * 32))
    log = Log(DiskStore(Path(sys.argv[1])), key)
    while True:
        indices = log.append([f"entry {log.size + more}".encode() for more in range(7)])
        print(indices[-1], flush=True)
""")


def test_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    from hengliang.trust.keys import SoftwareKey

    key = NoteKey("log.hangzhou.example", SoftwareKey("ed25519", b"k" * 32))
    acknowledged = -1
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, env=os.environ, text=True
        ) as writer:
            for _ in range(15):
                acknowledged = int(writer.stdout.readline())
            writer.send_signal(signal.SIGKILL)
        log = Log(DiskStore(tmp_path), key)
        assert log.size > acknowledged
        audit(open_checkpoint(log.checkpoint, [key.verifier]), DiskStore(tmp_path).read)
        assert log.entry(acknowledged) == f"entry {acknowledged}".encode()
