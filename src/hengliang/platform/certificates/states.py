"""The states of a certificate or notice, and the acts between them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hengliang.platform.core.transitions import State, Workflow, moves

CERTIFICATE = Workflow(
    "certificate",
    (
        State("in_force", _("In force"), "good"),
        State("replaced", _("Replaced"), "muted"),
        State("withdrawn", pgettext_lazy("proof", "Withdrawn"), "bad"),
    ),
    moves(
        ("certificate_replace", "in_force", "replaced"),
        ("certificate_withdraw", "in_force", "withdrawn"),
    ),
)
