"""How far an import has come, told while its transaction is still open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

Told = Callable[[str, int], None]
SAY = "UPDATE registry_instrumentimport SET step = %s, done = %s WHERE id = %s"


def silent(step: str, done: int) -> None:
    """Nobody is told."""


@contextmanager
def telling(key: int, say: str = SAY) -> Iterator[Told]:
    """Tell through a connection of its own, so that others see it at once; at the end the step is empty again.

    say : the statement that writes step, number done and key into the row of what is worked on
    """
    aside = connection.copy()

    def told(step: str, done: int) -> None:
        with aside.cursor() as cursor:
            cursor.execute(say, [step, done, key])

    try:
        yield told
    finally:
        told("", 0)
        aside.close()
