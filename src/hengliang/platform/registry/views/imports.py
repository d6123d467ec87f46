"""Sheets: sent, previewed, imported or dropped; the template, and the rows that were refused."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page, given
from hengliang.platform.core.pages.objects import Action, Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import right_of
from hengliang.platform.registry.forms import SendForm
from hengliang.platform.registry.imports.faults import Fault
from hengliang.platform.registry.imports.fields import CHOICES, FIELDS, title_of, word_of
from hengliang.platform.registry.imports.files import Form, fault_headers, spread, template
from hengliang.platform.registry.imports.sheet import Notice
from hengliang.platform.registry.imports.told import fault_counts, faults_of, import_list, refused_rows
from hengliang.platform.registry.models import InstrumentImport
from hengliang.platform.registry.services import import_drop, import_read, import_receive
from hengliang.platform.registry.tables import ImportTable
from hengliang.platform.registry.tasks import apply_soon, read_soon

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What is read within the request; larger sheets are read by the worker while the page tells how far it is.
AT_ONCE_BYTES = 200_000
AT_ONCE_ROWS = 1_000


@login_required
def import_overview(request: Request) -> HttpResponseBase:
    """The sheets that were sent."""
    actions = [
        Action(_("Import a sheet"), reverse("registry:import_new"), primary=True),
        Action(_("Download the template"), reverse("registry:template")),
    ]
    return ImportTable().respond(request, import_list(request.actor), actions=actions)


@login_required
def import_new(request: Request) -> HttpResponse:
    """Send a sheet."""
    form = SendForm(request.actor, *given(request))

    def received() -> str:
        return reverse("registry:import", args=[_received(request, form.cleaned_data).pk])

    return form_page(
        request, form, received, title=_("Import a sheet"), verb=_("Read and check"), otherwise="file",
        crumbs=_crumbs(), template="registry/import_new.html",
    )  # fmt: skip


def _received(request: Request, told: dict[str, Any]) -> InstrumentImport:
    file, text = told["file"], told["text"]
    batch = import_receive(
        actor=request.actor,
        file_name=file.name if file else _("pasted cells"),
        chunks=file.chunks() if file else [text.encode()],
        organisation=told.get("organisation"),
    )
    if batch.size <= AT_ONCE_BYTES:
        import_read(actor=request.actor, batch=batch)
    else:
        read_soon(batch, request.actor)
    return batch


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Ledger"), reverse("registry:list")), Crumb(_("Imports"), reverse("registry:imports")), *more]


def _visible(request: Request, pk: int) -> InstrumentImport:
    return get_object_or_404(import_list(request.actor), pk=pk)


@login_required
def import_page(request: Request, pk: int) -> HttpResponse:
    """One sheet: how far it is, what it would do, what is wrong with it."""
    batch = _visible(request, pk)
    part = request.htmx and request.headers.get("HX-Target") == "import"  # type: ignore[attr-defined]
    template_name = "registry/import_part.html" if part else "registry/import.html"
    return render(request, template_name, _told(batch))


def _told(batch: InstrumentImport) -> dict[str, Any]:
    counts = fault_counts(batch) if batch.refused else []
    return {
        "title": batch.file_name,
        "batch": batch,
        "busy": bool(batch.step) or (batch.state == "received" and not batch.problem),
        "notices": [Notice(code, params) for code, params in batch.notices],
        "problem": _(batch.problem["template"]) % batch.problem["params"] if batch.problem else "",
        "columns": [(title_of(key), batch.headers[at]) for key, at in batch.columns.items() if at < len(batch.headers)],
        "faults": faults_of(batch, 0, 100) if counts else [],
        "fault_counts": [(Fault(0, field, code, "", ""), count) for field, code, count in counts],
        "sample": [_line(row) for row in batch.sample],
        "writable": batch.new + batch.changed,
        "crumbs": _crumbs(),
    }


def _line(row: dict[str, Any]) -> dict[str, Any]:
    acts = [right_of(kind).words for kind in row["kinds"]]
    changes = [(title_of(key), _word(key, before), _word(key, after)) for key, before, after in row["changes"] or []]
    return {**row, "acts": acts, "changes": changes}


def _word(key: str, value: str) -> str:
    """The word of a choice; the database says true and false where sheets say t and f."""
    codes = {"true": "t", "false": "f"}
    return word_of(key).get(codes.get(value, value), value) if key in CHOICES else value


@login_required
def import_map(request: Request, pk: int) -> HttpResponse:
    """Say by hand which column holds which field, and have the sheet read anew."""
    batch = _visible(request, pk)
    if batch.state not in {"checked", "unreadable"}:
        return redirect("registry:import", pk)
    if request.method == "POST":
        chosen = {f.key: int(v) for f in FIELDS if (v := request.POST.get(f.key, "")).isdecimal()}
        import_read(actor=request.actor, batch=batch, columns=chosen)
        return redirect("registry:import", pk)
    fields = [(f, title_of(f.key), batch.columns.get(f.key)) for f in FIELDS]
    context = {"title": _("Match the columns"), "batch": batch, "fields": fields,
               "headers": list(enumerate(batch.headers)),
               "crumbs": _crumbs(Crumb(batch.file_name, reverse("registry:import", args=[pk])))}  # fmt: skip
    return render(request, "registry/import_map.html", context)


@login_required
@require_POST
def import_apply(request: Request, pk: int) -> HttpResponse:
    """Import a checked sheet, after a question."""
    batch = _visible(request, pk)
    back = reverse("registry:import", args=[pk])
    ask = Confirmation(
        title=_("Import %(name)s") % {"name": batch.file_name}, verb=_("Import"), back=back, crumbs=_crumbs(),
        affected=batch.new + batch.changed, reason_needed=False,
        consequences=[
            _("%(n)s instruments are new, %(m)s entries change; each change stands in the history.")
            % {"n": batch.new, "m": batch.changed},
            _("%(n)s rows that were refused are left out.") % {"n": batch.refused} if batch.refused
            else _("No row is left out."),
            _("It is one act: everything is written, or nothing."),
        ],
    )  # fmt: skip
    if not ask.confirmed(request):
        return ask.respond(request)
    try:
        apply_soon(batch, request.actor, at_once=batch.rows <= AT_ONCE_ROWS)
    except PlatformError as refused:
        messages.error(request, str(refused))
    return redirect(back)


@login_required
@require_POST
def import_end(request: Request, pk: int) -> HttpResponse:
    """Drop a sheet."""
    import_drop(actor=request.actor, batch=_visible(request, pk))
    messages.success(request, _("The sheet was dropped; the ledger is as it was."))
    return redirect("registry:imports")


@login_required
def import_faults(request: Request, pk: int, form: Form) -> HttpResponseBase:
    """The refused rows with what is wrong with them; corrected, the same file can be sent again."""
    batch = _visible(request, pk)
    media = SHEET_TYPE if form == "xlsx" else "text/csv; charset=utf-8"
    answer = StreamingHttpResponse(spread(fault_headers(), refused_rows(batch), form), content_type=media)
    name = f"{_('refused')}-{batch.pk}.{form}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


@login_required
def import_template(request: Request) -> HttpResponse:
    """The template of a sheet."""
    answer = HttpResponse(template(), content_type=SHEET_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, _("Ledger template") + ".xlsx") or "attachment"
    return answer
