"""The judge: a procedure and an original record give a judgement, or the cells that are wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from hengliang.metrology.judge.cells import Reader
from hengliang.metrology.judge.decide import overall
from hengliang.metrology.judge.errors import BadRecord, CellProblem
from hengliang.metrology.judge.examine import Examination
from hengliang.metrology.judge.model import Procedure
from hengliang.metrology.judge.plan import Plan, plan_of
from hengliang.metrology.judge.record import ItemResult, Judgement, Record, Verdict


@dataclass(slots=True)
class Preview:
    """What can be said of an unfinished record: the items so far, and the cells still missing or wrong."""

    items: tuple[ItemResult, ...]
    problems: tuple[CellProblem, ...]


def judge(procedure: Procedure, record: Record, seen: Preview | None = None) -> Judgement:
    """The judgement of `record` by `procedure`: per item, per part and overall, by the declared class.

    An instrument that misses its class fails. Where the procedure allows a coarser class that it meets, this is
    proposed (`proposed_class`), and taken only if the record accepts it (`accepted_class`).

    seen : what `preview` found of the same record, so that it is not examined twice

    Raises
    ------
    BadRecord : points are missing, units wrong, readings impossible or no numbers; each cell is named
    BadProcedure : the norm names a quantity that no record of it can hold

    Source: JJF 1002-2010 (regimes and items of a verification regulation); JJF 1094-2002, 5.3 (conclusion).
    """
    items, problems = (seen.items, seen.problems) if seen else _examine(procedure, record)
    judged = _conclude(procedure, record, items, problems)
    if judged.verdict != "fail" or not procedure.downgrade:
        return judged
    lowered = _lowered(procedure, record)
    if lowered is None:
        return judged
    if record.accepted_class == lowered.accuracy_class:
        return lowered
    judged.proposed_class = lowered.accuracy_class
    return judged


def _conclude(
    procedure: Procedure, record: Record, items: tuple[ItemResult, ...], problems: Sequence[CellProblem]
) -> Judgement:
    """The judgement by the declared class, from what the items came to."""
    if problems:
        raise BadRecord(tuple(problems))
    verdict = overall([result.verdict for result in items])
    return Judgement(
        procedure=procedure.id,
        edition=procedure.edition,
        document=procedure.document,
        regime=record.regime,
        draft=procedure.draft,
        content_hash=procedure.content_hash,
        verdict=verdict,
        items=items,
        accuracy_class=_declared(procedure, record) if verdict == "pass" else None,
        parts=_parts(items, record.parts),
    )


def preview(procedure: Procedure, record: Record) -> Preview:
    """The same examination without a conclusion, for a form that is still being filled in."""
    items, problems = _examine(procedure, record)
    return Preview(items, tuple(problems))


def _examine(
    procedure: Procedure, record: Record, *, until_fail: bool = False
) -> tuple[tuple[ItemResult, ...], list[CellProblem]]:
    """All items, or with `until_fail` those up to the first that fails: the others can't mend it."""
    reader = Reader()
    plan = plan_of(procedure, record.regime)
    examination = Examination(reader, record, _base(reader, procedure, plan, record))
    if until_fail:
        results = _until_fail(examination, plan)
    else:
        results = tuple([examination.item(item) for item in plan.items])
    for name in record.items.keys() - plan.sources:
        reader.refuse(f"items.{name}", "unknown_item", "the procedure has no such item; remove it")
    return results, _once(reader.problems) if reader.problems else []


def _until_fail(examination: Examination, plan: Plan) -> tuple[ItemResult, ...]:
    found: list[ItemResult] = []
    for item in plan.items:
        found.append(examination.item(item))
        if found[-1].verdict == "fail":
            break
    return tuple(found)


def _base(reader: Reader, procedure: Procedure, plan: Plan, record: Record) -> dict[str, Any]:
    if record.regime not in procedure.regimes:
        known = ", ".join(procedure.regimes)
        template = "{regime!r} is none of the regimes {known}"
        reader.refuse("regime", "unknown_regime", template, regime=record.regime, known=known)
    if procedure.part is not None and not record.parts:
        reader.refuse("parts", "missing", "name at least one part of the instrument")
    for part in {part for part in record.parts if record.parts.count(part) > 1} if record.parts else ():
        template = "part {part!r} is named twice; give every part its own mark"
        reader.refuse("parts", "doubled_part", template, part=part)
    base: dict[str, Any] = {"regime": record.regime}
    reader.read(plan.attributes, record.instrument, base, "instrument")
    return base


def _once(problems: Sequence[CellProblem]) -> list[CellProblem]:
    """Items that share readings find the same faults; each is told once."""
    return list({(problem.cell, problem.code): problem for problem in problems}.values())


def _parts(items: Sequence[ItemResult], parts: Sequence[str]) -> dict[str, Verdict]:
    if not parts:
        return {}
    shared = [item.verdict for item in items if not any(point.part for point in item.points)]
    verdicts: dict[str, Verdict] = {}
    for part in parts:
        own = [point.verdict for item in items for point in item.points if point.part == part]
        verdicts[part] = overall([*shared, *own])
    return verdicts


def _declared(procedure: Procedure, record: Record) -> str | None:
    return str(record.instrument[procedure.class_by]) if procedure.class_by else None


def _lowered(procedure: Procedure, record: Record) -> Judgement | None:
    """The judgement by the finest coarser class that the instrument meets, where the procedure allows it."""
    declared = _declared(procedure, record)
    if declared not in procedure.downgrade or procedure.class_by is None:
        return None
    for coarser in procedure.downgrade[procedure.downgrade.index(declared) + 1 :]:
        lowered = replace(record, instrument={**record.instrument, procedure.class_by: coarser})
        judged = _conclude(procedure, lowered, *_examine(procedure, lowered, until_fail=True))
        if judged.verdict == "pass":
            judged.downgraded_from = declared
            return judged
    return None
