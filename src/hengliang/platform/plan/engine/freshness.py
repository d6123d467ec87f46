"""Who has entered nothing for too long: then the figure is unknown, and they are named."""

from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Max
from django.utils import timezone

from hengliang.norms.indicators import Indicator
from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.selectors import regions_under
from hengliang.platform.registry.models import InstrumentState


class Reporters:
    """The districts of a region (itself where it has none), and when each last entered something in the ledger."""

    def __init__(self, region_id: int, on: date, known_at: datetime | None = None) -> None:
        self.region_id, self.on, self.known_at = region_id, on, known_at

    @cached_property
    def _newest(self) -> dict[str, datetime | None]:
        known = RegionVersion.objects.on(self.on)
        names = dict(known.filter(parent_id=self.region_id).order_by("code").values_list("region_id", "name"))
        names = names or dict(known.filter(region_id=self.region_id).values_list("region_id", "name"))
        entries = InstrumentState.objects.order_by()
        if self.known_at is not None:
            entries = entries.filter(known_from__lte=self.known_at)
        newest = dict(entries.values_list("region_id").annotate(Max("known_from")))
        return {
            name: max((newest[one] for one in regions_under([region], self.on) if one in newest), default=None)
            for region, name in names.items()
        }

    def late(self, indicator: Indicator, on: date) -> list[str]:
        """The names of those without an entry within the days before `on` that the rule allows, or ever."""
        if indicator.late_after_days is None:
            return []
        since = on - timedelta(days=indicator.late_after_days)
        return [name for name, at in self._newest.items() if at is None or timezone.localdate(at) < since]
