"""The year ahead: what falls due, what it asks of verifiers and standards, and the rounds proposed for the quarter."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.pages import charts
from hengliang.platform.core.pages.looks import Tone
from hengliang.platform.core.pages.objects import Action, Crumb
from hengliang.platform.core.pages.rows import Rows
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import BODY_ROLES, REGIONAL, Actor
from hengliang.platform.core.selectors import region_list, regions_under
from hengliang.platform.registry.selectors import region_names
from hengliang.platform.verification.forecast import Ahead, ProposedRound, look_ahead, proposed_rounds
from hengliang.platform.verification.tables.rounds import RoundTable

FULL, NEAR = 100, 80  # percent of the verifier-days there


class RegionForm(forms.Form):
    """Which region to look at; all that the reader oversees if none is chosen."""

    region = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)

    def __init__(self, data: object, *, actor: Actor) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        overseen = region_list(actor.today).filter(region_id__in=actor.regions(REGIONAL))
        field: forms.TypedChoiceField = self.fields["region"]  # type: ignore[assignment]
        field.label, field.choices = _("Region"), [("", _("All"))] + [(row.region_id, row.name) for row in overseen]


@login_required
def year_ahead(request: Request) -> HttpResponse:
    """Twelve months: verifications wanted against verifier-days and standards, by month and by item."""
    _plans(request.actor)
    form = RegionForm(request.GET, actor=request.actor)
    region = form.cleaned_data["region"] if form.is_valid() else None
    found = _found(request.actor, region)
    context = {
        "title": _("The year ahead"),
        "actions": [Action(_("Proposed rounds"), reverse("verification:proposed_rounds"))],
        "crumbs": [Crumb(_("Verification work"), reverse("verification:task_list"))],
        "form": form if request.actor.has(*REGIONAL) else None,
        "ahead": found,
        "months": [(one, _tone(one.load)) for one in found.months],
        "drawn": _drawing(found, region, request.actor.today),
    }
    return render(request, "verification/ahead.html", context)


@login_required
def round_proposals(request: Request) -> HttpResponseBase:
    """The rounds that would meet what falls due on site in this quarter."""
    _plans(request.actor)
    today = request.actor.today
    names = region_names(today)
    rows = [
        {
            "key": f"{one.month:%Y-%m}-{one.region_id}",
            "month": f"{one.month:%Y-%m}",
            "region": names.get(one.region_id, ""),
            "pieces": one.pieces,
            "overdue": one.overdue,
            "items": _("; ").join(one.items),
            "days": one.days,
            "plan": _round(one),
            "url": _listed(None if one.month <= today else one.month, _last(one.month), one.region_id, on_site="1"),
        }
        for one in proposed_rounds(request.actor)
    ]
    crumbs = [Crumb(_("The year ahead"), reverse("verification:year_ahead"))]
    return RoundTable().respond(request, Rows(rows), crumbs=crumbs)


def _round(one: ProposedRound) -> str:
    """The form of a round, filled in as proposed."""
    asked = {
        "region": one.region_id, "due_by": _last(one.month).isoformat(), "starts_on": one.starts_on.isoformat(),
        "ends_on": one.ends_on.isoformat(),
    }  # fmt: skip
    return f"{reverse('verification:round_new')}?{urlencode(asked)}"


def _plans(actor: Actor) -> None:
    if not actor.has(*BODY_ROLES, *REGIONAL):
        raise NotPermitted("not_permitted_planning", "This page is for verification bodies and authorities.")


def _found(actor: Actor, region: int | None) -> Ahead:
    return look_ahead(actor, region_ids=regions_under([region], actor.today) if region else None)


def _tone(load: Decimal | None) -> Tone:
    return "neutral" if load is None else "bad" if load > FULL else "warning" if load > NEAR else "good"


def _drawing(found: Ahead, region: int | None, today: date) -> charts.Chart:
    def bars() -> Iterable[charts.Due]:
        for one in found.months:
            last = _last(one.month)
            first = one.wanted - one.overdue - one.again
            yield charts.Due(
                one.month, _("overdue"), one.overdue, "bad", _listed(None, today - timedelta(days=1), region)
            )
            yield charts.Due(one.month, _("falls due"), first, "pending", _listed(max(one.month, today), last, region))
            yield charts.Due(one.month, _("comes round again"), one.again, "muted", _listed(one.month, last, region))

    return charts.due_wave(_("Verifications wanted, by month"), list(bars()), quantity=_("Instruments"))


def _last(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _listed(begin: date | None, end: date, region: int | None, **more: str) -> str:
    """The instruments that were counted: in use, under control, due from a day, or ever before, to a day."""
    asked = {"status": "in_use", "mandatory": "1", "due_on_to": end.isoformat()} | more
    asked |= {"due_on_from": begin.isoformat()} if begin else {}
    asked |= {"region": str(region)} if region else {}
    return f"{reverse('registry:list')}?{urlencode(asked)}"
