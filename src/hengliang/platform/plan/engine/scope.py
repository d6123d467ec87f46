"""For what a figure is computed: a region with all below it, a day, the moment of knowledge, the day the plan began."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.selectors import regions_under


@dataclass(frozen=True)
class Scope:
    """The question: `region_id` None asks for every region; `known_at` None for what is known now.

    `limit` bounds the answer to regions that the asker may see; None bounds nothing. `begins` is the first day of the
    period for what is counted as new; None for 1 January of the year of `on`.
    """

    on: date
    region_id: int | None = None
    known_at: datetime | None = None
    limit: frozenset[int] | None = None
    begins: date | None = None

    @cached_property
    def regions(self) -> frozenset[int] | None:
        """The regions whose rows count; None for all."""
        if self.region_id is None:
            return self.limit
        under = regions_under([self.region_id], self.on)
        return under if self.limit is None else under & self.limit

    @cached_property
    def above(self) -> frozenset[int]:
        """The regions above those asked for, in the tree of the day: what is authorised there counts below."""
        asked = (self.limit or frozenset()) if self.region_id is None else {self.region_id}
        if not asked:
            return frozenset()
        parents: dict[int, int | None] = dict(RegionVersion.objects.on(self.on).values_list("region_id", "parent_id"))
        return frozenset[int]().union(*(ancestors(parents, one) for one in asked)) - asked

    @property
    def since(self) -> date:
        """The first day of the period: that of the plan, or of the calendar year of `on`."""
        return self.begins or self.on.replace(month=1, day=1)

    def in_region(self, region_id: int) -> "Scope":
        """The same question about another region."""
        return replace(self, region_id=region_id)

    def at(self, on: date) -> "Scope":
        """The same question about another day."""
        return replace(self, on=on)


def ancestors(parents: dict[int, int | None], region_id: int) -> frozenset[int]:
    """The regions above one."""
    found: set[int] = set()
    here: int | None = region_id
    while here is not None and (here := parents.get(here)) is not None and here not in found:
        found.add(here)
    return frozenset(found)


ALL = 0
"""Stands for every region there is."""


@dataclass(frozen=True)
class Sweep:
    """Many questions at once: every one of `regions` on every one of `days` (ascending).

    `under` holds, for each region asked for, the regions whose rows count, and `above` those above it; the tree is that
    of the last day. A set that holds `ALL` holds every region.
    """

    days: tuple[date, ...]
    regions: tuple[int, ...]
    known_at: datetime | None = None
    begins: date | None = None
    given_under: Mapping[int, frozenset[int]] | None = None
    given_above: Mapping[int, frozenset[int]] | None = None

    @cached_property
    def _parents(self) -> dict[int, int | None]:
        return dict(RegionVersion.objects.on(self.days[-1]).values_list("region_id", "parent_id"))

    @cached_property
    def above(self) -> Mapping[int, frozenset[int]]:
        """The regions above each."""
        if self.given_above is not None:
            return self.given_above
        return {region: ancestors(self._parents, region) for region in self.regions}

    @cached_property
    def under(self) -> Mapping[int, frozenset[int]]:
        """Each with all below it."""
        if self.given_under is not None:
            return self.given_under
        below: dict[int, set[int]] = {region: {region} for region in self.regions}
        for one in self._parents:
            for higher in ancestors(self._parents, one):
                if higher in below:
                    below[higher].add(one)
        return {region: frozenset(found) for region, found in below.items()}
