"""Who has entered nothing for too long: then the figure is unknown, and they are named."""

from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Max
from django.utils import timezone

from hengliang.norms.indicators import Indicator
from hengliang.platform.core.models import RegionVersion
from hengliang.platform.plan.engine.remembered import REMEMBERED, ledger_mark
from hengliang.platform.plan.engine.scope import ancestors
from hengliang.platform.registry.models import InstrumentState


class Reporters:
    """The districts of a region (itself where it has none), and when each last entered something in the ledger."""

    def __init__(self, region_id: int, on: date, known_at: datetime | None = None) -> None:
        self.region_id, self.on, self.known_at = region_id, on, known_at

    @cached_property
    def _newest(self) -> dict[str, datetime | None]:
        known = RegionVersion.objects.on(self.on).order_by("code").values_list("region_id", "parent_id", "name")
        tree = {region: (parent, name) for region, parent, name in known}
        parents: dict[int, int | None] = {region: parent for region, (parent, _name) in tree.items()}
        names = {region: name for region, (parent, name) in tree.items() if parent == self.region_id}
        names = names or {region: name for region, (_parent, name) in tree.items() if region == self.region_id}
        under = {own: {one for one in tree if one == own or own in ancestors(parents, one)} for own in names}
        newest = _entered(self.known_at)
        return {
            name: max((newest[one] for one in under[region] if one in newest), default=None)
            for region, name in names.items()
        }

    def late(self, indicator: Indicator, on: date) -> list[str]:
        """The names of those without an entry within the days before `on` that the rule allows, or ever."""
        if indicator.late_after_days is None:
            return []
        since = on - timedelta(days=indicator.late_after_days)
        return [name for name, at in self._newest.items() if at is None or timezone.localdate(at) < since]


def _entered(known_at: datetime | None) -> dict[int, datetime]:
    """When something was last entered in each region."""
    rows = InstrumentState.objects.order_by().values_list("region_id").annotate(Max("known_from"))
    if known_at is not None:
        return dict(rows.filter(known_from__lte=known_at))
    found: dict[int, datetime] = REMEMBERED.get(("entered", ledger_mark()), lambda: dict(rows))
    return found
