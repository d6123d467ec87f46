"""The public page behind the code of a proof: one question, one answer in large words."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from hengliang.platform.certificates.codes import is_code
from hengliang.platform.certificates.marked import ending_of
from hengliang.platform.certificates.marks.carried import in_stock, marks_by_number
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
    proof_and_marks,
)
from hengliang.platform.certificates.services import certificate_render
from hengliang.platform.certificates.views.certificates import original_answer, pdf_answer
from hengliang.platform.core.pages.frames import framed
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
SAYS = {
    GENUINE: gettext_noop("Yes. This %(document)s is genuine."),
    IN_ORDER: gettext_noop("Yes. This %(name)s is verified and in order."),
    EXPIRED: gettext_noop("No. The verification of this %(name)s has expired."),
    WITHDRAWN: gettext_noop("No. The proof of this %(name)s was withdrawn."),
    CANCELLED: gettext_noop("No. This %(name)s has failed since; the proof was cancelled."),
    REPLACED: gettext_noop("This proof was replaced by a newer one."),
    FAILED: gettext_noop("No. This %(name)s did not pass verification."),
    UNKNOWN: gettext_noop("We don’t know this code."),
}


@require_safe
def public_proof(request: Request, code: str) -> HttpResponse:
    """Whether the instrument behind a code is in order. One query; no login, nothing kept about the reader.

    What is no code may be the number on a label: then that is answered.
    """
    found = proof_and_marks(typed) if is_code(typed := _typed(code)) else None
    if found is None and (marks_by_number(code, most=1) or in_stock(code)):
        return redirect(f"{reverse('public_mark')}?{urlencode({'number': code})}")
    row, marks = found or (None, [])
    answer = answer_of(row, request.actor.today) if row else Answer(UNKNOWN)
    name = spoken(row.content["instrument"]["name"]) if row else ""
    question, (words, tone, more) = _question(answer, name), _told(answer, name)
    values = {
        "title": question,
        "question": question,
        "answer": words,
        "answer_more": more,
        "evidence": facts(*_evidence(row), *beside(marks, request), title=_("What it rests on")) if row else "",
        "code": row.code if row else "",
    }
    return framed(
        request, "certificates/public.html", values, status=200 if row else 404, answer_tone=tone,
        past=answer.verdict == EXPIRED, ended=answer.verdict in {WITHDRAWN, REPLACED, CANCELLED},
    )  # fmt: skip


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


def _typed(code: str) -> str:
    return code.strip().upper()


def _found(code: str) -> Certificate:
    row = Certificate.objects.filter(code=typed).first() if is_code(typed := _typed(code)) else None
    if row is None:
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


def _told(answer: Answer, name: str) -> tuple[str, str, str]:
    """The answer in large words, its tone, and a sentence more.

    What was made for training is never answered with yes, nor in green.
    """
    words, more = _words(answer, name), _more(answer)
    if answer.certificate is None or not answer.certificate.training:
        return words, TONES[answer.verdict], more
    in_earnest = _("Of a proof in earnest it would say here: “%(answer)s”") % {"answer": f"{words} {more}".strip()}
    return _("For training only: this proof has no legal force."), "open", in_earnest


def _words(answer: Answer, name: str) -> str:
    document = str(answer.certificate.get_kind_display()) if answer.certificate else ""
    return _(SAYS[answer.verdict]) % {"name": name, "document": document}


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
