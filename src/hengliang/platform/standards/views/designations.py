"""Designations: list, page, entry, end."""

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
from hengliang.platform.standards.forms import DesignationForm
from hengliang.platform.standards.models import Designation
from hengliang.platform.standards.registers import designations_seen
from hengliang.platform.standards.services import designation_end, designation_make
from hengliang.platform.standards.tables import DesignationTable, last_day
from hengliang.platform.standards.views.from_day import ask_from_day


@login_required
def designation_list(request: Request) -> HttpResponseBase:
    """The designations that the actor works under or oversees."""
    may = request.actor.has(Role.AUTHORITY)
    actions = [Action(_("Designate a body"), reverse("standards:designation_make"), primary=True)] if may else []
    return DesignationTable().respond(request, designations_seen(request.actor, request.actor.today), actions=actions)


@login_required
def designation(request: Request, pk: int) -> HttpResponseBase:
    """One designation: whom, for what, where, until when."""
    shown = _visible(request, pk)
    condition, region = str(getattr(shown, "condition", "")), str(getattr(shown, "region_name", ""))
    runs = condition in {"in_order", "due_soon", "to_come"}
    may_end = runs and is_permitted(request.actor, "designation_end", region_id=shown.region_id)
    url = reverse("standards:designation_end", args=[pk])
    page = ObjectPage(
        kind=_("Designation"),
        name=f"{spoken(shown.item.name)} · {region}",
        where=shown.body.name,
        state=f"standards.{condition}",
        since=shown.valid_from,
        crumbs=[Crumb(_("Designations"), reverse("standards:designation_list"))],
        actions=[Action(_("End designation"), url, danger=True)] if may_end else [],
        overview=lambda _r: facts(
            Fact(_("Verification body"), shown.body.name),
            Fact(_("Item"), spoken(shown.item.name)),
            Fact(_("Region"), region, note=_("and all below it that have no designation nearer by")),
            Fact(_("Document number"), shown.number),
            Fact(_("Good from"), shown.valid_from),
            Fact(_("Good until"), last_day(shown.valid_to)),
            title=_("Particulars"),
        ),
        history=lambda _r: history_tab(shown.body),
    )
    return page.respond(request)


@login_required
def designation_new(request: Request) -> HttpResponse:
    """A body is designated."""
    initial = {"valid_from": request.actor.today}
    form = DesignationForm(request.POST or None, actor=request.actor, initial=initial)

    def enter(**told: Any) -> str:
        made = designation_make(actor=request.actor, **told)
        return reverse("standards:designation", args=[made.pk])

    title, back = _("Designate a body"), reverse("standards:designation_list")
    return form_page(request, form, lambda: enter(**form.cleaned_data), title=title, verb=_("Designate"), back=back)


@login_required
def designation_stop(request: Request, pk: int) -> HttpResponse:
    """A designation ends before a day, for a reason."""
    shown = _visible(request, pk)
    permit(request.actor, "designation_end", region_id=shown.region_id)
    return ask_from_day(
        request,
        partial(designation_end, actor=request.actor, designation=shown),
        verb=_("End designation"),
        name=shown.number,
        back=reverse("standards:designation", args=[pk]),
        after=reverse("standards:designation_list"),
    )


def _visible(request: Request, pk: int) -> Designation:
    return get_object_or_404(designations_seen(request.actor, request.actor.today), pk=pk)
