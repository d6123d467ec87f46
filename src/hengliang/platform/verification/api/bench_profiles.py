"""Mapping profiles of a body's own benches for programs: listed, written as documents, withdrawn."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from hengliang.platform.core.interface import Key, Listed, Part, Reasoned, filled, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import BODY_ROLES
from hengliang.platform.parties.models import Organisation
from hengliang.platform.verification.models import BenchProfile
from hengliang.platform.verification.services import bench_profile_withdraw, bench_profile_write

router = Router(tags=["verification"])


class BenchProfileOut(Schema):
    """A version of a mapping profile."""

    id: int = Field(examples=[4])
    body_id: int = Field(examples=[2])
    name: str = Field(examples=["3号台"])
    version: int = Field(examples=[2])
    base: str = Field(examples=["electricity-wide"])
    since: date = Field(alias="act.on", examples=["2026-03-02"])
    withdrawn: bool = Field(examples=[False])


class BenchProfileDetail(BenchProfileOut):
    """A version with its document; one that was kept from a matching by hand has headers only."""

    document: dict[str, Any] = Field(examples=[{"base": "electricity-wide", "readings": []}])
    headers: dict[str, str] = Field(examples=[{"serial": "表号"}])


class BenchProfileIn(Schema):
    """A document of the shape of the shipped profiles; `seen`: the newest version that its author knows, 0 for none."""

    body_id: Key
    name: Annotated[str, filled(80)] = Field(examples=["3号台"])
    document: dict[str, Any] = Field(
        examples=[{"base": "electricity-wide", "file": {"decimal": "comma", "separator": ";"}, "identity": [],
                   "attributes": [], "readings": []}],
    )  # fmt: skip
    seen: Annotated[int, Field(ge=0, le=1_000_000)] | None = None


@router.get("", response=Listed[BenchProfileOut], summary="Mapping profiles of one’s own benches")
def bench_profiles(request: Request, part: Part) -> dict[str, Any]:
    """All versions, newest first; the newest of a name counts, unless it is withdrawn."""
    return listed(_seen(request).order_by("-pk"), part)


@router.post("", response={201: BenchProfileDetail}, summary="Save a mapping profile")
def bench_profile_new(request: Request, told: BenchProfileIn) -> Status[Any]:
    """The next version of its name. What is no profile is refused, with the place."""
    bodies = Organisation.objects.filter(pk__in=request.actor.organisations(BODY_ROLES))
    made = bench_profile_write(
        actor=request.actor, body=get_object_or_404(bodies, pk=told.body_id), name=told.name, document=told.document,
        version=told.seen,
    )  # fmt: skip
    return Status(201, made)


@router.get("/{int:pk}", response=BenchProfileDetail, summary="One version")
def bench_profile_one(request: Request, pk: Key) -> Any:
    """A version with its document."""
    return get_object_or_404(_seen(request), pk=pk)


@router.post("/{int:pk}/withdraw", response=BenchProfileOut, summary="Withdraw a mapping profile")
def bench_profile_end(request: Request, pk: Key, told: Reasoned) -> BenchProfile:
    """No further file is recognised by it."""
    shown = get_object_or_404(_seen(request), pk=pk)
    return bench_profile_withdraw(actor=request.actor, profile=shown, reason=told.reason)


def _seen(request: Request) -> QuerySet[BenchProfile]:
    return BenchProfile.objects.visible_to(request.actor).select_related("act", "body")
