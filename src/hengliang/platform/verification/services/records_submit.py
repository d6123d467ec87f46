"""Many original records, each an act of its own, judged and handed to the reviewer in a few statements."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from hengliang.platform.core.acts import Doing, perform_each
from hengliang.platform.core.errors import InputRefused, PlatformError, StaleWrite
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import made_each, move_each
from hengliang.platform.parties.models import Person
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.standards.models import BudgetVersion, MeasurementStandard
from hengliang.platform.standards.selectors import require_in_order
from hengliang.platform.verification.decisions import agreed_rule
from hengliang.platform.verification.jobs import JobKind, job_kind, needs_of
from hengliang.platform.verification.judging import judged, require_fit
from hengliang.platform.verification.models import Arbitration, Record, RecordDraft, RuleAsUsed, Task
from hengliang.platform.verification.numbers import next_numbers
from hengliang.platform.verification.parties import arbitrations_of, require_parties_called
from hengliang.platform.verification.record_days import (
    Days,
    days_of,
    require_day,
    require_meeting,
    require_same_user,
    require_unbarred,
)
from hengliang.platform.verification.rules import Rule, rule_for
from hengliang.platform.verification.stated import parted, require_numbers
from hengliang.platform.verification.states import RECORD, TASK


@dataclass(frozen=True)
class Measured:
    """One record as it was measured: its task and its JSON, in which U of a row stands as `_u`.

    user_settled : the manager decided already that it holds, though the instrument went to another user
    """

    task: Task
    data: dict[str, Any]
    user_settled: bool = False


@dataclass(frozen=True)
class _Around:
    """What stands around the readings of all records, and what is asked once for those that are alike."""

    actor: Actor
    verifier: Person
    verified_on: date
    standards: Sequence[MeasurementStandard]
    place: str
    budget: BudgetVersion | None
    arbitrations: Mapping[int, Arbitration]
    days: Mapping[int, Days]
    answers: "_Answers"


@dataclass(frozen=True)
class _Judged:
    """A record that may be written."""

    task: Task
    data: dict[str, Any]
    stated: Any
    rule: Rule
    judgement: Any
    passed: bool | None


def records_submit(
    *,
    actor: Actor,
    measured: Sequence[Measured],
    verified_on: date,
    standards: Sequence[MeasurementStandard],
    place: str = "",
    budget: BudgetVersion | None = None,
) -> list[Record | PlatformError]:
    """The records, in the order given; where one is refused, the reason instead, and it holds up no other.

    Each is an act of its own, as by `record_submit`; they are written together, or none is.
    Errors: `NotPermitted`. Given instead of a record: what `record_submit` raises, and `StaleWrite`.
    """
    for body in {one.task.body_id for one in measured}:
        permit(actor, "record_submit", organisations=[body])
    tasks = [one.task for one in measured]
    around = _Around(
        actor, person_of(actor), verified_on, standards, place, budget, arbitrations_of(tasks),
        days_of(tasks, verified_on), _Answers(),
    )  # fmt: skip
    found = [_judged_or_refused(one, around) for one in measured]
    with transaction.atomic():
        found = _still_waiting(found)
        written = iter(_written([one for one in found if isinstance(one, _Judged)], around))
        return [next(written) if isinstance(one, _Judged) else one for one in found]


class _Answers:
    """What was asked for tasks that are alike: asked once, refusals too."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def once(self, key: tuple[Any, ...], ask: Callable[[], Any]) -> Any:
        if key not in self._known:
            try:
                self._known[key] = ask()
            except PlatformError as refused:
                self._known[key] = refused
        if isinstance(self._known[key], PlatformError):
            raise self._known[key]
        return self._known[key]


def _judged_or_refused(one: Measured, around: _Around) -> _Judged | PlatformError:
    try:
        if not one.user_settled:
            require_same_user(one.task, around.days[one.task.pk])
        return _judged(one.task, one.data, around)
    except PlatformError as refused:
        return refused


def _judged(task: Task, data: dict[str, Any], around: _Around) -> _Judged:
    _refuse_unfit(task, data, around)
    data, stated = parted(data)
    item, on, once = task.instrument.item, around.verified_on, around.answers.once
    kind: JobKind = once(("kind", task.job), lambda: job_kind(task.job, on))
    _require_in_order(task, around)
    rule: Rule = once(("rule", item.pk), lambda: rule_for(item, on))
    require_numbers(stated, rule.titles())
    require_fit(rule, item, data)
    decision = None if kind.concludes else agreed_rule(task)
    judgement = judged(kind, rule, data, stated, around.budget, decision)
    TASK.target("record_submit", task.state)
    return _Judged(task, data, stated, rule, judgement, judgement["verdict"] == "pass" if kind.concludes else None)


def _refuse_unfit(task: Task, data: dict[str, Any], around: _Around) -> None:
    require_day(around.verified_on, around.actor.today, around.days[task.pk])
    require_unbarred(task, around.days[task.pk])
    if data.get("regime", task.regime) != task.regime:
        raise InputRefused(
            "regime_differs",
            "The task follows the regime “%(regime)s”. Change it there, with a reason, to follow another.",
            regime=task.get_regime_display(),
        )
    if around.budget is not None and around.budget.budget.organisation_id != task.body_id:
        raise InputRefused("budget_foreign", "The budget belongs to another body than the task.", field="budget")
    require_parties_called(around.arbitrations.get(task.pk))
    require_meeting(around.arbitrations.get(task.pk), around.verified_on)


def _require_in_order(task: Task, around: _Around) -> None:
    item, on, once = task.instrument.item, around.verified_on, around.answers.once
    body = once(("body", task.body_id), lambda: task.placed_body)
    region = around.days[task.pk].region
    needs = once(("needs", task.job, task.regime, item.pk, region), lambda: needs_of(task, on, region))

    def ask() -> None:
        require_in_order(
            body=body, person=around.verifier, item=item, standards=around.standards, on=on, needs=needs
        )  # fmt: skip

    once(("order", task.body_id, item.pk, needs), ask)


def _still_waiting(found: Sequence[_Judged | PlatformError]) -> list[_Judged | PlatformError]:
    """The tasks are held until the end; one that somebody else has led on meanwhile, or named twice, is refused."""
    keys = [one.task.pk for one in found if isinstance(one, _Judged)]
    held = dict(Task.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", "state"))
    kept: list[_Judged | PlatformError] = []
    for one in found:
        if isinstance(one, _Judged) and held.pop(one.task.pk, None) != one.task.state:
            kept.append(StaleWrite("stale_state", "Somebody else has acted on this meanwhile. Reload the page."))
        else:
            kept.append(one)
    return kept


def _written(found: Sequence[_Judged], around: _Around) -> list[Record]:
    if not found:
        return []
    doings = [Doing(one.task, around.verified_on, organisation_id=one.task.body_id) for one in found]
    with perform_each(around.actor, "record_submit", doings) as acts:
        led = list(zip(found, acts, strict=True))
        move_each(TASK, [(one.task, act) for one, act in led])
        _keep_rules(found)
        numbers = _numbers(found, around.verified_on)
        records = Record.objects.bulk_create([_record(one, act, numbers, around) for one, act in led])
        made_each(RECORD, list(zip(records, acts, strict=True)))
        _use_standards(records, around.standards)
        RecordDraft.objects.filter(task__in=[one.task.pk for one in found]).delete()
        for one, act, record in zip(found, acts, records, strict=True):
            act.content = {
                "record": record.number, "job": one.task.job, "rule": one.rule.content_hash, "data": one.data,
                "uncertainty": one.stated, "passed": one.passed, "standards": [s.pk for s in around.standards],
            }  # fmt: skip
    return records


def _keep_rules(found: Sequence[_Judged]) -> None:
    for digest, rule in {one.rule.content_hash: one.rule for one in found}.items():
        RuleAsUsed.objects.get_or_create(
            content_hash=digest, defaults={"content": rule.content, "provenance": rule.provenance}
        )


def _numbers(found: Sequence[_Judged], on: date) -> dict[int, str]:
    """The number of each record by its task, running in the order in which they were handed in."""
    by_body: dict[int | None, list[Task]] = {}
    for one in found:
        by_body.setdefault(one.task.body_id, []).append(one.task)
    given: dict[int, str] = {}
    for tasks in by_body.values():
        numbers = next_numbers(tasks[0].placed_body, "record", on, len(tasks))
        given |= {task.pk: number for task, number in zip(tasks, numbers, strict=True)}
    return given


def _record(one: _Judged, act: Act, numbers: Mapping[int, str], around: _Around) -> Record:
    task, rule = one.task, one.rule
    return Record(
        act=act, task=task, job=task.job, number=numbers[task.pk], verified_on=around.verified_on, place=around.place,
        regime=task.regime, procedure=rule.procedure_id, edition=rule.edition, rule_id=rule.content_hash,
        data=one.data, judgement=one.judgement, training=rule.only_training, verifier=around.verifier,
        state=RECORD.states[0].code, passed=one.passed, uncertainty=one.stated, budget=around.budget,
    )  # fmt: skip


def _use_standards(records: Sequence[Record], standards: Sequence[MeasurementStandard]) -> None:
    use = Record.standards.through
    use.objects.bulk_create(
        use(record_id=record.pk, measurementstandard_id=one.pk) for record in records for one in standards
    )
