"""Where a rule is used, and what would change by another one: asked of every app that counts by rules.

An app registers, in its `ready`, one function for each kind of rule it uses. What nobody registered is counted by
nobody, and the page says so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from hengliang.norms import Norm, Value
from hengliang.platform.core.pages.looks import Tone
from hengliang.platform.core.pages.words import Words
from hengliang.platform.core.rights import Actor


@dataclass(frozen=True)
class Use:
    """So many rows stand on a rule; `url` leads to them."""

    label: Words
    count: int
    url: str = ""


@dataclass(frozen=True)
class Tally:
    """What would be otherwise, and for how many; `rows` name some of them: words, before, after, address."""

    label: Words
    count: int
    tone: Tone = "neutral"
    rows: Sequence[tuple[str, str, str, str]] = ()


@dataclass
class Comparison:
    """The question: two values of rules, who asks, how many rows may be looked at, and whom to tell how far it is.

    `looked` and `all` say whether the counts speak of all rows, or of the newest only.
    """

    before: Value
    after: Value
    actor: Actor
    most: int | None = None
    tell: Callable[[int, int], None] = lambda done, of: None
    looked: int = 0
    all: int = 0
    notes: list[Words] = field(default_factory=list)


Uses = Callable[[Norm, Actor], Iterator[Use]]
Effects = Callable[[Comparison], Iterator[Tally]]
_uses: dict[str, list[Uses]] = {}
_effects: dict[str, list[Effects]] = {}


def register_rule_use(kind: str, *, uses: Uses | None = None, effects: Effects | None = None) -> None:
    """Say how a kind of rule (or one rule, by its id) is used, and what another one would change."""
    for table, function in ((_uses, uses), (_effects, effects)):
        if function is not None and function not in table.setdefault(kind, []):
            table[kind].append(function)  # type: ignore[arg-type]


def uses_of(norm: Norm, actor: Actor) -> list[Use]:
    """The rows that the actor may see and that stand on a rule."""
    return [use for function in _of(_uses, norm.kind, norm.id) for use in function(norm, actor)]


def effects_of(comparison: Comparison) -> list[Tally] | None:
    """What would change; None where nothing in the ledger is counted by this kind of rule."""
    functions = _of(_effects, comparison.before.kind, comparison.before.norm)
    return [tally for function in functions for tally in function(comparison)] if functions else None


def _of(table: dict[str, list[Any]], kind: str, norm: str) -> list[Any]:
    return [*table.get(kind, ()), *table.get(norm, ())]
