"""A policy document is read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.models import Region
from hengliang.platform.core.pages.form_page import form_page, given
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Role, permit
from hengliang.platform.plan import services
from hengliang.platform.plan.forms.plans import ImportForm
from hengliang.platform.plan.models import Plan


@login_required
def plan_import(request: Request) -> HttpResponse:
    """Send a document, as a file or as text."""
    if not request.actor.has(Role.AUTHORITY):
        permit(request.actor, "plan_import")
    form = ImportForm(request.actor, *given(request))

    def read() -> str:
        told = form.cleaned_data
        plan = services.plan_import(
            actor=request.actor,
            region=get_object_or_404(Region, pk=told["region"]),
            file=told["file"],
            text=told["text"],
        )
        twin = (
            Plan.objects.visible_to(request.actor).filter(sha256=plan.sha256).exclude(pk=plan.pk).order_by("pk").first()
        )
        if twin is not None:
            words = _("The same document has been read already, as “%(title)s” (no. %(number)s). Drop one of the two.")
            messages.warning(request, words % {"title": twin.title, "number": twin.pk})
        return reverse("plan:confirm", args=[plan.pk])

    return form_page(
        request,
        form,
        read,
        title=_("Read a policy document"),
        verb=_("Read and find the targets"),
        back=reverse("plan:plan_list"),
        crumbs=[Crumb(_("Plans and targets"), reverse("plan:plan_list"))],
        lead=_("Clauses, units, targets and milestones are found in it. Nothing counts until you confirm it."),
    )
