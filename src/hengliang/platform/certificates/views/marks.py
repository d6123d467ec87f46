"""Pages of marks: list, one mark, what becomes of it, its photographs."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from hengliang.platform.certificates.forms.marks import FoundForm, PhotographForm, PutOnForm, RemoveForm
from hengliang.platform.certificates.ledger_offers import carried_block
from hengliang.platform.certificates.mark_tables import MarkTable
from hengliang.platform.certificates.marks.kinds import kind_title, mark_kinds
from hengliang.platform.certificates.marks.removal import Removal, removals_of, with_gone
from hengliang.platform.certificates.models import Mark
from hengliang.platform.certificates.services import mark_find, mark_remove, mark_use, photograph_add
from hengliang.platform.certificates.services.mark_remove import those_who_know
from hengliang.platform.certificates.states import CARRIED, MARK
from hengliang.platform.core import attachments
from hengliang.platform.core.models import Attachment
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import BODY_ROLES, is_permitted, permit
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.verification.models import Record, Task


def marks_seen(request: Request) -> "QuerySet[Mark]":
    """The marks of the actor's scope, with what lists show of them."""
    rows = with_gone(Mark.objects.visible_to(request.actor))
    return rows.select_related("instrument__item", "certificate", "person", "body", "series", "record")


@login_required
def mark_list(request: Request) -> HttpResponseBase:
    """The marks that left the stock, of those that the actor may see."""
    sees = request.actor.has(*BODY_ROLES) or bool(request.actor.regions())
    actions = [Action(_("Stock of marks"), reverse("certificates:stock_choice"))] if sees else []
    return MarkTable().respond(request, marks_seen(request), actions=actions)


@login_required
def mark(request: Request, pk: int) -> HttpResponseBase:
    """One mark: where it stands, what it stands for, what became of it."""
    shown = get_object_or_404(marks_seen(request), pk=pk)
    removal = removals_of([shown]).get(shown.pk)
    page = ObjectPage(
        kind=kind_title(shown.kind, request.actor.today),
        name=shown.numbers,
        where=f"{spoken(shown.instrument.name)} {spaced(shown.instrument.code)}"
        if shown.instrument
        else shown.body.name,
        state="mark.to_remove" if removal else f"mark.{shown.state}",
        since=shown.ended_on or shown.on,
        crumbs=[Crumb(_("Labels, marks and seals"), reverse("certificates:mark_list"))],
        actions=_actions(request, shown, due=removal is not None),
        notice=_notice(removal) if removal else "",
        overview=lambda _r: _facts(request, shown),
        proofs=lambda _r: carried_block([shown], request.actor.today, earlier=False),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _notice(removal: Removal) -> str:
    told = _("To be removed by %(who)s. %(why)s since %(day)s. Take it off, or strike it, and record that.")
    return told % {"who": removal.who, "why": removal.why, "day": removal.since.isoformat()}


def _facts(request: Request, shown: Mark) -> Any:
    known = shown.instrument is not None and (
        InstrumentState.objects.visible_to(request.actor).filter(instrument=shown.instrument).exists()
    )
    instrument, certificate = shown.instrument, shown.certificate
    lines = [
        Fact(
            _("Number"),
            shown.numbers,
            note=_("%(count)s numbers") % {"count": shown.several} if shown.several > 1 else "",
        ),
        Fact(_("Kind of mark"), kind_title(shown.kind, request.actor.today)),
        Fact(_("Verification body"), shown.body.name),
        Fact(_("In whose hands it was"), shown.person.name if shown.person else _("In the store")),
        Fact(_("Day put on or written off"), shown.on),
    ]
    if instrument is not None:
        url = reverse("registry:instrument", args=[instrument.code]) if known else ""
        lines.append(Fact(_("Instrument"), f"{spoken(instrument.name)} {spaced(instrument.code)}", url=url))
        lines.append(Fact(_("Place on the instrument"), shown.place))
    if shown.record is not None:
        lines.append(Fact(_("Original record"), shown.record.number))
    if certificate is not None:
        url = reverse("certificates:certificate", args=[certificate.pk])
        lines.append(Fact(certificate.get_kind_display(), certificate.number, url=url))
    if shown.ended_on is not None:
        lines.append(Fact(_("Taken off on"), shown.ended_on, note=shown.taken_off_by))
    if (gone := shown.destruction) is not None:
        who = f"{gone.first_person.name}、{gone.second_person.name}"
        lines.append(Fact(_("Destroyed on"), gone.on, note=f"{who} · {gone.method}"))
    return facts(*lines, title=_("Particulars"))


def _actions(request: Request, shown: Mark, *, due: bool) -> list[Action]:
    possible, args = MARK.acts_from(shown.state), [shown.pk]
    knows = those_who_know(shown, request.actor)
    label = mark_kinds(request.actor.today).get(shown.kind)
    offered = {
        "mark_remove": Action(
            pgettext("mark", "Record removal"), reverse("certificates:mark_remove", args=args), danger=True,
            primary=due,
        ),
        "mark_find": Action(_("Found again"), reverse("certificates:mark_find", args=args)),
    }  # fmt: skip
    may = [
        action
        for act, action in offered.items()
        if act in possible and is_permitted(request.actor, act, organisations=knows, region_id=shown.region_id)
    ]
    if is_permitted(request.actor, "photograph_add", organisations=[shown.body_id]):
        may.append(Action(_("Add a photograph"), reverse("certificates:mark_photograph", args=args)))
        if label is not None and label.printed and shown.state in CARRIED:
            may.append(Action(_("Print label"), f"{reverse('certificates:labels')}?ids={shown.pk}"))
    return may


@login_required
def mark_off(request: Request, pk: int) -> HttpResponse:
    """A mark is taken off."""
    shown = get_object_or_404(marks_seen(request), pk=pk)
    permit(request.actor, "mark_remove", organisations=those_who_know(shown, request.actor), region_id=shown.region_id)
    form = RemoveForm(request.POST or None, request.FILES or None, today=request.actor.today)
    title = _("Removal of %(number)s") % {"number": shown.number}
    return _entered(request, shown, form, mark_remove, title, pgettext("mark", "Record removal"))


@login_required
def mark_found(request: Request, pk: int) -> HttpResponse:
    """A lost number turned up."""
    shown = get_object_or_404(marks_seen(request), pk=pk)
    permit(request.actor, "mark_find", organisations=[shown.body_id])
    title = _("Found again: %(number)s") % {"number": shown.numbers}
    return _entered(request, shown, FoundForm(request.POST or None), mark_find, title, _("Found again"))


def _entered(request: Request, shown: Mark, form: forms.Form, act: Any, title: str, verb: str) -> HttpResponse:
    back = reverse("certificates:mark", args=[shown.pk])

    def enter(**told: Any) -> None:
        act(actor=request.actor, mark=shown, **told)

    return form_page(request, form, lambda: enter(**form.cleaned_data), title=title, verb=verb, back=back)


@login_required
def mark_photograph(request: Request, pk: int) -> HttpResponse:
    """A photograph of a mark is added."""
    shown = get_object_or_404(marks_seen(request), pk=pk)
    permit(request.actor, "photograph_add", organisations=[shown.body_id])
    form = PhotographForm(request.POST or None, request.FILES or None)
    back = f"{reverse('certificates:mark', args=[pk])}?tab=proofs"

    def enter(photograph: Any) -> None:
        photograph_add(actor=request.actor, subject=shown, photograph=photograph)

    title = _("Photograph of %(number)s") % {"number": shown.number}
    return form_page(
        request, form, lambda: enter(**form.cleaned_data), title=title, verb=_("Add a photograph"), back=back
    )


@login_required
def marks_put_on(request: Request, record_pk: int) -> HttpResponse:
    """Marks are put on with a record, one after the other."""
    rows = Record.objects.filter(task__in=Task.objects.visible_to(request.actor))
    record = get_object_or_404(rows.select_related("task__instrument", "task__body", "verifier"), pk=record_pk)
    task, here = record.task, reverse("certificates:marks_put_on", args=[record_pk])
    permit(request.actor, "mark_use", organisations=[task.body_id])
    form = PutOnForm(request.POST or None, request.FILES or None, record=record, today=request.actor.today)

    def enter(part: str = "", **told: Any) -> str:
        instrument = task.instrument.parts.get(pk=part) if part else task.instrument
        mark_use(actor=request.actor, body=task.placed_body, instrument=instrument, record=record, **told)
        return here

    answer = form_page(request, form, lambda: enter(**form.cleaned_data), title="", verb="", back=here)
    if answer.status_code == 302:
        return answer
    named = f"{spoken(task.instrument.name)} {spaced(task.instrument.code)}"
    put_on = record.marks.select_related("certificate", "instrument", "series")
    page = reverse("verification:record", args=[record_pk])
    context = {
        "title": _("Marks on %(instrument)s") % {"instrument": named},
        "form": form,
        "verb": _("Put on a mark"),
        "back": page,
        "carried": carried_block(put_on, request.actor.today, earlier=False),
        "crumbs": [Crumb(record.number, page)],
    }
    return render(request, "certificates/put_on.html", context, status=answer.status_code)


@login_required
@require_safe
def photograph(request: Request, pk: int) -> HttpResponse:
    """A photograph in the page, for whoever sees what it is attached to."""
    row = get_object_or_404(Attachment, pk=pk, media_type__in=["image/jpeg", "image/png"])
    if row.subject_type != "certificates.mark" or not attachments.may_read(request.actor, row):
        raise Http404
    if request.headers.get("If-None-Match") == f'"{row.sha256}"':
        return HttpResponse(status=304)
    data = attachments.read(row)
    if data is None:
        return HttpResponse(_("This file is missing or damaged in the store; its hash remains."), status=410)
    answer = HttpResponse(data, content_type=row.media_type)
    answer["Cache-Control"], answer["ETag"] = "private, no-cache", f'"{row.sha256}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
