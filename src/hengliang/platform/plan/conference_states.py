"""The states of what a conference resolves."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.transitions import State, Workflow, moves

RESOLUTION = Workflow(
    "resolution",
    (
        State("open", _("In work"), "pending"),
        State("done", _("Done"), "good"),
        State("dropped", _("Dropped"), "muted"),
    ),
    moves(
        ("resolution_close", "open", "done"),
        ("resolution_reopen", "done", "open"),
        ("resolution_drop", "open", "dropped"),
    ),
)
