"""The states of certificates and notices, of marks and of stocktakings, and the acts between them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hengliang.platform.core.transitions import State, Workflow, moves

IN_FORCE, REPLACED, WITHDRAWN, CANCELLED = "in_force", "replaced", "withdrawn", "cancelled"

CERTIFICATE = Workflow(
    "certificate",
    (
        State(IN_FORCE, _("In force"), "good"),
        State(REPLACED, _("Replaced"), "muted"),
        State(WITHDRAWN, pgettext_lazy("proof", "Withdrawn"), "bad"),
        State(CANCELLED, _("Cancelled: failed since"), "bad"),
    ),
    moves(
        ("certificate_replace", IN_FORCE, REPLACED),
        ("certificate_withdraw", IN_FORCE, WITHDRAWN),
        ("certificate_cancel", IN_FORCE, CANCELLED),
        ("certificate_revive", CANCELLED, IN_FORCE),
    ),
)

IN_HAND, ON_INSTRUMENT, TO_REMOVE = "in_hand", "on_instrument", "to_remove"
CARRIED = (ON_INSTRUMENT, TO_REMOVE)

# A number leaves the stock by an act of its own, so every row begins in hand and goes on within the same act.
MARK = Workflow(
    "mark",
    (
        State(IN_HAND, _("In hand"), "neutral"),
        State(ON_INSTRUMENT, _("On the instrument"), "good"),
        State(TO_REMOVE, _("To be removed"), "bad"),
        State("struck", _("Struck by a cancellation mark"), "bad"),
        State("superseded", _("Superseded by a newer one"), "muted"),
        State("removed", pgettext_lazy("mark", "Removed"), "muted"),
        State("spoiled", _("Spoiled"), "muted"),
        State("lost", _("Lost"), "warning"),
        State("destroyed", _("Destroyed"), "muted"),
    ),
    moves(
        ("mark_use", IN_HAND, ON_INSTRUMENT),
        ("mark_spoil", IN_HAND, "spoiled"),
        ("mark_lose", IN_HAND, "lost"),
        ("mark_find", "lost", "spoiled"),
        ("mark_cancel", ON_INSTRUMENT, TO_REMOVE),
        ("mark_revive", TO_REMOVE, ON_INSTRUMENT),
        ("mark_strike", CARRIED, "struck"),
        ("mark_supersede", (*CARRIED, "struck"), "superseded"),
        ("mark_remove", (*CARRIED, "struck"), "removed"),
        ("mark_destroy", (IN_HAND, "spoiled", "removed"), "destroyed"),
    ),
)

STOCKTAKING = Workflow(
    "stocktaking",
    (
        State("agrees", pgettext_lazy("stocktaking", "Agrees"), "good"),
        State("differs", _("Differs: to be explained"), "warning"),
        State("settled", _("Explained"), "good"),
    ),
    moves(
        ("stock_count", "agrees", "differs"),
        ("stock_settle", "differs", "settled"),
    ),
)
