"""Organisations, roles and regions for programs."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.interface import Day, Key, Line, Listed, Optional, Part, Reason, listed, upto
from hengliang.platform.core.models import Region, RegionVersion
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Role, is_permitted
from hengliang.platform.core.search import matching
from hengliang.platform.core.selectors import region_list
from hengliang.platform.parties.models import Organisation, RoleAssignment
from hengliang.platform.parties.selectors import role_list
from hengliang.platform.parties.services import (
    invitation_send,
    organisation_enter,
    organisation_revise,
    role_end,
)

router = Router(tags=["parties"])


class GrantOut(Schema):
    """A role, at an organisation or over regions."""

    role: Role = Field(examples=["verifier"])
    organisation_id: int | None = Field(examples=[12])
    region_ids: list[int] = Field(examples=[[3, 4, 5]])


class MeOut(Schema):
    """Who a token acts as."""

    name: str = Field(examples=["李量"])
    today: date = Field(examples=["2026-03-02"])
    grants: list[GrantOut]


class RegionOut(Schema):
    """A region of a day."""

    id: int = Field(alias="region_id", examples=[3])
    code: str = Field(examples=["990121"])
    name: str = Field(examples=["量县"])
    parent_id: int | None = Field(examples=[2])


class OrganisationOut(Schema):
    """An organisation with its present name."""

    id: int = Field(examples=[12])
    name: str = Field(examples=["量县加油站"])
    name_en: str = Field(examples=[""])
    credit_code: str | None = Field(examples=["91990121MA00000016"])
    region_id: int = Field(examples=[3])
    is_verification_body: bool = Field(examples=[False])
    is_market: bool = Field(examples=[False])


class OrganisationIn(Schema):
    """An organisation to be entered."""

    name: Line = Field(examples=["量县粮油市场"])
    region_id: Key
    credit_code: Optional = Field("", examples=[""])
    name_en: Optional = ""
    address: Optional = Field("", examples=["量县中心路1号"])
    contact: Annotated[str, upto(100)] = ""
    telephone: Annotated[str, upto(40)] = ""
    is_verification_body: bool = False
    is_market: bool = False


class OrganisationChange(Schema):
    """What changes from a day on; what is left out stays."""

    on: Day
    name: Line | None = None
    address: Optional | None = None
    contact: Annotated[str, upto(100)] | None = None
    telephone: Annotated[str, upto(40)] | None = None


class RoleOut(Schema):
    """Who holds which role, from a day until before a day."""

    id: int = Field(examples=[40])
    account: str = Field(examples=["李量"])
    role: Role = Field(examples=["verifier"])
    valid_from: date = Field(examples=["2024-01-01"])
    valid_to: date | None = Field(examples=[None])

    @staticmethod
    def resolve_account(row: RoleAssignment) -> str:
        """The name of the account."""
        return str(row.account)


class RoleEnd(Schema):
    """From which day a role is over, and why."""

    on: Day
    reason: Reason


class InvitationIn(Schema):
    """Whom to invite, to which role."""

    email: str = Field(
        pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", max_length=254, examples=["li@example.org"]
    )
    role: Role = Field(examples=["verifier"])


class InvitationOut(Schema):
    """An invitation; its link goes out by e-mail only."""

    id: int = Field(examples=[7])
    email: str = Field(examples=["li@example.org"])
    role: Role = Field(examples=["verifier"])


class OrganisationFilter(Schema):
    """Which organisations."""

    q: Optional = ""
    body: bool | None = None


@router.get("/me", response=MeOut, summary="Who I am")
def me(request: Request) -> dict[str, Any]:
    """The account that acts, its roles and their reach."""
    grants = [
        {"role": g.role, "organisation_id": g.organisation_id, "region_ids": sorted(g.region_ids)}
        for g in request.actor.grants
    ]
    return {"name": request.actor.name, "today": request.actor.today, "grants": grants}


@router.get("/regions", response=list[RegionOut], summary="Regions of a day")
def regions(request: Request, on: Day | None = None) -> list[RegionVersion]:
    """The regions of a day (default: today), in the order of their codes."""
    return list(region_list(on or request.actor.today))


@router.get("/organisations", response=Listed[OrganisationOut], summary="Organisations")
def organisations(request: Request, asked: Query[OrganisationFilter], part: Part) -> dict[str, Any]:
    """The organisations that one may see."""
    rows = matching(Organisation.objects.visible_to(request.actor), asked.q)
    return listed(rows if asked.body is None else rows.filter(is_verification_body=asked.body), part)


@router.post("/organisations", response={201: OrganisationOut}, summary="Enter an organisation")
def enter(request: Request, told: OrganisationIn) -> Status[Organisation]:
    """Enter an organisation of a region of one's own."""
    region = get_object_or_404(Region, pk=told.region_id)
    return Status(201, organisation_enter(actor=request.actor, region=region, **told.dict(exclude={"region_id"})))


@router.get("/organisations/{int:pk}", response=OrganisationOut, summary="One organisation")
def organisation(request: Request, pk: Key) -> Organisation:
    """One organisation that one may see."""
    return _visible(request, pk)


@router.post("/organisations/{int:pk}/revise", response=OrganisationOut, summary="Revise an organisation")
def revise(request: Request, pk: Key, told: OrganisationChange) -> Organisation:
    """Name, address or contact change from a day on."""
    shown = _visible(request, pk)
    changes = told.dict(exclude={"on"}, exclude_none=True)
    organisation_revise(actor=request.actor, organisation=shown, on=told.on, **changes)
    return shown


@router.get("/organisations/{int:pk}/roles", response=list[RoleOut], summary="Who works there")
def roles(request: Request, pk: Key) -> list[RoleAssignment]:
    """The roles of today, for those who may give them."""
    shown = _visible(request, pk)
    if not is_permitted(request.actor, "invitation_send", organisations=[shown.pk], region_id=shown.region_id):
        raise NotPermitted("roles_not_yours", "Only those who may invite people see who holds which role.")
    return list(role_list(shown, request.actor.today))


@router.post("/organisations/{int:pk}/invitations", response={201: InvitationOut}, summary="Invite somebody")
def invite(request: Request, pk: Key, told: InvitationIn) -> Status[Any]:
    """Invite somebody to a role; the link goes out by e-mail."""
    shown = _visible(request, pk)
    made, _link = invitation_send(
        actor=request.actor, email=told.email, role=told.role, organisation=shown, region=shown.region
    )
    return Status(201, made)


@router.post("/roles/{int:pk}/end", response={204: None}, summary="End a role")
def end(request: Request, pk: Key, told: RoleEnd) -> Status[None]:
    """A role ends from a day on, for a reason."""
    visible = Organisation.objects.visible_to(request.actor)
    row = get_object_or_404(RoleAssignment.objects.known(), pk=pk, organisation__in=visible)
    role_end(actor=request.actor, assignment=row, on=told.on, reason=told.reason)
    return Status(204, None)


def _visible(request: Request, pk: int) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.actor), pk=pk)
