"""Instruments that ask for an act, and the acts on those ticked."""

from collections.abc import Callable, Sequence

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
from hengliang.platform.registry.models import Instrument
from hengliang.platform.registry.services import instrument_stop
from hengliang.platform.supervision.forms import RectificationForm, ReminderForm
from hengliang.platform.supervision.selectors import watch_list
from hengliang.platform.supervision.services import Issued, rectification_order, reminder_send
from hengliang.platform.supervision.tables import EntryTable

MOST = 500


@login_required
def entry_list(request: Request) -> HttpResponseBase:
    """Instruments in use, those longest overdue first."""
    return EntryTable().respond(request, watch_list(request.actor))


@login_required
@require_POST
def remind(request: Request) -> HttpResponse:
    """The users of the ticked instruments are reminded."""
    ask = Confirmation(
        title=_("Remind"), verb=_("Remind"), back=_back(), form_class=ReminderForm,
        consequences=[
            _("Each user gets one message, in the platform and by e-mail."),
            _("Instruments with an open reminder are left out."),
        ],
        initial={"reason": _("The verification is due or overdue. Please apply for it.")},
    )  # fmt: skip
    return _act(
        request, "reminder_send", ask,
        lambda chosen: _issued(reminder_send(actor=request.actor, instruments=chosen, reason=ask.reason)),
    )  # fmt: skip


@login_required
@require_POST
def rectify(request: Request) -> HttpResponse:
    """Rectification is ordered for the ticked instruments."""
    term = working_days_from(request.actor.today, 15)
    ask = Confirmation(
        title=_("Order rectification"), verb=_("Order rectification"), back=_back(), form_class=RectificationForm,
        consequences=[
            _("Each user is told by when it is to be done; 15 working days from tomorrow end on %(day)s.")
            % {"day": term.day.isoformat()},
            *([_("The holidays of that year are not yet known: the day is provisional.")] if term.provisional else []),
            _("Instruments with an open order are left out. An order ends only on evidence, or withdrawn."),
        ],
    )  # fmt: skip

    def order(chosen: Sequence[Instrument]) -> str:
        days = int(ask.form.cleaned_data["days"]) if ask.form else 0
        return _issued(rectification_order(actor=request.actor, instruments=chosen, days=days, reason=ask.reason))

    return _act(request, "rectification_order", ask, order)


@login_required
@require_POST
def stop(request: Request) -> HttpResponse:
    """The stop of use of the ticked instruments is recorded."""
    ask = Confirmation(
        title=_("Record stop of use"), verb=_("Record stop of use"), back=_back(), danger=True,
        consequences=[
            _("They may not be used from today, and no longer count as in use."),
            _("They come back by “Take into use again”, with a valid proof."),
        ],
    )  # fmt: skip

    def record(chosen: Sequence[Instrument]) -> str:
        with transaction.atomic():
            for instrument in chosen:
                instrument_stop(actor=request.actor, instrument=instrument, reason=ask.reason)
        return ngettext("%(count)d instrument is out of use.", "%(count)d instruments are out of use.", len(chosen)) % {
            "count": len(chosen)
        }

    return _act(request, "instrument_stop", ask, record)


def _act(request: Request, kind: str, ask: Confirmation, act: Callable[[Sequence[Instrument]], str]) -> HttpResponse:
    """Ask first, then act on what is ticked: never more than the limit, never beyond what the actor may see."""
    if not request.actor.has(Role.AUTHORITY):
        permit(request.actor, kind)
    rows = EntryTable().selected(request, watch_list(request.actor))
    chosen = [row.instrument for row in rows[: MOST + 1]]
    if len(chosen) > MOST:
        raise InputRefused("too_many", "Choose at most %(most)s instruments at a time; narrow the list.", most=MOST)
    ask.affected, ask.carry = len(chosen), Selection.from_post(request).fields()
    ask.examples = [f"{one.name} {one.code}" for one in chosen[:5]]
    if not ask.confirmed(request):
        return ask.respond(request)
    messages.success(request, act(chosen))
    return redirect(ask.back)


def _issued(issued: Issued) -> str:
    made = len(issued.orders)
    says = ngettext("%(count)d was sent.", "%(count)d were sent.", made) % {"count": made}
    if issued.skipped:
        says += " " + _("%(count)d had an open one already and were left out.") % {"count": issued.skipped}
    return says


def _back() -> str:
    return reverse("supervision:entry_list")
