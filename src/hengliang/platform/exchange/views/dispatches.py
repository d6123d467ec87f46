"""Sheets for other systems: made, taken away, and sent again row by row."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Action, Fact, ObjectPage, facts
from hengliang.platform.core.pages.table import Selection
from hengliang.platform.core.requests import Request
from hengliang.platform.exchange.access import acting_for
from hengliang.platform.exchange.forms import DispatchForm
from hengliang.platform.exchange.mapping import profile_of
from hengliang.platform.exchange.models import Dispatch, DispatchRow
from hengliang.platform.exchange.outbound import entries_to_send, results_to_send
from hengliang.platform.exchange.selectors import dispatch_list, sent_list
from hengliang.platform.exchange.services import dispatch_make, result_send_again
from hengliang.platform.exchange.tables.systems import DispatchTable, SentTable
from hengliang.platform.exchange.views.systems import crumbs, system_crumb, visible

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl; charset=utf-8",
}


@login_required
def dispatches(request: Request) -> HttpResponseBase:
    """What was sent to all systems."""
    return DispatchTable().respond(request, dispatch_list(request.actor), crumbs=crumbs())


@login_required
def dispatch_new(request: Request, pk: int) -> HttpResponse:
    """A sheet of what was not sent yet."""
    system = visible(request, pk)
    acting_for(request.actor, "dispatch_make", system)
    today = request.actor.today
    form = DispatchForm(profile_of(system, today), request.POST or None, initial={"until": today, "kind": "results"})

    def made() -> str:
        sheet = dispatch_make(actor=request.actor, system=system, **form.cleaned_data)
        return reverse("exchange:dispatch", args=[sheet.pk])

    waiting = {
        "results": results_to_send(system, request.actor, today).count(),
        "entries": entries_to_send(system, request.actor).count(),
    }
    return form_page(
        request, form, made, title=_("Make a sheet"), verb=_("Make a sheet"),
        lead=_("%(results)s results and %(entries)s entries that stay as they are here were not sent yet. What is"
               " once in a sheet is in no other, unless you have it sent again.") % waiting,
        crumbs=crumbs(system_crumb(system)), back=reverse("exchange:system", args=[pk]),
    )  # fmt: skip


def _visible(request: Request, pk: int) -> Dispatch:
    return get_object_or_404(dispatch_list(request.actor), pk=pk)


@login_required
def dispatch(request: Request, pk: int) -> HttpResponseBase:
    """One sheet: to be taken to the other system; its rows with their receipts."""
    shown = _visible(request, pk)
    page = ObjectPage(
        kind=shown.get_kind_display(), name=shown.file_name, where=shown.system.name,
        crumbs=crumbs(system_crumb(shown.system)),
        actions=[
            Action(_("Download the file"), reverse("exchange:dispatch_file", args=[pk]), primary=True),
            Action(_("Bring in its receipts"), reverse("exchange:batch_new", args=[shown.system_id])),
        ],
        overview=lambda _r: _overview(shown), records=lambda r: SentTable().embed(r, sent_list(shown)),
        history=lambda _r: history_tab(shown),
    )  # fmt: skip
    return page.respond(request)


def _overview(shown: Dispatch) -> SafeString:
    accepted, refused = shown.accepted, shown.refused  # type: ignore[attr-defined]
    rows = f"{reverse('exchange:dispatch', args=[shown.pk])}?tab=records&receipt="
    return SafeString(
        facts(
            Fact(_("Accepted there"), accepted, url=f"{rows}accepted" if accepted else ""),
            Fact(_("Refused there"), refused, url=f"{rows}refused" if refused else ""),
            Fact(_("No receipt yet"), shown.rows - accepted - refused),
            title=_("What was answered"),
        )
        + facts(
            Fact(_("Sent by"), shown.organisation.name),
            Fact(_("Up to and including"), shown.until),
            Fact(_("Rows"), shown.rows),
            Fact("SHA-256", shown.sha256),
            title=_("Particulars"),
        )
    )


@login_required
def dispatch_file(request: Request, pk: int) -> HttpResponse:
    """The bytes of the sheet, as they were made."""
    shown = _visible(request, pk)
    suffix = shown.file_name.rpartition(".")[2]
    answer = HttpResponse(bytes(shown.content), content_type=TYPES.get(suffix, "application/octet-stream"))
    answer["Content-Disposition"] = content_disposition_header(True, shown.file_name) or "attachment"
    return answer


@login_required
@require_POST
def send_again(request: Request) -> HttpResponse:
    """The ticked rows are in the next sheet again."""
    rows = DispatchRow.objects.filter(dispatch__in=Dispatch.objects.visible_to(request.actor))
    chosen = list(SentTable().selected(request, rows.select_related("system").defer("dispatch__content")))
    back = reverse("exchange:dispatch", args=[chosen[0].dispatch_id]) + "?tab=records"
    acting_for(request.actor, "result_send_again", chosen[0].system)
    ask = Confirmation(
        title=_("Send again"), verb=_("Send again"), back=back, affected=len(chosen),
        examples=[row.key for row in chosen[:5]], carry=Selection.from_post(request).fields(), crumbs=crumbs(),
        consequences=[_("The next sheet holds them again, under new numbers; what was answered before stays.")],
    )  # fmt: skip
    if not ask.confirmed(request):
        return ask.respond(request)
    try:
        with transaction.atomic():
            for row in chosen:
                result_send_again(actor=request.actor, row=row, reason=ask.reason)
    except PlatformError as refused:
        messages.error(request, str(refused))
    else:
        says = ngettext("%(n)d row will be sent again.", "%(n)d rows will be sent again.", len(chosen))
        messages.success(request, says % {"n": len(chosen)})
    return redirect(back)
