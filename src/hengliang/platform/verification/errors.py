"""What a verification refuses.

Refused
├── SamePerson          verifying, reviewing and approving need three different people
├── TaskOpenAlready     the instrument is already being verified
InputRefused
├── DraftRefused        what was measured can't be judged; names every cell
Blocked
└── NoRule              no rule in force tells how to judge this item
"""

from typing import Any

from hengliang.platform.core.errors import Blocked, InputRefused, Refused


class SamePerson(Refused):
    """Verifying, reviewing and approving need three different people."""


class TaskOpenAlready(Refused):
    """The instrument is already being verified; finish or cancel that task first."""


class DraftRefused(InputRefused):
    """What was measured can't be judged; `problems` names every cell."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__("record_refused", "%(count)s cells can't be judged. See the marks.", count=len(problems))
        self.problems = problems


class NoRule(Blocked):
    """No rule in force tells how to judge this item on that day."""
