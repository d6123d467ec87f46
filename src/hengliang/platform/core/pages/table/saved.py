"""Saved filters: a port. The app that has accounts plugs in where they are kept; without it the menu is not shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hengliang.platform.core.rights import Actor


@dataclass(frozen=True)
class SavedFilter:
    """A named question to a table: the part of its address behind the question mark."""

    id: str
    name: str
    query: str


class SavedFilters(Protocol):
    """Where saved filters are kept, one set per actor and table."""

    def list(self, actor: Actor, table: str) -> Sequence[SavedFilter]:
        """The actor's saved filters of a table, by name."""

    def save(self, actor: Actor, table: str, name: str, query: str) -> SavedFilter:
        """Keep a filter; the same name again replaces it."""

    def remove(self, actor: Actor, table: str, id: str) -> None:  # noqa: A002 - the word of the port
        """Forget a filter of this actor; unknown ids are no error."""


_store: SavedFilters | None = None


def use_store(store: SavedFilters | None) -> None:
    """Plug in where saved filters are kept; called once, in the `ready` of the app that has accounts."""
    global _store
    _store = store


def store() -> SavedFilters | None:
    """Where saved filters are kept, if anywhere."""
    return _store
