"""What stands on an instrument: marks in force and earlier ones, with their photographs; and what a number says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hengliang.platform.certificates.marks.kinds import CANCELLATION, PROOF, mark_kinds
from hengliang.platform.certificates.marks.numbers import taken_apart
from hengliang.platform.certificates.models import Certificate, Mark, MarkBatch, MarkSeries
from hengliang.platform.certificates.selectors import CANCELLED, IN_ORDER, answer_of
from hengliang.platform.certificates.states import CARRIED, ON_INSTRUMENT, TO_REMOVE
from hengliang.platform.core.attachments import register_attachment_reader
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Attachment
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument
from hengliang.platform.verification.models import Record, Task

TO_BE_REMOVED, TAKEN_OFF, NOT_USED, IN_STOCK, AWAITED, IN_FORCE, UNKNOWN = (
    "to_be_removed", "taken_off", "not_used", "in_stock", "awaited", "in_force", "unknown",
)  # fmt: skip


def marks_of(actor: Actor, instrument: Instrument) -> "QuerySet[Mark]":
    """The marks of an instrument and its parts that the actor may see, the newest first."""
    rows = Mark.objects.visible_to(actor).carried_by(instrument)
    return rows.select_related("certificate", "instrument", "body", "person", "series").order_by("-on", "-pk")


def photographs_of(label: str, keys: Iterable[int]) -> dict[int, list[Attachment]]:
    """The pictures attached to objects of one kind, by their keys; one query for all."""
    rows = Attachment.objects.filter(
        subject_type=label, subject_id__in=[str(key) for key in keys], media_type__startswith="image/"
    )
    found: dict[int, list[Attachment]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(int(row.subject_id), []).append(row)
    return found


def proofs_in_force(instrument: Instrument, on: date) -> list[Mark]:
    """The marks that prove a pass and stand on an instrument, whether good or to be removed."""
    proofs = [one.code for one in mark_kinds(on).values() if one.role == PROOF]
    return list(Mark.objects.carried_by(instrument).filter(state__in=CARRIED, kind__in=proofs).order_by("-on", "-pk"))


def marks_beside(certificate: Certificate) -> list[Mark]:
    """The marks that stand for a certificate and are still on the instrument: what a citizen compares."""
    return list(certificate.marks.filter(state__in=CARRIED).order_by("kind", "number"))


@dataclass(frozen=True)
class NumberAnswer:
    """What anybody is told about a number: a verdict, the mark, and the certificate that it stands for."""

    verdict: str
    mark: Mark | None = None


def answer_of_mark(mark: Mark, on: date) -> NumberAnswer:
    """How a number stands on a day. A proof says what its certificate says; while that is awaited, it says so."""
    kinds = mark_kinds(on)
    role = kinds[mark.kind].role if mark.kind in kinds else ""
    if mark.state == TO_REMOVE:
        return NumberAnswer(TO_BE_REMOVED, mark)
    if mark.state != ON_INSTRUMENT:
        return NumberAnswer(TAKEN_OFF if mark.instrument_id else NOT_USED, mark)
    if role == CANCELLATION:
        return NumberAnswer(CANCELLED, mark)
    if role != PROOF:
        return NumberAnswer(IN_FORCE, mark)
    if mark.certificate is None:
        return NumberAnswer(AWAITED, mark)
    return NumberAnswer(answer_of(mark.certificate, on).verdict, mark)


def marks_by_number(text: str, *, kind: str = "", body: int | None = None, most: int = 10) -> list[Mark]:
    """The marks with a number, as printed; several bodies may have the same. What can't be a number is none."""
    try:
        found = taken_apart(text)
    except InputRefused:
        return []
    # A row of what was lost or destroyed stands for all numbers from its first to its last.
    series = MarkSeries.objects.filter(prefix=found.prefix, width=found.width)
    within = Mark.objects.filter(series__in=series, first__lte=found.serial, last__gte=found.serial)
    rows = Mark.objects.filter(number=f"{found.prefix}{found.serial:0{found.width}d}")
    rows = rows if rows.exists() else within
    if kind:
        rows = rows.filter(kind=kind)
    if body is not None:
        rows = rows.filter(body=body)
    return list(rows.select_related("certificate", "instrument", "body").order_by("kind", "body", "pk")[:most])


def in_stock(text: str) -> bool:
    """Whether a number was received by a body and no more is known of it: in store or in hand, never used."""
    try:
        found = taken_apart(text)
    except InputRefused:
        return False
    series = MarkSeries.objects.filter(prefix=found.prefix, width=found.width)
    return MarkBatch.objects.filter(series__in=series, first__lte=found.serial, last__gte=found.serial).exists()


def instruments_with_mark(actor: Actor, number: str) -> "QuerySet[Instrument]":
    """The instruments of the actor's marks with a number: for the search of the ledger."""
    rows = Mark.objects.visible_to(actor).filter(number=number.strip(), instrument__isnull=False)
    return Instrument.objects.filter(pk__in=rows.values("instrument"))


def _may_read_mark(actor: Actor, key: str) -> bool:
    return Mark.objects.visible_to(actor).filter(pk=int(key)).exists()


def _may_read_record(actor: Actor, key: str) -> bool:
    record = Record.objects.filter(pk=int(key)).first()
    return record is not None and Task.objects.visible_to(actor).filter(pk=record.task_id).exists()


def register_readers() -> None:
    """Who sees a mark or a record sees its photographs."""
    register_attachment_reader("certificates.mark", _may_read_mark)
    register_attachment_reader("verification.record", _may_read_record)


__all__ = ["IN_ORDER", "NumberAnswer", "answer_of_mark", "marks_by_number", "marks_of", "proofs_in_force"]
