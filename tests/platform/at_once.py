"""Acts of several people at the same moment, each in a thread and a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from hengliang.platform.core.errors import PlatformError


def at_once(*acts: Callable[[], object]) -> list[str]:
    """How each ended, sorted: `done`, or the code by which it was refused. Whatever else it raises is raised."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            gate.wait(60)
            act()
        except PlatformError as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))
