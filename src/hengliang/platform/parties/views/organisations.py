"""Organisations: list, page, changes, invitations."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Role, is_permitted
from hengliang.platform.parties.forms import InviteForm, OrganisationChangeForm, OrganisationForm, RoleEndForm
from hengliang.platform.parties.models import Organisation, RoleAssignment
from hengliang.platform.parties.selectors import role_list
from hengliang.platform.parties.services import (
    invitation_send,
    organisation_enter,
    organisation_revise,
    role_end,
)
from hengliang.platform.parties.tables import OrganisationTable, RoleTable


@login_required
def organisation_list(request: Request) -> HttpResponseBase:
    """The organisations that the actor may see."""
    may_enter = request.actor.has(Role.AUTHORITY, Role.ADMINISTRATOR)
    actions = [Action(_("Enter organisation"), reverse("parties:organisation_new"), primary=True)] if may_enter else []
    return OrganisationTable().respond(request, Organisation.objects.visible_to(request.actor), actions=actions)


@login_required
def organisation(request: Request, pk: int) -> HttpResponseBase:
    """One organisation: what it is, who works there, what happened."""
    shown = _visible(request, pk)
    version = shown.versions.on(request.actor.today).select_related("region").first()
    may = {
        kind: is_permitted(request.actor, kind, organisations=[shown.pk], region_id=shown.region_id)
        for kind in ("organisation_revise", "invitation_send")
    }
    page = ObjectPage(
        kind=_("Organisation"),
        name=shown.name,
        where=version.address if version else "",
        crumbs=[Crumb(_("Organisations"), reverse("parties:organisation_list"))],
        actions=[
            Action(_("Invite"), reverse("parties:invite", args=[pk]), visible=lambda _a: may["invitation_send"]),
            Action(
                _("Revise"),
                reverse("parties:organisation_revise", args=[pk]),
                visible=lambda _a: may["organisation_revise"],
            ),
        ],
        overview=lambda _r: facts(
            Fact(_("Credit code"), shown.credit_code or ""),
            Fact(_("Contact person"), version.contact if version else ""),
            Fact(_("Telephone"), version.telephone if version else ""),
            title=_("Particulars"),
        ),
        records=(lambda r: RoleTable().embed(r, role_list(shown, request.actor.today))) if any(may.values()) else None,
        history=(lambda _r: history_tab(shown)) if any(may.values()) else None,
    )
    return page.respond(request)


@login_required
def organisation_new(request: Request) -> HttpResponse:
    """An organisation is entered."""
    form = OrganisationForm(request.POST or None, actor=request.actor)

    def entered() -> str:
        made = organisation_enter(actor=request.actor, **form.cleaned_data)
        return reverse("parties:organisation", args=[made.pk])

    return form_page(request, form, entered, title=_("Enter organisation"), back=reverse("parties:organisation_list"))


@login_required
def organisation_change(request: Request, pk: int) -> HttpResponse:
    """Name, address or contact change from a day on."""
    shown = _visible(request, pk)
    version = shown.versions.on(request.actor.today).first()
    names = ("name", "address", "contact", "telephone")
    initial = {name: getattr(version, name) for name in names if version} | {"on": request.actor.today}
    form = OrganisationChangeForm(request.POST or None, initial=initial)
    back = reverse("parties:organisation", args=[pk])

    def revised() -> None:
        organisation_revise(actor=request.actor, organisation=shown, **form.cleaned_data)

    return form_page(request, form, revised, title=_("Revise organisation"), back=back)


@login_required
def invite(request: Request, pk: int) -> HttpResponse:
    """Somebody is invited to a role at this organisation."""
    shown = _visible(request, pk)
    form = InviteForm(request.POST or None, actor=request.actor, organisation_id=shown.pk)
    back = reverse("parties:organisation", args=[pk])

    def invited() -> str | HttpResponse:
        told = form.cleaned_data
        _row, link = invitation_send(
            actor=request.actor, email=told["email"], role=Role(told["role"]), organisation=shown, region=shown.region
        )
        if link:  # no mail is set up, and it is the administrator: for this one answer the link is seen
            context = {"title": _("Hand over the link"), "link": link, "email": told["email"]}
            return render(request, "parties/invitation_made.html", context | {"organisation": shown})
        words = _("Invited. The link goes to %(email)s alone; it is good for 7 days.")
        messages.success(request, words % {"email": told["email"]})
        return back

    title = _("Invite to %(name)s") % {"name": shown.name}
    return form_page(request, form, invited, title=title, verb=_("Invite"), back=back)


@login_required
def role_stop(request: Request, pk: int) -> HttpResponse:
    """A role ends from a day on, for a reason."""
    visible = Organisation.objects.visible_to(request.actor)
    row = get_object_or_404(RoleAssignment.objects.known(), pk=pk, organisation__in=visible)
    form = RoleEndForm(request.POST or None, initial={"on": request.actor.today})
    back = reverse("parties:organisation", args=[row.organisation_id])

    def ended() -> None:
        role_end(actor=request.actor, assignment=row, **form.cleaned_data)

    return form_page(request, form, ended, title=_("End role"), verb=_("End role"), lead=str(row), back=back)


def _visible(request: Request, pk: int) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.actor), pk=pk)
