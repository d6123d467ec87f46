"""What a check found: one line per fault or open question, and the verdict over all of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Word = Literal["valid", "invalid", "indeterminate"]
MOST = 200  # findings that are listed; a hostile file must not fill the answer


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    check : stable name of the check
    verdict : `invalid` when a requirement is broken, `indeterminate` when it can't be told with what is at hand
    where : element, with its line in the file
    reason : what was found, and what was expected
    """

    check: str
    verdict: Word
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """The answer about one file.

    version : schema version that the file names, None when it names none
    """

    verdict: Word
    version: str | None
    findings: tuple[Finding, ...]


def report(version: str | None, findings: Iterable[Finding]) -> Report:
    """The findings with the verdict that follows from them, invalid before indeterminate before valid."""
    found = tuple(_bounded(findings))
    words = {one.verdict for one in found}
    verdict: Word = next((word for word in ("invalid", "indeterminate") if word in words), "valid")
    return Report(verdict, version, found)


def _bounded(findings: Iterable[Finding]) -> Iterator[Finding]:
    for count, one in enumerate(findings):
        if count == MOST:
            yield Finding("findings", one.verdict, one.where, f"more than {MOST} findings; the rest is not listed")
            return
        yield one
