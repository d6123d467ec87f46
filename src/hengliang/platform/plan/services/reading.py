"""A policy document becomes a draft plan with all that was found in it."""

import math
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.core.transitions import enter
from hengliang.platform.plan.models import Clause, Mode, Plan, PlanTarget, PlanTask
from hengliang.platform.plan.reading_words import reading_words
from hengliang.platform.plan.services.units import organisations_by_name, write_units
from hengliang.platform.plan.states import TARGET, TASK
from hengliang.platform.plan.suggestions import every_indicator, object_of, suggested

if TYPE_CHECKING:  # reading policies takes 0.6 s to import: only who brings a document pays
    from hengliang.policy import PolicyDocument

_MOST_FOUND = 1_000  # the longest plan known to us has some sixty
_LONGEST_TITLE, _LONGEST_UNIT, _LONGEST_METRIC = 500, 20, 300


def read_document(content: bytes | None, text: str) -> "PolicyDocument":
    """What the program reads in an upload or in pasted text.

    Errors: `InputRefused` with the program's own words on what to do.
    """
    from hengliang.policy import PolicyError, extract_bytes, extract_text

    try:
        if content is not None:
            return extract_bytes(content)
        if not text.strip():
            raise InputRefused("no_document", "Choose a file, or paste the text.", field="file")
        return extract_text(text)
    except PolicyError as refused:
        says = _(refused.template).format(**reading_words(refused.parameters))
        raise InputRefused("document_refused", "%(says)s", field="file", says=says, reason=refused.code) from refused


def refuse_large(size: int) -> None:
    """Refuse by its size what would not be read, before it is."""
    from hengliang.policy.reading.limits import MAX_BYTES

    if size > MAX_BYTES:
        raise InputRefused(
            "document_too_large",
            "The document has %(size)s MB; at most %(limit)s MB are read. Split it, or save its text alone.",
            field="file",
            size=f"{math.ceil(size * 10 / 2**20) / 10:g}",
            limit=MAX_BYTES // 2**20,
        )


def write_found(plan: Plan, document: "PolicyDocument", act: Act) -> None:
    """Clauses, tasks, targets and milestones of the document, as found.

    Errors: `InputRefused` for more than anybody would confirm.
    """
    found = len(document.targets) + len(document.milestones)
    if max(found, len(document.clauses)) > _MOST_FOUND:
        raise InputRefused(
            "document_endless", "It holds %(count)s targets and goals; at most %(most)s are read. Is it a plan?",
            field="file", count=max(found, len(document.clauses)), most=_MOST_FOUND,
        )  # fmt: skip
    # One by one: what is written in bulk does not reach the act, and its log entry would not commit to it.
    clauses = [
        Clause.objects.create(
            act=act, plan=plan, ordinal=one.ordinal, number=one.id[:100], heading=one.heading[:500], text=one.text,
            depth=one.depth, start=one.start, end=one.end,
        )
        for one in document.clauses
    ]  # fmt: skip
    known = organisations_by_name(plan)
    for clause, one in zip(clauses, document.clauses, strict=True):
        if one.units:
            task = PlanTask.objects.create(
                act=act, plan=plan, clause=clause, title=_title(one.heading, one.text), measures=list(one.measures),
                starts_on=plan.starts_on, due_on=_due(one.due, plan), state=TASK.states[0].code,
            )  # fmt: skip
            enter(TASK, task, act)
            write_units(task, [(unit.name, unit.role, unit.others or "") for unit in one.units], plan, act, known)
    made = [_target(plan, clauses, asdict(one), act) for one in document.targets]
    made += [_goal(plan, clauses, asdict(one), act) for one in document.milestones]
    for target in made:
        target.save()
        enter(TARGET, target, act)
    put_within(made)


def _due(named: date | None, plan: Plan) -> date:
    """The day that the clause itself names, where the plan has begun by then; else its last day."""
    return named if named is not None and named > plan.starts_on else plan.ends_on


def _title(heading: str, text: str) -> str:
    return (heading or text.partition("\n")[0]).strip()[:_LONGEST_TITLE]


def clause_at(clauses: list[Clause], start: int) -> Clause | None:
    """The innermost clause that a place in the text lies in."""
    around = [one for one in clauses if one.start <= start < one.end]
    return max(around, key=lambda one: (one.depth, one.start), default=None)


def _target(plan: Plan, clauses: list[Clause], found: dict[str, Any], act: Act) -> PlanTarget:
    return PlanTarget(
        act=act, plan=plan, clause=clause_at(clauses, found["start"]), text=found["text"], start=found["start"],
        end=found["end"], metric=found["metric"][:_LONGEST_METRIC], comparator=found["comparator"],
        goal=decimal_of(found["value"]), goal_upper=decimal_of(found["upper"]), unit=found["unit"][:_LONGEST_UNIT],
        deadline=found["deadline"], mode=found["mode"], firmness=found["firmness"],
        indicator=suggested(found["metric"], found["text"], found["mode"]), state=TARGET.states[0].code,
    )  # fmt: skip


def _goal(plan: Plan, clauses: list[Clause], found: dict[str, Any], act: Act) -> PlanTarget:
    return PlanTarget(
        act=act, plan=plan, clause=clause_at(clauses, found["start"]), text=found["text"], start=found["start"],
        end=found["end"], metric=found["text"][:_LONGEST_METRIC], deadline=found["deadline"], mode=Mode.QUALITATIVE,
        indicator="goal-rating", state=TARGET.states[0].code,
    )  # fmt: skip


def decimal_of(value: float | None) -> Decimal | None:
    """A number of the document, exactly as printed."""
    return None if value is None else Decimal(repr(value) if isinstance(value, float) else value)


def put_within(targets: list[PlanTarget]) -> None:
    """A smaller figure by an earlier day is a milestone inside the later target for the same thing; inside the last of
    them, for a milestone has none of its own."""
    alike: dict[str, list[PlanTarget]] = {}
    for one in targets:
        if one.goal is not None and one.deadline is not None:
            alike.setdefault(one.unit, []).append(one)
    later = {
        one.pk: [other for other in alike.get(one.unit, ()) if other is not one and _holds(other, one)]
        for one in targets
    }
    for one in targets:
        last = [other for other in later[one.pk] if not later[other.pk]]
        if last:
            one.within = min(last, key=lambda other: other.deadline or date.max)
            one.save(update_fields=["within"])


def _holds(outer: PlanTarget, inner: PlanTarget) -> bool:
    if inner.deadline is None or outer.deadline is None or inner.goal is None or outer.goal is None:
        return False
    same = outer.unit == inner.unit and _same_thing(outer, inner)
    return same and inner.deadline < outer.deadline and inner.goal <= outer.goal and not outer.qualitative


def _same_thing(one: PlanTarget, other: PlanTarget) -> bool:
    """Two targets of one indicator that name different objects are two."""
    if one.metric == other.metric:
        return True
    indicator = every_indicator().get(one.indicator) if one.indicator == other.indicator else None
    return indicator is not None and object_of(one.metric, indicator) == object_of(other.metric, indicator)
