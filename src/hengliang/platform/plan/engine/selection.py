"""What an indicator may name: a selection answers one question, many at once, and gives the rows behind."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.db.models import QuerySet

from hengliang.platform.core.pages.words import Words
from hengliang.platform.plan.engine.scope import Scope, Sweep

Where = Mapping[str, tuple[str, ...]]
Left = Mapping[str, tuple[Words, Callable[[Scope], "QuerySet[Any]"]]]
Counts = dict[int, list[int]]
"""For each region asked for, the number on each day."""


class Selection(Protocol):
    """Rows of some ledger, each with the days on which it counts."""

    @property
    def counts(self) -> str:
        """Which table shows its rows."""

    @property
    def excluded(self) -> Left:
        """What is left out, with the reason."""

    def rows(self, where: Where, mode: str, scope: Scope) -> "QuerySet[Any]":
        """The rows counted."""

    def number(self, where: Where, mode: str, scope: Scope) -> int:
        """How many."""

    def table(self, where: Where, mode: str, sweep: Sweep) -> Counts:
        """How many, for every region and day."""

    def has_ledger(self, scope: Scope) -> bool:
        """Whether anything at all was kept there by that day."""

    def ledger_table(self, sweep: Sweep) -> Counts:
        """The same as numbers, for every region and day; 0 is no ledger."""
