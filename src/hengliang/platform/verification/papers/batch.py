"""Many papers as one PDF with a list in front."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import override
from pypdf import PdfReader, PdfWriter

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.table import Selection
from hengliang.platform.core.rights import Actor
from hengliang.platform.verification.models import PrintJob
from hengliang.platform.verification.papers.fill import filled
from hengliang.platform.verification.papers.layout import layout_of
from hengliang.platform.verification.papers.sheet import sheet_pdf
from hengliang.platform.verification.papers.slips import PAPER_LANGUAGE


@dataclass(frozen=True)
class Printed:
    """A kind of paper that lists can print.

    ticked : the keys of the rows that a request ticked, of those that the actor may see
    paper : number and PDF of one, of those that the actor may see; raises `PlatformError` for one that can't be
    """

    label: Any
    back: Callable[[], str]
    ticked: Callable[[Any], Iterable[int]]
    paper: Callable[[Actor, str], tuple[str, bytes]]

    def carry(self, request: HttpRequest) -> Sequence[tuple[str, str]]:
        """The selection, to be carried on."""
        return Selection.from_post(request).fields()


KINDS: dict[str, Printed] = {}


def register_printed(kind: str, printed: Printed) -> None:
    """Add a kind of paper; called once from `AppConfig.ready` of the app that prints it."""
    KINDS[kind] = printed


def make(job: PrintJob, actor: Actor) -> None:
    """Make the file of a job; what can't be printed is named with its reason, and the others are printed."""
    made: list[tuple[str, bytes]] = []
    refused: list[list[str]] = []
    for at, key in enumerate(job.keys, start=1):
        try:
            made.append(KINDS[job.kind].paper(actor, key))
        except PlatformError as fault:
            with override(PAPER_LANGUAGE):
                refused.append([key, str(fault)])
        PrintJob.objects.filter(pk=job.pk).update(done=at)
    whole = _bound(job, actor, made, refused)
    PrintJob.objects.filter(pk=job.pk).update(pdf=whole, refused=refused, done=len(job.keys))


def _bound(job: PrintJob, actor: Actor, made: Sequence[tuple[str, bytes]], refused: Sequence[Sequence[str]]) -> bytes:
    readers = [PdfReader(io.BytesIO(pdf)) for _name, pdf in made]
    counts = [len(reader.pages) for reader in readers]
    cover = _cover(job, actor, made, refused, counts, pages=1)
    lead = len(PdfReader(io.BytesIO(cover)).pages)
    if lead > 1:  # the list itself takes more than a page: the numbers move
        cover = _cover(job, actor, made, refused, counts, pages=lead)
    whole = PdfWriter()
    for reader in [PdfReader(io.BytesIO(cover)), *readers]:
        for page in reader.pages:
            whole.add_page(page)
    out = io.BytesIO()
    whole.write(out)
    return out.getvalue()


def _cover(
    job: PrintJob, actor: Actor, made: Sequence[tuple[str, bytes]], refused: Sequence[Sequence[str]],
    counts: Sequence[int], *, pages: int,
) -> bytes:  # fmt: skip
    rows, first = [], pages + 1
    for (name, _pdf), count in zip(made, counts, strict=True):
        rows.append({"name": name, "page": str(first)})
        first += count
    rows += [{"name": key, "reason": reason} for key, reason in refused]
    with override(PAPER_LANGUAGE):
        sheet = filled(
            layout_of("cover", actor.today), number=f"{job.pk}", body=str(KINDS[job.kind].label),
            values={
                "asked_by": actor.name, "asked_on": actor.today.isoformat(), "count": str(len(made)),
                "refused": str(len(refused)),
            },
            rows=[row | {"at": str(at)} for at, row in enumerate(rows, start=1)],
        )  # fmt: skip
    return sheet_pdf(sheet)
