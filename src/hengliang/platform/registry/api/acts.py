"""The acts on an instrument."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Status

from hengliang.platform.core.models import Region
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry import services
from hengliang.platform.registry.api.answers import InstrumentOut, instrument_out
from hengliang.platform.registry.api.mounting import router
from hengliang.platform.registry.api.questions import (
    AcceptIn,
    Code,
    CodeIn,
    FileIn,
    MergeIn,
    MoveIn,
    On,
    PartIn,
    ReasonIn,
    ReclassifyIn,
    ResultIn,
    TransferIn,
)
from hengliang.platform.registry.models import CatalogueItem, Instrument
from hengliang.platform.registry.selectors.find import instrument_visible


@router.post("/instruments", response={201: InstrumentOut}, summary="File an instrument")
def file(request: Request, told: FileIn) -> Status[dict[str, Any]]:
    """File an instrument; the authority has yet to accept it."""
    seen = Organisation.objects.visible_to(request.actor)
    made = services.instrument_file(
        actor=request.actor,
        item=get_object_or_404(CatalogueItem, code=told.item),
        owner=get_object_or_404(seen, pk=told.owner_id),
        region=get_object_or_404(Region, pk=told.region_id),
        codes={"ecqs": told.ecqs},
        **told.dict(exclude={"item", "owner_id", "region_id", "ecqs"}),
    )
    return Status(201, instrument_out(request, made))


@router.post("/instruments/{code}/accept", response=InstrumentOut, summary="Accept a filing")
def accept(request: Request, code: Code, told: AcceptIn) -> dict[str, Any]:
    """The instrument is in use and counts."""
    bodies = Organisation.objects.visible_to(request.actor).filter(is_verification_body=True)
    body = get_object_or_404(bodies, pk=told.body_id) if told.body_id else None
    return _act(request, "instrument_accept", code, body=body, on=told.on)


@router.post("/instruments/{code}/return", response=InstrumentOut, summary="Return a filing")
def give_back(request: Request, code: Code, told: ReasonIn) -> dict[str, Any]:
    """Its user corrects it and files it again."""
    return _act(request, "instrument_return", code, **told.dict())


@router.post("/instruments/{code}/file-again", response=InstrumentOut, summary="File again")
def file_again(request: Request, code: Code, told: On) -> dict[str, Any]:
    """A returned filing is put before the authority again."""
    return _act(request, "instrument_file_again", code, **told.dict())


@router.post("/instruments/{code}/move", response=InstrumentOut, summary="Move an instrument")
def move(request: Request, code: Code, told: MoveIn) -> dict[str, Any]:
    """Another place, and perhaps another region."""
    region = get_object_or_404(Region, pk=told.region_id) if told.region_id else None
    return _act(request, "instrument_move", code, place=told.place, region=region, on=told.on)


@router.post("/instruments/{code}/transfer", response=InstrumentOut, summary="Transfer to another user")
def transfer(request: Request, code: Code, told: TransferIn) -> dict[str, Any]:
    """The former user no longer sees it; the answer is then what stood before."""
    owner = get_object_or_404(Organisation.objects.visible_to(request.actor), pk=told.owner_id)
    return _act(request, "instrument_transfer", code, owner=owner, reason=told.reason, on=told.on)


@router.post("/instruments/{code}/reclassify", response=InstrumentOut, summary="Reclassify an instrument")
def reclassify(request: Request, code: Code, told: ReclassifyIn) -> dict[str, Any]:
    """Purpose, regime or scope change."""
    return _act(request, "instrument_reclassify", code, **told.dict(exclude_none=True))


@router.post("/instruments/{code}/stop", response=InstrumentOut, summary="Take out of use")
def stop(request: Request, code: Code, told: ReasonIn) -> dict[str, Any]:
    """Out of use for a time."""
    return _act(request, "instrument_stop", code, **told.dict())


@router.post("/instruments/{code}/resume", response=InstrumentOut, summary="Take into use again")
def resume(request: Request, code: Code, told: On) -> dict[str, Any]:
    """Into use again."""
    return _act(request, "instrument_resume", code, **told.dict())


@router.post("/instruments/{code}/lose", response=InstrumentOut, summary="Report as lost")
def lose(request: Request, code: Code, told: ReasonIn) -> dict[str, Any]:
    """Lost."""
    return _act(request, "instrument_lose", code, **told.dict())


@router.post("/instruments/{code}/find", response=InstrumentOut, summary="Report as found")
def find(request: Request, code: Code, told: On) -> dict[str, Any]:
    """Found; out of use until resumed."""
    return _act(request, "instrument_find", code, **told.dict())


@router.post("/instruments/{code}/scrap", response=InstrumentOut, summary="Scrap")
def scrap(request: Request, code: Code, told: ReasonIn) -> dict[str, Any]:
    """For good."""
    return _act(request, "instrument_scrap", code, **told.dict())


@router.post("/instruments/{code}/merge", response=InstrumentOut, summary="Merge a duplicate")
def merge(request: Request, code: Code, told: MergeIn) -> dict[str, Any]:
    """This entry ends; its codes lead to the other."""
    into = instrument_visible(request.actor, told.into)
    if into is None:
        raise Http404
    return _act(request, "instrument_merge", code, into=into.instrument, reason=told.reason, on=told.on)


@router.post("/instruments/{code}/codes", response=InstrumentOut, summary="Assign a code")
def assign_code(request: Request, code: Code, told: CodeIn) -> dict[str, Any]:
    """A code of somebody else's."""
    return _act(request, "instrument_code_assign", code, **told.dict())


@router.post("/instruments/{code}/parts", response=InstrumentOut, summary="Add a part")
def add_part(request: Request, code: Code, told: PartIn) -> dict[str, Any]:
    """A part that is judged singly."""
    return _act(request, "instrument_part_add", code, **told.dict(exclude_none=True))


@router.post("/instruments/{code}/results", response=InstrumentOut, summary="Enter an earlier result")
def enter_result(request: Request, code: Code, told: ResultIn) -> dict[str, Any]:
    """The result of a proof on paper."""
    return _act(request, "earlier_result_enter", code, **told.dict())


def _act(request: Request, act: str, code: str, **told: Any) -> dict[str, Any]:
    found = instrument_visible(request.actor, code)
    if found is None:
        raise Http404
    getattr(services, act)(actor=request.actor, instrument=found.instrument, **told)
    return instrument_out(request, Instrument.objects.select_related("item").get(pk=found.instrument.pk))
