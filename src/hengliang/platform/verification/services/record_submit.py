"""The original record, judged by the rule of that day, handed to the reviewer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter, move
from hengliang.platform.parties.models import Person
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.standards.models import BudgetVersion, MeasurementStandard
from hengliang.platform.standards.selectors import require_in_order
from hengliang.platform.verification.decisions import agreed_rule
from hengliang.platform.verification.jobs import job_kind, needs_of
from hengliang.platform.verification.judging import judged, require_fit
from hengliang.platform.verification.models import Record, RecordDraft, RuleAsUsed, Task
from hengliang.platform.verification.numbers import next_number
from hengliang.platform.verification.parties import require_parties_called
from hengliang.platform.verification.rules import Rule, rule_for
from hengliang.platform.verification.stated import parted, require_numbers
from hengliang.platform.verification.states import RECORD, TASK


def record_submit(
    *,
    actor: Actor,
    task: Task,
    data: dict[str, Any],
    verified_on: date,
    standards: Sequence[MeasurementStandard],
    place: str = "",
    budget: BudgetVersion | None = None,
) -> Record:
    """The original record, judged by the rule of that day, handed to the reviewer.

    U of a row stands in it as `_u`. A kind of job that concludes nothing gives values with their uncertainty.
    Errors: `NoRule`, `NotInOrder` (nothing is lost: the draft stays), `DraftRefused` with every cell, `InputRefused`.
    """
    permit(actor, "record_submit", organisations=[task.body_id])
    verifier = person_of(actor)
    _refuse_unfit(actor, task, data, verified_on, budget)
    data, stated = parted(data)
    require_numbers(stated)
    item, kind = task.instrument.item, job_kind(task.job, verified_on)
    require_in_order(
        body=task.placed_body, person=verifier, item=item, standards=standards, on=verified_on,
        needs=needs_of(task, verified_on),
    )  # fmt: skip
    rule = rule_for(item, verified_on)
    require_fit(rule, item, data)
    judgement = judged(kind, rule, data, stated, budget, None if kind.concludes else agreed_rule(task))
    with perform(actor, "record_submit", subject=task, on=verified_on, organisation_id=task.body_id) as act:
        move(TASK, task, act)
        record = _write(
            task, rule, data, judgement, act=act, verified_on=verified_on, place=place, verifier=verifier,
            passed=judgement["verdict"] == "pass" if kind.concludes else None, uncertainty=stated, budget=budget,
        )  # fmt: skip
        record.standards.set(standards)
        RecordDraft.objects.filter(task=task).delete()
        act.content = {
            "record": record.number, "job": task.job, "rule": rule.content_hash, "data": data, "uncertainty": stated,
            "passed": record.passed, "standards": [s.pk for s in standards],
        }  # fmt: skip
    return record


def _refuse_unfit(
    actor: Actor, task: Task, data: dict[str, Any], verified_on: date, budget: BudgetVersion | None
) -> None:
    if verified_on > actor.today:
        raise InputRefused("verified_in_future", "The day of verification lies in the future.", field="verified_on")
    if data.get("regime", task.regime) != task.regime:
        raise InputRefused(
            "regime_differs",
            "The task follows the regime “%(regime)s”. Change it there, with a reason, to follow another.",
            regime=task.get_regime_display(),
        )
    if budget is not None and budget.budget.organisation_id != task.body_id:
        raise InputRefused("budget_foreign", "The budget belongs to another body than the task.", field="budget")
    require_parties_called(task)


def _write(
    task: Task, rule: Rule, data: dict[str, Any], judgement: Any, *, act: Act, verified_on: date, place: str,
    verifier: Person, **found: Any,
) -> Record:  # fmt: skip
    RuleAsUsed.objects.get_or_create(
        content_hash=rule.content_hash, defaults={"content": rule.content, "provenance": rule.provenance}
    )
    record = Record.objects.create(
        act=act,
        task=task,
        job=task.job,
        number=next_number(task.placed_body, "record", verified_on),
        verified_on=verified_on,
        place=place,
        regime=task.regime,
        procedure=rule.procedure_id,
        edition=rule.edition,
        rule_id=rule.content_hash,
        data=data,
        judgement=judgement,
        training=rule.only_training,
        verifier=verifier,
        state=RECORD.states[0].code,
        **found,
    )
    enter(RECORD, record, act)
    return record
