"""What a verification refuses.

Refused
├── SamePerson          verifying, reviewing and approving need three different people
├── TaskOpenAlready     the instrument is already being verified
InputRefused
├── DraftRefused        what was measured can't be judged; names every cell
├── PackageRefused      a file of results of a round is damaged, foreign or stale; nothing of it was entered
Blocked
└── NoRule              no rule in force tells how to judge this item
"""

from collections.abc import Sequence

from hengliang.metrology.judge import CellProblem, problems_to_json
from hengliang.platform.core.errors import Blocked, InputRefused, Refused


class SamePerson(Refused):
    """Verifying, reviewing and approving need three different people."""


class TaskOpenAlready(Refused):
    """The instrument is already being verified; finish or cancel that task first."""


class DraftRefused(InputRefused):
    """What was measured can't be judged; `faults` names every cell, `problems` says the same as JSON values."""

    def __init__(self, faults: Sequence[CellProblem]) -> None:
        super().__init__("record_refused", "%(count)s cells can't be judged. See the marks.", count=len(faults))
        self.faults = tuple(faults)
        self.problems = problems_to_json(faults)


class PackageRefused(InputRefused):
    """A file of results is damaged, foreign or stale; it is kept, and nothing of it was entered."""


class NoRule(Blocked):
    """No rule in force tells how to judge this item on that day."""
