"""Findings: the list, one of them with what was seen, and what the authority makes of it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.pages.rows import Rows
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Role, is_permitted, permit
from hengliang.platform.supervision.models import Finding
from hengliang.platform.supervision.selectors import finding_list as findings_of
from hengliang.platform.supervision.services import (
    finding_explain,
    finding_reopen,
    finding_uphold,
    findings_search,
)
from hengliang.platform.supervision.states import FINDING
from hengliang.platform.supervision.tables import FindingTable, SeenTable
from hengliang.platform.supervision.words import says


@dataclass(frozen=True)
class Verb:
    """An act on a finding, as a reader meets it."""

    act: Callable[..., None]
    verb: str | Promise
    consequence: str | Promise
    danger: bool = False


VERBS = {
    "finding_explain": Verb(
        finding_explain, gettext_lazy("Explain"), gettext_lazy("It is filed as explained and is not found again.")
    ),
    "finding_uphold": Verb(
        finding_uphold, gettext_lazy("Uphold"), gettext_lazy("It stands as established; act on it by order."), True
    ),
    "finding_reopen": Verb(finding_reopen, gettext_lazy("Reopen"), gettext_lazy("It waits to be looked into again.")),
}


@login_required
def finding_list(request: Request) -> HttpResponseBase:
    """The findings of the reader's regions, and the search for new ones."""
    search = Action(
        _("Search now"),
        reverse("supervision:findings_search"),
        visible=lambda actor: actor.has(Role.AUTHORITY),
    )
    return FindingTable().respond(request, findings_of(request.actor), actions=[search])


@login_required
def search(request: Request) -> HttpResponse:
    """The records are searched at once instead of at night."""
    ask = Confirmation(
        title=_("Search for findings"),
        verb=_("Search"),
        back=reverse("supervision:finding_list"),
        affected=None,
        reason_needed=False,
        consequences=[_("Records and proofs of the past year are searched; what is new waits to be looked into.")],
    )
    if ask.confirmed(request):
        found = len(findings_search(actor=request.actor))
        messages.success(request, ngettext("%(count)d new finding", "%(count)d new findings", found) % {"count": found})
        return redirect("supervision:finding_list")
    return ask.respond(request)


@login_required
def finding(request: Request, pk: int) -> HttpResponseBase:
    """One finding: what does not fit, the rows that show it, and what came of it."""
    shown = get_object_or_404(findings_of(request.actor), pk=pk)
    page = ObjectPage(
        kind=_("Finding"),
        name=shown.get_kind_display(),
        where=shown.body.name if shown.body else "",
        state=f"finding.{shown.state}",
        since=shown.found_on,
        crumbs=[Crumb(_("Findings"), reverse("supervision:finding_list"))],
        actions=_actions(request, shown),
        overview=lambda _r: facts(
            Fact(_("What does not fit"), says(shown)),
            Fact(_("Day it speaks of"), shown.speaks_of),
            Fact(_("Found on"), shown.found_on),
            title=_("Particulars"),
        ),
        records=lambda r: SeenTable().embed(r, Rows(shown.facts["rows"])),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _actions(request: Request, shown: Finding) -> list[Action]:
    return [
        Action(verb.verb, reverse("supervision:finding_act", args=[shown.pk, name]), danger=verb.danger)
        for name, verb in VERBS.items()
        if name in FINDING.acts_from(shown.state) and is_permitted(request.actor, name, region_id=shown.region_id)
    ]


@login_required
def finding_act(request: Request, pk: int, act: str) -> HttpResponse:
    """A finding is explained, upheld, or looked into again, with its reason."""
    shown, verb = get_object_or_404(findings_of(request.actor), pk=pk), VERBS[act]
    permit(request.actor, act, region_id=shown.region_id)
    ask = Confirmation(
        title=f"{verb.verb} · {shown.get_kind_display()}",
        verb=verb.verb,
        back=reverse("supervision:finding", args=[pk]),
        affected=1,
        danger=verb.danger,
        consequences=[verb.consequence],
    )
    if ask.confirmed(request):
        verb.act(actor=request.actor, finding=shown, reason=ask.reason)
        return redirect("supervision:finding", pk)
    return ask.respond(request)
