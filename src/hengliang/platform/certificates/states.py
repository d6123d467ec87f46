"""The states of a certificate or notice, and the acts between them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hengliang.platform.core.transitions import State, Workflow, moves

IN_FORCE, CANCELLED = "in_force", "cancelled"

CERTIFICATE = Workflow(
    "certificate",
    (
        State(IN_FORCE, _("In force"), "good"),
        State("replaced", _("Replaced"), "muted"),
        State("withdrawn", pgettext_lazy("proof", "Withdrawn"), "bad"),
        State(CANCELLED, _("Cancelled: failed since"), "bad"),
    ),
    moves(
        ("certificate_replace", IN_FORCE, "replaced"),
        ("certificate_withdraw", IN_FORCE, "withdrawn"),
        ("certificate_cancel", IN_FORCE, CANCELLED),
        ("certificate_revive", CANCELLED, IN_FORCE),
    ),
)
