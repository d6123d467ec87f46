"""Acts that are confirmed on a page of their own: one view over a table of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.objects import Action
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Actor, is_permitted, permit, right_of
from hengliang.platform.plan import services
from hengliang.platform.plan.models import Achievement, Plan, Scoring, TargetAmendment
from hengliang.platform.plan.selectors.amendments import changed
from hengliang.platform.plan.selectors.look_alikes import look_alikes
from hengliang.platform.plan.selectors.plans import achievement_list


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """One act: on what, by which service, under which words, and what will happen.

    `subject` is the name of the service's parameter; `place` the address that shows it; `affected` how many rows.
    """

    subject: str
    service: Callable[..., Any]
    rows: Callable[[Actor], Any]
    place: Callable[[Any], str]
    title: Any
    verb: Any
    says: Callable[[Any], Sequence[str]]
    danger: bool = False
    region: Callable[[Any], int] = lambda one: one.region_id
    back: Callable[[Any], str] | None = None
    affected: Callable[[Any], int] = lambda _one: 1


def _plans(actor: Actor) -> Any:
    return Plan.objects.visible_to(actor)


def _plan_page(one: Plan) -> str:
    return reverse("plan:plan", args=[one.pk])


def _confirm_page(one: Plan) -> str:
    return reverse("plan:confirm", args=[one.pk])


def _achievement_page(one: Achievement) -> str:
    return reverse("plan:achievement", args=[one.pk])


def _scores_page(one: Scoring) -> str:
    return reverse("plan:scores", args=[one.plan_id])


def _scorings(actor: Actor) -> Any:
    return Scoring.objects.visible_to(actor).select_related("plan")


def _amendments(actor: Actor) -> Any:
    return TargetAmendment.objects.visible_to(actor).select_related("target__plan")


def _changes_page(one: TargetAmendment) -> str:
    return reverse("plan:plan", args=[one.target.plan_id]) + "#changes"


def _alike(shown: Achievement) -> list[str]:
    """What it may have been entered as already: each is held against it before it counts."""
    told = [
        _("Is it the same as “%(name)s”, %(number)s of %(authority)s? That one stands here already (%(state)s).")
        % {
            "name": one.name,
            "number": one.document_number,
            "authority": one.authority,
            "state": one.get_state_display(),
        }
        for one in look_alikes(shown)
    ]
    return [*told, _("Said of it: %(apart)s") % {"apart": shown.apart}] if shown.apart else told


ACTS = {
    "plan_adopt": Confirmed(
        subject="plan", service=services.plan_adopt, rows=_plans, place=_plan_page, back=_confirm_page,
        title=_later("Put “%(name)s” in force"), verb=_later("Put in force"),
        affected=lambda one: one.targets.filter(state="confirmed").count(),
        says=lambda _one: [
            _("Its targets are computed from today, and anybody can read them on its public page."),
            _("From then on two people change a target, with a reason that the public reads."),
        ],
    ),
    "plan_drop": Confirmed(
        subject="plan", service=services.plan_drop, rows=_plans, place=_plan_page, danger=True,
        title=_later("Drop “%(name)s”"), verb=_later("Drop"),
        says=lambda _one: [_("The draft stays readable, and nothing of it is computed.")],
    ),
    "plan_end": Confirmed(
        subject="plan", service=services.plan_end, rows=_plans, place=_plan_page, danger=True,
        title=_later("End “%(name)s”"), verb=_later("End the plan"),
        says=lambda _one: [_("No more reports on its tasks. Its figures and snapshots stay public.")],
    ),
    "amendment_confirm": Confirmed(
        subject="amendment", service=services.amendment_confirm, rows=_amendments, place=_changes_page,
        region=lambda one: one.target.plan.region_id,
        title=_later("Confirm the change of “%(name)s”"), verb=_later("Confirm"),
        says=lambda one: [
            changed(one).says, _("Reason: %(reason)s") % {"reason": one.reason},
            _("It holds from today, and the public page tells of it with the reason. Frozen figures stay."),
        ],
    ),
    "amendment_refuse": Confirmed(
        subject="amendment", service=services.amendment_refuse, rows=_amendments, place=_changes_page, danger=True,
        region=lambda one: one.target.plan.region_id,
        title=_later("Do not confirm the change of “%(name)s”"), verb=_later("Do not confirm"),
        says=lambda one: [changed(one).says, _("The target stays as it is.")],
    ),
    "achievement_confirm": Confirmed(
        subject="achievement", service=services.achievement_confirm, rows=achievement_list, place=_achievement_page,
        title=_later("Confirm “%(name)s”"), verb=_later("Confirm"),
        says=lambda one: [
            _("You have held the entry against the document %(number)s of %(day)s.")
            % {"number": one.document_number, "day": one.approved_on.isoformat()},
            _("From then on it counts in every figure that asks for its kind; figures already frozen stay."),
            *_alike(one),
        ],
    ),
    "achievement_refuse": Confirmed(
        subject="achievement", service=services.achievement_refuse, rows=achievement_list, place=_achievement_page,
        danger=True, title=_later("Do not confirm “%(name)s”"), verb=_later("Do not confirm"),
        says=lambda _one: [_("It does not count. It can be entered anew.")],
    ),
    "scoring_confirm": Confirmed(
        subject="scoring", service=services.scoring_confirm, rows=_scorings, place=_scores_page,
        region=lambda one: one.plan.region_id,
        title=_later("Put these weights in force"), verb=_later("Confirm"),
        says=lambda _one: [
            _("The districts are scored by them from now on; weights in force before are replaced."),
            _("A score is computed from the ledger and is nobody’s to type."),
        ],
    ),
    "scoring_refuse": Confirmed(
        subject="scoring", service=services.scoring_refuse, rows=_scorings, place=_scores_page, danger=True,
        region=lambda one: one.plan.region_id,
        title=_later("Do not confirm these weights"), verb=_later("Do not confirm"),
        says=lambda _one: [_("They never hold. Others can be entered.")],
    ),
}  # fmt: skip


Offers = Mapping[str, Sequence[tuple[str, Action]]]
"""By the state of an object, the acts that a page offers, each with its button."""


def offered(actor: Actor, offers: Offers, state: str, region_id: int) -> list[Action]:
    """The buttons of a state that the actor may press."""
    return [action for kind, action in offers.get(state, ()) if is_permitted(actor, kind, region_id=region_id)]


@login_required
def confirmed_act(request: Request, pk: int, act: str) -> HttpResponse:
    """What will happen, a reason where one is needed, and then the act."""
    known = ACTS[act]
    shown = get_object_or_404(known.rows(request.actor), pk=pk)
    permit(request.actor, act, region_id=known.region(shown))
    page = Confirmation(
        title=known.title % {"name": shown},
        verb=known.verb,
        reason_needed=right_of(act).needs_reason,
        back=(known.back or known.place)(shown),
        affected=known.affected(shown),
        danger=known.danger,
        consequences=known.says(shown),
    )
    if not page.confirmed(request):
        return page.respond(request)
    reason = {"reason": page.reason} if right_of(act).needs_reason else {}
    known.service(actor=request.actor, **{known.subject: shown}, **reason)
    return redirect(known.place(shown))
