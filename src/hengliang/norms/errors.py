"""Errors of `hengliang.norms`.

NormError
├── NormFault          files that can't be loaded; `problems` names file, line and remedy of each
├── UnknownNorm        no rule has this id
├── NormNotInForce     the rule has no value on that day: not yet in force, or repealed
├── UnknownEntry       the rule holds no row or bracket for what was asked
└── WrongKind          the rule is of another kind than was asked for
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


class NormError(Exception):
    """A rule can't be given; `code` and `params` let the platform say it in Chinese."""

    def __init__(self, code: str, params: Mapping[str, Any], template: str) -> None:
        self.code = code
        self.params = dict(params)
        self.template = template
        super().__init__(template.format(**self.params))


@dataclass(frozen=True, slots=True)
class NormProblem:
    """One fault in a file of rules: where it stands, what is wrong, what to do."""

    file: str
    line: int
    code: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}. {self.remedy}."


class NormFault(NormError):
    """The rules can't be loaded before the named places are put right."""

    def __init__(self, problems: Sequence[NormProblem]) -> None:
        self.problems = tuple(problems)
        listed = "\n".join(str(problem) for problem in problems)
        super().__init__("norm_fault", {"count": len(problems), "problems": listed}, "{problems}")


class UnknownNorm(NormError, KeyError):
    """No rule has this id; `hengliang norms check` lists those there are."""

    def __init__(self, norm: str) -> None:
        template = "no rule is called {norm!r}; list them with `hengliang norms check`"
        super().__init__("unknown_norm", {"norm": norm}, template)

    __str__ = Exception.__str__


class NormNotInForce(NormError):
    """The rule has no value on that day."""

    def __init__(self, norm: str, day: date, since: date | None, *, repealed: bool) -> None:
        params = {"norm": norm, "day": day.isoformat(), "since": since.isoformat() if since else ""}
        if repealed:
            super().__init__("norm_repealed", params, "{norm} was repealed on {since}; it has no value on {day}")
        else:
            super().__init__("norm_not_in_force", params, "{norm} is in force from {since}; it has no value on {day}")


class UnknownEntry(NormError):
    """The rule holds nothing for what was asked; extend the rule or ask for what it names."""

    def __init__(self, norm: str, asked: str) -> None:
        template = "{norm} holds nothing for {asked}; ask for an entry that it names, or extend the rule"
        super().__init__("unknown_entry", {"norm": norm, "asked": asked}, template)


class WrongKind(NormError):
    """The rule is of another kind than was asked for."""

    def __init__(self, norm: str, kind: str, wanted: str) -> None:
        template = "{norm} is a rule of kind {kind}; a {wanted} is wanted here"
        super().__init__("wrong_kind", {"norm": norm, "kind": kind, "wanted": wanted}, template)
