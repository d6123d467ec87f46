"""Labels in the field: the numbers that a person has in hand, and that one was used.

The stock is kept by an app above; it fills this in its `AppConfig.ready`. Without it nobody has numbers in hand, and
what is typed stays a text of its entry.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Person
from hengliang.platform.verification.models import Task


class MarkStock(Protocol):
    """Where labels are counted."""

    def in_hand(self, person: Person, on: date) -> Sequence[str]:
        """The numbers of labels that the person holds and has not used, in their order."""
        ...

    def use(self, actor: Actor, number: str, task: Task, on: date) -> None:
        """The person of the actor has put this label on the instrument of the task.

        Errors: `PlatformError` where the number is not in hand; what was measured stands all the same.
        """
        ...


class NoStock:
    """Nobody keeps a stock: none in hand, any number is a text."""

    def in_hand(self, person: Person, on: date) -> Sequence[str]:
        """None."""
        del person, on
        return ()

    def use(self, actor: Actor, number: str, task: Task, on: date) -> None:
        """Nothing is counted."""
        del actor, number, task, on


_stock: list[MarkStock] = [NoStock()]


def register_mark_stock(stock: MarkStock) -> None:
    """Say where labels are counted; called once, by the app that keeps the stock."""
    _stock[0] = stock


def mark_stock() -> MarkStock:
    """Where labels are counted."""
    return _stock[0]
