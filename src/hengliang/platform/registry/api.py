"""The ledger for programs: the same selectors and acts as the pages."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status
from pydantic import StringConstraints

from hengliang.platform.core.interface import Day, Key, Line, Listed, Optional, Part, Reason, listed
from hengliang.platform.core.models import Region
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry import services
from hengliang.platform.registry.api_imports import router as imports_router
from hengliang.platform.registry.models import (
    CatalogueItem,
    Instrument,
    InstrumentCode,
    InstrumentState,
    Purpose,
    Regime,
)
from hengliang.platform.registry.selectors.catalogue import catalogue_list
from hengliang.platform.registry.selectors.due import due_within, overdue
from hengliang.platform.registry.selectors.find import instrument_visible
from hengliang.platform.registry.selectors.ledger import entry_list, searched, with_names
from hengliang.platform.registry.standing import standing

router = Router(tags=["ledger"])
router.add_router("", imports_router)
Code = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class ItemOut(Schema):
    """An item of the catalogue."""

    id: int = Field(examples=[51])
    code: str = Field(examples=["FUEL"])
    name: str = Field(examples=["燃油加油机"])
    name_en: str = Field(examples=["Fuel dispenser"])
    control: str = Field(examples=["P+V"])
    regime: str = Field(examples=["periodic"])
    period_months: int | None = Field(examples=[6])
    regulation: str = Field(examples=["JJG 443"])
    mark: str = Field(examples=["C"])


class EntryOut(Schema):
    """An instrument as it stands on a day."""

    id: int = Field(examples=[1204])
    code: str = Field(examples=["23456789AX"])
    name: str = Field(examples=["加油机"])
    item: str = Field(examples=["FUEL"])
    model: str = Field(examples=["JYJ-50"])
    serial_number: str = Field(examples=["20240001"])
    manufacturer: str = Field(examples=["示例仪器有限公司"])
    part_label: str = Field(examples=[""])
    status: str = Field(examples=["in_use"])
    owner_id: int = Field(examples=[12])
    owner: str = Field(examples=["量县加油站"])
    region_id: int = Field(examples=[3])
    region: str = Field(examples=["量县"])
    place: str = Field(examples=["1号岛"])
    purpose: str = Field(examples=["trade"])
    regime: str = Field(examples=["periodic"])
    mandatory: bool = Field(examples=[True])
    body_id: int | None = Field(examples=[9])
    last_on: date | None = Field(examples=["2026-03-01"])
    last_result: str = Field(examples=["pass"])
    due_on: date | None = Field(examples=["2026-08-31"])
    valid_from: date = Field(examples=["2026-03-01"])


class CodeOut(Schema):
    """A code that somebody else knows the instrument by."""

    kind: str = Field(examples=["ecqs"])
    value: str = Field(examples=["3401202600001"])
    valid_from: date = Field(examples=["2026-03-01"])
    valid_to: date | None = Field(examples=[None])


class InstrumentOut(EntryOut):
    """One instrument with its parts and codes."""

    standing: str = Field(examples=["valid"])
    redirected: bool = Field(examples=[False])
    parts: list[EntryOut]
    codes: list[CodeOut]


class Filter(Schema):
    """Which instruments, of which day."""

    q: Optional = ""
    on: Day | None = None
    due: Annotated[str, Field(pattern="^(overdue|soon)?$")] = ""
    status: Optional = Field("", examples=["in_use"])
    item: Optional = Field("", examples=["FUEL"])
    owner_id: Key | None = None
    region_id: Key | None = None
    parts: bool = False


class FileIn(Schema):
    """An instrument to be filed."""

    item: Line = Field(examples=["FUEL"])
    owner_id: Key
    region_id: Key
    purpose: Purpose = Field(examples=["trade"])
    serial_number: Line = Field(max_length=100, examples=["20240001"])
    name: Optional = Field("", max_length=100)
    model: Optional = Field("", max_length=100)
    manufacturer: Optional = Field("", max_length=200)
    measuring_range: Optional = Field("", max_length=100)
    accuracy_class: Optional = Field("", max_length=40)
    place: Optional = ""
    made_on: Day | None = None
    ecqs: Optional = Field("", max_length=100)


class On(Schema):
    """From which day."""

    on: Day | None = None


class Reasoned(On):
    """From which day, and why."""

    reason: Reason


class AcceptIn(On):
    """The body that is to verify it, if known."""

    body_id: Key | None = None


class MoveIn(On):
    """Where it stands."""

    place: Line = Field(max_length=300, examples=["2号岛"])
    region_id: Key | None = None


class TransferIn(Reasoned):
    """To whom it goes."""

    owner_id: Key


class ReclassifyIn(Reasoned):
    """What changes; what is left out stays."""

    purpose: Purpose | None = None
    regime: Regime | None = None
    mandatory: bool | None = None


class MergeIn(Reasoned):
    """The entry that stays."""

    into: Code


class CodeIn(On):
    """A code to be assigned."""

    kind: InstrumentCode.Kind = Field(examples=["ecqs"])
    value: Line = Field(max_length=100, examples=["3401202600001"])


class PartIn(On):
    """A part judged singly."""

    label: Line = Field(max_length=40, examples=["1号枪"])
    serial_number: Optional | None = Field(None, max_length=100)
    due_on: Day | None = None


class ResultIn(Schema):
    """What a paper proof says."""

    verified_on: Day
    passed: bool
    due_on: Day | None = None
    reason: Reason


def entry_out(row: InstrumentState) -> dict[str, Any]:
    """A row of the ledger as programs see it."""
    shown = row.instrument
    names = ("status", "owner_id", "region_id", "place", "purpose", "regime", "mandatory", "body_id", "last_on",
             "last_result", "due_on", "valid_from")  # fmt: skip
    told = {
        name: getattr(shown, name) for name in ("code", "name", "model", "serial_number", "manufacturer", "part_label")
    }
    told |= {name: getattr(row, name) for name in names}
    return told | {"id": shown.pk, "item": shown.item.code, "owner": row.owner.name, "region": row.region_name or ""}  # type: ignore[attr-defined]


@router.get("/catalogue", response=list[ItemOut], summary="Mandatory catalogue")
def catalogue(request: Request) -> "QuerySet[CatalogueItem]":
    """Every item, with how sure the row is."""
    return catalogue_list()


@router.get("/instruments", response=Listed[EntryOut], summary="Instruments")
def instruments(request: Request, asked: Query[Filter], part: Part) -> dict[str, Any]:
    """The instruments that one may see, of a day (default: today), newest first."""
    day = asked.on or request.actor.today
    rows = searched(entry_list(request.actor, on=asked.on, parts=asked.parts), asked.q)
    if asked.due:
        rows = overdue(rows, day) if asked.due == "overdue" else due_within(rows, day)
    exact = {"status": asked.status, "instrument__item__code": asked.item, "owner_id": asked.owner_id,
             "region_id": asked.region_id}  # fmt: skip
    found = listed(rows.filter(**{name: value for name, value in exact.items() if value}), part)
    return found | {"items": [entry_out(row) for row in found["items"]]}


@router.get("/instruments/{code}", response=InstrumentOut, summary="One instrument")
def instrument(request: Request, code: Code) -> dict[str, Any]:
    """One instrument by any of its codes; `redirected` where the code is that of a merged entry."""
    found = instrument_visible(request.actor, code)
    if found is None:
        raise Http404
    return _one(request, found.instrument) | {"redirected": found.redirected}


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
    return Status(201, _one(request, made))


@router.post("/instruments/{code}/accept", response=InstrumentOut, summary="Accept a filing")
def accept(request: Request, code: Code, told: AcceptIn) -> dict[str, Any]:
    """The instrument is in use and counts."""
    bodies = Organisation.objects.visible_to(request.actor).filter(is_verification_body=True)
    body = get_object_or_404(bodies, pk=told.body_id) if told.body_id else None
    return _act(request, "instrument_accept", code, body=body, on=told.on)


@router.post("/instruments/{code}/return", response=InstrumentOut, summary="Return a filing")
def give_back(request: Request, code: Code, told: Reasoned) -> dict[str, Any]:
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
def stop(request: Request, code: Code, told: Reasoned) -> dict[str, Any]:
    """Out of use for a time."""
    return _act(request, "instrument_stop", code, **told.dict())


@router.post("/instruments/{code}/resume", response=InstrumentOut, summary="Take into use again")
def resume(request: Request, code: Code, told: On) -> dict[str, Any]:
    """Into use again."""
    return _act(request, "instrument_resume", code, **told.dict())


@router.post("/instruments/{code}/lose", response=InstrumentOut, summary="Report as lost")
def lose(request: Request, code: Code, told: Reasoned) -> dict[str, Any]:
    """Lost."""
    return _act(request, "instrument_lose", code, **told.dict())


@router.post("/instruments/{code}/find", response=InstrumentOut, summary="Report as found")
def find(request: Request, code: Code, told: On) -> dict[str, Any]:
    """Found; out of use until resumed."""
    return _act(request, "instrument_find", code, **told.dict())


@router.post("/instruments/{code}/scrap", response=InstrumentOut, summary="Scrap")
def scrap(request: Request, code: Code, told: Reasoned) -> dict[str, Any]:
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
    return _one(request, Instrument.objects.select_related("item").get(pk=found.instrument.pk))


def _one(request: Request, shown: Instrument) -> dict[str, Any]:
    day = request.actor.today
    rows = InstrumentState.objects.current()
    own = with_names(rows.filter(instrument=shown), day).get()
    parts = with_names(rows.filter(instrument__part_of=shown), day).order_by("instrument__part_label")
    codes = InstrumentCode.objects.known().filter(instrument=shown).order_by("kind", "valid_from")
    return entry_out(own) | {
        "standing": standing(own, day),
        "redirected": False,
        "parts": [entry_out(row) for row in parts],
        "codes": list(codes),
    }
