"""Mediation of a dispute: begun at the request of a party, ended by an agreement or without one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import StaleWrite
from hengliang.platform.core.pages.form_page import form_page, sent
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit
from hengliang.platform.verification.forms.mediations import AgreementForm, MediationForm, UnmediatedForm
from hengliang.platform.verification.models import Arbitration
from hengliang.platform.verification.parties import ends_where
from hengliang.platform.verification.services import arbitration_mediate, mediation_fail, mediation_open
from hengliang.platform.verification.views.arbitrations import visible_dispute


@login_required
def mediation_begun(request: Request, pk: int) -> HttpResponse:
    """A party asked for mediation."""
    shown, today = visible_dispute(request, pk), request.actor.today
    permit(request.actor, "mediation_open", region_id=ends_where(shown, today))
    form = MediationForm(sent(request), initial={"on": today})

    def enter(*, written: str, **told: Any) -> None:
        mediation_open(actor=request.actor, arbitration=shown, written=written == "yes", **told)

    return form_page(
        request, form, lambda: enter(**form.cleaned_data), verb=_("Begin the mediation"),
        title=_("Mediation of %(number)s") % {"number": shown.number}, back=_page(pk),
        lead=_("Both take part of their own will. The terms of the arbitration go on meanwhile."),
    )  # fmt: skip


@login_required
def mediation_agreed(request: Request, pk: int) -> HttpResponse:
    """The parties agreed; the dispute is settled."""
    shown = visible_dispute(request, pk)
    _permit_end(request, "arbitration_mediate", shown)
    parties = list(shown.parties.order_by("side"))
    form = AgreementForm(sent(request), parties=parties, initial={"on": request.actor.today, "facts": shown.dispute})
    return form_page(
        request, form, lambda: arbitration_mediate(actor=request.actor, arbitration=shown, **form.told()),
        title=_("Agreement of the parties of %(number)s") % {"number": shown.number}, back=_page(pk),
        verb=_("Record and end the dispute"),
        lead=_("It takes effect once both parties and the mediators have signed and the authority has sealed it."),
    )  # fmt: skip


@login_required
def mediation_failed(request: Request, pk: int) -> HttpResponse:
    """Nothing was agreed; the arbitration goes on."""
    shown = visible_dispute(request, pk)
    _permit_end(request, "mediation_fail", shown)
    form = UnmediatedForm(sent(request), initial={"on": request.actor.today})
    return form_page(
        request, form, lambda: mediation_fail(actor=request.actor, arbitration=shown, **form.cleaned_data),
        title=_("No agreement in %(number)s") % {"number": shown.number}, verb=_("End the mediation"), back=_page(pk),
    )  # fmt: skip


def _permit_end(request: Request, act: str, shown: Arbitration) -> None:
    """Let the authority that mediates end it.

    Errors: `StaleWrite` where none is begun any more (another tab, a second click).
    """
    begun = shown.mediations.filter(state="begun").first()
    permit(request.actor, act, region_id=begun.authority_id if begun else ends_where(shown, request.actor.today))
    if begun is None:
        raise StaleWrite("mediation_over", "No mediation of %(number)s is begun any more.", number=shown.number)


def _page(pk: int) -> str:
    return reverse("verification:arbitration", args=[pk])
