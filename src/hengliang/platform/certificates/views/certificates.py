"""Pages of proofs: list, page, document, issue and withdrawal."""

from datetime import date
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hengliang.platform.certificates.forms.issue import IssueForm
from hengliang.platform.certificates.layout import conclusion_words, dates_of
from hengliang.platform.certificates.marked import handed_out, mark_of, stands
from hengliang.platform.certificates.marks.carried import marks_beside
from hengliang.platform.certificates.marks.kinds import kind_title
from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.offers import offers
from hengliang.platform.certificates.selectors import answer_of
from hengliang.platform.certificates.services import (
    certificate_issue,
    certificate_render,
    certificate_replace,
    certificate_withdraw,
)
from hengliang.platform.certificates.services.certificate_issue import expired_at
from hengliang.platform.certificates.tables import CertificateTable
from hengliang.platform.certificates.views.budgets import attached_budgets
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.verification.jobs import job_kind, job_title
from hengliang.platform.verification.models import Record, Task

TAKE_BACK = {"certificate_withdraw": certificate_withdraw, "certificate_replace": certificate_replace}


@login_required
def certificate_list(request: Request) -> HttpResponseBase:
    """The proofs that the actor holds, issued or oversees."""
    return CertificateTable().respond(request, Certificate.objects.visible_to(request.actor))


def _visible(request: Request, pk: int) -> Certificate:
    rows = Certificate.objects.visible_to(request.actor).select_related("record", "body", "owner", "instrument")
    return get_object_or_404(rows, pk=pk)


@login_required
def certificate(request: Request, pk: int) -> HttpResponseBase:
    """One proof: what it says, what it rests on, what became of it."""
    shown = _visible(request, pk)
    answer = answer_of(shown, request.actor.today)
    content = shown.content
    page = ObjectPage(
        kind=shown.get_kind_display(),
        name=shown.number,
        where=f"{spoken(content['instrument']['name'])} {spaced(content['instrument']['code'])}",
        state=f"proof.{answer.verdict}",
        since=shown.issued_on,
        crumbs=[Crumb(_("Certificates and notices"), reverse("certificates:certificate_list"))],
        actions=_actions(request, shown),
        notice=_("A training paper without legal force: it was issued in training, by a rule that nobody approved.")
        if shown.training
        else "",
        overview=lambda _r: SafeString(
            _particulars(request, shown, content)
            + SafeString("").join(block(request, shown) for block in offers.blocks)
        ),
        proofs=lambda _r: attached_budgets(shown),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _particulars(request: Request, shown: Certificate, content: dict[str, Any]) -> SafeString:
    return facts(
        Fact(_("Kind of job"), job_title(shown.job, shown.verified_on)),
        *_conclusion(content),
        Fact(_("User"), content["applicant"]["name"]),
        Fact(_("Verification body"), content["body"]["name"]),
        *(Fact(label, value) for label, value in dates_of(content)),
        *([Fact(_("Why this date"), content["validity_reason"])] if content.get("validity_reason") else []),
        Fact(
            _("Rule"),
            content["rule"]["document"],
            note=_("edition of %(day)s") % {"day": content["rule"]["edition"]},
        ),
        Fact(_("Original record"), content["record"], url=reverse("verification:record", args=[shown.record_id])),
        *_uncertainty(shown),
        *_marks(shown, request.actor.today),
        *([Fact(_("Replaces"), shown.replaces.number)] if shown.replaces else []),
        Fact(_("Public page"), shown.code, url=reverse("public_proof", args=[shown.code])),
        Fact("SHA-256", shown.content_sha256, note=_("of the content, as committed to in the log")),
        title=_("Particulars"),
    )


def _conclusion(content: dict[str, Any]) -> list[Fact]:
    """The conclusion, where the kind of job has one."""
    words = conclusion_words(content["conclusion"], content["titles"])
    return [Fact(_("Conclusion"), words)] if words else []


def _uncertainty(shown: Certificate) -> list[Fact]:
    """What the attached budgets state, each leading to its report."""
    return [
        Fact(
            _("Measurement uncertainty"), row.content["computed"]["stated"], note=f"{row.name} v{row.number}",
            url="?tab=proofs",
        )
        for row in shown.budgets.order_by("pk")
    ]  # fmt: skip


def _marks(shown: Certificate, on: date) -> list[Fact]:
    """The marks that stand for it and are still on the instrument."""
    return [
        Fact(kind_title(mark.kind, on), mark.number, url=reverse("certificates:mark", args=[mark.pk]))
        for mark in marks_beside(shown)
    ]


def _actions(request: Request, shown: Certificate) -> list[Action]:
    verbs = {
        "certificate_budget_attach": Action(
            _("Attach uncertainty budget"), reverse("certificates:budget_attach", args=[shown.pk])
        ),
        "certificate_replace": Action(_("Replace"), reverse("certificates:certificate_replace", args=[shown.pk])),
        "certificate_withdraw": Action(
            pgettext("proof", "Withdraw"), reverse("certificates:certificate_withdraw", args=[shown.pk]), danger=True
        ),
    }
    if shown.state != "in_force":
        verbs = {}
    papers = _papers(shown)
    may = [
        verb
        for act, verb in verbs.items()
        if is_permitted(request.actor, act, organisations=[shown.body_id], region_id=shown.region_id)
    ]
    return [*papers, *may]


def _papers(shown: Certificate) -> list[Action]:
    """The document; of what no longer stands the marked copy, and beside it the file as it was issued."""
    url = reverse("certificates:document", args=[shown.pk])
    if stands(shown):
        return [Action(_("Document (PDF)"), url, primary=True)]
    return [
        Action(_("Marked copy (PDF)"), url, primary=True),
        Action(_("As it was issued (PDF, evidence)"), reverse("certificates:original", args=[shown.pk])),
    ]


@login_required
def document(request: Request, pk: int) -> HttpResponse:
    """The PDF; rendered on first request, the same bytes for as long as the proof stands."""
    return pdf_answer(request, _visible(request, pk))


def pdf_answer(request: Request, shown: Certificate) -> HttpResponse:
    """The document, or the marked copy of one that no longer stands; a reader that has it already is told so."""
    frozen = certificate_render(actor=request.actor, certificate=shown)
    if request.headers.get("If-None-Match") == f'"{mark_of(shown, frozen)}"':
        return HttpResponse(status=304)
    handed = handed_out(shown, frozen)
    return pdf_bytes(handed.pdf, handed.mark, handed.name)


def original_answer(request: Request, shown: Certificate) -> HttpResponse:
    """The file as it was issued, as evidence: downloaded under a name that says so, once the proof no longer stands."""
    frozen = certificate_render(actor=request.actor, certificate=shown)
    name = f"{shown.code}.pdf" if stands(shown) else f"{shown.code}-{shown.state}-original.pdf"
    answer = pdf_bytes(bytes(frozen.pdf), frozen.sha256, name)
    if not stands(shown):
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def pdf_bytes(content: bytes, mark: str, name: str) -> HttpResponse:
    """An answer that a browser shows."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["ETag"] = f'"{mark}"'
    return answer


@login_required
def original(request: Request, pk: int) -> HttpResponse:
    """The PDF as it was issued, whatever became of the proof."""
    return original_answer(request, _visible(request, pk))


@login_required
def issue(request: Request, record_pk: int) -> HttpResponse:
    """The proof of an approved record."""
    rows = Record.objects.filter(task__in=Task.objects.visible_to(request.actor))
    record = get_object_or_404(rows.select_related("task__instrument", "task__body", "rule"), pk=record_pk)
    ask = Confirmation(
        title=_("Issue the proof of record %(number)s") % {"number": record.number},
        verb=_("Issue"),
        back=reverse("verification:record", args=[record_pk]),
        affected=1,
        consequences=[*_expired(record, request.actor.today), _consequence(record)],
        form_class=cast("type[forms.Form]", partial(IssueForm, record=record, today=request.actor.today)),
    )
    if ask.confirmed(request):
        form = cast("IssueForm", ask.form)
        try:
            with transaction.atomic():
                made = certificate_issue(actor=request.actor, record=record, marks=form.marks(), reason=ask.reason)
            return redirect("certificates:certificate", made.pk)
        except InputRefused as refused:
            form.add_error(None, str(refused))
    return ask.respond(request)


def _expired(record: Record, on: date) -> list[str]:
    until = expired_at(record, on)
    told = _("It has expired when it is issued: it holds until %(until)s. State why it is issued all the same.")
    return [told % {"until": until}] if until else []


def _consequence(record: Record) -> str:
    kind = job_kind(record.job, record.verified_on)
    if not kind.enters_ledger:
        named = Certificate.Kind(kind.document(record.passed)).label if kind.documents else ""
        return _("Issued: %(document)s. The date due in the ledger stays as it is.") % {"document": named}
    if record.passed:
        return _("A certificate is issued and the ledger takes over the new date.")
    return _("A notice of result is issued; the instrument may not be used.")


@login_required
def certificate_act(request: Request, pk: int, act: str) -> HttpResponse:
    """A proof is withdrawn or replaced, with its reason."""
    shown = _visible(request, pk)
    consequences = {
        "certificate_withdraw": _(
            "The public page says “withdrawn” at once; the document goes out as a copy marked with this day and "
            "reason; the ledger returns to what was before."
        ),
        "certificate_replace": _("The record becomes void and its values the draft of the new record."),
    }
    ask = Confirmation(
        title=_("Withdraw %(number)s") % {"number": shown.number}
        if act == "certificate_withdraw"
        else _("Replace %(number)s") % {"number": shown.number},
        verb=pgettext("proof", "Withdraw") if act == "certificate_withdraw" else _("Replace"),
        back=reverse("certificates:certificate", args=[pk]),
        affected=1,
        danger=True,
        consequences=[consequences[act]],
    )
    if ask.confirmed(request):
        TAKE_BACK[act](actor=request.actor, certificate=shown, reason=ask.reason)
        return redirect("certificates:certificate", pk)
    return ask.respond(request)
