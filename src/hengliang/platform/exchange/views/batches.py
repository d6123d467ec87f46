"""Files of other systems: brought in, compared, accepted or dropped; and the receipts for their sender."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page, given
from hengliang.platform.core.pages.objects import Action, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.exchange import refused
from hengliang.platform.exchange.access import acting_for, may
from hengliang.platform.exchange.batch_work import accept_soon, drop, read_soon
from hengliang.platform.exchange.forms import BatchForm
from hengliang.platform.exchange.mapping import profile_of
from hengliang.platform.exchange.models import InboundBatch, InboundRow
from hengliang.platform.exchange.reasons import field_title, reason_words
from hengliang.platform.exchange.receipts import receipt_headers, receipt_rows
from hengliang.platform.exchange.selectors import batch_list, refusals, row_list
from hengliang.platform.exchange.services import batch_receive
from hengliang.platform.exchange.tables.systems import BatchTable, RowTable
from hengliang.platform.exchange.views.systems import crumbs, system_crumb, visible
from hengliang.platform.registry.imports.files import Form, spread
from hengliang.platform.registry.imports.sheet import Notice

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
}


@login_required
def batches(request: Request) -> HttpResponseBase:
    """What came from all systems."""
    return BatchTable().respond(request, batch_list(request.actor), crumbs=crumbs())


@login_required
def batch_new(request: Request, pk: int) -> HttpResponse:
    """A file is brought in and compared at once."""
    system = visible(request, pk)
    acting_for(request.actor, "batch_receive", system)
    today = request.actor.today
    form = BatchForm(profile_of(system, today), *given(request), initial={"stated_on": today})

    def received() -> str:
        told = dict(form.cleaned_data)
        file = told.pop("file")
        made = batch_receive(actor=request.actor, system=system, file_name=file.name, chunks=file.chunks(), **told)
        if made.state != "compared" and not made.step:
            read_soon(made, request.actor)
        return reverse("exchange:batch", args=[made.pk])

    return form_page(
        request, form, received, title=_("Bring in a file"), verb=_("Read and compare"), otherwise="file",
        lead=_("Columns may stand in any order. You see first what differs; nothing is written until you accept."),
        crumbs=crumbs(system_crumb(system)), back=reverse("exchange:system", args=[pk]),
    )  # fmt: skip


def _visible(request: Request, pk: int) -> InboundBatch:
    return get_object_or_404(batch_list(request.actor).select_related("filing"), pk=pk)


@login_required
def batch(request: Request, pk: int) -> HttpResponseBase:
    """One file: what its rows were found to be, and what they were answered."""
    shown = _visible(request, pk)
    if shown.step:
        return _working(request, shown)
    problem = _(shown.problem["template"]) % shown.problem["params"] if shown.problem else ""
    page = ObjectPage(
        kind=shown.get_kind_display(), name=shown.file_name, where=shown.system.name, state=f"batch.{shown.state}",
        crumbs=crumbs(system_crumb(shown.system)), actions=_actions(request, shown),
        notice=problem, overview=lambda _r: _overview(shown),
        records=lambda r: RowTable().embed(r, row_list(shown)) if shown.rows else _overview(shown),
        history=lambda _r: history_tab(shown),
    )  # fmt: skip
    return page.respond(request)


def _working(request: Request, shown: InboundBatch) -> HttpResponseBase:
    """While the worker is at it there is nothing to do but to wait, here or elsewhere."""
    card = render_to_string("exchange/working.html", {"batch": shown})
    page = ObjectPage(
        kind=shown.get_kind_display(), name=shown.file_name, where=shown.system.name, state=f"batch.{shown.state}",
        crumbs=crumbs(system_crumb(shown.system)), overview=lambda _r: SafeString(card),
        history=lambda _r: history_tab(shown),
    )  # fmt: skip
    return page.respond(request)


@login_required
def batch_progress(request: Request, pk: int) -> HttpResponse:
    """How far the worker has come with a file; when it has ended, the page is loaded anew."""
    shown = _visible(request, pk)
    if not shown.step:
        return HttpResponseClientRefresh()
    return render(request, "exchange/working.html", {"batch": shown})


def _overview(shown: InboundBatch) -> SafeString:
    rows = f"{reverse('exchange:batch', args=[shown.pk])}?tab=records&outcome="
    counts = [
        Fact(label, shown.counts[outcome], url=rows + str(outcome))
        for outcome, label in InboundRow.Outcome.choices
        if shown.counts.get(outcome)
    ]
    if shown.complete:
        counts.append(Fact(_("Only here"), shown.missing))
    why = [
        Fact(_("%(n)s rows") % {"n": count}, reason_words(code, params), url=f"{rows}refused")
        for code, params, count in refusals(shown)
    ]
    columns = "；".join(f"{header} → {field_title(field)}" for field, header in shown.headers)
    notices = [Fact(_("Note"), str(Notice(code, params))) for code, params in shown.notices]
    return SafeString(
        facts(*(counts or [Fact(_("Rows"), shown.rows)]), title=_("What was found"))
        + (facts(*why, title=_("Why rows were turned away")) if why else "")
        + facts(
            Fact(_("Brought in by"), shown.organisation.name),
            Fact(_("Day of which it speaks"), shown.stated_on),
            Fact(_("All that the other system holds of the region"), _("yes") if shown.complete else _("no")),
            Fact(_("Rows"), shown.rows),
            Fact(_("Columns as they were understood"), columns),
            *notices,
            Fact("SHA-256", shown.sha256),
            title=_("Particulars"),
        )
    )


def _actions(request: Request, shown: InboundBatch) -> list[Action]:
    def to(name: str, *more: object) -> str:
        return reverse(f"exchange:{name}", args=[shown.pk, *more])

    offered = []
    if shown.state == "compared":
        nothing = shown.counts.get("refused") == shown.rows and not shown.complete
        blocked = _("All rows were turned away; there is nothing to take in.") if nothing else ""
        accept = Action(_("Take it in"), to("batch_act", "accept"), primary=True, blocked=blocked)
        offered.append(("batch_accept", accept))
    if shown.state in {"received", "compared", "unreadable"}:
        offered += [
            ("batch_read", Action(_("Compare anew"), to("batch_act", "read"))),
            ("batch_drop", Action(_("Drop"), to("batch_act", "drop"), danger=True)),
        ]
    actions = [action for kind, action in offered if may(request.actor, kind, shown.system)]
    if shown.counts.get("refused"):
        form = "jsonl" if shown.system.adapter == "json_lines_file" else "xlsx"
        actions.append(Action(_("Refused rows, to be mended"), to("refused_rows", form)))
    if shown.rows:
        actions.append(Action(_("Receipts as a sheet"), to("receipts", "xlsx")))
    return actions


@login_required
def batch_act(request: Request, pk: int, act: str) -> HttpResponse:
    """A file is accepted, compared anew, or dropped, after a question."""
    shown = _visible(request, pk)
    acting_for(request.actor, f"batch_{act}", shown.system)
    back = reverse("exchange:batch", args=[pk])
    words = {"accept": _("Take it in"), "read": _("Compare anew"), "drop": _("Drop")}
    ask = Confirmation(
        title=f"{words[act]} · {shown.file_name}", verb=words[act], back=back, reason_needed=False,
        danger=act == "drop", affected=shown.rows if act == "accept" else None, consequences=_consequences(shown, act),
        crumbs=crumbs(system_crumb(shown.system)),
    )  # fmt: skip
    if not ask.confirmed(request):
        return ask.respond(request)
    try:
        {"accept": accept_soon, "read": read_soon, "drop": drop}[act](shown, request.actor)
    except PlatformError as refused:
        messages.error(request, str(refused))
    return redirect(back)


def _consequences(shown: InboundBatch, act: str) -> list[str]:
    if act != "accept":
        return [_("Nothing in the ledger is changed by it.")]
    waiting = sum(shown.counts.get(one, 0) for one in ("different", "conflict", "proposed"))
    told = {"new": shown.counts.get("new", 0), "waiting": waiting, "refused": shown.counts.get("refused", 0)}
    says = {
        "ledger": _("%(new)s new entries are filed; nothing that stands here is changed."),
        "tasks": _("%(new)s new tasks become applications for verification."),
        "receipts": _("%(new)s receipts are put to the rows that were sent."),
    }
    return [
        says[shown.kind] % told,
        _("%(waiting)s rows differ and wait to be settled; %(refused)s are refused with their reason.") % told,
        *([_("%(n)s instruments are only here and wait to be settled too.") % {"n": shown.missing}]
          if shown.complete else []),
    ]  # fmt: skip


@login_required
def refused_rows(request: Request, pk: int, form: refused.Form) -> HttpResponseBase:
    """The rows that were turned away, to be mended and brought in again."""
    shown = _visible(request, pk)
    answer = StreamingHttpResponse(refused.refused_file(shown, form), content_type=MEDIA[form])
    name = f"{_('refused')}-{shown.pk}.{form}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


@login_required
def receipts(request: Request, pk: int, form: Form) -> HttpResponseBase:
    """The receipt of each row, as a sheet for the sender."""
    shown = _visible(request, pk)
    answer = StreamingHttpResponse(spread(receipt_headers(), receipt_rows(shown), form), content_type=MEDIA[form])
    name = f"{_('receipts')}-{shown.pk}.{form}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
