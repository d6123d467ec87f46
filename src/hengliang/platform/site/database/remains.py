"""What a killed server leaves behind where nobody collects dead processes."""

import contextlib
from pathlib import Path


def clear_lock_of_the_dead(data: Path) -> None:
    """Remove `postmaster.pid` if its process is dead but uncollected and no server process is left in `data`.

    In a container whose first process does not collect orphans, a killed postmaster stays in the process
    table for ever; PostgreSQL takes it for a living one and never starts again. Live children of it would
    still write, so as long as one has its working folder here the file stays.
    """
    lock = data / "postmaster.pid"
    with contextlib.suppress(OSError, ValueError, IndexError):
        if _is_dead(int(lock.read_text().split()[0])) and not _anybody_in(data):
            lock.unlink()


def _is_dead(process: int) -> bool:
    state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    return state in ("Z", "X")


def _anybody_in(data: Path) -> bool:
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # gone meanwhile, or a zombie without a working folder
            if (process / "cwd").samefile(data):
                return True
    return False
