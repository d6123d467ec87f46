"""What a round could be for: what falls due on site by a day, in a market, in a region, or at one user."""

from datetime import date

from django.db.models import Q, QuerySet

from hengliang.platform.core.rights import Actor
from hengliang.platform.core.selectors import regions_under
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.verification.models import Task
from hengliang.platform.verification.states import OPEN_TASKS

BEYOND_DESK = ("waiting", "applied")


def candidates(
    actor: Actor, body: Organisation, until: date, *, at: Organisation | None = None, region_id: int | None = None
) -> "QuerySet[InstrumentState]":
    """The entries, in the order of their places: seen by the actor, in use, due by `until`, not measured already.

    In a market everything that stands there; elsewhere what is verified on site. What another body has is left out.
    """
    rows = InstrumentState.objects.visible_to(actor).current().whole().under_control().filter(due_on__lte=until)
    if at is not None:
        rows = rows.filter(Q(market=at) | Q(owner=at))
    if region_id is not None:
        rows = rows.filter(region_id__in=regions_under([region_id], actor.today), on_site=True)
    busy = Task.objects.filter(state__in=OPEN_TASKS).exclude(body=body, state__in=BEYOND_DESK)
    rows = rows.filter(Q(body=body) | Q(body=None)).exclude(instrument__in=busy.values("instrument"))
    return rows.select_related("instrument__item", "owner").order_by("market_id", "owner__name", "place", "pk")
