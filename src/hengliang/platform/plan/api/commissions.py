"""Assessments commissioned, accepted or given back, typical practices, and the report as a document, for programs."""

from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from hengliang.platform.core.errors import Refused
from hengliang.platform.core.interface import Day, Key, Line, Listed, Part, Reasoned, listed, words_of
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Role, is_permitted
from hengliang.platform.parties.models import Organisation, RoleAssignment
from hengliang.platform.plan import services
from hengliang.platform.plan.api.assessments import AssessmentOut, assessment_seen
from hengliang.platform.plan.api.words import Long
from hengliang.platform.plan.models import PlanAssessment, TypicalPractice
from hengliang.platform.plan.reports import report_bytes
from hengliang.platform.plan.selectors.plans import snapshot_list

router = Router(tags=["plan"])
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
AssessmentKind = Annotated[PlanAssessment.Kind, words_of(PlanAssessment.Kind)]


def _file(kind: str) -> dict[str, Any]:
    return {"responses": {200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}}}}}}


class CommissionIn(Schema):
    """Which of the two assessments, by whom, by when."""

    kind: AssessmentKind = Field(examples=["mid_term"])
    assessor_id: Key
    due_on: Day | None = Field(None, examples=["2026-12-31"])


class AssessorOut(Schema):
    """An organisation where somebody holds the role of an assessor."""

    id: int = Field(examples=[7])
    name: str = Field(examples=["示例省计量测试学会"])


class PracticeIn(Schema):
    """A practice that others may learn from, whose it is, what was done and what came of it."""

    title: Line = Field(examples=["集贸市场衡器统一管理"])
    unit: Line = Field(examples=["量县市场监管局"])
    text: Long = Field(examples=["统一配发、统一送检，投诉减少。"])


class PracticeOut(Schema):
    """A typical practice."""

    id: int = Field(examples=[1])
    title: str = Field(examples=["集贸市场衡器统一管理"])
    unit: str = Field(examples=["量县市场监管局"])
    text: str = Field(examples=["统一配发、统一送检，投诉减少。"])


@router.get("/assessors", response=Listed[AssessorOut], summary="Who may be asked to assess")
def assessors(request: Request, part: Part) -> dict[str, Any]:
    """Organisations with the role of an assessor today, for whoever may commission; else none."""
    may = is_permitted(request.actor, "assessment_commission") or request.actor.has(Role.AUTHORITY)
    return listed(_assessors(request) if may else Organisation.objects.none(), part)


@router.post("/snapshots/{int:pk}/assessments", response={201: AssessmentOut}, summary="Commission an assessment")
def assessment_commission(request: Request, pk: Key, given: CommissionIn) -> Status[PlanAssessment]:
    """Ask a third party to assess a plan on a snapshot; who carries out a task of the plan can't be asked."""
    snapshot = get_object_or_404(snapshot_list(request.actor), pk=pk)
    known = Q(pk__in=_assessors(request)) | Q(pk__in=Organisation.objects.visible_to(request.actor))
    assessor = get_object_or_404(Organisation.objects.filter(known), pk=given.assessor_id)
    told = given.dict(exclude={"assessor_id"})
    made = services.assessment_commission(actor=request.actor, snapshot=snapshot, assessor=assessor, **told)
    return Status(201, made)


@router.post("/assessments/{int:pk}/return", response=AssessmentOut, summary="Give an assessment back")
def assessment_return(request: Request, pk: Key, given: Reasoned) -> PlanAssessment:
    """The assessor goes on with it."""
    shown = assessment_seen(request, pk)
    return services.assessment_return(actor=request.actor, assessment=shown, reason=given.reason)


@router.post("/assessments/{int:pk}/accept", response=AssessmentOut, summary="Accept an assessment")
def assessment_accept(request: Request, pk: Key, given: Reasoned) -> PlanAssessment:
    """Its opinions stand as they are."""
    shown = assessment_seen(request, pk)
    return services.assessment_accept(actor=request.actor, assessment=shown, reason=given.reason)


@router.post("/assessments/{int:pk}/withdraw", response=AssessmentOut, summary="Withdraw an assessment")
def assessment_withdraw(request: Request, pk: Key, given: Reasoned) -> PlanAssessment:
    """It is no longer asked for."""
    shown = assessment_seen(request, pk)
    return services.assessment_withdraw(actor=request.actor, assessment=shown, reason=given.reason)


@router.get("/assessments/{int:pk}/practices", response=list[PracticeOut], summary="Typical practices")
def practices(request: Request, pk: Key) -> list[TypicalPractice]:
    """What others may learn from."""
    return list(assessment_seen(request, pk).practices.all())


@router.post("/assessments/{int:pk}/practices", response={201: PracticeOut}, summary="Name a typical practice")
def practice_add(request: Request, pk: Key, given: PracticeIn) -> Status[TypicalPractice]:
    """The assessor names a practice that others may learn from."""
    shown = assessment_seen(request, pk)
    return Status(201, services.practice_add(actor=request.actor, assessment=shown, **given.dict()))


@router.get("/assessments/{int:pk}/report.pdf", openapi_extra=_file(PDF), summary="The report (PDF)")
def report_as_pdf(request: Request, pk: Key) -> HttpResponse:
    """The report as it is printed; a draft until the assessment is accepted, and the same bytes ever after."""
    return HttpResponse(_report(request, pk, "pdf"), content_type=PDF)


@router.get("/assessments/{int:pk}/report.docx", openapi_extra=_file(DOCX), summary="The report (DOCX)")
def report_as_docx(request: Request, pk: Key) -> HttpResponse:
    """The report as a document; a draft to work on until the assessment is accepted, and the same bytes ever after."""
    return HttpResponse(_report(request, pk, "docx"), content_type=DOCX)


def _report(request: Request, pk: int, kind: str) -> bytes:
    data = report_bytes(assessment_seen(request, pk), kind)
    if data is None:
        raise Refused("file_damaged", "This file is missing or damaged in the store; its hash remains.")
    return data


def _assessors(request: Request) -> "QuerySet[Organisation]":
    held = RoleAssignment.objects.on(request.actor.today).filter(role=Role.ASSESSOR)
    return Organisation.objects.filter(pk__in=held.values("organisation_id"))
