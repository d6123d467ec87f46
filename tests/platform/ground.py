"""What many tests of a file begin with, in the database once: each test sees it and undoes only what it did itself."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker


class Ground:
    """A transaction that outlasts single tests, with what was made in it."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self.made: Any = None
        self._blocker = blocker
        self._open = ExitStack()

    def enter(self, make: Callable[[], Any]) -> Any:
        """Give what was made, or make it now. No transaction of a test may be open."""
        if self.made is None:
            with self._blocker.unblock(), translation.override(settings.LANGUAGE_CODE):
                self._open.enter_context(transaction.atomic())
                self.made = make()
                connection.check_constraints()  # else a test that alters a table finds checks outstanding
        return self.made

    def leave(self) -> None:
        """Undo everything."""
        if self.made is not None:
            self.made = None
            with self._blocker.unblock():
                transaction.set_rollback(True)
                self._open.close()
