"""What can be done with an arbitration before it is measured and once it is decided, for whoever looks at it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.objects import Action
from hengliang.platform.core.rights import Actor, is_permitted
from hengliang.platform.verification.models import Arbitration
from hengliang.platform.verification.parties import above, decided_by, ends_where, last_day
from hengliang.platform.verification.states import ARBITRATION, OPEN_TASKS


def verbs_before(actor: Actor, shown: Arbitration) -> list[Action]:
    """To move the day, while nothing is measured."""
    if shown.state not in {"opened", "notified"} or not is_permitted(
        actor, "arbitration_move", region_id=shown.seat_id
    ):
        return []
    measured = "" if shown.task.state == "waiting" else _("It is measured already.")
    return [Action(_("Move the day"), reverse("verification:arbitration_move", args=[shown.pk]), blocked=measured)]


def verbs_of_mediation(actor: Actor, shown: Arbitration) -> list[Action]:
    """To begin a mediation, at any time before the parties agreed; and to end one that is begun."""
    begun = shown.mediations.filter(state="begun").first()
    if begun is not None:
        under_way = shown.task.state in OPEN_TASKS and shown.task.state != "waiting"
        return [
            Action(label, reverse(f"verification:{name}", args=[shown.pk]), blocked=blocked)
            for act, name, label, blocked in (
                ("arbitration_mediate", "arbitration_mediate", _("Record an agreement"),
                 _("It is measured, its certificate not issued yet.") if under_way else ""),
                ("mediation_fail", "arbitration_unmediated", _("No agreement"), ""),
            )
            if is_permitted(actor, act, region_id=begun.authority_id)
        ]  # fmt: skip
    over = shown.agreed_on or "arbitration_mediate" not in ARBITRATION.acts_from(shown.state)
    if over or Arbitration.objects.filter(first=shown).exclude(state="withdrawn").exists():
        return []
    if not is_permitted(actor, "mediation_open", region_id=ends_where(shown, actor.today)):
        return []
    return [Action(_("Begin a mediation"), reverse("verification:arbitration_mediation", args=[shown.pk]))]


def verbs_after(actor: Actor, shown: Arbitration) -> list[Action]:
    """Papers, the result told, the second applied for and opened, the end."""
    return [*_papers(shown), *_telling(actor, shown), *_second(actor, shown), *_end(actor, shown)]


def _papers(shown: Arbitration) -> list[Action]:
    def paper(label: str, kind: str) -> Action:
        return Action(label, reverse("verification:arbitration_paper", args=[shown.pk, kind]))

    found = [paper(_("Commission (PDF)"), "commission")] if shown.commissioned_by else []
    found += [] if shown.is_second or found else [paper(_("Application (PDF)"), "application")]
    found.append(paper(_("Notice (PDF)"), "notice"))
    if shown.state not in {"opened", "notified", "withdrawn"} and decided_by(shown):
        found.append(paper(_("Result (PDF)"), "result"))
    if shown.agreed_on:
        found.append(paper(_("Mediation agreement (PDF)"), "mediation"))
    return found


def _telling(actor: Actor, shown: Arbitration) -> list[Action]:
    kind = "arbitration_final" if shown.is_second else "arbitration_result"
    if shown.state != "decided" or not is_permitted(actor, kind, region_id=shown.seat_id):
        return []
    address = reverse("verification:arbitration_result", args=[shown.pk])
    return [Action(_("Record the result as told"), address, primary=True)]


def _second(actor: Actor, shown: Arbitration) -> list[Action]:
    region = above(shown, actor.today)
    if shown.state == "told":
        return [
            Action(
                _("Second arbitration: %(side)s") % {"side": party.get_side_display()},
                reverse("verification:arbitration_appeal", args=[shown.pk, party.side]),
                blocked=_("The term has ended.") if party.second_by and party.second_by < actor.today else "",
            )
            for party in shown.parties.order_by("side")
            if is_permitted(actor, "arbitration_appeal", organisations=[party.organisation_id], region_id=region)
        ]
    opened = Arbitration.objects.filter(first=shown).exists()
    if shown.state != "appealed" or opened or not is_permitted(actor, "arbitration_second", region_id=region):
        return []
    address = reverse("verification:arbitration_second", args=[shown.pk])
    return [Action(_("Open the second arbitration"), address, primary=True)]


def _end(actor: Actor, shown: Arbitration) -> list[Action]:
    if shown.state != "told" or not is_permitted(actor, "arbitration_close", region_id=shown.seat_id):
        return []
    last = last_day(shown)
    runs = last is not None and actor.today <= last
    words = _("Until %(day)s a party may apply for the second arbitration.") % {"day": last}
    address = reverse("verification:arbitration_close", args=[shown.pk])
    return [Action(_("Close as final"), address, blocked=words if runs else "")]
