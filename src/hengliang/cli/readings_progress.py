"""Progress on anything over two seconds, on stderr, so that stdout stays what was asked for."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

PATIENCE = 2.0


@contextmanager
def counting(what: str) -> Iterator[Callable[[str, int], None]]:
    """Progress of unknown length: files and how much was read."""
    begun, total = time.monotonic(), 0
    columns = (TextColumn("{task.description}"), TextColumn("{task.completed:,.0f} " + what), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, visible=False)

        def advance(name: str, count: int) -> None:
            nonlocal total
            total += count
            progress.update(task, description=name, completed=total, visible=time.monotonic() - begun > PATIENCE)

        yield advance


@contextmanager
def stepping(what: str) -> Iterator[Callable[[int, int], None]]:
    """Progress of known length."""
    begun = time.monotonic()
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, visible=False)

        def advance(done: int, whole: int) -> None:
            progress.update(task, completed=done, total=whole, visible=time.monotonic() - begun > PATIENCE)

        yield advance
