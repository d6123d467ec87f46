"""Qualifications: list, page, entry, end."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Role, is_permitted, permit
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.standards.forms import QualificationForm
from hengliang.platform.standards.models import Qualification
from hengliang.platform.standards.registers import qualifications_seen
from hengliang.platform.standards.services import qualification_end, qualification_enter
from hengliang.platform.standards.tables import QualificationTable, last_day
from hengliang.platform.standards.views.bodies import own_bodies
from hengliang.platform.standards.views.from_day import ask_from_day


@login_required
def qualification_list(request: Request) -> HttpResponseBase:
    """The qualifications that the actor works with or oversees, what runs out first on top."""
    may = request.actor.has(Role.AUTHORITY, Role.BODY_MANAGER)
    actions = [Action(_("Enter qualification"), reverse("standards:qualification_enter"), primary=True)] if may else []
    return QualificationTable().respond(
        request, qualifications_seen(request.actor, request.actor.today), actions=actions
    )


@login_required
def qualification(request: Request, pk: int) -> HttpResponseBase:
    """One qualification: for what, until when."""
    shown = _visible(request, pk)
    condition = str(getattr(shown, "condition", ""))
    runs = condition in {"in_order", "due_soon"}
    may_end = runs and is_permitted(
        request.actor, "qualification_end", organisations=[shown.body_id], region_id=shown.body.region_id
    )
    url = reverse("standards:qualification_end", args=[pk])
    page = ObjectPage(
        kind=_("Qualification"),
        name=shown.person.name,
        where=f"{shown.body.name} · {spoken(shown.item.name)}",
        state=f"standards.{condition}",
        since=shown.valid_from,
        crumbs=[Crumb(_("Qualifications"), reverse("standards:qualification_list"))],
        actions=[Action(_("End qualification"), url, danger=True)] if may_end else [],
        notice=_("It runs out soon. Renew it in time.") if condition == "due_soon" else "",
        overview=lambda _r: facts(
            Fact(_("Person"), shown.person.name),
            Fact(_("Verification body"), shown.body.name),
            Fact(_("Item"), spoken(shown.item.name)),
            Fact(_("Certificate number"), shown.number),
            Fact(_("Good from"), shown.valid_from),
            Fact(_("Good until"), last_day(shown.valid_to)),
            title=_("Particulars"),
        ),
        history=lambda _r: history_tab(shown.person),
    )
    return page.respond(request)


@login_required
def qualification_new(request: Request) -> HttpResponse:
    """A qualification is entered."""
    form = QualificationForm(request.POST or None, bodies=own_bodies(request.actor))

    def enter(person: Person, **told: Any) -> str:
        made = qualification_enter(actor=request.actor, person=person, body=_body_of(person), **told)
        return reverse("standards:qualification", args=[made.pk])

    title, back = _("Enter qualification"), reverse("standards:qualification_list")
    return form_page(request, form, lambda: enter(**form.cleaned_data), title=title, verb=_("Enter"), back=back)


def _body_of(person: Person) -> Organisation:
    if person.organisation is None:
        raise InputRefused("person_without_body", "This person works at no body.", field="person")
    return person.organisation


@login_required
def qualification_stop(request: Request, pk: int) -> HttpResponse:
    """A qualification ends before a day, for a reason."""
    shown = _visible(request, pk)
    permit(request.actor, "qualification_end", organisations=[shown.body_id], region_id=shown.body.region_id)
    return ask_from_day(
        request,
        partial(qualification_end, actor=request.actor, qualification=shown),
        verb=_("End qualification"),
        name=shown.number,
        back=reverse("standards:qualification", args=[pk]),
        after=reverse("standards:qualification_list"),
    )


def _visible(request: Request, pk: int) -> Qualification:
    return get_object_or_404(qualifications_seen(request.actor, request.actor.today), pk=pk)
