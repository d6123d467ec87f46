"""Differences and the acts that settle them."""

from datetime import date
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Schema

from hengliang.platform.core.interface import (
    Day,
    Key,
    Line,
    Listed,
    Part,
    Reasoned,
    listed,
    upto,
    words_of,
)
from hengliang.platform.core.requests import Request
from hengliang.platform.exchange import services
from hengliang.platform.exchange.api.mounting import instrument_seen, router
from hengliang.platform.exchange.models import (
    Discrepancy,
)
from hengliang.platform.exchange.selectors import (
    discrepancy_list,
)
from hengliang.platform.exchange.states import DISCREPANCY

DifferenceKind = Annotated[Discrepancy.Kind, words_of(Discrepancy.Kind)]
DIFFERENCE_STATES = "|".join(state.code for state in DISCREPANCY.states)


class DifferenceOut(Schema):
    """A difference between two systems."""

    id: int = Field(examples=[6])
    system_id: int = Field(examples=[1])
    kind: DifferenceKind = Field(examples=["different"])
    state: str = Field(examples=["open"])
    instrument: str | None = Field(examples=["7K3MZQ9RWA"])
    proposed: str | None = Field(examples=[None])
    outside_id: str = Field(examples=["3401000001"])
    since: date = Field(examples=["2026-03-02"])
    seen_on: date = Field(examples=["2026-03-09"])
    ignored_until: date | None = Field(examples=[None])
    fields: list[dict[str, Any]] = Field(
        examples=[[{"field": "place", "ours": "1号岛", "theirs": "2号岛", "base": "1号岛", "side": "theirs"}]]
    )

    @staticmethod
    def resolve_instrument(row: Discrepancy) -> str | None:
        """The code here."""
        return row.instrument.code if row.instrument else None

    @staticmethod
    def resolve_proposed(row: Discrepancy) -> str | None:
        """The code of what may be the same."""
        return row.proposed.code if row.proposed else None


class DifferenceFilter(Schema):
    """Which differences."""

    state: str | None = Field(None, pattern=f"^({DIFFERENCE_STATES})$", examples=["open"])
    kind: DifferenceKind | None = None
    system_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None


class TakeIn(Reasoned):
    """Which fields are taken; all that differ where none is named."""

    fields: list[Line] | None = Field(None, max_length=40, examples=[["place"]])


class LinkIn(Reasoned):
    """Which instrument their number names; the number where the difference has none."""

    instrument: Line = Field(examples=["7K3MZQ9RWA"])
    value: Annotated[str, upto(100)] = Field("", examples=["3401000001"])


class IgnoreIn(Reasoned):
    """Until when it is left."""

    until: Day


@router.get("/differences", response=Listed[DifferenceOut])
def differences(request: Request, asked: Query[DifferenceFilter], part: Part) -> dict[str, Any]:
    """The differences of the regions that the actor oversees, newest first."""
    return listed(discrepancy_list(request.actor).filter(**asked.dict(exclude_none=True)), part)


@router.get("/differences/{pk}", response=DifferenceOut)
def difference(request: Request, pk: Path[Key]) -> Discrepancy:
    """One difference."""
    return get_object_or_404(discrepancy_list(request.actor), pk=pk)


@router.post("/differences/{pk}/take", response=DifferenceOut)
def take(request: Request, pk: Path[Key], told: TakeIn) -> Discrepancy:
    """Take their values, by the ledger's own acts."""
    found = difference(request, pk)
    services.discrepancy_take(actor=request.actor, discrepancy=found, **told.dict())
    return found


@router.post("/differences/{pk}/link", response=DifferenceOut)
def link(request: Request, pk: Path[Key], told: LinkIn) -> Discrepancy:
    """Their number and an instrument are one."""
    found = difference(request, pk)
    services.discrepancy_link(
        actor=request.actor,
        discrepancy=found,
        instrument=instrument_seen(request, told.instrument),
        reason=told.reason,
        value=told.value,
    )
    return found


@router.post("/differences/{pk}/ignore", response=DifferenceOut)
def ignore(request: Request, pk: Path[Key], told: IgnoreIn) -> Discrepancy:
    """Leave a difference until a day."""
    found = difference(request, pk)
    services.discrepancy_ignore(actor=request.actor, discrepancy=found, **told.dict())
    return found


@router.post("/differences/{pk}/{act}", response=DifferenceOut)
def settle(
    request: Request, pk: Path[Key], act: Literal["keep", "file", "reopen"], told: Reasoned
) -> Discrepancy:  # fmt: skip
    """Keep ours and send it, file theirs here, or look at it again."""
    found = difference(request, pk)
    getattr(services, f"discrepancy_{act}")(actor=request.actor, discrepancy=found, reason=told.reason)
    return found
