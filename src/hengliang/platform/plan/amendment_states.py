"""The states of a change to a plan in force: proposed with its reason, and confirmed by a second person."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.transitions import State, Workflow, moves

AMENDMENT = Workflow(
    "target_amendment",
    (
        State("proposed", _("Proposed, to be confirmed"), "pending"),
        State("confirmed", _("Confirmed"), "good"),
        State("refused", _("Not confirmed"), "bad"),
    ),
    moves(
        ("amendment_confirm", "proposed", "confirmed"),
        ("amendment_refuse", "proposed", "refused"),
    ),
)
