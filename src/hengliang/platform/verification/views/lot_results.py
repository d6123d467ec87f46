"""Single results of lots: found by serial number or label, shown with what was measured, and proven."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.objects import Action, Crumb, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.verification.benches.figures import (
    lines_again,
    result_facts,
)
from hengliang.platform.verification.benches.offers import papers_of
from hengliang.platform.verification.benches.profiles_of import profile_used
from hengliang.platform.verification.benches.tree import holds, proof_of
from hengliang.platform.verification.models import LotResult
from hengliang.platform.verification.services import lot_result_take
from hengliang.platform.verification.tables.lots import VERDICTS

FOUND_SHOWN = 50


@login_required
def lot_result_find(request: Request) -> HttpResponse:
    """A result by its whole serial number or label; one alone is shown at once."""
    number = request.GET.get("number", "").strip()[:60]
    found = list(_visible(request).named(number).defer("lot__tree")[:FOUND_SHOWN]) if number else []  # type: ignore[attr-defined]
    if len(found) == 1:
        return redirect("verification:lot_result", found[0].lot_id, found[0].place)
    context = {
        "title": _("Find a result"), "number": number, "crumbs": _crumbs(),
        "found": [(one, VERDICTS[one.verdict]) for one in found],
    }  # fmt: skip
    return render(request, "verification/lot_result_find.html", context, status=404 if number and not found else 200)


def _visible(request: Request) -> "QuerySet[LotResult]":
    rows = LotResult.objects.visible_to(request.actor)
    related = rows.select_related("lot__item", "lot__body", "lot__rule", "group")
    return related.defer("lot__rule__content", "group__tally")  # long, and asked for by hardly anybody


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Bench lots"), reverse("verification:lot_list")), *more]


def _found(request: Request, lot: int, place: int) -> LotResult:
    return get_object_or_404(_visible(request), lot_id=lot, place=place)


@login_required
def lot_result(request: Request, lot: int, place: int) -> HttpResponseBase:
    """One meter: what was measured, by which rule it was judged, and that it stands under the root of its lot."""
    shown = _found(request, lot, place)
    return ObjectPage(
        kind=_("Result of a bench"),
        name=shown.serial,
        where=f"{shown.lot.item.spoken} · {shown.group.maker} {shown.group.model}",
        state=VERDICTS[shown.verdict],
        since=shown.group.verified_on,
        crumbs=_crumbs(Crumb(shown.lot.number, reverse("verification:lot", args=[lot]))),
        actions=[*papers_of(shown), *_offers(request, shown)],
        notice=_("This lot is void; the result proves nothing any more.") if shown.lot.state == "void" else "",
        overview=lambda _r: SafeString(facts(*result_facts(shown), title=_("Particulars")) + _measured(shown)),
        proofs=lambda _r: _proven(request, shown),
    ).respond(request)


def _measured(shown: LotResult) -> SafeString:
    """What was measured and what the rule says of it, computed again; and all readings as the bench wrote them."""
    lines = lines_again(shown)
    profile = profile_used(shown.lot)
    heads = {column.key: column.header for column in profile.columns} if profile else {}
    attributes = json.loads(shown.group.attributes)
    readings = [(heads.get(key, key), value) for key, value in (attributes | shown.readings()).items() if value]
    return SafeString(render_to_string("verification/lot_result_measured.html", {"lines": lines, "readings": readings}))


def _proven(request: Request, shown: LotResult) -> SafeString:
    proof = proof_of(shown)
    context = {"proof": proof, "holds": holds(proof), "result": shown}
    return SafeString(render_to_string("verification/lot_result_proof.html", context, request=request))


def _offers(request: Request, shown: LotResult) -> list[Action]:
    """To the instrument that it is of; or to take it into the ledger, where it was filed since."""
    link = getattr(shown, "link", None)
    if link is not None:
        seen = InstrumentState.objects.visible_to(request.actor).current().filter(instrument=link.instrument_id)
        url = reverse("registry:instrument", args=[link.instrument.code])
        return [Action(_("In the ledger"), url)] if seen.exists() else []
    return []


@login_required
@require_POST
def lot_result_adopt(request: Request, lot: int, place: int, code: str) -> HttpResponse:
    """The result of a meter that was filed since is taken into the ledger."""
    shown = get_object_or_404(LotResult.objects.select_related("lot", "group"), lot_id=lot, place=place)
    seen = InstrumentState.objects.visible_to(request.actor).current()
    instrument = get_object_or_404(Instrument, code=code, pk__in=seen.values("instrument"))
    try:
        lot_result_take(actor=request.actor, result=shown, instrument=instrument)
        messages.success(request, _("The ledger took over the result and its date."))
    except PlatformError as refused:
        messages.error(request, str(refused))
    return redirect("registry:instrument", code)


@login_required
def lot_result_proof(request: Request, lot: int, place: int) -> JsonResponse:
    """The proof as a file, for who checks it off line."""
    shown = _found(request, lot, place)
    answer = JsonResponse(_proof_file(shown), json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="{shown.lot.number}-{place}.proof.json"'
    return answer


def _proof_file(shown: LotResult) -> dict[str, Any]:
    return {"lot": shown.lot.number, **proof_of(shown).to_json()}
