"""Applications: who asks whom, for what, and how far it is."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted
from hengliang.platform.core.selectors import state_since
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.selectors import region_names
from hengliang.platform.verification.decisions import decision_rules
from hengliang.platform.verification.jobs import job_kind, job_title
from hengliang.platform.verification.models import AgreedDecision, Application
from hengliang.platform.verification.placing import refused_by
from hengliang.platform.verification.tables.work import ApplicationTable, TaskTable


@login_required
def application_list(request: Request) -> HttpResponseBase:
    """Applications that the actor made, received or oversees."""
    rows = Application.objects.visible_to(request.actor).select_related("applicant", "body")
    return ApplicationTable().respond(request, rows.annotate(pieces=Count("tasks")))


@login_required
def application(request: Request, pk: int) -> HttpResponseBase:
    """One application: who asks whom, for what, and how far it is."""
    shown = get_object_or_404(Application.objects.visible_to(request.actor).select_related("applicant", "body"), pk=pk)
    page = ObjectPage(
        kind=_("Application"),
        name=shown.number,
        where=shown.applicant.name,
        state=f"application.{shown.state}",
        since=state_since(shown),
        crumbs=[Crumb(_("Applications"), reverse("verification:application_list"))],
        actions=_actions(request, shown),
        overview=lambda _r: facts(
            Fact(_("Kind of job"), job_title(shown.job, request.actor.today)),
            Fact(_("Applicant"), shown.applicant.name),
            Fact(_("Where it is"), _where(request, shown)),
            *_refusals(shown),
            Fact(_("Applied at"), shown.applied_at),
            *_promised(shown),
            Fact(_("Wanted by"), shown.wanted_on),
            Fact(_("On site"), _("yes") if shown.on_site else _("no")),
            *([Fact(_("Agreed interval"), shown.agreed_months, note=_("months"))] if shown.agreed_months else []),
            Fact(_("Fee"), _fee(request, shown)),
            *_decision(shown),
            Fact(_("Note"), shown.note),
            title=_("Particulars"),
        ),
        records=lambda r: TaskTable().embed(r, shown.tasks.select_related("instrument", "owner", "verifier")),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _decision(shown: Application) -> list[Fact]:
    """The decision rule agreed, where one is."""
    agreed = AgreedDecision.objects.filter(application=shown).first()
    if agreed is None:
        return []
    rule = decision_rules(date.fromisoformat(agreed.edition))[agreed.rule]
    return [Fact(_("Decision rule"), rule.title, note=agreed.agreement)]


def _refusals(shown: Application) -> list[Fact]:
    """Which bodies did not take it on, and why."""
    reasons = refused_by(shown)
    names = dict(Organisation.objects.filter(pk__in=reasons).values_list("pk", "name"))
    return [Fact(_("Not taken on by"), names[body], note=reason) for body, reason in reasons.items()]


def _promised(shown: Application) -> list[Fact]:
    """Until when it is to be done, while it is under way."""
    if shown.state not in {"submitted", "unplaced", "accepted"}:
        return []
    return [Fact(_("To be done by"), shown.tasks.aggregate(day=Max("promised_on"))["day"])]


def _where(request: Request, shown: Application) -> str:
    """Who has it now, for the applicant to read."""
    if shown.body is not None:
        return _("with %(body)s") % {"body": shown.body.name}
    return _("with the authority of %(region)s, which finds a body") % {
        "region": region_names(request.actor.today).get(shown.placed_with_id or 0, "")
    }


def _fee(request: Request, shown: Application) -> str:
    if job_kind(shown.job, request.actor.today).free:
        return _("free of charge")
    return f"{shown.fee} {_('CNY')}" if shown.fee else _("by agreement")


# Act: its verb, the states in which it is possible, and whether it is done by the body, the applicant or the authority.
_ACTS = (
    ("application_accept", gettext_lazy("Accept"), {"submitted"}, "body_id"),
    ("application_refuse", gettext_lazy("Refuse"), {"submitted"}, "body_id"),
    ("application_reassign", gettext_lazy("Assign a body"), {"unplaced"}, ""),
    ("application_escalate", gettext_lazy("Take a level up"), {"unplaced"}, ""),
    ("application_withdraw", gettext_lazy("Withdraw"), {"submitted", "accepted", "unplaced"}, "applicant_id"),
)
_FIRST = ("application_accept", "application_reassign")


def _actions(request: Request, shown: Application) -> list[Action]:
    agree = Action(_("Agree a decision rule"), reverse("verification:application_decision", args=[shown.pk]))
    values_only = not job_kind(shown.job, request.actor.today).concludes
    may = is_permitted(request.actor, "decision_agree", organisations=[shown.body_id])
    wanted = values_only and may and shown.state in {"submitted", "accepted"} and not _decision(shown)
    return [*([agree] if wanted else []), *_verbs(request, shown)]


def _verbs(request: Request, shown: Application) -> list[Action]:
    return [
        Action(verb, reverse(f"verification:{act}", args=[shown.pk]), act in _FIRST)
        for act, verb, states, whose in _ACTS
        if shown.state in states
        and is_permitted(
            request.actor,
            act,
            organisations=[getattr(shown, whose)] if whose else [],
            region_id=None if whose else shown.placed_with_id,
        )
    ]
