"""The page before a rule is taken over or approved: what differs, what it says, what it would do to the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from hengliang.norms import Value
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.rule_effects import Tally
from hengliang.platform.site.rules.outline import changes_of
from hengliang.platform.site.rules.outline_parts import Part


@dataclass(frozen=True)
class Difference:
    """Two values beside each other: place, old, new, in words."""

    before: Value
    after: Value
    changes: Sequence[tuple[str, str, str]]

    @classmethod
    def of(cls, before: Value, after: Value) -> Self:
        """The difference of two values."""
        return cls(before, after, changes_of(before, after))


@dataclass(kw_only=True)
class RuleConfirmation(Confirmation):
    """A confirmation that shows the rule itself: `differences` first, its words, the `parts` of its content."""

    differences: Sequence[Difference] = ()
    parts: Sequence[Part] = ()
    quote: str = ""
    people: Sequence[tuple[str, str]] = ()
    tallies: Sequence[Tally] = ()
    action: str = ""
    template: ClassVar[str] = "site/rules/confirm.html"
