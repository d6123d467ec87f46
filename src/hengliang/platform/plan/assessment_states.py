"""The states of an assessment, and the acts between them."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.transitions import State, Workflow, moves

ASSESSMENT = Workflow(
    "plan_assessment",
    (
        State("in_work", _("With the assessor"), "pending"),
        State("submitted", _("Submitted"), "open"),
        State("accepted", _("Assessment accepted"), "good"),
        State("withdrawn", _("Withdrawn"), "muted"),
    ),
    moves(
        ("assessment_submit", "in_work", "submitted"),
        ("assessment_return", "submitted", "in_work"),
        ("assessment_accept", "submitted", "accepted"),
        ("assessment_withdraw", {"in_work", "submitted"}, "withdrawn"),
    ),
)
