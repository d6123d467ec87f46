"""Sheets for programs: sent, looked at, imported or dropped."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Schema, Status, UploadedFile

from hengliang.platform.core.interface import Key, Listed, Part, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import HOLDER_ROLES
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.api.mounting import router
from hengliang.platform.registry.imports.told import faults_of, import_list
from hengliang.platform.registry.models import InstrumentImport
from hengliang.platform.registry.services import (
    import_at_once,
    import_drop,
    import_read,
    import_receive,
    instrument_import,
)


class ImportOut(Schema):
    """A sheet, and what it would do or did."""

    id: int = Field(examples=[5])
    file_name: str = Field(examples=["台账.xlsx"])
    state: str = Field(examples=["checked"])
    sent_at: datetime = Field(alias="act.at", examples=["2026-03-02T02:00:00Z"])
    rows: int = Field(examples=[120])
    new: int = Field(examples=[100])
    changed: int = Field(examples=[15])
    unchanged: int = Field(examples=[3])
    refused: int = Field(examples=[2])
    root: str = Field(examples=[""])


class FaultOut(Schema):
    """One thing that is wrong with a row."""

    row: int = Field(alias="number", examples=[3])
    field: str = Field(examples=["purpose"])
    column: str = Field(examples=["用途"])
    code: str = Field(examples=["choice_unclear"])
    reason: str = Field(examples=["“吃饭”不在可选值之中。"])
    remedy: str = Field(examples=["请从以下选一个：贸易结算、安全防护。"])


class ApplyIn(Schema):
    """Whether rows that are refused are left out; otherwise one of them stops all."""

    leave_out_refused: bool = False


@router.get("/imports", response=Listed[ImportOut], summary="Sheets sent")
def imports(request: Request, part: Part) -> dict[str, Any]:
    """The sheets that one may see, newest first."""
    return listed(import_list(request.actor), part)


@router.post("/imports", response={201: ImportOut}, summary="Send a sheet")
def send(
    request: Request, file: File[UploadedFile], organisation_id: Form[Key | None] = None, at_once: Form[bool] = False
) -> Status[Any]:
    """Read and check a sheet (XLSX, CSV); nothing is written into the ledger, unless `at_once` is true and no row is
    refused. `organisation_id`: the user of rows that name none."""
    own = Organisation.objects.filter(pk__in=request.actor.organisations(HOLDER_ROLES))
    organisation = get_object_or_404(own, pk=organisation_id) if organisation_id else None
    told: dict[str, Any] = {"file_name": file.name or "", "chunks": file.chunks(), "organisation": organisation}
    if at_once:
        return Status(201, import_at_once(actor=request.actor, **told))
    return Status(201, import_read(actor=request.actor, batch=import_receive(actor=request.actor, **told)))


@router.get("/imports/{int:pk}", response=ImportOut, summary="One sheet")
def one(request: Request, pk: Key) -> InstrumentImport:
    """How far it is, and what it would do."""
    return get_object_or_404(import_list(request.actor), pk=pk)


@router.get("/imports/{int:pk}/faults", response=list[FaultOut], summary="What is wrong with a sheet")
def faults(request: Request, pk: Key) -> list[Any]:
    """The first thousand faults by row, in the reader's language."""
    return faults_of(get_object_or_404(import_list(request.actor), pk=pk), 0, 1000)


@router.post("/imports/{int:pk}/import", response=ImportOut, summary="Import a sheet")
def apply(request: Request, pk: Key, told: ApplyIn) -> InstrumentImport:
    """Write a checked sheet into the ledger, as one act."""
    batch = get_object_or_404(import_list(request.actor), pk=pk)
    return instrument_import(actor=request.actor, batch=batch, leave_out_refused=told.leave_out_refused)


@router.post("/imports/{int:pk}/drop", response={204: None}, summary="Drop a sheet")
def drop(request: Request, pk: Key) -> Status[None]:
    """Throw a sheet away."""
    import_drop(actor=request.actor, batch=get_object_or_404(import_list(request.actor), pk=pk))
    return Status(204, None)
