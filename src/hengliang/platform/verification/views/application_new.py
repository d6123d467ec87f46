"""To apply for the instruments that were chosen in the ledger."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.table import Selection
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import HOLDER_ROLES
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.views.bulk import chosen as chosen_in_ledger
from hengliang.platform.verification.forms.work import ApplicationForm
from hengliang.platform.verification.models import MANDATORY, Application
from hengliang.platform.verification.routing import routes_of
from hengliang.platform.verification.services import applications_submit

MOST_INSTRUMENTS = 500
# No key of a row has more digits.
KEY_DIGITS = 18


@login_required
def application_new(request: Request) -> HttpResponse:
    """Apply for the instruments chosen in the ledger (`?instrument=…`, or ticked there)."""
    chosen = _chosen(request)
    entries = _entries(request, chosen)
    mandatory = all(entry.mandatory for entry in entries)
    initial = {"job": MANDATORY if mandatory else "voluntary"}
    form = ApplicationForm(request.POST if "job" in request.POST else None, initial=initial, on=request.actor.today)

    def submitted() -> str:
        if not entries:
            raise InputRefused("no_instruments", "Choose at least one instrument.")
        made = applications_submit(
            actor=request.actor, applicant=entries[0].owner, instruments=chosen, **form.cleaned_data
        )
        if len(made) == 1:
            return reverse("verification:application", args=[made[0].pk])
        messages.success(request, _told(made))
        return reverse("verification:application_list")

    verb = _("Submit application")
    routes = _routes(request, entries) if mandatory else []
    return form_page(
        request, form, submitted, title=verb, verb=verb, template="verification/application_new.html", chosen=chosen,
        routes=routes,
    )  # fmt: skip


def _told(made: list[Application]) -> str:
    """Which application went where."""
    authority = _("the authority, which finds a body")
    where = "；".join(f"{one.number} → {one.body.name if one.body else authority}" for one in made)
    return _("%(count)s applications were made, one for each body: %(where)s") % {"count": len(made), "where": where}


def _entries(request: Request, chosen: list[Instrument]) -> list[InstrumentState]:
    rows = InstrumentState.objects.on(request.actor.today).filter(instrument__in=chosen).order_by("instrument__code")
    return list(rows.select_related("instrument__item__parent", "owner", "body"))


def _routes(request: Request, entries: list[InstrumentState]) -> list[dict[str, Any]]:
    """Where the instruments would go by designation: one line for each item and its bodies."""
    lines: dict[tuple[str, str], dict[str, Any]] = {}
    for route in routes_of(entries, request.actor.today):
        item = route.entry.instrument.item.name
        bodies = listed(body.name for body in route.bodies)
        line = lines.setdefault((item, bodies), {"item": item, "bodies": bodies, "count": 0, "choice": False})
        line["count"] += 1
        line["choice"] = len(route.bodies) > 1
        line["by"] = listed(row.number for row in route.by)
    return list(lines.values())


def _chosen(request: Request) -> list[Instrument]:
    keys = request.POST.getlist("instrument") or request.GET.getlist("instrument")
    if not keys and Selection.from_post(request):
        rows = chosen_in_ledger(request).values_list("instrument_id", flat=True)[: MOST_INSTRUMENTS + 1]
        keys = [str(key) for key in rows]
    if len(keys) > MOST_INSTRUMENTS:
        raise InputRefused(
            "too_many_instruments", "An application takes at most %(most)s instruments. Choose fewer.",
            most=MOST_INSTRUMENTS,
        )  # fmt: skip
    organisations = request.actor.organisations(HOLDER_ROLES)
    mine = InstrumentState.objects.on(request.actor.today).filter(owner_id__in=organisations)
    numbers = [int(key) for key in keys if key.isdecimal() and len(key) <= KEY_DIGITS]
    return list(Instrument.objects.filter(pk__in=numbers, states__in=mine).order_by("code").distinct())
