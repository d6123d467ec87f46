"""Lots of test benches: sent, previewed, submitted, reviewed, approved, issued."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.form_page import form_page, given
from hengliang.platform.core.pages.objects import Action, Crumb, ObjectPage
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import BODY_ROLES, Role, is_permitted, right_of
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.registry.imports.files import Form, spread
from hengliang.platform.registry.imports.limits import MAX_COLUMNS
from hengliang.platform.registry.imports.sheet import plain
from hengliang.platform.registry.views.imports import SHEET_TYPE
from hengliang.platform.verification.benches.figures import particulars, what_it_said
from hengliang.platform.verification.benches.files import folder
from hengliang.platform.verification.benches.foreseen import late_words, met_in
from hengliang.platform.verification.benches.order import not_in_order
from hengliang.platform.verification.benches.profile import Profile, shipped
from hengliang.platform.verification.benches.profiles_of import profile_used
from hengliang.platform.verification.benches.told import (
    fault_counts,
    fault_headers,
    faults_of,
    refused_rows,
)
from hengliang.platform.verification.forms.lots import LotForm
from hengliang.platform.verification.lot_work import AT_ONCE_BYTES, read_soon
from hengliang.platform.verification.models import Lot
from hengliang.platform.verification.services import bench_profile_save, lot_receive
from hengliang.platform.verification.states import LOT
from hengliang.platform.verification.tables.lots import LotResultTable, LotTable
from hengliang.platform.verification.views.lot_acts import VERBS

FAULTS_SHOWN = 100


@login_required
def lot_list(request: Request) -> HttpResponseBase:
    """The lots that the actor works on, had tested or oversees."""
    rows = Lot.objects.visible_to(request.actor).select_related("item", "body", "customer").defer("tree", "headers")
    verbs = [Action(_("Find a result"), reverse("verification:lot_result_find"))]
    verbs.append(Action(_("Statistics"), reverse("verification:lot_statistics")))
    if request.actor.has(*BODY_ROLES):
        verbs.append(Action(_("Mapping profiles"), reverse("verification:bench_profile_list")))
    if request.actor.has(*_senders()):
        verbs.insert(0, Action(_("Send a file"), reverse("verification:lot_new"), primary=True))
    return LotTable().respond(request, rows, actions=verbs)


def _senders() -> frozenset[Role]:
    return right_of("lot_receive").roles


@login_required
def lot_new(request: Request) -> HttpResponse:
    """Send the file of a bench."""
    form = LotForm(request.actor, *given(request))

    def received() -> str:
        lot = lot_receive(actor=request.actor, **form.told())
        read_soon(lot, request.actor)
        return reverse("verification:lot", args=[lot.pk])

    return form_page(
        request, form, received, title=_("Send the file of a test bench"), verb=_("Read and check"), crumbs=_crumbs(),
        template="verification/lot_new.html", profiles=shipped().values(),
    )  # fmt: skip


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Bench lots"), reverse("verification:lot_list")), *more]


def visible_lot(request: Request, pk: int) -> Lot:
    """A lot that the actor may see, or nothing is there."""
    related = ("item", "body", "customer", "rule", "verifier", "reviewer", "approver", "own_profile", "region")
    return get_object_or_404(Lot.objects.visible_to(request.actor).select_related(*related), pk=pk)


@login_required
def lot(request: Request, pk: int) -> HttpResponseBase:
    """One lot: what it is, what was found, what it proves, what happened."""
    shown = visible_lot(request, pk)
    if request.htmx and request.headers.get("HX-Target") == "lot":  # type: ignore[attr-defined]
        return HttpResponse(_overview(request, shown))
    return ObjectPage(
        kind=_("Bench lot"),
        name=shown.number,
        where=f"{shown.item.spoken} · {shown.bench}",
        state=f"lot.{shown.state}",
        since=shown.issued_on,
        crumbs=_crumbs(),
        actions=_actions(request, shown),
        notice=_("For training only: the rule by which it was judged was approved by nobody.")
        if shown.training
        else "",
        overview=lambda _r: _overview(request, shown),
        records=(lambda _r: results_of(request, shown)) if shown.root else None,
        history=lambda _r: history_tab(shown),
    ).respond(request)


def results_of(request: Request, shown: Lot) -> SafeString | HttpResponseBase:
    """The single results of a lot, with the groups to choose from."""
    rows = shown.results.select_related("group", "lot").defer("lot__tree", "lot__headers")
    if (group := request.GET.get("group", "")).isdecimal():
        rows = rows.filter(group_id=int(group))
    return LotResultTable().embed(request, rows)


def _overview(request: Request, shown: Lot) -> SafeString:
    counts = fault_counts(shown) if shown.refused else []
    context = {
        "lot": shown,
        "busy": bool(shown.step),
        "facts": particulars(shown),
        "notices": what_it_said(shown),
        "problem": _(shown.problem["template"]) % shown.problem["params"] if shown.problem else "",
        "obstacles": _obstacles(request, shown),
        "foreseen": _foreseen(request, shown),
        "faults": faults_of(shown, 0, FAULTS_SHOWN) if counts else [],
        "fault_counts": counts,
        "may_map": is_permitted(request.actor, "lot_read", organisations=[shown.body_id]),
    }
    return SafeString(render_to_string("verification/lot_part.html", context, request=request))


def _obstacles(request: Request, shown: Lot) -> list[str]:
    """What will stand in the way of submitting it, for the person that looks."""
    if shown.state != "checked" or not is_permitted(request.actor, "lot_submit", organisations=[shown.body_id]):
        return []
    days = [day for day in (shown.first_on, shown.last_on) if day]
    return not_in_order(shown, person_of(request.actor), set(days))


def _foreseen(request: Request, shown: Lot) -> list[str]:
    """What the preview warns of: tests that come late, meters that get no date."""
    if shown.state != "checked" or shown.step:
        return []
    late = late_words(shown, request.actor.today)
    return [*([late] if late else []), *(one.words for one in met_in(shown))]


def _actions(request: Request, shown: Lot) -> list[Action]:
    if shown.step:
        return []
    verbs = [
        Action(VERBS[act].words, reverse("verification:lot_act", args=[shown.pk, act]), primary=VERBS[act].primary,
               danger=VERBS[act].danger)
        for act in LOT.acts_from(shown.state)
        if act in VERBS and is_permitted(request.actor, act, organisations=[shown.body_id])
        and (act != "lot_submit" or shown.judged)
    ]  # fmt: skip
    if shown.state == "checked" and is_permitted(request.actor, "lot_read", organisations=[shown.body_id]):
        verbs.append(Action(_("Match the columns"), reverse("verification:lot_map", args=[shown.pk])))
    return verbs


@login_required
def lot_map(request: Request, pk: int) -> HttpResponse:
    """Say by hand which column holds what, keep that for the bench if wanted, and have the file read anew."""
    shown = visible_lot(request, pk)
    may = is_permitted(request.actor, "lot_read", organisations=[shown.body_id])
    if shown.state not in {"checked", "unreadable"} or shown.step or not may:
        return redirect("verification:lot", pk)
    profile = _profile_asked(request, shown)
    if request.method == "POST":
        chosen = {c.key: int(v) for c in profile.columns if _is_place(v := request.POST.get(c.key, ""))}
        if (name := request.POST.get("keep", "").strip()) and profile.id in shipped():
            headers = {key: shown.headers[at] for key, at in chosen.items() if at < len(shown.headers)}
            bench_profile_save(actor=request.actor, body=shown.body, name=name, base=profile.id, headers=headers)
        read_soon(shown, request.actor, chosen, profile.id)
        if shown.size <= AT_ONCE_BYTES:
            messages.success(request, _("The file was read anew."))
        return redirect("verification:lot", pk)
    context = {
        "title": _("Match the columns"), "lot": shown, "profile": profile,
        "fields": [(column, shown.columns.get(column.key, _guess(shown, column))) for column in profile.columns],
        "headers": list(enumerate(shown.headers)),
        "crumbs": _crumbs(Crumb(shown.number, reverse("verification:lot", args=[pk]))),
    }  # fmt: skip
    return render(request, "verification/lot_map.html", context)


def _is_place(told: str) -> bool:
    return told.isascii() and told.isdecimal() and len(told) < 4 and int(told) < MAX_COLUMNS


def _profile_asked(request: Request, shown: Lot) -> Profile:
    asked = request.GET.get("profile", "")
    if asked in shipped():
        return shipped()[asked]
    return profile_used(shown) or next(iter(shipped().values()))


def _guess(shown: Lot, column: Any) -> int | None:
    known = {plain(name) for name in column.names}
    return next((at for at, header in enumerate(shown.headers) if plain(header) in known), None)


@login_required
def lot_faults(request: Request, pk: int, form: Form) -> HttpResponseBase:
    """The refused rows as the bench wrote them, with what is wrong; corrected, the file can be sent again."""
    shown = visible_lot(request, pk)
    media = SHEET_TYPE if form == "xlsx" else "text/csv; charset=utf-8"
    answer = StreamingHttpResponse(spread(fault_headers(shown), refused_rows(shown), form), content_type=media)
    name = f"{_('refused')}-{shown.number}.{form}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


@login_required
def lot_file(request: Request, pk: int) -> HttpResponseBase:
    """The file as it came from the bench."""
    shown = visible_lot(request, pk)
    path = folder() / shown.sha256
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=shown.file_name)
