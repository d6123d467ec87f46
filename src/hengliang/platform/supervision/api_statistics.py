"""Statistics for programs: a form filled as of now, and the forms that were signed."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.interface import Key, Listed, Part, Reasoned, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.supervision.models import StatisticsReturn
from hengliang.platform.supervision.services import (
    statistics_check,
    statistics_prepare,
    statistics_send_back,
    statistics_withdraw,
)
from hengliang.platform.supervision.statistics import compute, form_of
from hengliang.platform.supervision.statistics.asked import Asked, AskedForm

router = Router(tags=["supervision"])


class StatisticsIn(Schema):
    """Which form, of which month (2026-03) or year (2026), with which rows, of whom (`b` and the key of a body, `r` and
    that of a region)."""

    form: Literal["monthly", "annual"] = Field(examples=["monthly"])
    period: Annotated[str, Field(pattern=r"^20\d{2}(-(0[1-9]|1[0-2]))?$", examples=["2026-03"])]
    by: Literal["item", "region", "body"] = Field("item", examples=["item"])
    of: Annotated[str, Field(pattern=r"^[br]\d{1,18}$", examples=["b2"])]


class StatisticsOut(Schema):
    """A filled form; values are texts, null is missing (no source), the last line is the total."""

    form: str = Field(examples=["verification/statistics-monthly"])
    edition: str = Field(examples=["2021-01-01"])
    period: str = Field(examples=["2026-03"])
    by: str = Field(examples=["item"])
    columns: list[dict[str, Any]] = Field(
        examples=[[{"code": "tested", "zh": "检定", "unit": {"zh": "台件", "en": "pieces"}}]]
    )
    lines: list[dict[str, Any]] = Field(
        examples=[[{"key": "", "name": "", "values": ["12", None], "before": ["9", None]}]]
    )


class StatisticsReturnOut(Schema):
    """A form prepared by one person and signed by another."""

    id: int = Field(examples=[4])
    form: str = Field(examples=["verification/statistics-monthly"])
    starts_on: date = Field(examples=["2026-03-01"])
    ends_on: date = Field(examples=["2026-03-31"])
    by: str = Field(examples=["item"])
    body_id: int | None = Field(examples=[2])
    region_id: int | None = Field(examples=[None])
    content: dict[str, Any] = Field(examples=[{"period": "2026-03", "columns": [], "lines": []}])
    sha256: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    prepared_on: date = Field(examples=["2026-04-01"])
    checked_on: date | None = Field(examples=["2026-04-02"])
    state: str = Field(examples=["signed"])


def _asked(request: Request, told: StatisticsIn) -> Asked:
    query = QueryDict(mutable=True)
    query.update(told.dict())
    form = AskedForm(query, actor=request.actor)
    if not form.is_valid():
        raise InputRefused("unknown_form", "Choose a form, its rows, and whose statistics it is.", field="form")
    return form.asked


@router.get("", response=StatisticsOut, summary="Statistics as of now")
def filled_form(request: Request, told: Query[StatisticsIn]) -> dict[str, Any]:
    """A form filled from the rows of today, beside it the same period a year ago."""
    asked = _asked(request, told)
    return compute(form_of(asked.kind, asked.period.end), asked.scope, asked.period, asked.by).as_data()


@router.get("/returns", response=Listed[StatisticsReturnOut], summary="Signed forms")
def filed_forms(request: Request, part: Part) -> dict[str, Any]:
    """The forms prepared and signed, newest first."""
    return listed(StatisticsReturn.objects.visible_to(request.actor), part)


@router.post("/returns", response={201: StatisticsReturnOut}, summary="Prepare for signature")
def prepare_form(request: Request, told: StatisticsIn) -> Status[StatisticsReturn]:
    """Freeze the figures of a period that is over; another person signs them."""
    asked = _asked(request, told)
    made = statistics_prepare(
        actor=request.actor, kind=asked.kind, period=asked.period, by=asked.by, body=asked.body, region=asked.region
    )
    return Status(201, made)


@router.get("/returns/{int:pk}", response=StatisticsReturnOut, summary="One signed form")
def filed_form(request: Request, pk: Key) -> StatisticsReturn:
    """One form as it was prepared or signed."""
    return _visible(request, pk)


@router.post("/returns/{int:pk}/check", response=StatisticsReturnOut, summary="Sign")
def sign_form(request: Request, pk: Key) -> StatisticsReturn:
    """Sign what another person prepared."""
    shown = _visible(request, pk)
    statistics_check(actor=request.actor, filed=shown)
    return shown


@router.post("/returns/{int:pk}/send-back", response=StatisticsReturnOut, summary="Send back")
def send_form_back(request: Request, pk: Key, told: Reasoned) -> StatisticsReturn:
    """Send a prepared form back."""
    shown = _visible(request, pk)
    statistics_send_back(actor=request.actor, filed=shown, reason=told.reason)
    return shown


@router.post("/returns/{int:pk}/withdraw", response=StatisticsReturnOut, summary="Withdraw")
def withdraw_form(request: Request, pk: Key, told: Reasoned) -> StatisticsReturn:
    """Withdraw a signed form; it stays readable."""
    shown = _visible(request, pk)
    statistics_withdraw(actor=request.actor, filed=shown, reason=told.reason)
    return shown


def _visible(request: Request, pk: int) -> StatisticsReturn:
    return get_object_or_404(StatisticsReturn.objects.visible_to(request.actor), pk=pk)
