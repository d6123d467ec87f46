"""A lock file is removed only when its process is dead for certain and nobody works in the folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hengliang.platform.site.database.remains import clear_lock_of_the_dead

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc (Linux)")


@pytest.fixture
def zombie() -> int:
    """The number of a process that has ended and that nobody collected."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    return child


def test_the_lock_of_an_uncollected_process_goes(tmp_path: Path, zombie: int) -> None:
    (tmp_path / "postmaster.pid").write_text(f"{zombie}\n{tmp_path}\n")
    clear_lock_of_the_dead(tmp_path)
    assert not (tmp_path / "postmaster.pid").exists()


def test_the_lock_of_a_living_process_stays(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path}\n")
    clear_lock_of_the_dead(tmp_path)
    assert (tmp_path / "postmaster.pid").exists()


def test_the_lock_stays_while_a_child_still_writes(tmp_path: Path, zombie: int) -> None:
    (tmp_path / "postmaster.pid").write_text(f"{zombie}\n{tmp_path}\n")
    with subprocess.Popen([sys.executable, "-c", "input()"], cwd=tmp_path, stdin=subprocess.PIPE) as child:
        clear_lock_of_the_dead(tmp_path)
        assert (tmp_path / "postmaster.pid").exists()
        child.communicate(b"\n")


def test_no_lock_or_a_broken_one_is_no_error(tmp_path: Path) -> None:
    clear_lock_of_the_dead(tmp_path)
    (tmp_path / "postmaster.pid").write_text("")
    clear_lock_of_the_dead(tmp_path)
    assert (tmp_path / "postmaster.pid").exists()
