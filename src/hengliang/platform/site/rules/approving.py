"""Approving a rule: one person holds it against its text, a second one confirms or rejects, anybody may withdraw."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.norms import Norm, Value
from hengliang.platform.core.models import RuleApproval
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Action, Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rule_authors import author_of, is_author
from hengliang.platform.core.rule_rights import may_keep_rules, permit_on_rules
from hengliang.platform.core.selectors import standing_approval
from hengliang.platform.core.services import rule_approve, rule_check, rule_reject, rule_withdraw
from hengliang.platform.core.services.rule_approve import value_of
from hengliang.platform.site.rules.confirming import Difference, RuleConfirmation
from hengliang.platform.site.rules.forms import CheckForm
from hengliang.platform.site.rules.found import beneath, edition_of, rule_of
from hengliang.platform.site.rules.outline import outline_of
from hengliang.platform.site.rules.words import titled


def approving_actions(actor: Actor, value: Value) -> list[Action]:
    """What the actor can do about the approval of an edition; those that wait for another say for whom."""
    if value.repealed or not may_keep_rules(actor, "rule_check"):
        return []
    standing = standing_approval(value)
    if standing is None:
        check = reverse("rules:check", args=[value.norm]) + f"?edition={value.start}"
        given = _("Approved in a file of the operator.") if value.may_issue else ""
        given = _("You wrote it; two other people hold it against its text.") if is_author(actor, value) else given
        return [Action(_("Hold against its text"), check, primary=True, blocked=given)]
    acts = [Action(_("Withdraw"), _url(standing, "rule_withdraw"), danger=True)]
    if standing.state == "checked":
        same = standing.checked_by_account == actor.account_id or standing.checked_by == actor.name
        blocked = _("You checked it; another person confirms.") if same else ""
        blocked = _("You wrote it; another person confirms.") if is_author(actor, value) else blocked
        confirm = Action(_("Confirm and approve"), _url(standing, "rule_approve"), primary=True, blocked=blocked)
        reject = [] if same else [Action(_("Reject"), _url(standing, "rule_reject"), danger=True)]
        return [confirm, *(reject or acts)]
    return acts


def _url(approval: RuleApproval, act: str) -> str:
    return reverse("rules:approval", args=[approval.pk, act])


@login_required
def check(request: Request, norm: str) -> HttpResponse:
    """The first person says which text the edition was compared with."""
    permit_on_rules(request.actor, "rule_check")
    shown = rule_of(norm)
    value = edition_of(shown, request.GET.get("edition", ""), request.actor.today)
    form = CheckForm(request.POST or None, request.FILES or None, initial={"against": value.source.document})
    form.fields["quote"].required = value.source.quote is None
    back = _page(shown, value.start)

    def checked() -> None:
        rule_check(actor=request.actor, value=value, **form.cleaned_data)

    lead = _(
        "%(document)s, in force since %(day)s. You confirm that you compared every word and figure; a second "
        "person does the same, and then documents may be issued by it."
    )
    return form_page(
        request, form, checked, title=_("Hold against its text: %(rule)s") % {"rule": titled(shown.title)},
        lead=lead % {"document": value.source.document, "day": value.start}, verb=_("Checked"), back=back,
        crumbs=_crumbs(shown, value.start),
    )  # fmt: skip


@login_required
def approval(request: Request, pk: int, act: str) -> HttpResponse:
    """The second person confirms or rejects; a standing approval is withdrawn."""
    permit_on_rules(request.actor, act)
    row = get_object_or_404(RuleApproval, pk=pk)
    shown = rule_of(row.norm)
    verbs = {"rule_approve": _("Approve"), "rule_reject": _("Reject"), "rule_withdraw": _("Withdraw")}
    compared = _("%(name)s compared it with: %(text)s") % {"name": row.checked_by, "text": row.against}
    consequences = {
        "rule_approve": [compared, _("You confirm that you compared every word and figure with the same text."),
                         _("From now on certificates are issued by this edition.")],
        "rule_reject": [compared, _("The edition stays a draft; your reason stands in its history.")],
        "rule_withdraw": [_("From now on nothing is issued by this edition; what was issued stays issued.")],
    }  # fmt: skip
    value = value_of(row)
    ask = RuleConfirmation(
        **_shown(row, value),
        title=f"{verbs[act]}: {titled(shown.title)} ({row.start})",
        verb=verbs[act],
        back=_page(shown, row.start),
        danger=act != "rule_approve",
        reason_needed=act != "rule_approve",
        consequences=consequences[act],
        crumbs=_crumbs(shown, row.start),
    )
    if ask.confirmed(request):
        if act == "rule_approve":
            rule_approve(actor=request.actor, approval=row)
        else:
            end = rule_reject if act == "rule_reject" else rule_withdraw
            end(actor=request.actor, approval=row, reason=ask.reason)
        return redirect(_page(shown, row.start))
    return ask.respond(request)


def _shown(row: RuleApproval, value: Value | None) -> dict[str, Any]:
    """What the second person decides on: what differs from the shipped rule, the words of the text, the content."""
    if value is None:
        return {}
    before = beneath(value)
    differs = before is not None and before.content_hash != value.content_hash
    author = author_of(value)
    written = [(_("Written by"), author.account_name)] if author else []
    return {
        "differences": [Difference.of(before, value)] if before is not None and differs else [],
        "parts": [] if value.repealed else outline_of(value),
        "quote": value.source.quote or row.quote,
        "people": [
            *written,
            (_("Checked by"), row.checked_by),
            (_("Text compared with"), row.against),
            (_("Approved by"), row.approved_by),
        ],
    }


def _page(shown: Norm, start: date) -> str:
    return reverse("rules:rule", args=[shown.id]) + f"?edition={start}"


def _crumbs(shown: Norm, start: date) -> list[Crumb]:
    return [Crumb(_("Rules"), reverse("rules:rule_list")), Crumb(titled(shown.title), _page(shown, start))]
