"""Authorisations: list, page, entry, end."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Role, is_permitted, permit
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.standards.forms import AuthorisationForm
from hengliang.platform.standards.models import Authorisation
from hengliang.platform.standards.registers import authorisations_seen
from hengliang.platform.standards.services import authorisation_end, authorisation_enter
from hengliang.platform.standards.tables import AuthorisationTable, last_day
from hengliang.platform.standards.views.bodies import own_bodies
from hengliang.platform.standards.views.from_day import ask_from_day


@login_required
def authorisation_list(request: Request) -> HttpResponseBase:
    """The authorisations that the actor works with or oversees, what runs out first on top."""
    may = request.actor.has(Role.AUTHORITY)
    actions = [Action(_("Authorise a body"), reverse("standards:authorisation_enter"), primary=True)] if may else []
    return AuthorisationTable().respond(
        request, authorisations_seen(request.actor, request.actor.today), actions=actions
    )


@login_required
def authorisation(request: Request, pk: int) -> HttpResponseBase:
    """One authorisation: for what, until when."""
    shown = _visible(request, pk)
    condition = str(getattr(shown, "condition", ""))
    runs = condition in {"in_order", "due_soon"}
    may_end = runs and is_permitted(request.actor, "authorisation_end", region_id=shown.body.region_id)
    url = reverse("standards:authorisation_end", args=[pk])
    page = ObjectPage(
        kind=_("Authorisation"),
        name=shown.number,
        where=f"{shown.body.name} · {spoken(shown.item.name)}",
        state=f"standards.{condition}",
        since=shown.valid_from,
        crumbs=[Crumb(_("Authorisations"), reverse("standards:authorisation_list"))],
        actions=[Action(_("End authorisation"), url, danger=True)] if may_end else [],
        notice=_("It runs out soon. Renew it in time.") if condition == "due_soon" else "",
        overview=lambda _r: facts(
            Fact(_("Verification body"), shown.body.name),
            Fact(_("Kind of body"), shown.get_kind_display()),
            Fact(_("Item"), spoken(shown.item.name)),
            Fact(_("Region"), getattr(shown, "region_name", None) or _("everywhere")),
            Fact(_("Document number"), shown.number),
            Fact(_("Range and accuracy"), shown.scope),
            Fact(_("Good from"), shown.valid_from),
            Fact(_("Good until"), last_day(shown.valid_to)),
            title=_("Particulars"),
        ),
        history=lambda _r: history_tab(shown.body),
    )
    return page.respond(request)


@login_required
def authorisation_new(request: Request) -> HttpResponse:
    """An authorisation is entered."""
    form = AuthorisationForm(request.POST or None, bodies=own_bodies(request.actor), actor=request.actor)

    def enter(**told: Any) -> str:
        made = authorisation_enter(actor=request.actor, **told)
        return reverse("standards:authorisation", args=[made.pk])

    title, back = _("Authorise a body"), reverse("standards:authorisation_list")
    return form_page(request, form, lambda: enter(**form.cleaned_data), title=title, verb=_("Enter"), back=back)


@login_required
def authorisation_stop(request: Request, pk: int) -> HttpResponse:
    """An authorisation ends before a day, for a reason."""
    shown = _visible(request, pk)
    permit(request.actor, "authorisation_end", region_id=shown.body.region_id)
    return ask_from_day(
        request,
        partial(authorisation_end, actor=request.actor, authorisation=shown),
        verb=_("End authorisation"),
        name=shown.number,
        back=reverse("standards:authorisation", args=[pk]),
        after=reverse("standards:authorisation_list"),
    )


def _visible(request: Request, pk: int) -> Authorisation:
    return get_object_or_404(authorisations_seen(request.actor, request.actor.today), pk=pk)
