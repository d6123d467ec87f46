"""Errors of `hengliang.norms`.

NormError
├── NormFault          files that can't be loaded; `problems` names file, line and remedy of each
├── UnknownNorm        no rule has this id
├── NormNotInForce     the rule has no value yet on that day
│   └── NormRepealed   the rule has no value any more on that day
├── UnknownEntry       the rule holds no row or bracket for what was asked
└── WrongKind          the rule is of another kind than was asked for

Each carries `code`, `parameters` and an English template that says what to do next (`hengliang.errors`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from hengliang.errors import CodedError


@dataclass(frozen=True, slots=True)
class NormProblem:
    """One fault in a file of rules: where it stands, what is wrong, what to do.

    `code` and `params` say the same for whoever translates it; `where` is the place in the content, step by step.
    """

    file: str
    line: int
    code: str
    message: str
    remedy: str
    params: Mapping[str, str] = field(default_factory=dict, compare=False, hash=False)
    where: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}. {self.remedy}."


class NormError(CodedError):
    """A rule can't be given."""

    def __str__(self) -> str:
        return self.template.format(**self.parameters)  # the text of a KeyError would stand in quotes


class NormFault(NormError):
    """The rules can't be loaded before the named places are put right."""

    template: ClassVar[str] = "{listed}"

    def __init__(self, problems: tuple[NormProblem, ...]) -> None:
        self.problems = problems
        super().__init__(problems=problems, listed="\n".join(str(problem) for problem in problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)


class UnknownNorm(NormError, KeyError):
    """No rule has this id."""

    template: ClassVar[str] = "no rule is called {norm!r}; list them with `hengliang norms check`"


class NormNotInForce(NormError):
    """The rule has no value yet on that day."""

    template: ClassVar[str] = "{norm} is in force from {since}; ask for a day from then on, not for {day}"


class NormRepealed(NormNotInForce):
    """The rule has no value any more on that day."""

    template: ClassVar[str] = (
        "{norm} has no value on {day}: {document} ended the edition before on {since}; ask for a day of an edition"
    )


class UnknownEntry(NormError):
    """The rule holds nothing for what was asked."""

    template: ClassVar[str] = "{norm} holds nothing for {asked}; ask for what it names, or extend the rule"


class WrongKind(NormError):
    """The rule is of another kind than was asked for."""

    template: ClassVar[str] = "{norm} is a rule of kind {kind}; name one of kind {wanted}"
