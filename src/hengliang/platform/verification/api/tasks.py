"""Tasks for programs: the form of the rule, the draft, the judgement so far, and the record."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from hengliang.metrology.judge import BadRecord, problems_to_json
from hengliang.platform.core.interface import Day, JsonObject, Key, Listed, Optional, Part, Reasoned, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit
from hengliang.platform.parties.models import Person
from hengliang.platform.standards.models import BudgetVersion, MeasurementStandard
from hengliang.platform.verification.api.records import RecordOut
from hengliang.platform.verification.entry import placed
from hengliang.platform.verification.errors import DraftRefused
from hengliang.platform.verification.judging import previewed
from hengliang.platform.verification.models import Record, RecordDraft, Task, VerificationRegime
from hengliang.platform.verification.rules import rule_for
from hengliang.platform.verification.services import (
    draft_save,
    record_submit,
    task_assign,
    task_cancel,
    task_follow,
    task_regime_change,
)
from hengliang.platform.verification.states import TASK

router = Router(tags=["verification"])
STATES = "|".join(state.code for state in TASK.states)
SHOWN = ("instrument__item__parent", "body", "owner", "verifier")


class TaskOut(Schema):
    """One instrument to be verified by one body."""

    id: int = Field(examples=[71])
    instrument: str = Field(alias="instrument.code", examples=["HL0000123"])
    name: str = Field(alias="instrument.name", examples=["电子计价秤"])
    application_id: int | None = Field(examples=[31])
    job: str = Field(examples=["mandatory"])
    body_id: int | None = Field(examples=[2])
    owner_id: int = Field(examples=[12])
    regime: VerificationRegime = Field(examples=["subsequent"])
    verifier_id: int | None = Field(examples=[21])
    scheduled_on: date | None = Field(examples=["2026-03-05"])
    promised_on: date | None = Field(examples=["2026-03-30"])
    state: str = Field(examples=["waiting"])


class TaskFilter(Schema):
    """Which tasks."""

    state: str | None = Field(None, pattern=f"^({STATES})$", examples=["waiting"])
    instrument: Optional = ""


class Assignment(Schema):
    """Who verifies, and when."""

    verifier_id: Key
    scheduled_on: Day | None = None


class RegimeIn(Reasoned):
    """Which regime, and why another than the rule chose."""

    regime: VerificationRegime = Field(examples=["after_repair"])


class FormOut(Schema):
    """The rule of today and its entry form, as `docs/reference/norms.md` describes it."""

    procedure: str = Field(examples=["procedure/price-scale"])
    edition: str = Field(examples=["2017-05-30"])
    content_hash: str = Field(examples=["sha256:0f3b…"])
    draft: bool = Field(examples=[True])
    form: dict[str, Any] = Field(examples=[{"regime": "subsequent", "attributes": [], "items": []}])


class DraftOut(Schema):
    """What is kept so far, and the version of each section."""

    data: dict[str, Any] = Field(examples=[{"regime": "subsequent", "items": {}}])
    versions: dict[str, int] = Field(examples=[{"error": 3}])


class DraftIn(Schema):
    """One section of the draft: the particulars (an object) or the rows of an item; `version` is the one read."""

    content: JsonObject | list[JsonObject] = Field(examples=[[{"load": "100", "indicated": "100"}]])
    version: int = Field(ge=0, le=2**31)


class Measured(Schema):
    """What was measured: the record's JSON."""

    data: JsonObject = Field(examples=[{"procedure": "procedure/price-scale", "regime": "subsequent", "items": {}}])


class RecordIn(Measured):
    """What was measured, when, where, with which standards. U of a row stands in it as `_u`; a calibration without
    them names a version of an uncertainty budget."""

    verified_on: Day
    standard_ids: list[Key] = Field(max_length=50, examples=[[5]])
    place: Optional = Field("", examples=["量县"])
    budget_version_id: Key | None = None


class PreviewOut(Schema):
    """What the rule says so far; never a conclusion."""

    items: list[dict[str, Any]] = Field(examples=[[{"item": "error", "verdict": "pass"}]])
    problems: list[dict[str, Any]] = Field(examples=[[]])


@router.get("", response=Listed[TaskOut], summary="Tasks")
def tasks(request: Request, asked: Query[TaskFilter], part: Part) -> dict[str, Any]:
    """Tasks that one works on, waits for or oversees."""
    wanted = {"state": asked.state, "instrument__code": asked.instrument}
    rows = Task.objects.visible_to(request.actor).select_related("instrument")
    return listed(rows.filter(**{name: value for name, value in wanted.items() if value}), part)


@router.get("/{int:pk}", response=TaskOut, summary="One task")
def task(request: Request, pk: Key) -> Task:
    """One task."""
    return _visible(request, pk)


@router.post("/{int:pk}/assign", response=TaskOut, summary="Assign")
def assign(request: Request, pk: Key, told: Assignment) -> Task:
    """Give a waiting task to one of the body's people."""
    shown = _visible(request, pk)
    verifier = get_object_or_404(Person, pk=told.verifier_id, organisation=shown.body)
    task_assign(actor=request.actor, task=shown, verifier=verifier, scheduled_on=told.scheduled_on)
    return shown


@router.post("/{int:pk}/cancel", response=TaskOut, summary="Cancel")
def cancel(request: Request, pk: Key, told: Reasoned) -> Task:
    """A waiting task ends without a proof."""
    shown = _visible(request, pk)
    task_cancel(actor=request.actor, task=shown, reason=told.reason)
    return shown


@router.post("/{int:pk}/regime", response=TaskOut, summary="Change the regime")
def change_regime(request: Request, pk: Key, told: RegimeIn) -> Task:
    """A waiting task follows another regime of its regulation."""
    shown = _visible(request, pk)
    task_regime_change(actor=request.actor, task=shown, regime=told.regime, reason=told.reason)
    return shown


@router.post("/{int:pk}/user", response=TaskOut, summary="Let the task go with the instrument")
def follow_user(request: Request, pk: Key) -> Task:
    """The instrument went to another user since the application; the manager confirms that the task holds for it."""
    shown = _visible(request, pk)
    task_follow(actor=request.actor, task=shown)
    return _visible(request, pk)


@router.get("/{int:pk}/form", response=FormOut, summary="The rule’s form")
def form(request: Request, pk: Key) -> dict[str, Any]:
    """What has to be measured, by the rule in force today."""
    shown = _visible(request, pk)
    rule = rule_for(shown.instrument.item, request.actor.today)
    return {
        "procedure": rule.procedure_id,
        "edition": rule.edition,
        "content_hash": rule.content_hash,
        "draft": rule.only_training,
        "form": rule.form(shown.regime),
    }


@router.get("/{int:pk}/draft", response=DraftOut, summary="The draft")
def draft(request: Request, pk: Key) -> Any:
    """What is typed so far, for the people who verify."""
    shown = _measuring(request, pk)
    return RecordDraft.objects.filter(task=shown).first() or {"data": {}, "versions": {}}


@router.put("/{int:pk}/draft/{section}", response={200: int}, summary="Keep the draft")
def keep(request: Request, pk: Key, section: Optional, told: DraftIn) -> int:
    """Keep one section (`instrument` or an item of the rule); gives its new version. Stale ones are refused."""
    return draft_save(
        actor=request.actor,
        task=_visible(request, pk),
        section=section,
        change=lambda data: placed(data, section, told.content),
        version=told.version,
    )


@router.post("/{int:pk}/preview", response=PreviewOut, summary="Judge so far")
def judge_so_far(request: Request, pk: Key, told: Measured) -> dict[str, Any]:
    """What the rule says of an unfinished record."""
    shown = _measuring(request, pk)
    rule = rule_for(shown.instrument.item, request.actor.today)
    try:
        _record, seen = previewed(rule, shown.instrument.item, told.data)
    except BadRecord as bad:
        raise DraftRefused(bad.problems) from bad
    items = [{"item": item.item, "verdict": item.verdict} for item in seen.items]
    return {"items": items, "problems": problems_to_json(seen.problems)}


@router.post("/{int:pk}/records", response={201: RecordOut}, summary="Submit the record")
def submit(request: Request, pk: Key, told: RecordIn) -> Status[Record]:
    """The original record, judged by the rule of the day of verification, goes to the reviewer."""
    shown = _visible(request, pk)
    own = MeasurementStandard.objects.filter(organisation=shown.body)
    used = [get_object_or_404(own, pk=key) for key in set(told.standard_ids)]
    budgets = BudgetVersion.objects.filter(budget__organisation=shown.body)
    budget = get_object_or_404(budgets, pk=told.budget_version_id) if told.budget_version_id else None
    made = record_submit(
        actor=request.actor, task=shown, data=told.data, verified_on=told.verified_on, standards=used,
        place=told.place, budget=budget,
    )  # fmt: skip
    return Status(201, made)


def _measuring(request: Request, pk: int) -> Task:
    shown = _visible(request, pk)
    permit(request.actor, "record_submit", organisations=[shown.body_id])
    return shown


def _visible(request: Request, pk: int) -> Task:
    return get_object_or_404(Task.objects.visible_to(request.actor).select_related(*SHOWN), pk=pk)
