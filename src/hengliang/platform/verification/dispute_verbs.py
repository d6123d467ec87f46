"""What can be done with an arbitration before it is measured and once it is decided, for whoever looks at it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.objects import Action
from hengliang.platform.core.rights import Actor, is_permitted
from hengliang.platform.verification.models import Arbitration
from hengliang.platform.verification.parties import above, last_day


def verbs_before(actor: Actor, shown: Arbitration) -> list[Action]:
    """To move the day, or to end it by agreement, while nothing is measured."""
    if shown.state not in {"opened", "notified"}:
        return []
    measured = "" if shown.task.state == "waiting" else _("It is measured already.")
    return [
        Action(label, reverse(f"verification:{act}", args=[shown.pk]), blocked=measured)
        for act, label in (("arbitration_move", _("Move the day")), ("arbitration_mediate", _("Record an agreement")))
        if is_permitted(actor, act, region_id=shown.seat_id)
    ]


def verbs_after(actor: Actor, shown: Arbitration) -> list[Action]:
    """Papers, the result told, the second applied for and opened, the end."""
    return [*_papers(shown), *_telling(actor, shown), *_second(actor, shown), *_end(actor, shown)]


def _papers(shown: Arbitration) -> list[Action]:
    def paper(label: str, kind: str) -> Action:
        return Action(label, reverse("verification:arbitration_paper", args=[shown.pk, kind]))

    found = [paper(_("Notice (PDF)"), "notice")]
    if shown.state not in {"opened", "notified", "mediated", "withdrawn"}:
        found.append(paper(_("Result (PDF)"), "result"))
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
