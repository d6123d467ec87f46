"""Errors of the judge.

MetrologyError
└── JudgeError
    ├── BadRecord      the original record has faulty cells; `problems` names each
    └── BadProcedure   the procedure itself can't judge; names the item, table or name
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

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


class JudgeError(MetrologyError):
    """A record can't be judged by a procedure."""


class BadRecord(JudgeError):
    """The record can't be judged before the named cells are put right; nothing of it was judged."""

    template: ClassVar[str] = "{listed}"

    def __init__(self, problems: tuple[CellProblem, ...]) -> None:
        self.problems = problems
        super().__init__(problems=problems, listed="\n".join(problem.message for problem in problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)


class BadProcedure(JudgeError):
    """The procedure can't judge; correct the norm that it was read from."""

    template: ClassVar[str] = "{procedure}, {place}: {reason}. Correct the norm."
