"""The copy that is handed out of a document whose proof no longer stands: marked on every page, with a page before it.

The file as it was issued stays what it is, byte for byte, and lies inside the copy and at an address of its own: as
evidence, not as something that could be shown for a proof. The copy bears no signature; what it says of the withdrawal
is said, signed, by the status of the proof.
"""

import io
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from hengliang.dcc.embedded import ORIGINAL
from hengliang.platform.certificates.models import Certificate, Document
from hengliang.platform.certificates.states import CANCELLED, IN_FORCE, REPLACED, WITHDRAWN
from hengliang.platform.core.models import Act
from hengliang.platform.core.selectors import history_of
from hengliang.platform.core.typst import typeset

TEMPLATE = files("hengliang.platform.certificates") / "templates" / "certificates" / "marked.typ"
ENDING = ("certificate_withdraw", "certificate_replace", "certificate_cancel")
# Said in both languages on the same page: who gets the copy by another hand chose none.
SAYS = {
    WITHDRAWN: (_("WITHDRAWN"), _("This proof was withdrawn on %(day)s.")),
    REPLACED: (_("REPLACED"), _("This proof was replaced on %(day)s.")),
    CANCELLED: (_("CANCELLED"), _("This proof was cancelled on %(day)s: the instrument has failed since.")),
}
TELLS = (
    _("It must not be used. This file is a copy for information: each page is marked, and no signature stands in it."),
    _("The file as it was issued is kept unchanged as evidence. It lies inside this file and at the address below."),
)


@dataclass(frozen=True)
class Handed:
    """What is handed out for a document: the bytes, what they are known by, and under which name."""

    pdf: bytes
    mark: str
    name: str


def stands(certificate: Certificate) -> bool:
    """Whether a document may go out as it was issued."""
    return certificate.state == IN_FORCE


def ending_of(certificate: Certificate) -> Act | None:
    """The act by which a proof ceased to stand."""
    return history_of(certificate).filter(kind__in=ENDING).first()


def mark_of(certificate: Certificate, frozen: Document) -> str:
    """What the bytes handed out are known by: the digest of the file, or of the file with the act that ended it."""
    if stands(certificate):
        return frozen.sha256
    act = ending_of(certificate)
    return sha256(f"{frozen.sha256} {certificate.state} {act.pk if act else ''}".encode()).hexdigest()


def handed_out(certificate: Certificate, frozen: Document) -> Handed:
    """The file as it was issued while its proof stands; afterwards the marked copy of it."""
    mark = mark_of(certificate, frozen)
    if stands(certificate):
        return Handed(bytes(frozen.pdf), mark, f"{certificate.code}.pdf")
    return Handed(marked_copy(certificate, frozen), mark, f"{certificate.code}-{certificate.state}.pdf")


def marked_copy(certificate: Certificate, frozen: Document) -> bytes:
    """A page that says what became of the proof, then every page of the document with the mark across it."""
    from pypdf import PdfReader, PdfWriter  # only who downloads what no longer stands pays

    act = ending_of(certificate)
    words = PdfReader(io.BytesIO(typeset(TEMPLATE, _model(certificate, frozen, act), timestamp=_moment(act))))
    cover, stamp = words.pages
    original = PdfReader(io.BytesIO(bytes(frozen.pdf)))
    out = PdfWriter()
    out.add_page(cover)
    for page in original.pages:
        copied = out.add_page(page)
        copied.pop("/Annots", None)  # the field of the signature: it would be shown as broken
        copied.merge_page(stamp)
    out.add_attachment(f"{certificate.code}{ORIGINAL}", bytes(frozen.pdf))
    out.add_metadata({"/Title": f"{SAYS[certificate.state][0]} {certificate.number}"})
    written = io.BytesIO()
    out.write(written)
    return written.getvalue()


def _moment(act: Act | None) -> int:
    return int(act.at.timestamp()) if act else 0


def _model(certificate: Certificate, frozen: Document, act: Act | None) -> dict[str, object]:
    day = act.on.isoformat() if act else "—"
    told = {"number": certificate.number, "code": certificate.code, "sha256": frozen.sha256}
    return {
        "zh": _words("zh-hans", certificate, act, day),
        "en": _words("en", certificate, act, day),
        **told,
        "address": f"{settings.PUBLIC_URL}{reverse('public_original', args=[certificate.code])}",
        "page": f"{settings.PUBLIC_URL}{reverse('public_proof', args=[certificate.code])}",
    }


def _words(language: str, certificate: Certificate, act: Act | None, day: str) -> dict[str, object]:
    with override(language):
        stamp, says = SAYS[certificate.state]
        successor = Certificate.objects.filter(replaces=certificate).values_list("number", flat=True).first()
        rows = [
            (gettext("Number"), certificate.number),
            (gettext("Reason"), act.reason if act else ""),
            (gettext("Replaced by"), successor or ""),
        ]
        return {
            "stamp": gettext(stamp),
            "on": day,
            "says": gettext(says) % {"day": day},
            "tells": [gettext(one) for one in TELLS],
            "rows": [row for row in rows if row[1]],
            "original": gettext("The file as it was issued (SHA-256)"),
            "standing": gettext("How it stands today"),
        }
