"""Instruments that ask for an act, and the acts on those ticked."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.table import Selection
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Role, permit
from hengliang.platform.core.rules import working_days_from
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.models import Instrument
from hengliang.platform.registry.services import instrument_stop
from hengliang.platform.registry.views.bulk import chosen as chosen_in_ledger
from hengliang.platform.supervision.forms import RectificationForm, ReminderForm
from hengliang.platform.supervision.selectors import watch_list
from hengliang.platform.supervision.services import Issued, rectification_order, reminder_send
from hengliang.platform.supervision.tables import EntryTable

MOST = 500
WATCHED, LEDGER = "supervision:entry_list", "registry:list"


class Done(NamedTuple):
    """To how many something was done, and what the reader is told; an act that reached nobody is no success."""

    reached: int
    says: str


@login_required
def entry_list(request: Request) -> HttpResponseBase:
    """Instruments in use, those longest overdue first."""
    return EntryTable().respond(request, watch_list(request.actor))


@login_required
@require_POST
def remind(request: Request, listed: str = WATCHED) -> HttpResponse:
    """The users of the ticked instruments are reminded."""
    ask = Confirmation(
        title=_("Remind"), verb=_("Remind"), back="", form_class=ReminderForm,
        consequences=[
            _("Each user gets one message, in the platform and by e-mail."),
            _("Instruments with an open reminder are left out."),
            _("So are those overdue because of the body or the authority: the user can do nothing about it."),
        ],
        initial={"reason": _("The verification is due or overdue. Please apply for it.")},
    )  # fmt: skip
    return _act(
        request, "reminder_send", ask, listed,
        lambda chosen: _issued(reminder_send(actor=request.actor, instruments=chosen, reason=ask.reason)),
    )  # fmt: skip


@login_required
@require_POST
def rectify(request: Request, listed: str = WATCHED) -> HttpResponse:
    """Rectification is ordered for the ticked instruments."""
    term = working_days_from(request.actor.today, 15)
    ask = Confirmation(
        title=_("Order rectification"), verb=_("Order rectification"), back="", form_class=RectificationForm,
        consequences=[
            _("Each user is told by when it is to be done; 15 working days from tomorrow end on %(day)s.")
            % {"day": term.day.isoformat()},
            *([_("The holidays of that year are not yet known: the day is provisional.")] if term.provisional else []),
            _("Instruments with an open order are left out. An order ends only on evidence, or withdrawn."),
            _("So are those overdue because of the body or the authority: the user can do nothing about it."),
        ],
    )  # fmt: skip

    def order(chosen: Sequence[Instrument]) -> Done:
        days = int(ask.form.cleaned_data["days"]) if ask.form else 0
        return _issued(rectification_order(actor=request.actor, instruments=chosen, days=days, reason=ask.reason))

    return _act(request, "rectification_order", ask, listed, order)


@login_required
@require_POST
def stop(request: Request) -> HttpResponse:
    """The stop of use of the ticked instruments is recorded."""
    ask = Confirmation(
        title=_("Record stop of use"), verb=_("Record stop of use"), back="", danger=True,
        consequences=[
            _("They may not be used from today, and no longer count as in use."),
            _("They come back by “Take into use again”, with a valid proof."),
        ],
    )  # fmt: skip

    def record(chosen: Sequence[Instrument]) -> Done:
        with transaction.atomic():
            for instrument in chosen:
                instrument_stop(actor=request.actor, instrument=instrument, reason=ask.reason)
        stopped = len(chosen)
        says = ngettext("%(count)d instrument is out of use.", "%(count)d instruments are out of use.", stopped)
        return Done(stopped, says % {"count": stopped})

    return _act(request, "instrument_stop", ask, WATCHED, record)


def _act(
    request: Request, kind: str, ask: Confirmation, listed: str, act: Callable[[Sequence[Instrument]], Done]
) -> HttpResponse:
    """Ask first, then act on what is ticked: never more than the limit, never beyond what the actor may see."""
    if not request.actor.has(Role.AUTHORITY):
        permit(request.actor, kind)
    chosen, left_out = _ticked(request, listed)
    selection = Selection.from_post(request)
    ask.back, ask.affected, ask.carry = selection.back(reverse(listed)), len(chosen), selection.fields()
    ask.examples = [f"{one.name} {spaced(one.code)}" for one in chosen[:5]]
    if left_out:
        ask.consequences = [*ask.consequences, _left_out(left_out)]
    if not ask.confirmed(request):
        return ask.respond(request)
    done = act(chosen)
    messages.add_message(request, messages.SUCCESS if done.reached else messages.WARNING, done.says)
    return redirect(ask.back)


def _issued(issued: Issued) -> Done:
    made = len(issued.orders)
    says = ngettext("%(count)d was sent.", "%(count)d were sent.", made) % {"count": made}
    if issued.skipped:
        says += " " + _("%(count)d had an open one already and were left out.") % {"count": issued.skipped}
    if issued.elsewhere:
        says += " " + _("%(count)d wait for the body or the authority and were left out.") % {"count": issued.elsewhere}
    return Done(made, says)


def _ticked(request: Request, listed: str) -> tuple[list[Instrument], int]:
    """The instruments ticked in a list, and how many of them supervision has nothing to say about."""
    watched = watch_list(request.actor)
    rows = EntryTable().selected(request, watched) if listed == WATCHED else chosen_in_ledger(request)
    ticked = list(rows.values_list("instrument_id", flat=True)[: MOST + 1])
    if len(ticked) > MOST:
        raise InputRefused("too_many", "Choose at most %(most)s instruments at a time; narrow the list.", most=MOST)
    found = [row.instrument for row in watched.filter(instrument_id__in=ticked)]
    if not found:
        raise InputRefused("none_watched", "None of these is in use and under mandatory verification.")
    return found, len(ticked) - len(found)


def _left_out(count: int) -> str:
    return ngettext(
        "%(count)d instrument that is not in use or not under mandatory verification is left out.",
        "%(count)d instruments that are not in use or not under mandatory verification are left out.",
        count,
    ) % {"count": count}
