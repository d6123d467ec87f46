"""What follows the decision of an arbitration: the result told, the second applied for and opened, the end."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.verification.forms.disputes import AppealForm, ResultForm, SecondForm
from hengliang.platform.verification.models import Arbitration, ArbitrationParty
from hengliang.platform.verification.parties import above
from hengliang.platform.verification.services import (
    arbitration_appeal,
    arbitration_close,
    arbitration_final,
    arbitration_result,
    arbitration_second,
)
from hengliang.platform.verification.views.arbitrations import visible_dispute


@login_required
def arbitration_told(request: Request, pk: int) -> HttpResponse:
    """Both parties received the notice of the result; of a second it is final."""
    shown = visible_dispute(request, pk)
    kind, act = _telling(shown)
    permit(request.actor, kind, region_id=shown.seat_id)
    form = ResultForm(request.POST or None, parties=shown.parties.order_by("side"), day=request.actor.today)

    def enter(**received: date) -> None:
        act(actor=request.actor, arbitration=shown, received=received)

    back = reverse("verification:arbitration", args=[pk])
    title = _("Both parties received the result of %(number)s") % {"number": shown.number}
    return form_page(
        request, form, lambda: enter(**form.cleaned_data), title=title, verb=_("Record the result as told"), back=back
    )


def _telling(shown: Arbitration) -> tuple[str, Callable[..., None]]:
    if shown.is_second:
        return "arbitration_final", arbitration_final
    return "arbitration_result", arbitration_result


@login_required
def arbitration_applied(request: Request, pk: int, side: str) -> HttpResponse:
    """A party applies for the second arbitration."""
    shown = visible_dispute(request, pk)
    party = get_object_or_404(ArbitrationParty.objects.select_related("arbitration"), arbitration=shown, side=side)
    reach = {"organisations": [party.organisation_id], "region_id": above(shown, request.actor.today)}
    permit(request.actor, "arbitration_appeal", **reach)  # type: ignore[arg-type]
    form = AppealForm(request.POST or None, initial={"on": request.actor.today})

    def enter(**told: Any) -> None:
        arbitration_appeal(actor=request.actor, party=party, **told)

    back = reverse("verification:arbitration", args=[pk])
    title = _("Apply for the second arbitration: %(name)s") % {"name": party.name}
    return form_page(
        request,
        form,
        lambda: enter(**form.cleaned_data),
        title=title,
        verb=_("Apply for the second arbitration"),
        back=back,
    )


@login_required
def arbitration_again(request: Request, pk: int) -> HttpResponse:
    """The authority one level up opens the second arbitration."""
    shown = visible_dispute(request, pk)
    permit(request.actor, "arbitration_second", region_id=above(shown, request.actor.today))
    bodies = (
        Organisation.objects.filter(is_verification_body=True).exclude(pk=shown.task.placed_body.pk).order_by("name")
    )
    form = SecondForm(request.POST or None, bodies=bodies, initial={"place": shown.place})

    def enter(**told: Any) -> str:
        made = arbitration_second(actor=request.actor, first=shown, **told)
        return reverse("verification:arbitration", args=[made.pk])

    back = reverse("verification:arbitration", args=[pk])
    title = _("Open the second arbitration of %(number)s") % {"number": shown.number}
    verb = _("Open arbitration verification")
    return form_page(request, form, lambda: enter(**form.cleaned_data), title=title, verb=verb, back=back)


@login_required
def arbitration_ended(request: Request, pk: int) -> HttpResponse:
    """Nobody applied for a second within the term."""
    shown = visible_dispute(request, pk)
    permit(request.actor, "arbitration_close", region_id=shown.seat_id)
    ask = Confirmation(
        title=_("Close %(number)s as final") % {"number": shown.number},
        verb=_("Close as final"),
        back=reverse("verification:arbitration", args=[pk]),
        affected=1,
        reason_needed=False,
        consequences=[_("The result is final, and the instrument is no longer preserved.")],
    )
    if ask.confirmed(request):
        arbitration_close(actor=request.actor, arbitration=shown)
        return redirect(ask.back)
    return ask.respond(request)
