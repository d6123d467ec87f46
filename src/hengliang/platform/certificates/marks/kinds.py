"""The kinds of marks, as the rule `verification/mark-kinds` has them on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.words import titled
from hengliang.platform.core.rules import rules
from hengliang.platform.verification.models import Record

RULE = "verification/mark-kinds"
PROOF, CANCELLATION = "proof", "cancellation"


@dataclass(frozen=True, eq=False)
class MarkKind:
    """One kind of mark.

    role : `proof` of a pass, `seal` against adjustment, or `cancellation`
    outcome : `pass`, `fail` or `any`: with which result it is put on
    jobs : the kinds of jobs that it goes with
    one_per : `instrument` or `place`: of how many one is in force
    cancelled_by_failure : whether a failed periodic verification cancels it
    place_needed : whether its place on the instrument has to be said
    printed : whether the platform prints it
    """

    code: str
    words: Mapping[str, str]
    role: str
    outcome: str
    jobs: frozenset[str]
    one_per: str
    cancelled_by_failure: bool
    place_needed: bool
    printed: bool
    clause: str

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return titled(self.words)

    def fits(self, job: str, passed: bool | None) -> bool:
        """Whether it goes with a job and its result."""
        return job in self.jobs and self.outcome in {"any", {True: "pass", False: "fail", None: ""}[passed]}


def mark_kinds(on: date) -> dict[str, MarkKind]:
    """All kinds of a day by their codes, in the order of the rule."""
    return {row["code"]: _kind(row) for row in _rows(on)}


def _rows(on: date) -> list[Mapping[str, Any]]:
    rule = rules()[RULE]
    rows: list[Mapping[str, Any]] = rule.at(max(on, rule.starts[0])).content["rows"]
    return rows


def _kind(row: Mapping[str, Any]) -> MarkKind:
    return MarkKind(
        code=row["code"],
        words={"zh": row["zh"], "en": row["en"]},
        role=row["role"],
        outcome=row["outcome"],
        jobs=frozenset(row["jobs"]),
        one_per=row["one_per"],
        cancelled_by_failure=row["on_failure"] == "cancel",
        place_needed=row["place_needed"] == "yes",
        printed=row["printed"] == "yes",
        clause=row["clause"],
    )


def mark_kind(code: str, on: date) -> MarkKind:
    """A kind of mark.

    Errors: `InputRefused` for one that the rule does not know.
    """
    kinds = mark_kinds(on)
    if code not in kinds:
        raise InputRefused(
            "unknown_mark_kind", "There is no kind of mark “%(kind)s”; choose one of: %(known)s.",
            field="kind", kind=code, known=", ".join(kinds),
        )  # fmt: skip
    return kinds[code]


def kinds_for(record: Record) -> list[MarkKind]:
    """What may be put on with the result of a record."""
    return [kind for kind in mark_kinds(record.verified_on).values() if kind.fits(record.job, record.passed)]


def kind_title(code: str, on: date) -> str:
    """The name of a kind in the reader's language; its code where the rule no longer knows it."""
    found = next((row for row in _rows(on) if row["code"] == code), None)
    return titled({"zh": found["zh"], "en": found["en"]}) if found else code
