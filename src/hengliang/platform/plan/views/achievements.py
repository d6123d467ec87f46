"""Achievements: the register, one of them, entry and withdrawal."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.models import Region
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.form_page import form_page, given, sent
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit, right_of
from hengliang.platform.core.selectors import attachments_of
from hengliang.platform.plan import services
from hengliang.platform.plan.forms.achievements import AchievementForm, WithdrawForm
from hengliang.platform.plan.models import Achievement
from hengliang.platform.plan.selectors.plans import achievement_list as achievements_of
from hengliang.platform.plan.tables import AchievementTable, kind_title
from hengliang.platform.plan.views.acts import Offers, offered


@login_required
def achievement_list(request: Request) -> HttpResponseBase:
    """The register, as far as one sees it."""
    roles = right_of("achievement_enter").roles
    actions = [
        Action(
            _("Enter an achievement"),
            reverse("plan:achievement_enter"),
            primary=True,
            visible=lambda actor: actor.has(*roles),
        )
    ]
    return AchievementTable().respond(request, achievements_of(request.actor), actions=actions)


def _visible(request: Request, pk: int) -> Achievement:
    return get_object_or_404(achievements_of(request.actor), pk=pk)


@login_required
def achievement(request: Request, pk: int) -> HttpResponseBase:
    """One achievement and the document that proves it."""
    shown = _visible(request, pk)
    page = ObjectPage(
        kind=kind_title(shown.kind, shown.approved_on),
        name=shown.name,
        where=shown.organisation.name if shown.organisation else shown.holder,
        state=f"achievement.{shown.state}",
        since=shown.approved_on,
        crumbs=[Crumb(_("Achievements"), reverse("plan:achievement_list"))],
        actions=_actions(request, shown),
        notice=_("It counts once a second person has confirmed it.") if shown.state == "entered" else "",
        overview=lambda _r: _overview(shown),
        proofs=lambda _r: _documents(shown),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _overview(shown: Achievement) -> SafeString:
    standing = shown.standings.filter(known_to=None).first()
    return facts(
        Fact(_("Kind"), kind_title(shown.kind, shown.approved_on)),
        Fact(_("Level"), shown.get_level_display()),
        Fact(_("Stage"), shown.get_stage_display()),
        Fact(_("Approved by"), shown.authority),
        Fact(_("Document number"), shown.document_number),
        Fact(_("Date of the document"), shown.approved_on),
        Fact(_("Another one of the same document"), shown.apart),
        Fact(_("Counts from"), standing.valid_from if standing else None),
        Fact(_("Counts no longer from"), standing.valid_to if standing else None),
        title=_("Particulars"),
    )


def _documents(shown: Achievement) -> SafeString:
    lines = [
        Fact(one.name, one.sha256, note="SHA-256", url=reverse("core:attachment", args=[one.pk]))
        for one in attachments_of(shown)
    ]
    return facts(*lines, title=_("Documents"))


def _actions(request: Request, shown: Achievement) -> list[Action]:
    own = request.actor.account_id is not None and request.actor.account_id == shown.entered_by
    blocked = _("You entered this yourself; a second person confirms it.") if own else ""
    verbs: Offers = {
        "entered": (
            (
                "achievement_confirm",
                Action(
                    _("Confirm"), reverse("plan:achievement_confirm", args=[shown.pk]), primary=True, blocked=blocked
                ),
            ),
            (
                "achievement_refuse",
                Action(
                    _("Do not confirm"),
                    reverse("plan:achievement_refuse", args=[shown.pk]),
                    danger=True,
                    blocked=blocked,
                ),
            ),
        ),
        "confirmed": (
            (
                "achievement_withdraw",
                Action(_("Withdraw"), reverse("plan:achievement_withdraw", args=[shown.pk]), danger=True),
            ),
        ),
    }
    return offered(request.actor, verbs, shown.state, shown.region_id)


@login_required
def enter(request: Request) -> HttpResponse:
    """An achievement is entered with its document."""
    if not request.actor.has(*right_of("achievement_enter").roles):
        permit(request.actor, "achievement_enter")
    form = AchievementForm(request.actor, *given(request))

    def entered() -> str:
        told: dict[str, Any] = dict(form.cleaned_data)
        organisation = form.organisation()
        told |= {
            "region": get_object_or_404(Region, pk=told["region"]),
            "organisation": organisation,
            "holder": "" if organisation else told["holder"],
        }
        made = services.achievement_enter(actor=request.actor, **told)
        return reverse("plan:achievement", args=[made.pk])

    return form_page(
        request,
        form,
        entered,
        title=_("Enter an achievement"),
        verb=_("Enter"),
        back=reverse("plan:achievement_list"),
        lead=_("What an outside approval proves. No number is typed: what counts is how many are confirmed."),
        crumbs=[Crumb(_("Achievements"), reverse("plan:achievement_list"))],
    )


@login_required
def withdraw(request: Request, pk: int) -> HttpResponse:
    """It counts no longer."""
    shown = _visible(request, pk)
    permit(request.actor, "achievement_withdraw", region_id=shown.region_id)
    form = WithdrawForm(sent(request), initial={"on": request.actor.today})

    def withdrawn() -> str:
        services.achievement_withdraw(actor=request.actor, achievement=shown, **form.cleaned_data)
        return reverse("plan:achievement", args=[pk])

    return form_page(
        request,
        form,
        withdrawn,
        title=_("Withdraw “%(name)s”") % {"name": shown.name},
        verb=_("Withdraw"),
        back=reverse("plan:achievement", args=[pk]),
        lead=_("Figures of today move at once; snapshots stay as they were known."),
    )
