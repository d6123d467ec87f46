"""The public answer to a serial number or label of a meter that a bench tested."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hengliang.platform.certificates.lot_document import render_result
from hengliang.platform.core.pages.objects import facts
from hengliang.platform.core.requests import Request
from hengliang.platform.verification.benches.figures import result_facts
from hengliang.platform.verification.benches.tree import proof_of
from hengliang.platform.verification.models import LotResult
from hengliang.platform.verification.states import LOT_TOLD

SHOWN = 10
# What a citizen is told and no more: a lot has its whole tree, its rule a whole procedure, a body its own particulars.
_TOLD = (
    *("place", "serial", "label", "verdict", "lot__number", "lot__state", "lot__procedure", "lot__edition"),
    *("lot__passed", "lot__failed", "lot__indeterminate", "lot__item__name", "lot__item__name_en", "lot__body__name"),
    *("lot__rule__provenance", "group__maker", "group__model", "group__batch", "group__made_on"),
    *("group__verified_on", "group__valid_until"),
)


def issued_results(number: str) -> list[LotResult]:
    """The issued results of a meter by its whole serial number or label, the newest first."""
    rows = LotResult.objects.filter(lot__state__in=LOT_TOLD).named(number)
    related = rows.select_related("lot__item", "lot__body", "lot__rule", "group")
    return list(related.only(*_TOLD).order_by("-group__verified_on", "-pk")[:SHOWN])


def newest_counts(found: list[LotResult]) -> LotResult | None:
    """The result that counts: the newest that is not void; of void ones the newest."""
    return next((one for one in found if one.lot.state == "issued"), found[0] if found else None)


@require_safe
def public_lot_result(request: Request) -> HttpResponse:
    """Whether the meter with this serial number or label is in order; no login, nothing kept about the reader.

    Of several makers that use the same number each is answered.
    """
    number = request.GET.get("number", "").strip()[:60]
    found = issued_results(number) if number else []
    by_meter: dict[tuple[str, str], list[LotResult]] = {}
    for one in found:
        by_meter.setdefault((one.group.maker, one.serial), []).append(one)
    meters = [newest for results in by_meter.values() if (newest := newest_counts(results))]
    answers = [(one, *_answer(request, one), facts(*result_facts(one, public=True))) for one in meters]
    context = {"title": _("Meters verified on a bench"), "number": number, "answers": answers}
    return render(request, "certificates/lot_public.html", context, status=404 if number and not answers else 200)


def _answer(request: Request, one: LotResult) -> tuple[str, str]:
    """The answer in large words, and its tone."""
    if one.lot.state == "void":
        return _("The lot of this meter was declared void; this result proves nothing."), "bad"
    if one.verdict == "f":
        return _("This meter failed its verification."), "bad"
    if one.verdict == "i":
        return _("This meter could not be judged."), "open"
    if one.valid_until is not None and one.valid_until < request.actor.today:
        return _("The verification of this meter has expired."), "bad"
    return _("This meter is in order."), "good"


def _issued(lot: int, place: int) -> LotResult:
    rows = LotResult.objects.filter(lot__state__in=LOT_TOLD)
    return get_object_or_404(
        rows.select_related("lot__item", "lot__body", "lot__rule", "group"), lot_id=lot, place=place
    )


@require_safe
def public_lot_document(request: Request, lot: int, place: int) -> HttpResponse:
    """The one-page document of an issued result, made now."""
    shown = _issued(lot, place)
    answer = HttpResponse(render_result(shown), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{shown.lot.number}-{place + 1}.pdf"'
    return answer


@require_safe
def public_lot_proof(request: Request, lot: int, place: int) -> JsonResponse:
    """The proof of an issued result, to be checked off line."""
    shown = _issued(lot, place)
    answer = JsonResponse({"lot": shown.lot.number, **proof_of(shown).to_json()})
    answer["Content-Disposition"] = f'attachment; filename="{shown.lot.number}-{place + 1}.proof.json"'
    return answer
