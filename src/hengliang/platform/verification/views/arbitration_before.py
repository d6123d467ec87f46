"""What may happen to an arbitration before anything is measured: its day is moved."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit
from hengliang.platform.verification.forms.disputes import MoveForm
from hengliang.platform.verification.services import arbitration_move
from hengliang.platform.verification.views.arbitrations import visible_dispute


@login_required
def arbitration_day(request: Request, pk: int) -> HttpResponse:
    """The day of the verification is moved."""
    shown = visible_dispute(request, pk)
    permit(request.actor, "arbitration_move", region_id=shown.seat_id)
    form = MoveForm(request.POST or None, initial={"place": shown.place})

    def enter(**told: Any) -> None:
        arbitration_move(actor=request.actor, arbitration=shown, **told)

    back = reverse("verification:arbitration", args=[pk])
    title = _("Move the day of %(number)s") % {"number": shown.number}
    return form_page(request, form, lambda: enter(**form.cleaned_data), title=title, verb=_("Move the day"), back=back)
