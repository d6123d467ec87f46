"""Applications for programs."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.interface import Day, Key, Line, Listed, Part, Reasoned, Text, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.verification.models import MANDATORY, Application
from hengliang.platform.verification.routing import routes_of
from hengliang.platform.verification.services import (
    application_accept,
    application_escalate,
    application_reassign,
    application_refuse,
    application_submit,
    application_withdraw,
)
from hengliang.platform.verification.states import APPLICATION

router = Router(tags=["verification"])
STATES = "|".join(state.code for state in APPLICATION.states)


class ApplicationOut(Schema):
    """An application for a kind of job: with a body, or with the authority of the region `placed_with_id`."""

    id: int = Field(examples=[31])
    number: str = Field(examples=["SQ2026000031"])
    applicant_id: int = Field(examples=[12])
    job: str = Field(examples=["mandatory"])
    body_id: int | None = Field(examples=[2])
    placed_with_id: int | None = Field(examples=[None])
    agreed_months: int | None = Field(examples=[None])
    fee: Decimal | None = Field(examples=[None])
    on_site: bool = Field(examples=[True])
    wanted_on: date | None = Field(examples=["2026-03-20"])
    applied_at: datetime = Field(examples=["2026-03-02T10:00:00+08:00"])
    note: str = Field(examples=[""])
    state: str = Field(examples=["submitted"])


class ApplicationDetail(ApplicationOut):
    """An application with its tasks, one an instrument."""

    task_ids: list[int] = Field(examples=[[71, 72]])

    @staticmethod
    def resolve_task_ids(row: Application) -> list[int]:
        """The keys of its tasks."""
        return list(row.tasks.order_by("pk").values_list("pk", flat=True))


class ApplicationIn(Schema):
    """Who asks for which kind of job on what; `instruments` are the codes on their labels.

    Mandatory verification needs no `body_id`: the designation finds it, or the authority does.
    """

    applicant_id: Key
    job: Line = Field(MANDATORY, max_length=24, examples=["mandatory"])
    body_id: Key | None = None
    agreed_months: int | None = Field(None, ge=1, le=240, examples=[12])
    fee: Decimal | None = Field(None, ge=0, le=10**9, examples=[200])
    instruments: list[Line] = Field(min_length=1, max_length=500, examples=[["HL0000123"]])
    on_site: bool = False
    wanted_on: Day | None = None
    note: Text = ""


class Promise(Schema):
    """By which day it is to be done; left out, the rule for the promise tells."""

    promised_on: Day | None = None


class BodyChosen(Schema):
    """Which body, and why."""

    body_id: Key
    reason: Text = ""


class LevelUp(Reasoned):
    """Why it is taken up, and at whose desk it was seen."""

    placed_with_id: Key | None = Field(None, examples=[3])


class ApplicationFilter(Schema):
    """Which applications."""

    state: str | None = Field(None, pattern=f"^({STATES})$", examples=["submitted"])


@router.get("", response=Listed[ApplicationOut], summary="Applications")
def applications(request: Request, asked: Query[ApplicationFilter], part: Part) -> dict[str, Any]:
    """Applications that one made, received or oversees."""
    rows = Application.objects.visible_to(request.actor)
    return listed(rows.filter(state=asked.state) if asked.state else rows, part)


@router.post("", response={201: ApplicationDetail}, summary="Apply for verification")
def submit(request: Request, told: ApplicationIn) -> Status[Application]:
    """Apply for the verification of instruments; each becomes a task.

    A request makes one application, for one body: instruments of different bodies are refused as a whole
    (`different_bodies`), with the codes of each. Send one request for each body.
    """
    parties = Organisation.objects.visible_to(request.actor)
    applicant = get_object_or_404(parties, pk=told.applicant_id)
    body = get_object_or_404(parties.filter(is_verification_body=True), pk=told.body_id) if told.body_id else None
    seen = InstrumentState.objects.on(request.actor.today).visible_to(request.actor)
    found = [
        get_object_or_404(Instrument, code=code, pk__in=seen.values("instrument")) for code in set(told.instruments)
    ]
    try:
        made = application_submit(
            actor=request.actor, applicant=applicant, body=body, instruments=found,
            **told.dict(include={"job", "agreed_months", "fee", "on_site", "wanted_on", "note"}),
        )  # fmt: skip
    except InputRefused as refusal:
        raise _one_body(refusal, found, request.actor.today) from None
    return Status(201, made)


def _one_body(refusal: InputRefused, found: Sequence[Instrument], on: date) -> InputRefused:
    """A refusal for several bodies, with what is for which."""
    if refusal.code != "different_bodies":
        return refusal
    groups: dict[str, list[str]] = {}
    rows = InstrumentState.objects.on(on).filter(instrument__in=found).select_related("instrument__item", "body")
    for route in routes_of(rows.order_by("pk"), on):
        whose = f"{route.body.name} (body_id {route.body.pk})" if route.body else "—"
        groups.setdefault(whose, []).append(route.entry.instrument.code)
    return InputRefused(
        refusal.code, "A request makes one application, for one body. Send one for each: %(groups)s.",
        field="instruments", groups="; ".join(f"{whose}: {', '.join(codes)}" for whose, codes in groups.items()),
    )  # fmt: skip


@router.get("/{int:pk}", response=ApplicationDetail, summary="One application")
def application(request: Request, pk: Key) -> Application:
    """One application and its tasks."""
    return _visible(request, pk)


@router.post("/{int:pk}/accept", response=ApplicationDetail, summary="Accept")
def accept(request: Request, pk: Key, told: Promise) -> Application:
    """The body takes the application on."""
    shown = _visible(request, pk)
    application_accept(actor=request.actor, application=shown, promised_on=told.promised_on)
    return shown


@router.post("/{int:pk}/refuse", response=ApplicationDetail, summary="Refuse")
def refuse(request: Request, pk: Key, told: Reasoned) -> Application:
    """The body does not take it on, for a reason; one for mandatory verification goes back to the authority."""
    shown = _visible(request, pk)
    application_refuse(actor=request.actor, application=shown, reason=told.reason)
    return shown


@router.post("/{int:pk}/assign-body", response=ApplicationDetail, summary="Assign a body")
def assign_body(request: Request, pk: Key, told: BodyChosen) -> Application:
    """The authority gives an application without a body to one."""
    shown = _visible(request, pk)
    bodies = Organisation.objects.visible_to(request.actor).filter(is_verification_body=True)
    body = get_object_or_404(bodies, pk=told.body_id)
    application_reassign(actor=request.actor, application=shown, body=body, reason=told.reason)
    return shown


@router.post("/{int:pk}/level-up", response=ApplicationDetail, summary="Take a level up")
def level_up(request: Request, pk: Key, told: LevelUp) -> Application:
    """The authority takes an application without a body a level up; with `placed_with_id` only from that desk, so that
    a repeated call does not take it up twice.
    """
    shown = _visible(request, pk)
    application_escalate(actor=request.actor, application=shown, reason=told.reason, desk_id=told.placed_with_id)
    return shown


@router.post("/{int:pk}/withdraw", response=ApplicationDetail, summary="Withdraw")
def withdraw(request: Request, pk: Key, told: Reasoned) -> Application:
    """The applicant withdraws what is not measured yet."""
    shown = _visible(request, pk)
    application_withdraw(actor=request.actor, application=shown, reason=told.reason)
    return shown


def _visible(request: Request, pk: int) -> Application:
    return get_object_or_404(Application.objects.visible_to(request.actor), pk=pk)
