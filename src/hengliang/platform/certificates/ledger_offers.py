"""What certificates add to the ledger: the proofs of an instrument, marks first, and finding it by a mark's number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hengliang.platform.certificates.marks.carried import (
    NumberAnswer,
    answer_of_mark,
    instruments_with_mark,
    marks_of,
    photographs_of,
)
from hengliang.platform.certificates.marks.kinds import kind_title
from hengliang.platform.certificates.marks.removal import Removal, removals_of
from hengliang.platform.certificates.models import Certificate, Mark
from hengliang.platform.certificates.states import CARRIED
from hengliang.platform.certificates.tables import CertificateTable
from hengliang.platform.core.models import Attachment
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument

LATEST = 100


@dataclass(frozen=True)
class Shown:
    """A mark as the page shows it."""

    mark: Mark
    kind: str
    answer: NumberAnswer
    photographs: list[Attachment]
    removal: Removal | None = None


def proofs(request: Request, instrument: Instrument) -> SafeString | HttpResponseBase:
    """The marks, certificates and notices of an instrument, of those that the actor may see."""
    table = CertificateTable().embed(
        request, Certificate.objects.visible_to(request.actor).filter(instrument=instrument)
    )
    if isinstance(table, HttpResponseBase):
        return table
    marks = marks_of(request.actor, instrument)[:LATEST]
    return SafeString(carried_block(marks, request.actor.today) + table)


def carried_block(marks: Iterable[Mark], on: date, *, earlier: bool = True) -> SafeString:
    """Marks with their photographs: those on the instrument, and below them the earlier ones."""
    rows = list(marks)
    pictures = photographs_of("certificates.mark", [row.pk for row in rows])
    off = removals_of(row for row in rows if row.state in CARRIED)
    shown = [
        Shown(row, kind_title(row.kind, on), answer_of_mark(row, on), pictures.get(row.pk, []), off.get(row.pk))
        for row in rows
    ]
    there = [one for one in shown if one.mark.state in CARRIED] if earlier else shown
    gone = [one for one in shown if one.mark.state not in CARRIED] if earlier else []
    context = {"there": there, "gone": gone, "titled": earlier}
    return SafeString(render_to_string("certificates/carried.html", context))


def found_by_mark(actor: Actor, number: str) -> "QuerySet[Instrument]":
    """The instruments that carry, or carried, a mark with this number."""
    return instruments_with_mark(actor, number)
