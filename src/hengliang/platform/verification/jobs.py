"""The kinds of jobs, as the rule `verification/job-kinds` has them on a day: who may do one, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.words import titled
from hengliang.platform.core.rules import rules
from hengliang.platform.registry.models import CatalogueItem, InstrumentState
from hengliang.platform.standards.models import Authorisation
from hengliang.platform.standards.selectors import Needs, ancestors
from hengliang.platform.verification.models import Task, VerificationRegime

RULE = "verification/job-kinds"
FACTORY_RULE = "verification/factory-first"
ARBITRATION_JOB = "arbitration"


@dataclass(frozen=True)
class JobKind:
    """One kind of job.

    scope : `mandatory`, `other` or `any`: which instruments it is for
    performer : `designated`, `authorised`, `any` or `appointed`: who may do it
    papers, levels : what must be good that day, and of which level the measurement standards must be
    concludes : whether it says pass or fail; else it gives values only
    documents : what is issued for a pass and for a fail; none where nothing is issued
    validity : `period`, `agreed` or `none`
    enters_ledger : whether the result sets the date due in the ledger
    free : whether it costs nothing
    by_authority : whether only the authority may order it
    """

    code: str
    words: Mapping[str, str]
    scope: str
    performer: str
    papers: frozenset[str]
    levels: frozenset[str]
    concludes: bool
    documents: tuple[str, ...]
    validity: str
    enters_ledger: bool
    free: bool
    by_authority: bool
    clause: str

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return titled(self.words)

    def document(self, passed: bool | None) -> str:
        """What is issued for a result: the second document is that of a fail."""
        return self.documents[1 if passed is False else 0]


def job_kinds(on: date) -> dict[str, JobKind]:
    """All kinds of a day by their codes, in the order of the rule."""
    return {row["code"]: _kind(row) for row in _rows(RULE, on)}


def _rows(norm: str, on: date) -> list[Mapping[str, Any]]:
    """The rows of a scheme; work entered late, of a day before the scheme, is of the first edition's kinds."""
    rule = rules()[norm]
    return list(rule.at(max(on, rule.starts[0])).content["rows"])


def job_kind(code: str, on: date) -> JobKind:
    """A kind of job.

    Errors: `InputRefused` for one that the rule does not know.
    """
    kinds = job_kinds(on)
    if code not in kinds:
        raise InputRefused(
            "unknown_job", "There is no kind of job “%(job)s”; choose one of: %(known)s.",
            field="job", job=code, known=", ".join(kinds),
        )  # fmt: skip
    return kinds[code]


def _kind(row: Mapping[str, Any]) -> JobKind:
    return JobKind(
        code=row["code"],
        words={"zh": row["zh"], "en": row["en"]},
        scope=row["scope"],
        performer=row["performer"],
        papers=frozenset(_several(row["papers"])),
        levels=frozenset(_several(row["levels"])),
        concludes=row["conclusion"] == "verdict",
        documents=_several(row["documents"]),
        validity=row["validity"],
        enters_ledger=row["ledger"] == "result",
        free=row["fee"] == "free",
        by_authority=row["ordered_by"] == "authority",
        clause=row["clause"],
    )


def _several(given: Any) -> tuple[str, ...]:
    return () if given is None else (given,) if isinstance(given, str) else tuple(given)


def job_title(code: str, on: date) -> str:
    """The name of a kind in the reader's language; its code where the rule no longer knows it."""
    found = job_kinds(on).get(code)
    return found.title if found else code


def needs_of(task: Task, on: date, region_id: int | None = None) -> Needs:
    """What a task needs to be in order on a day: by its kind, where its instrument stood that day, which may be another
    region than when it was applied for, and whether at a factory.

    region_id : where it stood, if that is known already
    """
    kind = job_kind(task.job, on)
    factory = task.regime == VerificationRegime.INITIAL and counts_as_first(task.instrument.item, on)
    return Needs(kind.papers, kind.levels, region_id or stood_in(task, on), factory)


def stood_in(task: Task, on: date) -> int:
    """The region in which the instrument of a task stood on a day; that of the task, before the ledger knew of it."""
    rows = InstrumentState.objects.on(on).filter(instrument=task.instrument_id)
    return rows.values_list("region_id", flat=True).first() or task.region_id


def counts_as_first(item: CatalogueItem, on: date) -> bool:
    """Whether an authorised manufacturer's verification at the factory is the first verification (二检合一)."""
    codes = {row["item"] for row in _rows(FACTORY_RULE, on)}
    return CatalogueItem.objects.filter(pk__in=ancestors(item), code__in=codes).exists()


def is_makers(body_id: int, item: CatalogueItem, on: date) -> bool:
    """Whether a body is an authorised manufacturer's laboratory for an item that day."""
    rows = Authorisation.objects.on(on).filter(body_id=body_id, item__in=ancestors(item))
    return rows.filter(kind=Authorisation.Kind.MANUFACTURER).exists()
