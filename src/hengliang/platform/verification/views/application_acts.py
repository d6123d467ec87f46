"""What becomes of an application: accepted, refused, withdrawn, given to a body, taken a level up."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import InputRefused, StaleWrite
from hengliang.platform.core.listed import listed
from hengliang.platform.core.models import Act
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import beside
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import BODY_ROLES
from hengliang.platform.verification.forms.work import BodyForm
from hengliang.platform.verification.jobs import job_kind
from hengliang.platform.verification.models import Application
from hengliang.platform.verification.placing import bodies_for, refused_by
from hengliang.platform.verification.services import (
    application_accept,
    application_escalate,
    application_reassign,
    application_refuse,
    application_withdraw,
)

LONGEST_KEY = 19  # digits


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
    ask = _question(shown, _("Assign a body to %(number)s"), _("Assign a body"), consequence)
    refused = refused_by(shown)
    able = bodies_for(shown, request.actor.today)
    may = [body for body in able if body.pk not in refused]
    named = listed(body.name for body in may)
    ask.consequences = [
        consequence,
        _("Authorised there for all of it: %(bodies)s.") % {"bodies": named}
        if may
        else _("No body is authorised there for all of it: enter the authorisation, or take it a level up."),
    ]
    ask.consequences += [
        _("%(body)s refused it already: %(reason)s") % {"body": body.name, "reason": refused[body.pk]}
        for body in able
        if body.pk in refused
    ]
    if len(may) == 1:
        ask.initial = {"body": may[0]}
    ask.form_class, ask.danger = BodyForm, False
    if ask.confirmed(request) and ask.form is not None:
        body = ask.form.cleaned_data["body"]
        try:
            application_reassign(actor=request.actor, application=shown, body=body, reason=ask.reason)
        except InputRefused as refused:
            beside(ask.form, refused, "body")
            return ask.respond(request)
        return redirect("verification:application", pk)
    return ask.respond(request)


@login_required
def application_lift(request: Request, pk: int) -> HttpResponse:
    """The authority takes the application a level up."""
    shown = _visible(request, pk)
    consequence = _("The authority a level up has it from now on; you still see where it is.")
    ask = _question(shown, _("Take %(number)s a level up"), _("Take a level up"), consequence)
    ask.carry = [("desk", str(shown.placed_with_id or ""))]
    if ask.confirmed(request):
        desk = request.POST.get("desk", "")
        application_escalate(
            actor=request.actor, application=shown, reason=ask.reason,
            desk_id=int(desk) if desk.isascii() and desk.isdigit() and len(desk) < LONGEST_KEY else None,
        )  # fmt: skip
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
