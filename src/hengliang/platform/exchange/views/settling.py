"""The acts that settle a difference, each after a question; one or many at once."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import InputRefused, PlatformError
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.table import Selection
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit, right_of
from hengliang.platform.exchange import services
from hengliang.platform.exchange.forms import IgnoreForm, LinkForm, take_form
from hengliang.platform.exchange.models import Discrepancy
from hengliang.platform.exchange.selectors import discrepancy_list
from hengliang.platform.exchange.tables.differences import DiscrepancyTable
from hengliang.platform.exchange.views.differences import difference_crumbs, visible_difference
from hengliang.platform.exchange.views.systems import crumbs
from hengliang.platform.exchange.views.verbs import VERBS, is_possible
from hengliang.platform.registry.codes import tidy
from hengliang.platform.registry.models import Instrument, InstrumentState

MOST = 500
# Theirs is taken, and an entry filed, by several acts of the ledger each: one waits longer for fewer.
MOST_BY_LEDGER = {"take": 50, "file": 50}
_TOGETHER: dict[str, Callable[..., Sequence[PlatformError | None]]] = {
    "keep": services.discrepancies_keep,
    "ignore": services.discrepancies_ignore,
    "link": services.discrepancies_link,
}
NAMED = 5  # of those that were refused; the others are counted, and stay in the list


@login_required
def discrepancy_act(request: Request, pk: int, act: str) -> HttpResponse:
    """A difference is settled, after a question."""
    shown, verb = visible_difference(request, pk), VERBS[act]
    permit(request.actor, f"discrepancy_{act}", region_id=shown.region_id)
    back = reverse("exchange:discrepancy", args=[pk])
    found = shown.proposed or shown.instrument
    ask = Confirmation(
        title=f"{verb.verb} · {shown.name}", verb=verb.verb, back=back, affected=1, danger=verb.danger,
        consequences=[verb.consequence], form_class=_form(shown, act), crumbs=difference_crumbs(request, shown),
        initial={
            "until": request.actor.today + timedelta(days=30), "instrument": found.code if found else "",
            "value": shown.outside_id,
        },
    )  # fmt: skip
    if not ask.confirmed(request):
        return ask.respond(request)
    try:
        settle_one(request, shown, act, ask)
    except PlatformError as refused:
        if ask.form is not None:
            ask.form.add_error(None, str(refused))
        return ask.respond(request)
    messages.success(request, _("It is settled."))
    return redirect(back)


def _form(shown: Discrepancy, act: str) -> type[forms.Form] | None:
    if act == "take" and shown.fields:
        return take_form(shown)
    return {"ignore": IgnoreForm, "link": LinkForm}.get(act)


def settle_one(request: Request, shown: Discrepancy, act: str, ask: Confirmation) -> None:
    """Do the act on one difference, with what was asked for."""
    told = dict(ask.form.cleaned_data) if ask.form else {}
    told.setdefault("reason", ask.reason)
    if "fields_taken" in told:
        told["fields"] = told.pop("fields_taken")
    if "instrument" in told:
        told["instrument"] = instrument_of(request, told["instrument"])
    elif act == "link":
        told["instrument"] = shown.proposed
    getattr(services, f"discrepancy_{act}")(actor=request.actor, discrepancy=shown, **told)


def instrument_of(request: Request, code: str) -> Instrument:
    """An instrument by its code, of those that the reader may see.

    Errors: `InputRefused`.
    """
    seen = InstrumentState.objects.visible_to(request.actor).current().filter(instrument__code=tidy(code))
    found = seen.select_related("instrument").first()
    if found is None:
        raise InputRefused(
            "instrument_not_seen", "Choose an instrument of your regions by its code.", field="instrument"
        )
    return found.instrument


def _bulk(
    request: Request, act: str, form_class: type[forms.Form] | None, safe: Callable[[Discrepancy], bool]
) -> HttpResponse:
    """The same act on what is ticked, each by itself: what it is not for is left out and counted, what is refused is
    named with the reason and waits on."""
    if not request.actor.has(*right_of(f"discrepancy_{act}").roles):
        permit(request.actor, f"discrepancy_{act}")
    ticked = list(DiscrepancyTable().selected(request, discrepancy_list(request.actor))[: MOST + 1])
    _refuse_more(ticked, MOST)
    possible = [one for one in ticked if is_possible(request.actor, act, one) and safe(one)]
    _refuse_more(possible, MOST_BY_LEDGER.get(act, MOST))
    selection, verb = Selection.from_post(request), VERBS[act]
    back = selection.back(reverse("exchange:discrepancy_list"))
    ask = Confirmation(
        title=verb.verb, verb=verb.verb, back=back, affected=len(possible), danger=verb.danger,
        examples=[one.name for one in possible[:5]], carry=selection.fields(), form_class=form_class,
        consequences=[verb.consequence, *_left_out(len(ticked) - len(possible))], crumbs=crumbs(),
        initial={"until": request.actor.today + timedelta(days=30)},
    )  # fmt: skip
    if not ask.confirmed(request):
        return ask.respond(request)
    try:
        refused = _settle_each(request, possible, act, ask)
    except PlatformError as fault:
        if ask.form is None:
            raise
        ask.form.add_error(None, str(fault))
        return ask.respond(request)
    _tell(request, len(possible), refused)
    return redirect(back)


def _refuse_more(chosen: Sequence[Discrepancy], most: int) -> None:
    if len(chosen) > most:
        raise InputRefused("too_many", "Choose at most %(most)s at a time; narrow the list.", most=most)


def _tell(request: Request, chosen: int, refused: Sequence[tuple[str, str]]) -> None:
    if settled := chosen - len(refused):
        says = ngettext("%(n)d difference is settled.", "%(n)d differences are settled.", settled)
        messages.success(request, says % {"n": settled})
    for name, why in refused[:NAMED]:
        messages.error(request, _("%(name)s: %(why)s") % {"name": name, "why": why})
    if more := len(refused[NAMED:]):
        says = ngettext("%(n)d more was refused and waits on.", "%(n)d more were refused and wait on.", more)
        messages.error(request, says % {"n": more})


def _settle_each(
    request: Request, chosen: Sequence[Discrepancy], act: str, ask: Confirmation
) -> Sequence[tuple[str, str]]:
    """Settle them together, or one after the other; gives those that were refused, by name and reason."""
    if act in _TOGETHER:
        told = {"reason": ask.reason, **(ask.form.cleaned_data if ask.form else {})}
        faults = _TOGETHER[act](actor=request.actor, discrepancies=chosen, **told)
        return [(one.name, str(why)) for one, why in zip(chosen, faults, strict=True) if why is not None]
    refused = []
    for one in chosen:
        try:
            with transaction.atomic():
                settle_one(request, one, act, ask)
        except PlatformError as fault:
            refused.append((one.name, str(fault)))
    return refused


def _left_out(count: int) -> Sequence[str]:
    if not count:
        return []
    says = ngettext(
        "%(n)d for which this is not possible is left out.", "%(n)d for which this is not possible are left out.", count
    )
    return [says % {"n": count}]


@login_required
@require_POST
def bulk_keep(request: Request) -> HttpResponse:
    """Ours stands for all that is ticked."""
    return _bulk(request, "keep", None, lambda _one: True)


@login_required
@require_POST
def bulk_take(request: Request) -> HttpResponse:
    """Theirs is taken for all that is ticked and was not changed on both sides: those are looked at one by one."""
    return _bulk(request, "take", None, lambda one: one.kind == Discrepancy.Kind.DIFFERENT)


@login_required
@require_POST
def bulk_ignore(request: Request) -> HttpResponse:
    """All that is ticked is left until a day."""
    return _bulk(request, "ignore", IgnoreForm, lambda _one: True)


@login_required
@require_POST
def bulk_link(request: Request) -> HttpResponse:
    """Their number names from today what was found to be perhaps the same, for all that is ticked; whose number is
    linked with another instrument is looked at one by one."""
    only_there = Discrepancy.Kind.ONLY_THERE
    return _bulk(request, "link", None, lambda one: one.kind == only_there and one.proposed is not None)


@login_required
@require_POST
def bulk_file(request: Request) -> HttpResponse:
    """All that is ticked, only there and like nothing here, is filed."""
    return _bulk(request, "file", None, lambda one: one.proposed is None)
