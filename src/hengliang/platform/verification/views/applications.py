"""Applications: from the instruments chosen to the body's answer."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.pages.table import Selection
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import HOLDER_ROLES, is_permitted
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.views.bulk import chosen as chosen_in_ledger
from hengliang.platform.verification.forms import ApplicationForm
from hengliang.platform.verification.models import Application
from hengliang.platform.verification.services import (
    application_accept,
    application_refuse,
    application_submit,
    application_withdraw,
)
from hengliang.platform.verification.tables import ApplicationTable, TaskTable

MOST_INSTRUMENTS = 500


@login_required
def application_list(request: Request) -> HttpResponseBase:
    """Applications that the actor made, received or oversees."""
    rows = Application.objects.visible_to(request.actor).select_related("applicant", "body")
    return ApplicationTable().respond(request, rows.annotate(pieces=Count("tasks")))


@login_required
def application(request: Request, pk: int) -> HttpResponseBase:
    """One application: who asks whom, for what, and how far it is."""
    shown = get_object_or_404(Application.objects.visible_to(request.actor).select_related("applicant", "body"), pk=pk)
    page = ObjectPage(
        kind=_("Application"),
        name=shown.number,
        where=shown.applicant.name,
        state=f"application.{shown.state}",
        since=shown.applied_at.date(),
        crumbs=[Crumb(_("Applications"), reverse("verification:application_list"))],
        actions=_actions(request, shown),
        overview=lambda _r: facts(
            Fact(_("Applicant"), shown.applicant.name),
            Fact(_("Verification body"), shown.body.name),
            Fact(_("Applied at"), shown.applied_at),
            Fact(_("Wanted by"), shown.wanted_on),
            Fact(_("On site"), _("yes") if shown.on_site else _("no")),
            Fact(_("Note"), shown.note),
            title=_("Particulars"),
        ),
        records=lambda r: TaskTable().embed(r, shown.tasks.select_related("instrument", "owner", "verifier")),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _actions(request: Request, shown: Application) -> list[Action]:
    may = {
        "application_accept": [shown.body_id],
        "application_refuse": [shown.body_id],
        "application_withdraw": [shown.applicant_id],
    }
    verbs = {
        "application_accept": Action(_("Accept"), reverse("verification:application_accept", args=[shown.pk]), True),
        "application_refuse": Action(_("Refuse"), reverse("verification:application_refuse", args=[shown.pk])),
        "application_withdraw": Action(_("Withdraw"), reverse("verification:application_withdraw", args=[shown.pk])),
    }
    possible = {"submitted": list(may), "accepted": ["application_withdraw"]}.get(shown.state, [])
    return [verbs[act] for act in possible if is_permitted(request.actor, act, organisations=may[act])]


@login_required
def application_new(request: Request) -> HttpResponse:
    """Apply for the instruments chosen in the ledger (`?instrument=…`, or ticked there)."""
    chosen = _chosen(request)
    entry = InstrumentState.objects.on(request.actor.today).filter(instrument__in=chosen).first()
    form = ApplicationForm(request.POST if "body" in request.POST else None, initial={"body": entry and entry.body_id})
    if entry is not None and form.is_bound and form.is_valid():
        try:
            made = application_submit(
                actor=request.actor, applicant=entry.owner, instruments=chosen, **form.cleaned_data
            )
        except PlatformError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("verification:application", made.pk)
    verb = _("Apply for verification")
    context = {"title": verb, "form": form, "chosen": chosen, "verb": verb}
    return render(request, "verification/application_new.html", context)


def _chosen(request: Request) -> list[Instrument]:
    keys = request.POST.getlist("instrument") or request.GET.getlist("instrument")
    if not keys and Selection.from_post(request):
        rows = chosen_in_ledger(request).values_list("instrument_id", flat=True)[: MOST_INSTRUMENTS + 1]
        keys = [str(key) for key in rows]
    organisations = request.actor.organisations(HOLDER_ROLES)
    mine = InstrumentState.objects.on(request.actor.today).filter(owner_id__in=organisations)
    numbers = [int(key) for key in keys if key.isdecimal()]
    return list(Instrument.objects.filter(pk__in=numbers, states__in=mine).order_by("code").distinct())


@login_required
def application_take(request: Request, pk: int) -> HttpResponse:
    """The body accepts."""
    shown = _visible(request, pk)
    consequence = _("The instruments go to the work list; the applicant sees the day promised.")
    ask = _question(shown, _("Accept application %(number)s"), _("Accept"), consequence, reason_needed=False)
    if ask.confirmed(request):
        application_accept(actor=request.actor, application=shown)
        return redirect("verification:application", pk)
    return ask.respond(request)


@login_required
def application_turn_down(request: Request, pk: int) -> HttpResponse:
    """The body refuses, with its reason."""
    shown = _visible(request, pk)
    ask = _question(shown, _("Refuse application %(number)s"), _("Refuse"), _("The applicant reads the reason."))
    if ask.confirmed(request):
        application_refuse(actor=request.actor, application=shown, reason=ask.reason)
        return redirect("verification:application", pk)
    return ask.respond(request)


@login_required
def application_take_back(request: Request, pk: int) -> HttpResponse:
    """The applicant withdraws."""
    shown = _visible(request, pk)
    consequence = _("What has not been measured is cancelled.")
    ask = _question(shown, _("Withdraw application %(number)s"), _("Withdraw"), consequence)
    if ask.confirmed(request):
        application_withdraw(actor=request.actor, application=shown, reason=ask.reason)
        return redirect("verification:application", pk)
    return ask.respond(request)


def _visible(request: Request, pk: int) -> Application:
    return get_object_or_404(Application.objects.visible_to(request.actor), pk=pk)


def _question(
    shown: Application, title: str, verb: str, consequence: str, *, reason_needed: bool = True
) -> Confirmation:
    return Confirmation(
        title=title % {"number": shown.number},
        verb=verb,
        back=reverse("verification:application", args=[shown.pk]),
        danger=reason_needed,
        affected=shown.tasks.count(),
        consequences=[consequence],
        reason_needed=reason_needed,
    )
