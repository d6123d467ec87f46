"""The files behind plans, reports, ratings and achievements for programs."""

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from hengliang.platform.core import attachments
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.interface import Key
from hengliang.platform.core.models import Attachment
from hengliang.platform.core.requests import Request
from hengliang.platform.core.selectors import attachments_of

router = Router(tags=["plan"])
_BYTES = {"schema": {"type": "string", "format": "binary"}}
FILE: dict[str, Any] = {"responses": {200: {"content": {kind: _BYTES for _head, kind in attachments.KINDS}}}}


class EvidenceOut(Schema):
    """A file that was attached; its bytes are at `/plan/files/{id}`."""

    id: int = Field(examples=[12])
    name: str = Field(examples=["批复.pdf"])
    media_type: str = Field(examples=["application/pdf"])
    size: int = Field(examples=[48211])
    sha256: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])


class Evidenced(Schema):
    """A row with the files that are attached to it."""

    files: list[EvidenceOut]

    @staticmethod
    def resolve_files(row: Model) -> list[Attachment]:
        """What is attached, oldest first."""
        return list(attachments_of(row))


@router.get("/files/{int:pk}", openapi_extra=FILE, summary="The bytes of a file")
def evidence(request: Request, pk: Key) -> HttpResponse:
    """A file attached to a plan, a report, a rating or an achievement that one sees, byte for byte."""
    row = get_object_or_404(Attachment, pk=pk, subject_type__startswith="plan.")
    if not attachments.may_read(request.actor, row):
        raise Http404
    data = attachments.read(row)
    if data is None:
        raise Refused("file_damaged", "This file is missing or damaged in the store; its hash remains.")
    return HttpResponse(data, content_type=row.media_type, headers={"ETag": f'"{row.sha256}"'})
