"""How far an import has come, told while its transaction is still open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

Told = Callable[[str, int], None]
_SAY = "UPDATE registry_instrumentimport SET step = %s, done = %s WHERE id = %s"


def silent(step: str, done: int) -> None:
    """Nobody is told."""


@contextmanager
def telling(import_id: int) -> Iterator[Told]:
    """Tell through a connection of its own, so that others see it at once; at the end the step is empty again."""
    aside = connection.copy()

    def told(step: str, done: int) -> None:
        with aside.cursor() as cursor:
            cursor.execute(_SAY, [step, done, import_id])

    try:
        yield told
    finally:
        told("", 0)
        aside.close()
