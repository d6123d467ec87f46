"""Achievements for programs: what an outside approval proves, with its document. No number is taken."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Query, Router, Schema, Status, UploadedFile

from hengliang.platform.core.interface import Day, Key, Listed, Part, Reasoned, column, filled, listed, upto, words_of
from hengliang.platform.core.models import Region
from hengliang.platform.core.requests import Request
from hengliang.platform.core.selectors import attachments_of
from hengliang.platform.parties.models import Organisation
from hengliang.platform.plan import services
from hengliang.platform.plan.api.evidence import EvidenceOut
from hengliang.platform.plan.kinds import kinds
from hengliang.platform.plan.models import Achievement
from hengliang.platform.plan.selectors.plans import achievement_list as achievements_of
from hengliang.platform.plan.states import ACHIEVEMENT

router = Router(tags=["plan"])
STATES = "|".join(state.code for state in ACHIEVEMENT.states)
ApprovalLevel = Annotated[Achievement.Level, words_of(Achievement.Level)]
ApprovalStage = Annotated[Achievement.Stage, words_of(Achievement.Stage)]


class AchievementOut(Schema):
    """What an outside approval proves."""

    id: int = Field(examples=[1])
    kind: str = Field(examples=["industrial_centre"])
    level: str = Field(examples=["provincial"])
    stage: str = Field(examples=["completed"])
    name: str = Field(examples=["示例省衡器产业计量测试中心"])
    region_id: int = Field(examples=[2])
    authority: str = Field(examples=["示例省市场监督管理局"])
    document_number: str = Field(examples=["示市监〔2025〕12号"])
    approved_on: date = Field(examples=["2025-05-18"])
    state: str = Field(examples=["confirmed"])


class AchievementDetailOut(AchievementOut):
    """With its holder, its documents and the days on which it counts, the last excluded."""

    organisation_id: int | None = Field(examples=[12])
    holder: str = Field(examples=[""])
    counts_from: date | None = Field(examples=["2025-05-18"])
    counts_to: date | None = Field(examples=[None])
    files: list[EvidenceOut]


class KindOut(Schema):
    """A kind of achievement that the rule has on the day, and the stages that it has."""

    code: str = Field(examples=["industrial_centre"])
    title: dict[str, str] = Field(alias="words", examples=[{"zh": "产业计量测试中心", "en": "Industrial centre"}])
    stages: list[str] = Field(examples=[["preparation", "completed"]])


class AchievementFilter(Schema):
    """Which of them."""

    state: str | None = Field(None, pattern=f"^({STATES})$", examples=["entered"])
    kind: Annotated[str, filled(40)] | None = Field(None, examples=["industrial_centre"])


class AchievementIn(Schema):
    """What was approved, by whom, when. The holder is an organisation that one sees, or a name."""

    kind: Annotated[str, column(Achievement, "kind", least=1)] = Field(examples=["industrial_centre"])
    level: ApprovalLevel = Field(examples=["provincial"])
    stage: ApprovalStage = Field(Achievement.Stage.COMPLETED, examples=["completed"])
    name: Annotated[str, column(Achievement, "name", least=1)] = Field(examples=["示例省衡器产业计量测试中心"])
    region_id: Key
    authority: Annotated[str, column(Achievement, "authority", least=1)] = Field(examples=["示例省市场监督管理局"])
    document_number: Annotated[str, column(Achievement, "document_number", least=1)] = Field(
        examples=["示市监〔2025〕12号"]
    )
    approved_on: Day
    organisation_id: Key | None = None
    holder: Annotated[str, upto(200)] = Field("", examples=[""])
    apart: Annotated[str, upto(300)] = Field("", examples=[""])


class AchievementWithdrawIn(Reasoned):
    """From which day on it counts no longer, and why."""

    on: Day


class KindQuestion(Schema):
    """The day of the document; default: today."""

    on: Day | None = None


@router.get("/achievements", response=Listed[AchievementOut])
def achievement_list(request: Request, asked: Query[AchievementFilter], part: Part) -> dict[str, Any]:
    """The achievements that one sees."""
    return listed(achievements_of(request.actor).filter(**asked.dict(exclude_none=True)), part)


@router.post("/achievements", response={201: AchievementDetailOut}, summary="Enter an achievement")
def achievement_enter(request: Request, given: Form[AchievementIn], file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Enter it with the document that proves it; it counts once a second person has confirmed it."""
    seen = Organisation.objects.visible_to(request.actor)
    organisation = get_object_or_404(seen, pk=given.organisation_id) if given.organisation_id else None
    region = get_object_or_404(Region, pk=given.region_id)
    told = given.dict(exclude={"organisation_id", "region_id"})
    made = services.achievement_enter(actor=request.actor, region=region, organisation=organisation, file=file, **told)
    return Status(201, _told(made))


@router.get("/achievements/{int:pk}", response=AchievementDetailOut, summary="One achievement")
def achievement(request: Request, pk: Key) -> dict[str, Any]:
    """One achievement, its documents, and the days on which it counts."""
    return _told(_achievement(request, pk))


@router.post("/achievements/{pk}/confirm", response=AchievementOut)
def achievement_confirm(request: Request, pk: Key) -> Achievement:
    """A second person has held the entry against its document."""
    return services.achievement_confirm(actor=request.actor, achievement=_achievement(request, pk))


@router.post("/achievements/{int:pk}/refuse", response=AchievementOut, summary="Do not confirm an achievement")
def achievement_refuse(request: Request, pk: Key, given: Reasoned) -> Achievement:
    """The document does not prove it; it can be entered anew."""
    shown = _achievement(request, pk)
    return services.achievement_refuse(actor=request.actor, achievement=shown, reason=given.reason)


@router.post("/achievements/{pk}/withdraw", response=AchievementOut)
def achievement_withdraw(request: Request, pk: Key, given: AchievementWithdrawIn) -> Achievement:
    """It counts no longer from a day on."""
    shown = _achievement(request, pk)
    return services.achievement_withdraw(actor=request.actor, achievement=shown, on=given.on, reason=given.reason)


@router.get("/achievement-kinds", response=list[KindOut], summary="Kinds of achievements")
def achievement_kinds(request: Request, asked: Query[KindQuestion]) -> list[Any]:
    """Every kind that the rule has on a day."""
    return list(kinds(asked.on or request.actor.today).values())


def _achievement(request: Request, pk: int) -> Achievement:
    return get_object_or_404(achievements_of(request.actor), pk=pk)


def _told(shown: Achievement) -> dict[str, Any]:
    standing = shown.standings.filter(known_to=None).first()
    plain = {name: getattr(shown, name) for name in AchievementOut.model_fields}
    return plain | {
        "organisation_id": shown.organisation_id, "holder": shown.holder, "files": list(attachments_of(shown)),
        "counts_from": standing.valid_from if standing else None, "counts_to": standing.valid_to if standing else None,
    }  # fmt: skip
