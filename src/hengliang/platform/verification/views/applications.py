"""Applications: from the instruments chosen to the body's answer."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.platform.core.errors import InputRefused, PlatformError, StaleWrite
from hengliang.platform.core.models import Act
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import beside
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.pages.table import Selection
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, is_permitted
from hengliang.platform.core.selectors import state_since
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.selectors import region_names
from hengliang.platform.registry.views.bulk import chosen as chosen_in_ledger
from hengliang.platform.verification.decisions import decision_rules
from hengliang.platform.verification.forms import ApplicationForm, BodyForm
from hengliang.platform.verification.jobs import job_kind, job_title
from hengliang.platform.verification.models import MANDATORY, AgreedDecision, Application
from hengliang.platform.verification.placing import bodies_for
from hengliang.platform.verification.routing import routes_of
from hengliang.platform.verification.services import (
    application_accept,
    application_escalate,
    application_reassign,
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
        since=state_since(shown),
        crumbs=[Crumb(_("Applications"), reverse("verification:application_list"))],
        actions=_actions(request, shown),
        overview=lambda _r: facts(
            Fact(_("Kind of job"), job_title(shown.job, request.actor.today)),
            Fact(_("Applicant"), shown.applicant.name),
            Fact(_("Where it is"), _where(request, shown)),
            Fact(_("Applied at"), shown.applied_at),
            Fact(_("Wanted by"), shown.wanted_on),
            Fact(_("On site"), _("yes") if shown.on_site else _("no")),
            *([Fact(_("Agreed interval"), shown.agreed_months, note=_("months"))] if shown.agreed_months else []),
            Fact(_("Fee"), _fee(request, shown)),
            *_decision(shown),
            Fact(_("Note"), shown.note),
            title=_("Particulars"),
        ),
        records=lambda r: TaskTable().embed(r, shown.tasks.select_related("instrument", "owner", "verifier")),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _decision(shown: Application) -> list[Fact]:
    """The decision rule agreed, where one is."""
    agreed = AgreedDecision.objects.filter(application=shown).first()
    if agreed is None:
        return []
    rule = decision_rules(date.fromisoformat(agreed.edition))[agreed.rule]
    return [Fact(_("Decision rule"), rule.title, note=agreed.agreement)]


def _where(request: Request, shown: Application) -> str:
    """Who has it now, for the applicant to read."""
    if shown.body is not None:
        return _("with %(body)s") % {"body": shown.body.name}
    return _("with the authority of %(region)s, which finds a body") % {
        "region": region_names(request.actor.today).get(shown.placed_with_id or 0, "")
    }


def _fee(request: Request, shown: Application) -> str:
    if job_kind(shown.job, request.actor.today).free:
        return _("free of charge")
    return f"{shown.fee} {_('CNY')}" if shown.fee else _("by agreement")


# Act: its verb, the states in which it is possible, and whether it is done by the body, the applicant or the authority.
_ACTS = (
    ("application_accept", gettext_lazy("Accept"), {"submitted"}, "body_id"),
    ("application_refuse", gettext_lazy("Refuse"), {"submitted"}, "body_id"),
    ("application_reassign", gettext_lazy("Assign a body"), {"unplaced"}, ""),
    ("application_escalate", gettext_lazy("Take a level up"), {"unplaced"}, ""),
    ("application_withdraw", gettext_lazy("Withdraw"), {"submitted", "accepted", "unplaced"}, "applicant_id"),
)
_FIRST = ("application_accept", "application_reassign")


def _actions(request: Request, shown: Application) -> list[Action]:
    agree = Action(_("Agree a decision rule"), reverse("verification:application_decision", args=[shown.pk]))
    values_only = not job_kind(shown.job, request.actor.today).concludes
    may = is_permitted(request.actor, "decision_agree", organisations=[shown.body_id])
    wanted = values_only and may and shown.state in {"submitted", "accepted"} and not _decision(shown)
    return [*([agree] if wanted else []), *_verbs(request, shown)]


def _verbs(request: Request, shown: Application) -> list[Action]:
    return [
        Action(verb, reverse(f"verification:{act}", args=[shown.pk]), act in _FIRST)
        for act, verb, states, whose in _ACTS
        if shown.state in states
        and is_permitted(
            request.actor,
            act,
            organisations=[getattr(shown, whose)] if whose else [],
            region_id=None if whose else shown.placed_with_id,
        )
    ]


@login_required
def application_new(request: Request) -> HttpResponse:
    """Apply for the instruments chosen in the ledger (`?instrument=…`, or ticked there)."""
    chosen = _chosen(request)
    entries = _entries(request, chosen)
    mandatory = all(entry.mandatory for entry in entries)
    initial = {"job": MANDATORY if mandatory else "voluntary"}
    form = ApplicationForm(request.POST if "job" in request.POST else None, initial=initial, on=request.actor.today)
    if entries and form.is_bound and form.is_valid():
        try:
            made = application_submit(
                actor=request.actor, applicant=entries[0].owner, instruments=chosen, **form.cleaned_data
            )
        except PlatformError as refused:
            beside(form, refused)
        else:
            return redirect("verification:application", made.pk)
    verb = _("Submit application")
    context = {
        "title": verb, "form": form, "chosen": chosen, "verb": verb,
        "routes": _routes(request, entries) if mandatory else [],
    }  # fmt: skip
    return render(request, "verification/application_new.html", context, status=422 if form.errors else 200)


def _entries(request: Request, chosen: list[Instrument]) -> list[InstrumentState]:
    rows = InstrumentState.objects.on(request.actor.today).filter(instrument__in=chosen).order_by("instrument__code")
    return list(rows.select_related("instrument__item__parent", "owner", "body"))


def _routes(request: Request, entries: list[InstrumentState]) -> list[dict[str, Any]]:
    """Where the instruments would go by designation: one line for each item and its bodies."""
    lines: dict[tuple[str, str], dict[str, Any]] = {}
    for route in routes_of(entries, request.actor.today):
        item = route.entry.instrument.item.name
        bodies = "、".join(body.name for body in route.bodies)
        line = lines.setdefault((item, bodies), {"item": item, "bodies": bodies, "count": 0, "choice": False})
        line["count"] += 1
        line["choice"] = len(route.bodies) > 1
        line["by"] = "、".join(row.number for row in route.by)
    return list(lines.values())


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
    shown = _answering(request, pk)
    consequence = _("The instruments go to the work list; the applicant sees the day promised.")
    ask = _question(shown, _("Accept application %(number)s"), _("Accept"), consequence, reason_needed=False)
    if ask.confirmed(request):
        application_accept(actor=request.actor, application=shown)
        return redirect("verification:application", pk)
    return ask.respond(request)


@login_required
def application_turn_down(request: Request, pk: int) -> HttpResponse:
    """The body refuses, with its reason."""
    shown = _answering(request, pk)
    goes_back = job_kind(shown.job, request.actor.today).performer == "designated"
    consequence = (
        _("It goes back to the authority, which finds another body; the applicant reads the reason.")
        if goes_back
        else _("The applicant reads the reason.")
    )
    ask = _question(shown, _("Refuse application %(number)s"), _("Refuse"), consequence)
    if ask.confirmed(request):
        application_refuse(actor=request.actor, application=shown, reason=ask.reason)
        return redirect("verification:application_list")
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


@login_required
def application_place(request: Request, pk: int) -> HttpResponse:
    """The authority assigns a body."""
    shown = _visible(request, pk)
    consequence = _("It goes to that body, whose term begins today; the applicant is told.")
    ask = _question(shown, _("Assign a body to %(number)s"), _("Assign"), consequence)
    may = bodies_for(shown, request.actor.today)
    named = "、".join(body.name for body in may)
    ask.consequences = [
        consequence,
        _("Authorised there for all of it: %(bodies)s.") % {"bodies": named}
        if may
        else _("No body is authorised there for all of it: enter the authorisation, or take it a level up."),
    ]
    if len(may) == 1:
        ask.initial = {"body": may[0]}
    ask.form_class, ask.danger = BodyForm, False
    if ask.confirmed(request) and ask.form is not None:
        body = ask.form.cleaned_data["body"]
        try:
            application_reassign(actor=request.actor, application=shown, body=body, reason=ask.reason)
        except InputRefused as refused:
            ask.form.add_error("body", str(refused))
            return ask.respond(request)
        return redirect("verification:application", pk)
    return ask.respond(request)


@login_required
def application_lift(request: Request, pk: int) -> HttpResponse:
    """The authority takes the application a level up."""
    shown = _visible(request, pk)
    consequence = _("The authority a level up has it from now on; you still see where it is.")
    ask = _question(shown, _("Take %(number)s a level up"), _("Take a level up"), consequence)
    if ask.confirmed(request):
        application_escalate(actor=request.actor, application=shown, reason=ask.reason)
        return redirect("verification:application", pk)
    return ask.respond(request)


def _visible(request: Request, pk: int) -> Application:
    return get_object_or_404(Application.objects.visible_to(request.actor), pk=pk)


def _answering(request: Request, pk: int) -> Application:
    """An application that the body answers.

    Errors: `StaleWrite` for one that the body gave back already (another tab, a second click): it sees it no longer.
    """
    found = Application.objects.visible_to(request.actor).filter(pk=pk).first()
    if found is not None:
        return found
    given_back = Act.objects.filter(
        kind="application_return", subject_type=Application._meta.label_lower, subject_id=str(pk),
        organisation_id__in=request.actor.organisations(BODY_ROLES),
    )  # fmt: skip
    if given_back.exists():
        raise StaleWrite("given_back", "It was refused already and went back to the authority. Nothing is to be done.")
    raise Http404


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
