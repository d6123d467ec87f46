"""How far long work has come, told while its transaction is still open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, models

Told = Callable[[str, int], None]


def silent(step: str, done: int) -> None:
    """Nobody is told."""


@contextmanager
def telling(model: type[models.Model], key: int) -> Iterator[Told]:
    """Tell through a connection of its own, so that others see it at once; at the end the step is empty again.

    model, key : the row of what is worked on, whose columns `step` and `done` are written
    """
    say = f"UPDATE {model._meta.db_table} SET step = %s, done = %s WHERE id = %s"  # noqa: S608 - our own table
    aside = connection.copy()

    def told(step: str, done: int) -> None:
        with aside.cursor() as cursor:
            cursor.execute(say, [step, done, key])

    try:
        yield told
    finally:
        told("", 0)
        aside.close()
