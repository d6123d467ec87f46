"""Working and travelling time: entered, taken back, planned beside actual."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted
from hengliang.platform.parties.models import Organisation
from hengliang.platform.verification.at_counter import at_counter, own_body
from hengliang.platform.verification.forms.counter import WorkTimeForm
from hengliang.platform.verification.models import Round, WorkTime
from hengliang.platform.verification.services import worktime_enter, worktime_withdraw
from hengliang.platform.verification.tables.counter import WorkTimeTable
from hengliang.platform.verification.totals import spent_by_item, spent_by_round


@login_required
def worktime_list(request: Request) -> HttpResponseBase:
    """What was spent, by whom, on what."""
    actions = [
        Action(_("Enter working time"), reverse("verification:worktime_new"), primary=True, visible=at_counter),
        Action(_("Planned and actual"), reverse("verification:worktime_compared")),
    ]
    rows = WorkTime.objects.visible_to(request.actor).select_related("person", "item", "round")
    return WorkTimeTable().respond(request, rows, actions=actions)


@login_required
def worktime_compared(request: Request) -> HttpResponse:
    """What a day brings, by the planning rule and by the hours entered."""
    context = {
        "title": _("Working time: planned and actual"), "lines": spent_by_item(request.actor),
        "rounds": spent_by_round(request.actor),
        "crumbs": [Crumb(_("Working time"), reverse("verification:worktime_list"))],
    }  # fmt: skip
    return render(request, "verification/counter_spent.html", context)


@login_required
def worktime_new(request: Request) -> HttpResponse:
    """Working time is entered."""
    body = own_body(request.actor)
    form = WorkTimeForm(request.POST or None, body=body, initial=_begun(request, body))
    back = reverse("verification:worktime_list")

    def entered() -> None:
        worktime_enter(actor=request.actor, body=body, **form.cleaned_data)

    return form_page(request, form, entered, title=_("Enter working time"), verb=_("Enter"), back=back)


def _begun(request: Request, body: Organisation) -> dict[str, Any]:
    """Today; from the page of a round that round, and its last day once it has passed."""
    begun: dict[str, Any] = {"worked_on": request.actor.today}
    asked = request.GET.get("round", "")
    shown = Round.objects.filter(body=body, pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None
    return begun | ({"visit": shown.pk, "worked_on": min(shown.ends_on, request.actor.today)} if shown else {})


@login_required
def worktime(request: Request, pk: int) -> HttpResponseBase:
    """One entry."""
    shown = _visible(request, pk)
    may = shown.state == "entered" and is_permitted(request.actor, "worktime_withdraw", organisations=[shown.body_id])
    page = ObjectPage(
        kind=_("Working time"),
        name=f"{shown.worked_on} {shown.person.name}",
        where=shown.item.spoken,
        state=f"worktime.{shown.state}",
        crumbs=[Crumb(_("Working time"), reverse("verification:worktime_list"))],
        actions=[Action(_("Take back"), reverse("verification:worktime_withdraw", args=[pk]), danger=True)]
        if may
        else [],
        overview=lambda _r: facts(
            Fact(_("Pieces done"), shown.pieces),
            Fact(_("At work"), f"{shown.hours} {_('h')}"),
            Fact(_("On the way"), f"{shown.travel_hours} {_('h')}"),
            Fact(_("Distance"), f"{shown.kilometres} km"),
            Fact(
                _("Round"),
                shown.round.number if shown.round else "",
                url=reverse("verification:round", args=[shown.round_id]) if shown.round_id else "",
            ),
            Fact(_("Application, or in words"), shown.job),
            title=_("Particulars"),
        ),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _visible(request: Request, pk: int) -> WorkTime:
    return get_object_or_404(
        WorkTime.objects.visible_to(request.actor).select_related("person", "item", "round"), pk=pk
    )


@login_required
def worktime_drop(request: Request, pk: int) -> HttpResponse:
    """What was entered wrongly is taken back."""
    shown = _visible(request, pk)
    ask = Confirmation(
        title=_("Take working time back"), verb=_("Take back"), danger=True, affected=1,
        back=reverse("verification:worktime", args=[pk]), consequences=[_("It no longer counts; it stays readable.")],
    )  # fmt: skip
    if ask.confirmed(request):
        worktime_withdraw(actor=request.actor, worktime=shown, reason=ask.reason)
        return redirect("verification:worktime", pk)
    return ask.respond(request)
