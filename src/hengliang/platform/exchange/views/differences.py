"""Differences: the list, one of them side by side, and the acts that settle it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import InputRefused, PlatformError
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.pages.rows import Rows
from hengliang.platform.core.pages.table import Selection, Table
from hengliang.platform.core.pages.words import Words
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted, permit, right_of
from hengliang.platform.exchange import services
from hengliang.platform.exchange.forms import IgnoreForm, LinkForm, take_form
from hengliang.platform.exchange.models import Discrepancy
from hengliang.platform.exchange.profiles.profile import LEDGER
from hengliang.platform.exchange.reasons import field_title, reason_words, shown_value
from hengliang.platform.exchange.selectors import discrepancy_list, system_list
from hengliang.platform.exchange.states import DISCREPANCY
from hengliang.platform.exchange.tables import DiscrepancyTable, SideTable, TheirsTable
from hengliang.platform.exchange.views.systems import crumbs, system_crumb
from hengliang.platform.registry.codes import tidy
from hengliang.platform.registry.models import Instrument, InstrumentState

MOST = 500


@dataclass(frozen=True)
class Verb:
    """An act on a difference, as a reader meets it."""

    verb: Words
    consequence: Words
    kinds: frozenset[str]
    danger: bool = False


K = Discrepancy.Kind
VERBS = {
    "take": Verb(
        gettext_lazy("Take theirs"),
        gettext_lazy("The ledger is corrected by its own acts; what stood here stays in the history."),
        frozenset({K.DIFFERENT, K.CONFLICT}),
        True,
    ),
    "keep": Verb(
        gettext_lazy("Keep ours and send it"),
        gettext_lazy("The entry stands; the next sheet of ledger entries tells the other system."),
        frozenset({K.DIFFERENT, K.CONFLICT, K.ONLY_HERE}),
    ),
    "link": Verb(
        gettext_lazy("Link the two"),
        gettext_lazy("From today their number names this instrument; a link that stood before ends."),
        frozenset({K.ONLY_HERE, K.ONLY_THERE, K.MOVED}),
    ),
    "file": Verb(
        gettext_lazy("File it here"),
        gettext_lazy("It enters the ledger with what the other system says, if the ledger can take it."),
        frozenset({K.ONLY_THERE}),
    ),
    "ignore": Verb(
        gettext_lazy("Leave it for a time"),
        gettext_lazy("It is left out of what waits until that day."),
        frozenset(K.values),
    ),
    "reopen": Verb(
        gettext_lazy("Look at it again"), gettext_lazy("It waits to be settled again."), frozenset(K.values)
    ),
}


@login_required
def differences(request: Request) -> HttpResponseBase:
    """The differences of one's regions."""
    return DiscrepancyTable().respond(request, discrepancy_list(request.actor), crumbs=crumbs())


def _visible(request: Request, pk: int) -> Discrepancy:
    return get_object_or_404(discrepancy_list(request.actor).select_related("batch__accepted_by"), pk=pk)


@login_required
def discrepancy(request: Request, pk: int) -> HttpResponseBase:
    """One difference, field by field."""
    shown = _visible(request, pk)
    page = ObjectPage(
        kind=str(shown.get_kind_display()), name=shown.name, where=shown.system.name,
        state=f"discrepancy.{shown.state}", since=shown.since,
        crumbs=_crumbs(request, shown), actions=_actions(request, shown),
        notice=reason_words(shown.reason.get("code", ""), shown.reason.get("params", {})),
        overview=lambda _r: _overview(request, shown), history=lambda _r: history_tab(shown),
    )  # fmt: skip
    return page.respond(request)


def _overview(request: Request, shown: Discrepancy) -> SafeString | HttpResponseBase:
    lines = _lines(shown)
    table: Table = TheirsTable() if shown.kind == K.ONLY_THERE else SideTable()
    side = table.embed(request, Rows(lines)) if lines else ""
    if isinstance(side, HttpResponseBase):
        return side
    changed = _changed(shown)
    return SafeString(
        side
        + facts(
            _instrument(_("Instrument here"), shown.instrument),
            *([Fact(_("Last changed here"), changed["at"], note=changed["by"])] if changed else []),
            *([_instrument(_("Perhaps this one"), shown.proposed)] if shown.proposed else []),
            Fact(_("Their number"), shown.outside_id),
            Fact(_("Different since"), shown.since),
            Fact(_("Last seen"), shown.seen_on),
            Fact(
                _("File"),
                shown.batch.file_name,
                note=_("row %(number)s") % {"number": shown.number} if shown.number else "",
                url=reverse("exchange:batch", args=[shown.batch_id]) if _sees_system(request, shown) else "",
            ),
            *([Fact(_("Left until"), shown.ignored_until)] if shown.state == "ignored" else []),
            title=_("Particulars"),
        )
    )


def _lines(shown: Discrepancy) -> list[dict[str, str]]:
    """Field by field; of what is only there all that the other system says."""
    if shown.kind == K.ONLY_THERE:
        told = [(name, shown.cells[name]) for name in LEDGER if shown.cells.get(name)]
        return [{"title": field_title(name), "theirs": shown_value(name, value)} for name, value in told]
    return [
        {
            "title": field_title(one["field"]),
            "ours": shown_value(one["field"], one["ours"]),
            "theirs": shown_value(one["field"], one["theirs"]),
            "base": shown_value(one["field"], one.get("base") or ""),
            "side": one.get("side", ""),
        }
        for one in shown.fields
    ]


def _sees_system(request: Request, shown: Discrepancy) -> bool:
    """A county sees the differences of its region, not always the system of the city that they come from."""
    return system_list(request.actor).filter(pk=shown.system_id).exists()


def _crumbs(request: Request, shown: Discrepancy) -> list[Crumb]:
    mine = Crumb(_("Differences"), reverse("exchange:discrepancy_list"))
    return crumbs(system_crumb(shown.system), mine) if _sees_system(request, shown) else crumbs(mine)


def _instrument(label: str, one: Instrument | None) -> Fact:
    if one is None:
        return Fact(label, "")
    return Fact(label, f"{one.name} {one.printed_code}", url=reverse("registry:instrument", args=[one.code]))


def _changed(shown: Discrepancy) -> dict[str, Any]:
    """By whom ours was last changed."""
    if shown.instrument is None:
        return {}
    last = shown.instrument.states.current().select_related("act").first()
    acts = [act for act in (last.act if last else None, shown.instrument.act) if act is not None]
    newest = max(acts, key=lambda act: act.at)
    return {"at": newest.at, "by": newest.account_name}


def _actions(request: Request, shown: Discrepancy) -> list[Action]:
    possible = DISCREPANCY.acts_from(shown.state)
    return [
        Action(
            verb.verb, reverse("exchange:discrepancy_act", args=[shown.pk, name]), danger=verb.danger,
            primary=name == ("link" if shown.proposed_id else "keep"),
        )
        for name, verb in VERBS.items()
        if f"discrepancy_{name}" in possible and shown.kind in verb.kinds
        and is_permitted(request.actor, f"discrepancy_{name}", region_id=shown.region_id)
    ]  # fmt: skip


@login_required
def discrepancy_act(request: Request, pk: int, act: str) -> HttpResponse:
    """A difference is settled, after a question."""
    shown, verb = _visible(request, pk), VERBS[act]
    permit(request.actor, f"discrepancy_{act}", region_id=shown.region_id)
    back = reverse("exchange:discrepancy", args=[pk])
    found = shown.proposed or shown.instrument
    ask = Confirmation(
        title=f"{verb.verb} · {shown.name}", verb=verb.verb, back=back, affected=1, danger=verb.danger,
        consequences=[verb.consequence], form_class=_form(shown, act), crumbs=_crumbs(request, shown),
        initial={
            "until": request.actor.today + timedelta(days=30), "instrument": found.code if found else "",
            "value": shown.outside_id,
        },
    )  # fmt: skip
    if not ask.confirmed(request):
        return ask.respond(request)
    try:
        _settle(request, shown, act, ask)
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


def _settle(request: Request, shown: Discrepancy, act: str, ask: Confirmation) -> None:
    told = dict(ask.form.cleaned_data) if ask.form else {}
    told.setdefault("reason", ask.reason)
    if "fields_taken" in told:
        told["fields"] = told.pop("fields_taken")
    if "instrument" in told:
        told["instrument"] = instrument_of(request, told["instrument"])
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
    """The same act on what is ticked, all of them or none; what it is not for is left out and counted."""
    if not request.actor.has(*right_of(f"discrepancy_{act}").roles):
        permit(request.actor, f"discrepancy_{act}")
    ticked = list(DiscrepancyTable().selected(request, discrepancy_list(request.actor))[: MOST + 1])
    if len(ticked) > MOST:
        raise InputRefused("too_many", "Choose at most %(most)s at a time; narrow the list.", most=MOST)
    possible = [one for one in ticked if _possible(request, act, one) and safe(one)]
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
        with transaction.atomic():
            for one in possible:
                _settle(request, one, act, ask)
    except PlatformError as refused:
        messages.error(request, str(refused))
        return redirect(back)
    says = ngettext("%(n)d difference is settled.", "%(n)d differences are settled.", len(possible))
    messages.success(request, says % {"n": len(possible)})
    return redirect(back)


def _possible(request: Request, act: str, one: Discrepancy) -> bool:
    return (
        f"discrepancy_{act}" in DISCREPANCY.acts_from(one.state)
        and one.kind in VERBS[act].kinds
        and is_permitted(request.actor, f"discrepancy_{act}", region_id=one.region_id)
    )


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
    return _bulk(request, "take", None, lambda one: one.kind == K.DIFFERENT)


@login_required
@require_POST
def bulk_ignore(request: Request) -> HttpResponse:
    """All that is ticked is left until a day."""
    return _bulk(request, "ignore", IgnoreForm, lambda _one: True)
