"""The public page behind the code of a proof: one question, one answer in large words."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hengliang.platform.certificates.codes import is_code
from hengliang.platform.certificates.marked import ending_of
from hengliang.platform.certificates.marks.carried import marks_beside, marks_by_number
from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.public_marks import beside
from hengliang.platform.certificates.selectors import (
    CANCELLED,
    EXPIRED,
    FAILED,
    GENUINE,
    IN_ORDER,
    REPLACED,
    UNKNOWN,
    WITHDRAWN,
    Answer,
    answer_of,
    document_receipt,
    issue_receipt,
)
from hengliang.platform.certificates.services import certificate_render
from hengliang.platform.certificates.views.certificates import original_answer, pdf_answer
from hengliang.platform.core.pages.objects import Fact, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.registry.spoken import spoken

TONES = {
    IN_ORDER: "good",
    EXPIRED: "bad",
    WITHDRAWN: "bad",
    CANCELLED: "bad",
    REPLACED: "muted",
    FAILED: "bad",
    GENUINE: "good",
    UNKNOWN: "open",
}


@require_safe
def public_proof(request: Request, code: str) -> HttpResponse:
    """Whether the instrument behind a code is in order. Two queries; no login, nothing kept about the reader.

    What is no code may be the number on a label: then that is answered.
    """
    row = _of_code(code)
    if row is None and marks_by_number(code, most=1):
        return redirect(f"{reverse('public_mark')}?{urlencode({'number': code})}")
    answer = answer_of(row, request.actor.today) if row else Answer(UNKNOWN)
    name = spoken(row.content["instrument"]["name"]) if row else ""
    question = _question(answer, name)
    context = {
        "title": question,
        "question": question,
        **_told(answer, name),
        "evidence": facts(*_evidence(row), *beside(marks_beside(row), request), title=_("What it rests on"))
        if row
        else "",
        "code": row.code if row else "",
        "past": answer.verdict == EXPIRED,
        "ended": answer.verdict in {WITHDRAWN, REPLACED, CANCELLED},
    }
    return render(request, "certificates/public.html", context, status=200 if row else 404)


@require_safe
def public_document(request: Request, code: str) -> HttpResponse:
    """The document behind a code; the marked copy, where its proof no longer stands."""
    return pdf_answer(request, _found(code))


@require_safe
def public_original(request: Request, code: str) -> HttpResponse:
    """The file as it was issued: the one that the receipt of the document proves."""
    return original_answer(request, _found(code))


@require_safe
def public_xml(request: Request, code: str) -> HttpResponse:
    """The signed XML behind a code, as it is attached to the document."""
    row = _found(code)
    frozen = certificate_render(actor=request.actor, certificate=row)
    return _download(bytes(frozen.xml), f"{row.code}.xml", "application/xml")


@require_safe
def public_receipt(request: Request, code: str) -> HttpResponse:
    """The receipt of the issue, with the status as of the newest checkpoint."""
    row = _found(code)
    return _receipt_answer(issue_receipt(row), f"{row.code}.receipt.json")


@require_safe
def public_document_receipt(request: Request, code: str) -> HttpResponse:
    """The receipt of the rendered file: it proves the very bytes."""
    row = _found(code)
    frozen = certificate_render(actor=request.actor, certificate=row)
    return _receipt_answer(document_receipt(frozen), f"{row.code}.document.receipt.json")


def _of_code(code: str) -> Certificate | None:
    typed = code.strip().upper()
    return Certificate.objects.filter(code=typed).first() if is_code(typed) else None


def _found(code: str) -> Certificate:
    if (row := _of_code(code)) is None:
        raise Http404
    return row


def _receipt_answer(content: bytes | None, name: str) -> HttpResponse:
    if content is None:
        told = _("The log has not published this entry yet. Ask again in a few seconds.")
        answer = HttpResponse(told, status=404, content_type="text/plain; charset=utf-8")
        answer["Retry-After"] = "2"
        return answer
    return _download(content, name, "application/json")


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _question(answer: Answer, name: str) -> str:
    if answer.verdict in {GENUINE, UNKNOWN}:
        return _("Is this proof genuine?")
    return _("Is this %(name)s in order?") % {"name": name}


def public_question(request: Request) -> HttpResponse:
    """The address without a code leads to the field for one."""
    return redirect("desk")


def _told(answer: Answer, name: str) -> dict[str, str]:
    """The answer in large words. What was made for training is never answered with yes, nor in green."""
    words, more = _words(answer, name), _more(answer)
    if answer.certificate is None or not answer.certificate.training:
        return {"answer": words, "answer_tone": TONES[answer.verdict], "answer_more": more}
    return {
        "answer": _("For training only: this proof has no legal force."),
        "answer_tone": "open",
        "answer_more": _("Of a proof in earnest it would say here: “%(answer)s”")
        % {"answer": f"{words} {more}".strip()},
    }


def _words(answer: Answer, name: str) -> str:
    document = str(answer.certificate.get_kind_display()) if answer.certificate else ""
    says = {
        GENUINE: _("Yes. This %(document)s is genuine."),
        IN_ORDER: _("Yes. This %(name)s is verified and in order."),
        EXPIRED: _("No. The verification of this %(name)s has expired."),
        WITHDRAWN: _("No. The proof of this %(name)s was withdrawn."),
        CANCELLED: _("No. This %(name)s has failed since; the proof was cancelled."),
        REPLACED: _("This proof was replaced by a newer one."),
        FAILED: _("No. This %(name)s did not pass verification."),
        UNKNOWN: _("We don’t know this code."),
    }
    return says[answer.verdict] % {"name": name, "document": document}


def _more(answer: Answer) -> str:
    if answer.verdict == UNKNOWN:
        return _("Check the letters once more. A proof with a false code is a forgery: report it.")
    if answer.verdict == GENUINE:
        return _("It states what was found on that day. It is no proof that the instrument is verified.")
    if answer.verdict == IN_ORDER and answer.certificate and answer.certificate.valid_until:
        return _("Valid until %(day)s.") % {"day": answer.certificate.valid_until.isoformat()}
    if answer.certificate and answer.verdict in {WITHDRAWN, REPLACED, CANCELLED}:
        last = ending_of(answer.certificate)
        return _("That was on %(day)s.") % {"day": last.on.isoformat()} if last else ""
    if answer.certificate and answer.certificate.valid_until and answer.verdict == EXPIRED:
        return _("It was valid until %(day)s.") % {"day": answer.certificate.valid_until.isoformat()}
    return ""


def _rests_on(row: Certificate, request: Request) -> SafeString:
    return facts(*_evidence(row), *beside(marks_beside(row), request), title=_("What it rests on"))


def _evidence(row: Certificate) -> list[Fact]:
    content = row.content
    return [
        Fact(_("Number"), row.number),
        Fact(_("Instrument"), f"{spoken(content['instrument']['name'])} {content['instrument']['model']}".strip()),
        Fact(_("Serial number"), content["instrument"]["serial_number"]),
        Fact(_("User"), content["applicant"]["name"]),
        Fact(_("Verification body"), content["body"]["name"]),
        Fact(_("Verified on"), row.verified_on),
        Fact(_("Verified by the rule"), content["rule"]["document"]),
    ]
