"""The acts on a difference as a reader meets them, and which of them are possible."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from hengliang.platform.core.pages.words import Words
from hengliang.platform.core.rights import Actor, is_permitted
from hengliang.platform.exchange.models import Discrepancy
from hengliang.platform.exchange.states import DISCREPANCY


@dataclass(frozen=True)
class Verb:
    """An act on a difference, as a reader meets it."""

    verb: Words
    consequence: Words
    kinds: frozenset[str]
    danger: bool = False


K = Discrepancy.Kind
VERBS = {
    "take": Verb(
        gettext_lazy("Take theirs"),
        gettext_lazy("The ledger is corrected by its own acts; what stood here stays in the history."),
        frozenset({K.DIFFERENT, K.CONFLICT}),
        True,
    ),
    "keep": Verb(
        gettext_lazy("Keep ours and send it"),
        gettext_lazy("The entry stands; the next sheet of ledger entries tells the other system."),
        frozenset({K.DIFFERENT, K.CONFLICT, K.ONLY_HERE}),
    ),
    "link": Verb(
        gettext_lazy("Link the two"),
        gettext_lazy("From today their number names this instrument; a link that stood before ends."),
        frozenset({K.ONLY_HERE, K.ONLY_THERE, K.MOVED}),
    ),
    "file": Verb(
        gettext_lazy("File it here"),
        gettext_lazy("It enters the ledger with what the other system says, if the ledger can take it."),
        frozenset({K.ONLY_THERE}),
    ),
    "ignore": Verb(
        gettext_lazy("Leave it for a time"),
        gettext_lazy("It is left out of what waits until that day."),
        frozenset(K.values),
    ),
    "reopen": Verb(
        gettext_lazy("Look at it again"), gettext_lazy("It waits to be settled again."), frozenset(K.values)
    ),
}


def is_possible(actor: Actor, act: str, one: Discrepancy) -> bool:
    """Whether the actor may do this act on a difference of its kind and in its state."""
    return (
        f"discrepancy_{act}" in DISCREPANCY.acts_from(one.state)
        and one.kind in VERBS[act].kinds
        and is_permitted(actor, f"discrepancy_{act}", region_id=one.region_id)
    )
