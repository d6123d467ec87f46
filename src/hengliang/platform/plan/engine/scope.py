"""For what a figure is computed: a region with all below it, a day, and the moment of knowledge."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.selectors import regions_under


@dataclass(frozen=True)
class Scope:
    """The question: `region_id` None asks for every region; `known_at` None for what is known now.

    `limit` bounds the answer to regions that the asker may see; None bounds nothing.
    """

    on: date
    region_id: int | None = None
    known_at: datetime | None = None
    limit: frozenset[int] | None = None

    @cached_property
    def regions(self) -> frozenset[int] | None:
        """The regions whose rows count; None for all."""
        if self.region_id is None:
            return self.limit
        under = regions_under([self.region_id], self.on)
        return under if self.limit is None else under & self.limit

    @cached_property
    def above(self) -> frozenset[int]:
        """The regions above the one asked for, in the tree of the day."""
        found: set[int] = set()
        here = self.region_id
        parents = dict(RegionVersion.objects.on(self.on).values_list("region_id", "parent_id"))
        while here is not None and (here := parents.get(here)) is not None:
            found.add(here)
        return frozenset(found)

    @property
    def since(self) -> date:
        """The first day of the period: the calendar year of `on`."""
        return self.on.replace(month=1, day=1)

    def in_region(self, region_id: int) -> "Scope":
        """The same question about another region."""
        return replace(self, region_id=region_id)

    def at(self, on: date) -> "Scope":
        """The same question about another day."""
        return replace(self, on=on)
