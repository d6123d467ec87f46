"""Certificates and notices for programs, and the public check of a code."""

from datetime import date
from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Router, Schema, Status

from hengliang.platform.certificates.marked import handed_out
from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.selectors import UNKNOWN, Answer, answer_of
from hengliang.platform.certificates.services import (
    certificate_issue,
    certificate_render,
    certificate_replace,
    certificate_withdraw,
)
from hengliang.platform.certificates.services.certificate_issue import MarkNamed
from hengliang.platform.certificates.states import CERTIFICATE
from hengliang.platform.core.interface import Day, Key, Listed, Optional, Part, Reason, Reasoned, listed, upto, words_of
from hengliang.platform.core.requests import Request
from hengliang.platform.verification.models import Record, Task

router = Router(tags=["certificates"])
STATES = "|".join(state.code for state in CERTIFICATE.states)
Verdict = Literal["in_order", "expired", "withdrawn", "replaced", "failed", "cancelled", "genuine", "unknown"]
Kind = Annotated[Certificate.Kind, words_of(Certificate.Kind)]


class CertificateOut(Schema):
    """A proof: certificate, notice of result, calibration certificate, test report, arbitration certificate."""

    id: int = Field(examples=[55])
    code: str = Field(examples=["7K3MZQ9RWA"])
    kind: Kind = Field(examples=["certificate"])
    job: str = Field(examples=["mandatory"])
    number: str = Field(examples=["衡检字第2026000055号"])
    record_id: int = Field(examples=[90])
    body_id: int = Field(examples=[2])
    owner_id: int = Field(examples=[12])
    verified_on: date = Field(examples=["2026-03-02"])
    issued_on: date = Field(examples=["2026-03-03"])
    valid_until: date | None = Field(examples=["2027-03-01"])
    replaces_id: int | None = Field(examples=[None])
    training: bool = Field(examples=[True])
    state: str = Field(examples=["in_force"])


class CertificateDetail(CertificateOut):
    """A proof with its whole content, as frozen at issue."""

    content: dict[str, Any] = Field(examples=[{"number": "衡检字第2026000055号"}])
    content_sha256: str = Field(examples=["9f86d081884c7d65…"])


class CertificateFilter(Schema):
    """Which proofs."""

    state: str | None = Field(None, pattern=f"^({STATES})$", examples=["in_force"])
    kind: Kind | None = None
    number: Optional = ""
    instrument: Optional = ""


class NamedIn(Schema):
    """A label, mark or seal that goes with a proof."""

    kind: Annotated[str, upto(24)] = Field(examples=["label"])
    number: Annotated[str, upto(60)] = Field(examples=["衡检A000123"])
    place: Annotated[str, upto(100)] = ""


class IssueIn(Schema):
    """For which approved record, with which marks out of the verifier's hands."""

    record_id: Key
    marks: Annotated[list[NamedIn], Field(max_length=50)] = []
    reason: Optional = Field("", description="Why it is issued, where it has expired by then.")


class WithdrawIn(Schema):
    """Why, and from which day on (default: today)."""

    reason: Reason
    on: Day | None = None


class CheckOut(Schema):
    """What anybody may know of a code: whether the proof behind it is in order today."""

    verdict: Verdict = Field(examples=["in_order"])
    number: str | None = Field(None, examples=["衡检字第2026000055号"])
    instrument: str | None = Field(None, examples=["电子计价秤"])
    serial_number: str | None = Field(None, examples=["20250101"])
    body: str | None = Field(None, examples=["衡城市计量检定所"])
    verified_on: date | None = Field(None, examples=["2026-03-02"])
    valid_until: date | None = Field(None, examples=["2027-03-01"])


@router.get("", response=Listed[CertificateOut], summary="Certificates and notices")
def certificates(request: Request, asked: Query[CertificateFilter], part: Part) -> dict[str, Any]:
    """The proofs that one holds, issued or oversees."""
    wanted = {
        "state": asked.state, "kind": asked.kind, "number": asked.number, "instrument__code": asked.instrument,
    }  # fmt: skip
    rows = Certificate.objects.visible_to(request.actor).defer("content")
    return listed(rows.filter(**{name: value for name, value in wanted.items() if value}), part)


@router.post("", response={201: CertificateDetail}, summary="Issue")
def issue(request: Request, told: IssueIn) -> Status[Certificate]:
    """The proof of an approved record; the ledger takes over the result."""
    rows = Record.objects.filter(task__in=Task.objects.visible_to(request.actor))
    record = get_object_or_404(rows.select_related("task__instrument", "task__body", "rule"), pk=told.record_id)
    marks = [MarkNamed(one.kind, one.number, one.place) for one in told.marks]
    with transaction.atomic():
        return Status(201, certificate_issue(actor=request.actor, record=record, marks=marks, reason=told.reason))


@router.get("/{int:pk}", response=CertificateDetail, summary="One proof")
def certificate(request: Request, pk: Key) -> Certificate:
    """One proof with its content."""
    return _visible(request, pk)


@router.post("/{int:pk}/withdraw", response=CertificateOut, summary="Withdraw")
def withdraw(request: Request, pk: Key, told: WithdrawIn) -> Certificate:
    """The proof is good no longer; it stays readable."""
    shown = _visible(request, pk)
    certificate_withdraw(actor=request.actor, certificate=shown, reason=told.reason, on=told.on)
    return shown


@router.post("/{int:pk}/replace", response=CertificateOut, summary="Replace")
def replace(request: Request, pk: Key, told: Reasoned) -> Certificate:
    """A mistake in a proof: its record becomes void, the task waits again, the next proof names this one."""
    shown = _visible(request, pk)
    certificate_replace(actor=request.actor, certificate=shown, reason=told.reason)
    return shown


PDF = {"responses": {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}}


@router.get("/{int:pk}/document", openapi_extra=PDF, summary="The document (PDF)")
def document(request: Request, pk: Key) -> HttpResponse:
    """The PDF; of a proof that no longer stands the marked copy."""
    shown = _visible(request, pk)
    handed = handed_out(shown, certificate_render(actor=request.actor, certificate=shown))
    return HttpResponse(handed.pdf, content_type="application/pdf", headers={"ETag": f'"{handed.mark}"'})


@router.get("/{int:pk}/original", openapi_extra=PDF, summary="The document as it was issued (PDF)")
def original(request: Request, pk: Key) -> HttpResponse:
    """The file as it was issued, the same bytes ever after, whatever became of the proof."""
    frozen = certificate_render(actor=request.actor, certificate=_visible(request, pk))
    return HttpResponse(bytes(frozen.pdf), content_type="application/pdf", headers={"ETag": f'"{frozen.sha256}"'})


@router.get("/check/{code}", response=CheckOut, auth=None, summary="Check a code (public)")
def check(request: Request, code: Path[Optional]) -> dict[str, Any]:
    """Whether the proof behind a code is in order today. Needs no token."""
    row = Certificate.objects.filter(code=code.upper()).first()
    answer = answer_of(row, request.actor.today) if row else Answer(UNKNOWN)
    if row is None:
        return {"verdict": answer.verdict}
    told = row.content
    return {
        "verdict": answer.verdict,
        "number": row.number,
        "instrument": told["instrument"]["name"],
        "serial_number": told["instrument"]["serial_number"],
        "body": told["body"]["name"],
        "verified_on": row.verified_on,
        "valid_until": row.valid_until,
    }


def _visible(request: Request, pk: int) -> Certificate:
    rows = Certificate.objects.visible_to(request.actor).select_related("record__task", "body", "owner", "instrument")
    return get_object_or_404(rows, pk=pk)
