"""Rounds: the list, filing and planning, and the acts on one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hengliang.platform.core.errors import InputRefused, NotPermitted, PlatformError
from hengliang.platform.core.listed import listed
from hengliang.platform.core.models import Region
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Action, Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import HOLDER_ROLES, Role, permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.verification.forms.rounds import RoundForm, StaffForm
from hengliang.platform.verification.models import Round
from hengliang.platform.verification.rounds.candidates import (
    candidates,
    due_elsewhere,
    due_there,
    refuse_on_another_round,
    within_reach,
)
from hengliang.platform.verification.rounds.open_ends import open_ends
from hengliang.platform.verification.services import (
    round_announce,
    round_cancel,
    round_close,
    round_confirm,
    round_file,
    round_plan,
    round_propose,
    round_return,
)
from hengliang.platform.verification.services.round_plan import MOST
from hengliang.platform.verification.tables.rounds import FieldRoundTable

PLANNERS = (Role.AUTHORITY, Role.BODY_MANAGER)


def rounds_crumb() -> Crumb:
    """The way back to the list."""
    return Crumb(_("Rounds"), reverse("verification:round_list"))


def visible_round(request: Request, pk: int) -> Round:
    """The round, or 404."""
    rows = Round.objects.visible_to(request.actor).select_related(
        "body", "organiser", "region", "first", "second", "act"
    )
    return get_object_or_404(rows, pk=pk)


@login_required
def round_list(request: Request) -> HttpResponseBase:
    """The rounds that one plans, makes, asked for or oversees."""
    rows = Round.objects.visible_to(request.actor).select_related("body", "first", "second")
    actions = []
    if request.actor.has(*PLANNERS):
        actions.append(Action(_("Plan a round"), reverse("verification:round_new"), primary=True))
        actions.append(Action(_("Proposed rounds"), reverse("verification:proposed_rounds")))
    elif request.actor.has(*HOLDER_ROLES):
        actions.append(Action(_("Ask for a round"), reverse("verification:round_new"), primary=True))
    return FieldRoundTable().respond(request, rows.annotate(pieces=Count("lines")), actions=actions)


@login_required
def round_new(request: Request) -> HttpResponse:
    """A round is planned, or asked for by an organiser or a user."""
    if not request.actor.has(*PLANNERS, *HOLDER_ROLES):
        raise NotPermitted("not_permitted_rounds", "Bodies and authorities plan rounds; users ask for them.")
    given = {
        name: request.GET[name]
        for name in ("region", "organiser", "due_by", "starts_on", "ends_on")
        if name in request.GET
    }
    form = RoundForm(request.POST or None, actor=request.actor, initial=given)
    title, verb, lead = (
        (
            _("Plan a round"), pgettext("round", "Plan"),
            _("The round takes what falls due there by the day that you name."),
        )
        if form.plans
        else (
            _("Ask for a round"), _("Ask"),
            _("It counts as applied for from today. The body names the verifiers; an appointment you confirm."),
        )
    )  # fmt: skip
    return form_page(
        request, form, lambda: reverse("verification:round", args=[_made(request, form).pk]), title=title, verb=verb,
        lead=lead, back=reverse("verification:round_list"), crumbs=[rounds_crumb()],
    )  # fmt: skip


def _nothing_due(request: Request, told: dict[str, Any], asked: dict[str, Any]) -> InputRefused:
    if bodies := due_elsewhere(request.actor, told["body"], told["due_by"], **asked):
        return InputRefused(
            "due_elsewhere", "What falls due there by that day is for another body: %(bodies)s.", field="body",
            bodies=listed(bodies),
        )  # fmt: skip
    return InputRefused("nothing_due_there", "Nothing of this body falls due there by that day.", field="due_by")


def _made(request: Request, form: RoundForm) -> Round:
    told: dict[str, Any] = form.cleaned_data
    organiser: Organisation | None = told["organiser"]
    asked: dict[str, Any] = {"at": organiser, "region_id": told.get("region")}
    found = candidates(request.actor, told["body"], told["due_by"], **asked)
    entries, refusal = within_reach(list(found[: MOST + 1]), told["body"], request.actor.today)
    if not entries:
        there = due_there(request.actor, told["body"], told["due_by"], **asked)[:MOST]
        refuse_on_another_round([row.instrument for row in there])
        raise refusal or _nothing_due(request, told, asked)
    instruments = [row.instrument for row in entries]
    given = {
        "actor": request.actor, "body": told["body"], "starts_on": told["starts_on"], "ends_on": told["ends_on"],
        "instruments": instruments, "stops": told["stops"].splitlines(), "note": told["note"],
    }  # fmt: skip
    if not form.plans and organiser is not None:
        return round_file(organiser=organiser, **given)
    region = organiser.region if organiser else Region.objects.get(pk=told["region"])
    return round_plan(
        kind=Round.Kind.MARKET if organiser else Round.Kind.TOWNSHIP, organiser=organiser, region=region,
        place=organiser.name if organiser else dict(form.fields["region"].choices)[told["region"]], **given,  # type: ignore[attr-defined]
    )  # fmt: skip


@login_required
def round_staff(request: Request, pk: int) -> HttpResponse:
    """The body names the verifiers: a market or township is announced, an appointment gets a day."""
    shown = visible_round(request, pk)
    appointment = shown.kind == Round.Kind.APPOINTMENT
    permit(request.actor, "round_propose" if appointment else "round_announce", organisations=[shown.body_id])

    class StaffHere(StaffForm):
        """The form with the people of this body."""

        def __init__(self, *args: object, **options: object) -> None:
            super().__init__(*args, body=shown.body, days=appointment, **options)

    ask = Confirmation(
        title=_("Propose a day for %(number)s") % {"number": shown.number} if appointment
        else _("Announce %(number)s") % {"number": shown.number},
        verb=_("Propose") if appointment else _("Announce"),
        back=reverse("verification:round", args=[pk]),
        affected=shown.lines.count(),
        consequences=[
            _("Applications that are missing are made on behalf of the users, and all are accepted."),
            _("Whoever asked confirms the day.") if appointment else _("The tasks are scheduled for the first day."),
        ],
        form_class=StaffHere,
        initial={"starts_on": shown.starts_on, "ends_on": shown.ends_on, "first": shown.first, "second": shown.second},
    )  # fmt: skip
    if ask.confirmed(request) and ask.form is not None:
        act = round_propose if appointment else round_announce
        try:
            act(actor=request.actor, shown=shown, **ask.form.cleaned_data)
        except PlatformError as refused:
            ask.form.add_error(None, str(refused))
            return ask.respond(request)
        return redirect("verification:round", pk)
    return ask.respond(request)


@login_required
def round_act(request: Request, pk: int, act: str) -> HttpResponse:
    """Confirm, record the return, close, or cancel."""
    shown = visible_round(request, pk)
    permit(request.actor, f"round_{act}", organisations=[shown.body_id, shown.organiser_id], region_id=shown.region_id)
    verb, consequence = {
        "confirm": (_("Confirm the day"), _("The two verifiers come on %(day)s.") % {"day": shown.starts_on}),
        "return": (
            _("Record the return"),
            _("What is still on a device can be synchronised until the round is closed."),
        ),
        "close": (_("Close the round"), _("Nothing more is taken from a device.")),
        "cancel": (_("Cancel the round"), _("The tasks stay and wait for another day.")),
    }[act]
    left = open_ends(shown) if act == "close" else []
    ask = Confirmation(
        title=f"{verb}: {shown.number}", verb=verb, back=reverse("verification:round", args=[pk]),
        consequences=[consequence, *left], reason_needed=act == "cancel", danger=act == "cancel",
    )  # fmt: skip
    if ask.confirmed(request):
        plain = {"confirm": round_confirm, "return": round_return, "close": round_close}
        if act == "cancel":
            round_cancel(actor=request.actor, shown=shown, reason=ask.reason)
        else:
            plain[act](actor=request.actor, shown=shown)
        return redirect(ask.back)
    return ask.respond(request)
