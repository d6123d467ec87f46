"""Tasks of plans for programs: who does what by when, and what they report, with evidence. A report moves no figure."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Query, Router, Schema, Status, UploadedFile

from hengliang.platform.core.interface import Day, Key, Line, Listed, Part, Reasoned, column, listed, words_of
from hengliang.platform.core.requests import Request
from hengliang.platform.plan import services
from hengliang.platform.plan.api.evidence import Evidenced
from hengliang.platform.plan.api.words import Long
from hengliang.platform.plan.models import Clause, Plan, PlanTask, ProgressReport, TaskUnit
from hengliang.platform.plan.selectors.plans import task_list as tasks_of
from hengliang.platform.plan.services.units import match_units
from hengliang.platform.plan.states import TASK

router = Router(tags=["plan"])
STATES = "|".join(state.code for state in TASK.states)
Answers = Annotated[TaskUnit.Role, words_of(TaskUnit.Role)]


class TaskUnitOut(Schema):
    """A unit that answers for a task; `organisation_id` where its name is known here."""

    name: str = Field(examples=["市市场监管局"])
    role: Answers = Field(examples=["lead"])
    others: str = Field(examples=[""], description="the open class that it was named for, as the document has it")
    organisation_id: int | None = Field(examples=[4])


class PlanTaskOut(Schema):
    """What a clause asks of whom, by when."""

    id: int = Field(examples=[9])
    plan_id: int = Field(examples=[1])
    clause_id: int | None = Field(examples=[7])
    title: str = Field(examples=["完善量值传递溯源体系"])
    measures: list[str] = Field(examples=[["加强社会公用计量标准建设"]])
    starts_on: date | None = Field(examples=["2024-01-01"])
    due_on: date | None = Field(examples=["2027-12-31"])
    reported_on: date | None = Field(examples=["2026-03-02"], description="the day of the newest report")
    state: str = Field(examples=["open"])
    units: list[TaskUnitOut]


class ProgressOut(Evidenced):
    """What a unit said about a task on a day, and its evidence."""

    id: int = Field(examples=[2])
    task_id: int = Field(examples=[9])
    unit: str = Field(examples=["市市场监管局"])
    on: date = Field(examples=["2026-03-02"])
    says: str = Field(examples=["新建标准3项"])


class PlanTaskFilter(Schema):
    """Which tasks."""

    plan_id: Key | None = None
    state: str | None = Field(None, pattern=f"^({STATES})$", examples=["open"])


class TaskCorrectIn(Schema):
    """What, who and by when; the first unit leads, and names known here are tied to their organisations."""

    title: Annotated[str, column(PlanTask, "title", least=1)] = Field(examples=["完善量值传递溯源体系"])
    units: list[Line] = Field(min_length=1, max_length=100, examples=[["市市场监管局", "市财政局"]])
    starts_on: Day | None = Field(None, examples=["2026-03-02"])
    due_on: Day | None = Field(None, examples=["2027-12-31"])


class TaskAddIn(TaskCorrectIn):
    """A task of a plan, of one of its clauses if one is named; without a day it is due when the plan ends."""

    clause_id: Key | None = Field(None, examples=[None])


class ProgressIn(Schema):
    """Which unit of the task did what, on which day."""

    unit: Line = Field(examples=["市市场监管局"])
    on: Day
    says: Long = Field(examples=["新建标准3项"])


@router.get("/tasks", response=Listed[PlanTaskOut], summary="Tasks")
def task_list(request: Request, asked: Query[PlanTaskFilter], part: Part) -> dict[str, Any]:
    """The tasks of the plans that one sees."""
    return listed(tasks_of(request.actor).filter(**asked.dict(exclude_none=True)), part)


@router.get("/tasks/{int:pk}", response=PlanTaskOut, summary="One task")
def task(request: Request, pk: Key) -> PlanTask:
    """One task with its units."""
    return _task(request, pk)


@router.post("/plans/{int:pk}/tasks", response={201: PlanTaskOut}, summary="Add a task")
def task_add(request: Request, pk: Key, given: TaskAddIn) -> Status[PlanTask]:
    """A task for which the clauses name no unit, or that was missed."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    clause = get_object_or_404(Clause, plan=plan, pk=given.clause_id) if given.clause_id else None
    told = given.dict(exclude={"clause_id"})
    made = services.plan_task_add(actor=request.actor, plan=plan, clause=clause, **told)
    return Status(201, _task(request, made.pk))


@router.post("/tasks/{int:pk}/correct", response=PlanTaskOut, summary="Correct a task")
def task_correct(request: Request, pk: Key, given: TaskCorrectIn) -> PlanTask:
    """Title, days and units as they should be."""
    shown = _task(request, pk)
    units = match_units(given.units, Plan.objects.get(pk=shown.plan_id))
    services.plan_task_correct(actor=request.actor, task=shown, **(given.dict() | {"units": units}))
    return _task(request, pk)


@router.post("/tasks/{int:pk}/close", response=PlanTaskOut, summary="Close a task")
def task_close(request: Request, pk: Key, given: Reasoned) -> PlanTask:
    """The task is done; its reports hold the evidence."""
    return services.plan_task_close(actor=request.actor, task=_task(request, pk), reason=given.reason)


@router.post("/tasks/{int:pk}/reopen", response=PlanTaskOut, summary="Open a task again")
def task_reopen(request: Request, pk: Key, given: Reasoned) -> PlanTask:
    """The task was not done after all."""
    return services.plan_task_reopen(actor=request.actor, task=_task(request, pk), reason=given.reason)


@router.post("/tasks/{int:pk}/drop", response=PlanTaskOut, summary="Drop a task")
def task_drop(request: Request, pk: Key, given: Reasoned) -> PlanTask:
    """The clause asks for no task."""
    return services.plan_task_drop(actor=request.actor, task=_task(request, pk), reason=given.reason)


@router.get("/tasks/{int:pk}/reports", response=list[ProgressOut], summary="What was reported")
def reports(request: Request, pk: Key) -> list[ProgressReport]:
    """The newest two hundred reports on a task, newest first."""
    return list(_task(request, pk).reports.order_by("-on", "-pk")[:200])


@router.post("/tasks/{int:pk}/reports", response={201: ProgressOut}, summary="Report progress")
def progress_report(
    request: Request, pk: Key, given: Form[ProgressIn], files: File[list[UploadedFile] | None] = None
) -> Status[ProgressReport]:
    """A unit of the task says what it did, with evidence (PDF, pictures, Office documents). It moves no figure."""
    shown = _task(request, pk)
    return Status(201, services.progress_report(actor=request.actor, task=shown, files=files or (), **given.dict()))


def _task(request: Request, pk: int) -> PlanTask:
    return get_object_or_404(tasks_of(request.actor), pk=pk)
