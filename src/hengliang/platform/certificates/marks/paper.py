"""Labels of conformity (检定合格证) on paper: 60 × 40 mm for a label printer, or 24 on a sheet of A4."""

from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from hengliang.platform.certificates.marks.kinds import kind_title, mark_kinds
from hengliang.platform.certificates.models import Mark
from hengliang.platform.certificates.states import CARRIED
from hengliang.platform.core.typst import code_to_scan, typeset
from hengliang.platform.registry.codes import spaced

TEMPLATE = files("hengliang.platform.certificates") / "templates" / "certificates" / "labels.typ"
MOST = 1000


def printable(marks: Iterable[Mark], on: date) -> list[Mark]:
    """Those that stand on an instrument and that the platform prints."""
    kinds = {one.code for one in mark_kinds(on).values() if one.printed}
    return [mark for mark in marks if mark.kind in kinds and mark.instrument_id and mark.state in CARRIED]


def link_of(mark: Mark) -> str:
    """Where the code on a label leads: to its certificate, or, while that is awaited, to its number."""
    if mark.certificate is not None:
        return f"{settings.PUBLIC_URL}/c/{mark.certificate.code}"
    return f"{settings.PUBLIC_URL}/c/mark/?{urlencode({'number': mark.number})}"


def sheet(marks: Iterable[Mark], paper: str) -> bytes:
    """The PDF. The data go in as JSON, never as markup, so that no name can break the page."""
    with override("zh-hans"):
        model = {"labels": [_label(mark) for mark in marks], "training": _("For training only")}
    return typeset(TEMPLATE, model, paper=paper)


def _label(mark: Mark) -> dict[str, Any]:
    instrument, certificate = mark.instrument, mark.certificate
    until = certificate.valid_until if certificate is not None else None
    verified = certificate.verified_on if certificate is not None else mark.on
    lines = [
        (_("Instrument"), f"{instrument.name} {instrument.part_label}".strip() if instrument else ""),
        (_("Serial number"), instrument.serial_number if instrument else ""),
        (_("Verified on"), verified.isoformat()),
        (_("Valid until"), until.isoformat() if until else ""),
        (_("Verifier"), mark.person.name if mark.person else ""),
    ]
    return {
        "title": kind_title(mark.kind, mark.on),
        "number": mark.number,
        "body": mark.body.name,
        "code": spaced(instrument.code) if instrument else "",
        "lines": [[label, value] for label, value in lines if value],
        "qr": code_to_scan(link_of(mark)),
        "training": bool(certificate is not None and certificate.training),
    }
