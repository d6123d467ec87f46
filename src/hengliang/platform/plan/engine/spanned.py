"""Selections over large ledgers of dated rows, each of one region."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from hengliang.platform.plan.engine.scope import Scope, Sweep
from hengliang.platform.plan.engine.selection import Counts, Left, Where
from hengliang.platform.plan.engine.spans import Near, Spans, on_day
from hengliang.platform.plan.engine.sweeps import summed, swept
from hengliang.platform.plan.errors import UnknownSelection

Base = Callable[[datetime | None], Spans]
Condition = Callable[[Spans, tuple[str, ...], "datetime | None"], Spans]


@dataclass(frozen=True)
class Spanned:
    """A selection over a ledger of dated rows, each of one region."""

    base: Base
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    left: Mapping[str, tuple[Any, Base]] = field(default_factory=dict)
    near: Near = lambda rows, scope: rows
    ledger: Base | None = None
    implied: Where = field(default_factory=dict)
    counts: str = "instruments"

    def spans(self, where: Where, known_at: datetime | None) -> Spans:
        """The rows that meet the conditions."""
        spans = self.base(known_at)
        for name, words in {**self.implied, **where}.items():
            if name not in self.conditions:
                raise UnknownSelection(
                    "unknown_condition", "The rule asks for the condition “%(name)s”, which is unknown.", name=name
                )
            spans = self.conditions[name](spans, words, known_at)
        return spans

    def rows(self, where: Where, mode: str, scope: Scope) -> "QuerySet[Any]":
        """The rows that count on the day."""
        return on_day(self.spans(where, scope.known_at), scope, self.near)

    def number(self, where: Where, mode: str, scope: Scope) -> int:
        """How many count on the day."""
        return self.rows(where, mode, scope).count()

    def table(self, where: Where, mode: str, sweep: Sweep) -> Counts:
        """How many count, for every region and day."""
        return summed(swept([self.spans(where, sweep.known_at)], sweep.days)[0], sweep)

    @cached_property
    def excluded(self) -> Left:
        """What is left out, with the reason."""
        return {key: (says, self._left_out(base)) for key, (says, base) in self.left.items()}

    def _left_out(self, base: Base) -> Callable[[Scope], "QuerySet[Any]"]:
        return lambda scope: on_day(base(scope.known_at), scope, self.near)

    def has_ledger(self, scope: Scope) -> bool:
        """Whether anything was in the ledger on the day."""
        return on_day(self.kept(scope.known_at), scope, lambda rows, _scope: rows).exists()

    def ledger_table(self, sweep: Sweep) -> Counts:
        """How much was in the ledger, for every region and day."""
        return summed(swept([self.kept(sweep.known_at)], sweep.days)[0], sweep)

    def kept(self, known_at: datetime | None) -> Spans:
        """The rows by which one tells whether anything was kept at all."""
        return (self.ledger or self.base)(known_at)
