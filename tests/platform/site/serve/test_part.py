"""A part that ends is started again, with more patience each time; nothing of it stays."""

import os
import signal
import time
from pathlib import Path

import pytest

from hengliang.platform.site.serve.part import LONGEST, SHORTEST, Kept, Part


def ended(kept: Kept) -> float:
    """Wait until the process has ended, tend it once, and give the delay before its next start."""
    assert kept.process
    kept.process.wait(10)
    return kept.tend()


def test_each_early_end_doubles_the_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept(Part("brief", ("-c", "raise SystemExit(3)")))
    delays = []
    for _ in range(9):
        kept.due = 0.0
        kept.tend()
        delays.append(round(ended(kept), 1))
    assert delays == [SHORTEST, 1, 2, 4, 8, 16, LONGEST, LONGEST, LONGEST]


def test_a_part_that_ran_long_is_healthy_again() -> None:
    kept = Kept(Part("brief", ("-c", "pass")))
    kept.failures = 5
    kept.tend()
    kept.started -= 1000
    assert ended(kept) == pytest.approx(SHORTEST, abs=0.1)


def test_what_a_dead_part_left_behind_is_ended_too(tmp_path: Path) -> None:
    note = tmp_path / "grandchild"
    program = (
        "import pathlib, subprocess, sys;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid))"
    )
    kept = Kept(Part("parent", ("-c", program)))
    kept.tend()
    ended(kept)
    grandchild = int(note.read_text())
    for _ in range(100):
        if not runs(grandchild):
            return
        time.sleep(0.05)
    os.kill(grandchild, signal.SIGKILL)
    pytest.fail("the grandchild lives on")


def runs(process: int) -> bool:
    """Whether a process is there and not merely uncollected."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_it_sees_what_its_environment_adds(tmp_path: Path) -> None:
    note = tmp_path / "seen"
    program = f"import os, pathlib; pathlib.Path({str(note)!r}).write_text(os.environ['DATABASE_URL'])"
    kept = Kept(Part("reader", ("-c", program), {"DATABASE_URL": "postgresql:///x"}))
    kept.tend()
    ended(kept)
    assert note.read_text() == "postgresql:///x"


def test_a_part_waits_for_its_leave() -> None:
    leave: list[bool] = []
    kept = Kept(Part("later", ("-c", "import time; time.sleep(60)"), may_start=lambda: bool(leave)))
    kept.tend()
    assert not kept.alive
    leave.append(True)
    kept.tend()
    assert kept.alive
    kept.kill()
