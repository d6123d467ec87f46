"""The full examination of the rules: what loading refuses, and beyond it names, selectors and quotes."""

from dataclasses import dataclass
from pathlib import Path

from hengliang.norms.catalogue import catalogue_of
from hengliang.norms.errors import NormError, NormFault, NormProblem
from hengliang.norms.load import Norms
from hengliang.norms.model import Norm, Value
from hengliang.norms.quotes import check_quotes
from hengliang.norms.references import check_procedure


@dataclass(frozen=True, slots=True)
class Review:
    """What was found. `lapsed` approvals are told, and are no fault; `quotes_found` counts those proven."""

    problems: tuple[NormProblem, ...]
    lapsed: tuple[NormProblem, ...]
    quotes_found: int


def review(rules: Norms, sources: Path | None = None) -> Review:
    """Examine all rules; with `sources` also their quotes against the archived texts."""
    try:
        problems = [problem for norm in rules.values() for problem in review_norm(norm)]
    except NormFault as fault:
        return Review(fault.problems, (), 0)
    missing, found = check_quotes(rules.values(), sources) if sources else ([], 0)
    return Review((*problems, *missing), rules.lapsed, found)


def review_norm(norm: Norm) -> list[NormProblem]:
    """What is wrong with one rule, beyond what loading refuses."""
    return [problem for value in norm.values for problem in _value(value)]


def _value(value: Value) -> list[NormProblem]:
    if value.repealed:
        return []
    if value.kind == "procedure":
        return check_procedure(value)
    if value.kind == "catalogue":
        try:
            catalogue_of(value)
        except (NormError, ValueError) as error:
            file, line = value.place.rsplit(":", 1)
            return [NormProblem(file, int(line), "bad_catalogue", str(error), "Correct the row")]
    return []
