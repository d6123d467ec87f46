"""Errors of `hengliang.norms`.

NormError
├── NormFault          files that can't be loaded; `problems` names file, line and remedy of each
├── UnknownNorm        no rule has this id
├── NormNotInForce     the rule has no value yet on that day
│   └── NormRepealed   the rule has no value any more on that day
├── UnknownEntry       the rule holds no row or bracket for what was asked
└── WrongKind          the rule is of another kind than was asked for

Each carries a stable `code`, its parameters and an English template that says what to do next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar


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


class NormError(Exception):
    """A rule can't be given. Subclasses set `code` and `template`, filled from the keyword arguments."""

    code: ClassVar[str] = "norm"
    template: ClassVar[str] = "{reason}"

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.template.format(**params))

    def __str__(self) -> str:
        return self.template.format(**self.params)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.params)


class NormFault(NormError):
    """The rules can't be loaded before the named places are put right."""

    code: ClassVar[str] = "norm_fault"
    template: ClassVar[str] = "{listed}"

    def __init__(self, problems: tuple[NormProblem, ...]) -> None:
        self.problems = problems
        super().__init__(problems=problems, listed="\n".join(str(problem) for problem in problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)


class UnknownNorm(NormError, KeyError):
    """No rule has this id."""

    code: ClassVar[str] = "unknown_norm"
    template: ClassVar[str] = "no rule is called {norm!r}; list them with `hengliang norms check`"


class NormNotInForce(NormError):
    """The rule has no value yet on that day."""

    code: ClassVar[str] = "norm_not_in_force"
    template: ClassVar[str] = "{norm} is in force from {since}; ask for a day from then on, not for {day}"


class NormRepealed(NormNotInForce):
    """The rule has no value any more on that day."""

    code: ClassVar[str] = "norm_repealed"
    template: ClassVar[str] = (
        "{norm} has no value on {day}: {document} ended the edition before on {since}; ask for a day of an edition"
    )


class UnknownEntry(NormError):
    """The rule holds nothing for what was asked."""

    code: ClassVar[str] = "unknown_entry"
    template: ClassVar[str] = "{norm} holds nothing for {asked}; ask for what it names, or extend the rule"


class WrongKind(NormError):
    """The rule is of another kind than was asked for."""

    code: ClassVar[str] = "wrong_kind"
    template: ClassVar[str] = "{norm} is a rule of kind {kind}; name one of kind {wanted}"


def _rebuild(error: type[NormError], params: dict[str, Any]) -> NormError:
    return error(**params)
