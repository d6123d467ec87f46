"""The original record, judged by the rule of that day, handed to the reviewer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hengliang.metrology.judge import BadRecord, Judgement, judge, judgement_to_json, record_from_json
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter, move
from hengliang.platform.parties.models import Person
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.standards.models import MeasurementStandard
from hengliang.platform.standards.selectors import require_in_order
from hengliang.platform.verification.errors import DraftRefused
from hengliang.platform.verification.models import (
    Record,
    RecordDraft,
    RuleAsUsed,
    Task,
)
from hengliang.platform.verification.numbers import next_number
from hengliang.platform.verification.rules import Rule, rule_for
from hengliang.platform.verification.states import RECORD, TASK


def record_submit(
    *,
    actor: Actor,
    task: Task,
    data: dict[str, Any],
    verified_on: date,
    standards: Sequence[MeasurementStandard],
    place: str = "",
) -> Record:
    """The original record, judged by the rule of that day, handed to the reviewer.

    Errors: `NoRule`, `NotInOrder` (nothing is lost: the draft stays), `DraftRefused` with every cell.
    """
    permit(actor, "record_submit", organisations=[task.body_id])
    verifier = person_of(actor)
    if verified_on > actor.today:
        raise InputRefused("verified_in_future", "The day of verification lies in the future.", field="verified_on")
    item = task.instrument.item
    require_in_order(body=task.body, person=verifier, item=item, standards=standards, on=verified_on)
    rule = rule_for(item, verified_on)
    judgement = _judged(rule, data)
    with perform(actor, "record_submit", subject=task, on=verified_on, organisation_id=task.body_id) as act:
        move(TASK, task, act)
        record = _write(task, rule, data, judgement, act=act, verified_on=verified_on, place=place, verifier=verifier)
        record.standards.set(standards)
        RecordDraft.objects.filter(task=task).delete()
        act.content = {
            "record": record.number, "rule": rule.content_hash, "data": data, "passed": record.passed,
            "standards": [s.pk for s in standards],
        }  # fmt: skip
    return record


def _judged(rule: Rule, data: dict[str, Any]) -> Judgement:
    try:
        return judge(rule.procedure, record_from_json(data))
    except BadRecord as bad:
        raise DraftRefused(bad.problems) from bad


def _write(
    task: Task, rule: Rule, data: dict[str, Any], judgement: Judgement, *,
    act: Act, verified_on: date, place: str, verifier: Person,
) -> Record:  # fmt: skip
    RuleAsUsed.objects.get_or_create(
        content_hash=rule.content_hash, defaults={"content": rule.content, "provenance": rule.provenance}
    )
    record = Record.objects.create(
        act=act,
        task=task,
        number=next_number(task.body, "record", verified_on),
        verified_on=verified_on,
        place=place,
        regime=data.get("regime", task.regime),
        procedure=rule.procedure_id,
        edition=rule.edition,
        rule_id=rule.content_hash,
        data=data,
        judgement=judgement_to_json(judgement),
        passed=judgement.verdict == "pass",
        training=rule.only_training,
        verifier=verifier,
        state=RECORD.states[0].code,
    )
    enter(RECORD, record, act)
    return record
