"""Errors of the judge: leaves of `hengliang.metrology.errors.MetrologyError`.

MetrologyError
├── BadRecord      the original record has faulty cells; `problems` names each
└── BadProcedure   the procedure itself can't judge; names the item, table or name
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hengliang.metrology.errors import MetrologyError


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One faulty cell of a record: where it is, what is wrong and what to do.

    `cell` is a path such as `items.error[2].runs[0].indicated`.
    """

    cell: str
    code: str
    params: Mapping[str, Any]
    template: str

    @property
    def message(self) -> str:
        """The problem in English, with the cell first."""
        return f"{self.cell}: {self.template.format(**self.params)}"


class BadRecord(MetrologyError):
    """The record can't be judged before the named cells are put right."""

    def __init__(self, problems: Sequence[CellProblem]) -> None:
        self.problems = tuple(problems)
        listed = "\n".join(problem.message for problem in problems)
        super().__init__("bad_record", {"count": len(problems), "problems": listed}, "{problems}")


class BadProcedure(MetrologyError):
    """The procedure can't judge; correct the norm that it was read from."""

    def __init__(self, procedure: str, place: str, reason: str) -> None:
        params = {"procedure": procedure, "place": place, "reason": reason}
        super().__init__("bad_procedure", params, "{procedure}, {place}: {reason}. Correct the norm.")
