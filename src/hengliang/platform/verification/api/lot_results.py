"""Single results of lots for programs: found by serial number or label, judged again, proven."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from hengliang.metrology.judge import judgement_to_json
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.interface import Key, filled
from hengliang.platform.core.requests import Request
from hengliang.platform.verification.benches.figures import judged_again
from hengliang.platform.verification.benches.tree import proof_of
from hengliang.platform.verification.models import LotResult

router = Router(tags=["verification"])


class LotResultOut(Schema):
    """A single result."""

    lot_id: int = Field(examples=[3])
    lot: str = Field(alias="lot.number", examples=["PL2026-1-00003"])
    state: str = Field(alias="lot.state", examples=["issued"])
    place: int = Field(examples=[41])
    serial: str = Field(examples=["E000000042"])
    label: str = Field(examples=["HGE00000042"])
    maker: str = Field(alias="group.maker", examples=["衡城仪表股份"])
    model: str = Field(alias="group.model", examples=["EX-1"])
    verified_on: date = Field(alias="group.verified_on", examples=["2026-02-03"])
    valid_until: date | None = Field(examples=["2034-02-02"])
    verdict: str = Field(examples=["p"])


class LotResultDetail(LotResultOut):
    """A single result with its readings and its judgement, computed again."""

    readings: dict[str, str] = Field(examples=[{"imax_10_1": "0.32"}])
    judgement: dict[str, Any] | None = Field(examples=[{"verdict": "pass", "items": []}])

    @staticmethod
    def resolve_readings(result: LotResult) -> dict[str, str]:
        """The readings by the columns of the profile."""
        return result.readings()

    @staticmethod
    def resolve_judgement(result: LotResult) -> dict[str, Any] | None:
        """The judgement, computed again by the rule of the lot."""
        judged = judged_again(result)
        return judgement_to_json(judged) if judged else None


class LotProofOut(Schema):
    """What proves a single result under the root of its lot (RFC 9162, 2.1.3)."""

    entry: str = Field(examples=['["PL2026-1-00003","41","E000000042"]'])
    place: int = Field(examples=[41])
    size: int = Field(examples=[99997])
    path: list[str] = Field(examples=[["ab12…"]])
    root: str = Field(examples=["cd34…"])


class LotResultFilter(Schema):
    """Which meter: its whole serial number or label."""

    number: Annotated[str, filled(60)]


# A lot has its whole tree, its rule a whole procedure: of neither is anything told in a list.
_TOLD = (
    *("place", "serial", "label", "verdict", "lot__number", "lot__state"),
    *("group__maker", "group__model", "group__verified_on", "group__valid_until"),
)


@router.get("", response=list[LotResultOut], summary="Results by serial number or label")
def lot_results(request: Request, asked: Query[LotResultFilter]) -> list[LotResult]:
    """The results that one may see of a meter, newest first."""
    rows = LotResult.objects.visible_to(request.actor).named(asked.number).select_related("lot", "group")
    return list(rows.only(*_TOLD).order_by("-pk")[:50])


@router.get("/{int:lot}/{int:place}", response=LotResultDetail, summary="One result")
def lot_result(request: Request, lot: Key, place: int) -> LotResult:
    """One result with its readings and judgement."""
    return _result(request, lot, place)


@router.get("/{int:lot}/{int:place}/proof", response=LotProofOut, summary="Proof of one result")
def lot_result_proof(request: Request, lot: Key, place: int) -> dict[str, Any]:
    """The path from the result to the root that stands in the log."""
    return proof_of(_result(request, lot, place)).to_json()


def _results(request: Request) -> QuerySet[LotResult]:
    rows = LotResult.objects.visible_to(request.actor)
    return rows.select_related("lot__item", "lot__body", "lot__rule", "group").defer(
        "lot__rule__content", "group__tally"
    )


def _result(request: Request, lot: int, place: int) -> LotResult:
    if not 0 <= place < 2**31:
        raise InputRefused("place_impossible", "There is no such place in a lot.", field="place")
    return get_object_or_404(_results(request), lot_id=lot, place=place)
