"""The states of a scheme by which districts are scored: entered, and confirmed by a second person."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.transitions import State, Workflow, moves

SCORING = Workflow(
    "plan_scoring",
    (
        State("entered", _("Entered, to be confirmed"), "pending"),
        State("confirmed", _("In force"), "good"),
        State("refused", _("Not confirmed"), "bad"),
        State("replaced", _("Replaced"), "muted"),
    ),
    moves(
        ("scoring_confirm", "entered", "confirmed"),
        ("scoring_refuse", "entered", "refused"),
        ("scoring_replace", "confirmed", "replaced"),
    ),
)
