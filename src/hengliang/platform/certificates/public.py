"""The public page behind the code of a proof: one question, one answer in large words."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.selectors import (
    EXPIRED,
    FAILED,
    IN_ORDER,
    REPLACED,
    UNKNOWN,
    WITHDRAWN,
    Answer,
    answer_of,
)
from hengliang.platform.certificates.views import pdf_answer
from hengliang.platform.core.pages.objects import Fact, facts
from hengliang.platform.core.requests import Request

TONES = {IN_ORDER: "good", EXPIRED: "bad", WITHDRAWN: "bad", REPLACED: "muted", FAILED: "bad", UNKNOWN: "open"}


@require_safe
def public_proof(request: Request, code: str) -> HttpResponse:
    """Whether the instrument behind a code is in order. One query; no login, nothing kept about the reader."""
    row = Certificate.objects.filter(code=code.upper()).first()
    answer = answer_of(row, request.actor.today) if row else Answer(UNKNOWN)
    name = row.content["instrument"]["name"] if row else ""
    context = {
        "title": _("Is it in order?"),
        "question": _("Is this %(name)s in order?") % {"name": name} if row else _("Is this proof genuine?"),
        "answer": _words(answer, name),
        "answer_tone": TONES[answer.verdict],
        "answer_more": _more(answer),
        "evidence": facts(*_evidence(row), title=_("What it rests on")) if row else "",
        "training": row is not None and row.training,
        "document_url": f"/c/{row.code}/document.pdf" if row else "",
    }
    return render(request, "certificates/public.html", context, status=200 if row else 404)


@require_safe
def public_document(request: Request, code: str) -> HttpResponse:
    """The document behind a code, as it was issued."""
    return pdf_answer(request, get_object_or_404(Certificate, code=code.upper()))


def _words(answer: Answer, name: str) -> str:
    says = {
        IN_ORDER: _("Yes. This %(name)s is verified and in order."),
        EXPIRED: _("No. The verification of this %(name)s has expired."),
        WITHDRAWN: _("No. The proof of this %(name)s was withdrawn."),
        REPLACED: _("This proof was replaced by a newer one."),
        FAILED: _("No. This %(name)s did not pass verification."),
        UNKNOWN: _("We don’t know this code."),
    }
    return says[answer.verdict] % {"name": name}


def _more(answer: Answer) -> str:
    if answer.verdict == UNKNOWN:
        return _("Check the letters once more. A proof with a false code is a forgery: report it.")
    if answer.verdict == IN_ORDER and answer.certificate and answer.certificate.valid_until:
        return _("Valid until %(day)s.") % {"day": answer.certificate.valid_until.isoformat()}
    if answer.certificate and answer.certificate.valid_until and answer.verdict == EXPIRED:
        return _("It was valid until %(day)s.") % {"day": answer.certificate.valid_until.isoformat()}
    return ""


def _evidence(row: Certificate) -> list[Fact]:
    content = row.content
    return [
        Fact(_("Number"), row.number),
        Fact(_("Instrument"), f"{content['instrument']['name']} {content['instrument']['model']}".strip()),
        Fact(_("Serial number"), content["instrument"]["serial_number"]),
        Fact(_("User"), content["applicant"]["name"]),
        Fact(_("Verification body"), content["body"]["name"]),
        Fact(_("Verified on"), row.verified_on),
        Fact(_("Verified by the rule"), content["rule"]["document"]),
    ]
