"""Marks on instruments."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import File, Query, Router, Status
from ninja.files import UploadedFile

from hengliang.platform.certificates.api_marks.seen import seen_body, seen_mark
from hengliang.platform.certificates.api_marks.shapes import (
    MarkFilter,
    MarkOut,
    MarkRemovalIn,
    MarkUseIn,
    Number,
    NumberCheckOut,
    PhotographOut,
    RemovalOut,
)
from hengliang.platform.certificates.marks.carried import (
    IN_STOCK,
    NumberAnswer,
    answer_of_mark,
    in_stock,
    marks_by_number,
)
from hengliang.platform.certificates.marks.kinds import kind_title
from hengliang.platform.certificates.marks.removal import Removal, due_off, not_due_off, removals
from hengliang.platform.certificates.models import Mark
from hengliang.platform.certificates.selectors import UNKNOWN
from hengliang.platform.certificates.services import (
    mark_find,
    mark_remove,
    mark_use,
    photograph_add,
)
from hengliang.platform.core.interface import (
    Key,
    Listed,
    Part,
    Reasoned,
    listed,
)
from hengliang.platform.core.requests import Request
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.verification.models import Record, Task

router = Router(tags=["marks"])


@router.get("", response=Listed[MarkOut], summary="Labels, marks and seals")
def marks(request: Request, asked: Query[MarkFilter], part: Part) -> dict[str, Any]:
    """The marks that left the stock, of those that one may see."""
    wanted = {
        "kind": asked.kind, "state": asked.state, "number": asked.number, "instrument__code": asked.instrument,
    }  # fmt: skip
    rows = Mark.objects.visible_to(request.actor).select_related("instrument")
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if asked.due_off is not None:
        return listed(due_off(rows) if asked.due_off else not_due_off(rows), part)
    return listed(rows, part)


@router.get("/removals", response=list[RemovalOut], summary="Marks that have to come off")
def to_be_removed(request: Request, part: Part) -> list[Removal]:
    """The longest on their instrument first, with who must see to it; recorded by `removal` of the mark."""
    return removals(Mark.objects.visible_to(request.actor), part.limit)


@router.post("", response={201: MarkOut}, summary="Put on a mark")
def use(request: Request, told: MarkUseIn) -> Status[Mark]:
    """Put a number on an instrument, out of the hands of whoever verified, or of whoever asks."""
    record = None
    if told.record_id is not None:
        rows = Record.objects.filter(task__in=Task.objects.visible_to(request.actor))
        record = get_object_or_404(rows.select_related("task__instrument", "verifier"), pk=told.record_id)
    seen = Task.objects.visible_to(request.actor).values("instrument")
    states = InstrumentState.objects.visible_to(request.actor).current().values("instrument")
    known = Instrument.objects.filter(pk__in=seen) | Instrument.objects.filter(pk__in=states)
    instrument = get_object_or_404(known.distinct(), code=told.instrument)
    made = mark_use(
        actor=request.actor, number=told.number, kind=told.kind, body=seen_body(request, told.body_id),
        instrument=instrument, record=record, place=told.place, on=told.on or request.actor.today,
    )  # fmt: skip
    return Status(201, made)


@router.get("/check", response=list[NumberCheckOut], auth=None, summary="Check a number (public)")
def check_number(request: Request, number: Number) -> list[dict[str, Any]]:
    """Whether the mark with a number is in order today; several bodies may have the same. Needs no token."""
    found = [answer_of_mark(mark, request.actor.today) for mark in marks_by_number(number)]
    unseen = NumberAnswer(IN_STOCK if not found and in_stock(number) else UNKNOWN)
    return [_checked(one, request) for one in found or [unseen]]


def _checked(answer: NumberAnswer, request: Request) -> dict[str, Any]:
    mark = answer.mark
    if mark is None:
        return {"verdict": answer.verdict}
    return {
        "verdict": answer.verdict,
        "kind": kind_title(mark.kind, request.actor.today),
        "body": mark.body.name,
        "instrument": mark.instrument.name if mark.instrument else None,
        "on": mark.on if mark.instrument else None,
        "valid_until": mark.certificate.valid_until if mark.certificate else None,
    }


@router.get("/{int:pk}", response=MarkOut, summary="One mark")
def mark(request: Request, pk: Key) -> Mark:
    """One mark."""
    return seen_mark(request, pk)


@router.post("/{int:pk}/removal", response=MarkOut, summary="Record removal")
def removal(request: Request, pk: Key, told: MarkRemovalIn) -> Mark:
    """A mark was taken off."""
    shown = seen_mark(request, pk)
    mark_remove(actor=request.actor, mark=shown, **told.dict())
    return shown


@router.post("/{int:pk}/found", response=MarkOut, summary="Found again")
def found(request: Request, pk: Key, told: Reasoned) -> Mark:
    """A lost number turned up: it is spoiled."""
    shown = seen_mark(request, pk)
    mark_find(actor=request.actor, mark=shown, reason=told.reason)
    return shown


@router.post("/{int:pk}/photographs", response={201: PhotographOut}, summary="Add a photograph")
def photograph(request: Request, pk: Key, file: File[UploadedFile]) -> Status[Any]:
    """Add a photograph; what it says of place and device is removed, so its hash changes."""
    return Status(201, photograph_add(actor=request.actor, subject=seen_mark(request, pk), photograph=file))
