"""Plans for programs: a document is read, its particulars corrected, the plan put in force and ended."""

from datetime import date, datetime
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Query, Router, Schema, Status, UploadedFile

from hengliang.platform.core.interface import Day, Key, Listed, Part, Reasoned, column, listed, upto
from hengliang.platform.core.models import Region
from hengliang.platform.core.requests import Request
from hengliang.platform.plan import services
from hengliang.platform.plan.api.evidence import Evidenced
from hengliang.platform.plan.api.words import Moment
from hengliang.platform.plan.models import Clause, Plan
from hengliang.platform.plan.selectors.checks import checks_of
from hengliang.platform.plan.selectors.plans import plan_list as plans_of

router = Router(tags=["plan"])
DocumentText = Annotated[str, upto(300_000)]


class PlanOut(Schema):
    """A policy document with targets for a region."""

    id: int = Field(examples=[1])
    region_id: int = Field(examples=[2])
    title: str = Field(examples=["衡城市计量发展规划(2024—2028年)"])
    issuer: str = Field(examples=["衡城市人民政府"])
    starts_on: date = Field(examples=["2024-01-01"])
    ends_on: date = Field(examples=["2028-12-31"])
    state: str = Field(examples=["in_force"])


class PlanDetailOut(PlanOut, Evidenced):
    """With its file, and how many targets are confirmed or wait to be."""

    issued_on: date | None = Field(examples=["2024-03-01"])
    file_name: str = Field(examples=["规划.docx"])
    sha256: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    encoding: str = Field(examples=["utf-8"])
    confirmed: int = Field(examples=[33])
    waiting: int = Field(examples=[0], description="found, and neither confirmed nor dropped")


class ClauseOut(Schema):
    """A numbered part of the document, at its place in the text."""

    id: int = Field(examples=[7])
    ordinal: int = Field(examples=[3])
    number: str = Field(examples=["二/(三)"])
    heading: str = Field(examples=["完善量值传递溯源体系"])
    text: str = Field(examples=["加强社会公用计量标准建设。"])
    depth: int = Field(examples=[2])
    start: int = Field(examples=[120])
    end: int = Field(examples=[168])


class NotTakenOut(Schema):
    """Words that were not taken for a target, and why not."""

    text: str = Field(examples=["咨询电话12365"])
    reason: str = Field(examples=["telephone"])
    start: int = Field(examples=[410])
    end: int = Field(examples=[419])


class RepairOut(Schema):
    """What was mended in the text, and how often."""

    kind: str = Field(examples=["pinyin"])
    count: int = Field(examples=[14])


class DocumentOut(Schema):
    """The mended text that every position speaks of, and what was left of it when all targets were taken."""

    text: str = Field(examples=["衡城市计量发展规划…"])
    region: str = Field(examples=["衡城市"], description="the region that the document names itself; may be empty")
    repairs: list[RepairOut]
    unparsed: list[NotTakenOut] = Field(description="looks like a target, was not understood: add it by its words")
    refused: list[NotTakenOut] = Field(description="a figure that is no target")


class PlanImportIn(Schema):
    """The region that the document is for, its text unless a file is sent, and its term where it does not say it."""

    region_id: Key
    text: DocumentText = Field("", examples=["衡城市计量发展规划…"])
    starts_on: Day | None = None
    ends_on: Day | None = None


class PlanIn(Schema):
    """Title, issuer and term as they should be."""

    title: Annotated[str, column(Plan, "title", least=1)] = Field(examples=["衡城市计量发展规划(2024—2028年)"])
    issuer: Annotated[str, column(Plan, "issuer")] = Field("", examples=["衡城市人民政府"])
    issued_on: Day | None = None
    starts_on: Day
    ends_on: Day
    tasks_follow: bool = Field(False, examples=[True])


class CrossCheckOut(Schema):
    """What one indicator says about another; `holds` is null where one of them has no source.

    balance: `baseline` + `new` − `gone` + `unexplained` = `stock`. subset: `new` of the part exceeds `stock` of the
    whole by `unexplained`.
    """

    kind: str = Field(examples=["balance"])
    one: str = Field(examples=["public-standards"])
    other: str = Field(examples=["public-standards-new"])
    holds: bool | None = Field(examples=[True])
    baseline: int = Field(examples=[40])
    new: int = Field(examples=[12])
    gone: int = Field(examples=[2])
    stock: int = Field(examples=[50])
    unexplained: int = Field(examples=[0])
    names: list[str] = Field(examples=[[]])


@router.get("/plans", response=Listed[PlanOut])
def plan_list(request: Request, part: Part) -> dict[str, Any]:
    """The plans that one sees."""
    return listed(Plan.objects.visible_to(request.actor).defer("text", "found"), part)


@router.post("/plans", response={201: PlanDetailOut}, summary="Read a policy document")
def plan_import(request: Request, given: Form[PlanImportIn], file: File[UploadedFile | None] = None) -> Status[Plan]:
    """Read a document, as `file` (TXT, HTML, DOCX, PDF with text) or as `text`: a draft with all that was found in it.

    The days of its term are read too; say them where they are not in the document. Nothing counts until it is
    confirmed (`/plans/{id}/found`) and the plan is put in force.
    """
    region = get_object_or_404(Region, pk=given.region_id)
    told = given.dict(exclude={"region_id"})
    made = services.plan_import(actor=request.actor, region=region, file=file, **told)
    return Status(201, plan_seen(request, made.pk))


@router.get("/plans/{int:pk}", response=PlanDetailOut, summary="One plan")
def plan(request: Request, pk: Key) -> Plan:
    """One plan, with how far the work on what was found in it is."""
    return plan_seen(request, pk)


@router.get("/plans/{int:pk}/document", response=DocumentOut, summary="The text of a plan")
def document(request: Request, pk: Key) -> dict[str, Any]:
    """The text as it was mended, what was mended, and what was not taken for a target."""
    shown = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    found = {name: shown.found.get(name) or [] for name in ("repairs", "unparsed", "refused")}
    return found | {"text": shown.text, "region": str(shown.found.get("region") or "")}


@router.get("/plans/{int:pk}/clauses", response=list[ClauseOut], summary="The clauses of a plan")
def clauses(request: Request, pk: Key) -> list[Clause]:
    """Every clause in the order of the text."""
    return list(plan_seen(request, pk).clauses.order_by("ordinal"))


@router.get("/plans/{int:pk}/checks", response=list[CrossCheckOut], summary="Cross-checks of a plan")
def checks(request: Request, pk: Key, asked: Query[Moment]) -> list[dict[str, Any]]:
    """Whether stocks are explained by what was new and withdrawn, and parts lie within their wholes."""
    known_at: datetime | None = asked.known_at
    found = checks_of(plan_seen(request, pk), asked.on or request.actor.today, known_at)
    plain = ("kind", "holds", "baseline", "new", "gone", "stock", "unexplained", "names")
    return [
        {name: getattr(one, name) for name in plain} | {"one": one.one.name, "other": one.other.name} for one in found
    ]


@router.post("/plans/{int:pk}/correct", response=PlanDetailOut, summary="Correct the particulars")
def plan_correct(request: Request, pk: Key, given: PlanIn) -> Plan:
    """Title, issuer and dates as they should be."""
    services.plan_correct(actor=request.actor, plan=plan_seen(request, pk), **given.dict())
    return plan_seen(request, pk)


@router.post("/plans/{int:pk}/adopt", response=PlanDetailOut, summary="Put a plan in force")
def plan_adopt(request: Request, pk: Key) -> Plan:
    """It is computed and public from now on; nothing that was found may wait."""
    return services.plan_adopt(actor=request.actor, plan=plan_seen(request, pk))


@router.post("/plans/{int:pk}/drop", response=PlanDetailOut, summary="Drop a draft")
def plan_drop(request: Request, pk: Key, given: Reasoned) -> Plan:
    """The draft stays readable, and nothing of it is computed."""
    return services.plan_drop(actor=request.actor, plan=plan_seen(request, pk), reason=given.reason)


@router.post("/plans/{int:pk}/end", response=PlanDetailOut, summary="End a plan")
def plan_end(request: Request, pk: Key, given: Reasoned) -> Plan:
    """No more reports on its tasks; its figures and snapshots stay public."""
    return services.plan_end(actor=request.actor, plan=plan_seen(request, pk), reason=given.reason)


def plan_seen(request: Request, pk: int) -> Plan:
    """A plan that the actor sees, with how many of its targets are confirmed and how many wait."""
    return get_object_or_404(plans_of(request.actor), pk=pk)
