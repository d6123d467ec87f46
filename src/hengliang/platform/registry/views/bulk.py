"""Acts on ticked instruments: all that can be done is done, and what could not is told by name."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.table import Selection
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.models import Instrument
from hengliang.platform.registry.selectors.ledger import entry_list
from hengliang.platform.registry.services import (
    instrument_accept,
    instrument_assign_body,
    instrument_scrap,
    instrument_stop,
)
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.registry.tables import as_of, ledger_table

MOST = 500
Do = Callable[[Instrument], Any]


class BodyForm(forms.Form):
    """The body to assign."""

    body = forms.ModelChoiceField(
        Organisation.objects.filter(is_verification_body=True).order_by("name"),
        label=gettext_lazy("Verification body"),
    )


def chosen(request: Request) -> Any:
    """The entries of the ticked instruments, of those that the actor may see."""
    rows = as_of(entry_list(request.actor), request.actor.today)
    return ledger_table().selected(request, rows)


@login_required
@require_POST
def accept(request: Request) -> HttpResponse:
    """Filings are accepted."""
    ask = _ask(_("Accept"), [_("The instruments count from today.")], reason_needed=False)
    return _act(request, ask, lambda one: instrument_accept(actor=request.actor, instrument=one))


@login_required
@require_POST
def assign(request: Request) -> HttpResponse:
    """A body is assigned."""
    ask = _ask(_("Assign body"), [_("The body sees the instruments from now on.")], form_class=BodyForm)

    def do(one: Instrument) -> Any:
        body = ask.form.cleaned_data["body"] if ask.form else None
        return instrument_assign_body(actor=request.actor, instrument=one, body=body)

    return _act(request, ask, do)


@login_required
@require_POST
def stop(request: Request) -> HttpResponse:
    """Instruments go out of use."""
    ask = _ask(_("Take out of use"), [_("While they are out of use they can't fall due.")], danger=True)
    return _act(request, ask, lambda one: instrument_stop(actor=request.actor, instrument=one, reason=ask.reason))


@login_required
@require_POST
def scrap(request: Request) -> HttpResponse:
    """Instruments are scrapped."""
    ask = _ask(_("Scrap"), [_("For good: a scrapped instrument does not come back.")], danger=True)
    return _act(request, ask, lambda one: instrument_scrap(actor=request.actor, instrument=one, reason=ask.reason))


def _ask(verb: str, consequences: list[str], **more: Any) -> Confirmation:
    return Confirmation(title=verb, verb=verb, back="", consequences=consequences, **more)


def _act(request: Request, ask: Confirmation, do: Do) -> HttpResponse:
    rows = list(chosen(request)[: MOST + 1])
    selection = Selection.from_post(request)
    ask.back = selection.back(reverse("registry:list"))
    if len(rows) > MOST:
        messages.error(request, _("At most %(most)s at once; narrow the filters.") % {"most": MOST})
        return redirect(ask.back)
    ask.affected, ask.carry = len(rows), selection.fields()
    ask.examples = [f"{spoken(row.instrument.name)} {spaced(row.instrument.code)}" for row in rows[:5]]
    if not ask.confirmed(request):
        return ask.respond(request)
    refused = [(row.instrument, why) for row in rows if (why := _tried(do, row.instrument))]
    done = len(rows) - len(refused)
    messages.success(request, ngettext("%(n)s instrument: done.", "%(n)s instruments: done.", done) % {"n": done})
    for one, why in refused[:10]:
        messages.warning(request, f"{one.name} {spaced(one.code)}: {why}")
    if len(refused) > 10:
        messages.warning(request, _("… and %(n)s more could not.") % {"n": len(refused) - 10})
    return redirect(ask.back)


def _tried(do: Do, one: Instrument) -> str:
    try:
        with transaction.atomic():
            do(one)
    except PlatformError as refused:
        return str(refused)
    return ""
