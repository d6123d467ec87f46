"""Many questions to large ledgers at once: one reading of each population, whatever the number of sides and days.

Sides that count over the same population (in use, due, tested) differ by conditions and by the ends of their spans. The
database reads the population once, says of each row which conditions it meets and between which days, and hands it
over packed; what other rows of the same thing decide is matched beside it (`looked`). What is left is a difference
array for each side: both ends of each row are put into the numbered days, and added up. No row is joined with any
day, and no side costs a query.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Case, Q, Value, When
from numpy.typing import NDArray

from hengliang.platform.plan.engine.looked import EPOCH, Ints, Looked, column, packed
from hengliang.platform.plan.engine.scope import ALL, Sweep
from hengliang.platform.plan.engine.selection import Counts
from hengliang.platform.plan.engine.spans import Spans

MOST_DAYS_APART = 12
_FLAGS_A_WORD = 30


class ByRegion(NamedTuple):
    """How many rows of each region count on each day: `counts` is (regions, days)."""

    regions: Ints
    counts: Ints


class _Population(NamedTuple):
    """The sides over one population, and what they ask of its rows: each thing once; `needs` are the columns by which
    other rows are looked up."""

    sides: list[Spans]
    shared: list[Q]
    flags: list[Q]
    starts: list[Any]
    ends: list[Any]
    looked: list[Looked]
    needs: list[str]


class _Rows(NamedTuple):
    """A population as read: a region, words of flags, and what bounds each row or holds of it, by what was asked."""

    region: Ints
    flags: Ints
    found: dict[Any, NDArray[Any]]


def swept(asked: Sequence[Spans], days: Sequence[date]) -> list[ByRegion]:
    """How many rows of each region count on each day, for each side: a query for each population."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, spans in enumerate(asked):
        sql, params = spans.rows.order_by().query.sql_with_params()
        places.setdefault((sql, repr(params)), []).append(place)
    found: dict[int, ByRegion] = {}
    for group in places.values():
        found |= dict(zip(group, _counted([asked[place] for place in group], days), strict=True))
    return [found[place] for place in range(len(asked))]


def summed(counted: ByRegion, sweep: Sweep) -> Counts:
    """The counts of each region asked for with all below it."""
    return {region: counted.counts[_within(counted.regions, under)].sum(axis=0).tolist()
            for region, under in sweep.under.items()}  # fmt: skip


def _within(regions: Ints, under: Iterable[int]) -> NDArray[np.bool_]:
    wanted = list(under)
    return np.ones(len(regions), bool) if ALL in wanted else np.isin(regions, wanted)


def _counted(sides: list[Spans], days: Sequence[date]) -> list[ByRegion]:
    population = _population(sides)
    rows = _read(population, days)
    regions, region = np.unique(rows.region, return_inverse=True)
    numbered = {one: np.searchsorted(_numbers(days), rows.found[one], side="left")
                for one in (*population.starts, *population.ends)}  # fmt: skip
    shape = (len(regions), len(days))
    return [ByRegion(regions, _steps(side, numbered, _meets(side, population, rows), region, shape)) for side in sides]


def _steps(
    side: Spans, numbered: Mapping[Any, Ints], meets: NDArray[np.bool_], region: Ints, shape: tuple[int, int]
) -> Ints:
    """The rows of one side as a difference array by region, added up."""
    low = np.array([numbered[one] for one in side.starts]).max(axis=0)
    high = np.array([numbered[one] for one in side.ends]).min(axis=0, initial=shape[1])
    counts = meets & (low < high)
    at, width = region[counts] * (shape[1] + 1), shape[1] + 1
    size = shape[0] * width
    steps = np.bincount(at + low[counts], minlength=size) - np.bincount(at + high[counts], minlength=size)
    added: Ints = steps.reshape(shape[0], width)[:, :-1].cumsum(axis=1)
    return added


def _meets(side: Spans, population: _Population, rows: _Rows) -> NDArray[np.bool_]:
    """The rows that meet every condition of a side."""
    found = np.ones(len(rows.region), bool)
    for place, one in enumerate(population.flags):
        if one in side.conditions:
            word, bit = divmod(place, _FLAGS_A_WORD)
            found &= (rows.flags[word] >> bit) & 1 == 1
    for looked in side.conditions:
        if isinstance(looked, Looked):
            found &= rows.found[looked]
    return found


def _population(sides: list[Spans]) -> _Population:
    plain = [one for one in sides[0].conditions if not isinstance(one, Looked)]
    shared = [one for one in plain if all(one in side.conditions for side in sides)]
    asked = _once(one for side in sides for one in side.conditions if one not in shared)
    starts = _once(one for side in sides for one in side.starts)
    looked = [one for one in (*asked, *starts) if isinstance(one, Looked)]
    return _Population(
        sides, shared, [one for one in asked if not isinstance(one, Looked)], starts,
        _once(one for side in sides for one in side.ends), looked, _once(name for one in looked for name in one.needs),
    )  # fmt: skip


def _once(things: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(things))


def _read(population: _Population, days: Sequence[date]) -> _Rows:
    """One reading: regions, words of flags, and the days on which each row begins and ends to count, a row a column."""
    marked = {f"flag_{n}": Case(When(one, then=Value(1)), default=Value(0)) for n, one in enumerate(population.flags)}
    starts = {f"start_{n}": one for n, one in enumerate(population.starts) if not isinstance(one, Looked)}
    ends = {f"end_{n}": one for n, one in enumerate(population.ends)}
    rows = population.sides[0].rows.order_by().filter(*population.shared).annotate(**starts, **ends)
    rows = rows.filter(_touching(population, starts, ends, days)).annotate(**marked)
    names = (*starts, *ends, *population.needs)
    inner, params = rows.values_list("region_id", *marked, *names).query.sql_with_params()
    columns = packed(inner, params, ["region_id::int", *_words(list(marked)), *map(column, names)])
    found = dict(zip((*starts.values(), *ends.values()), columns[-len(names) :], strict=False))
    needed = dict(zip(population.needs, columns[len(columns) - len(population.needs) :], strict=True))
    found |= {one: one.over(needed) for one in population.looked}
    return _Rows(columns[0], columns[1 : len(columns) - len(names)], found)


def _words(names: list[str]) -> list[str]:
    """Flags as bits of whole numbers."""
    chunks = [names[at : at + _FLAGS_A_WORD] for at in range(0, len(names), _FLAGS_A_WORD)]
    return ["(" + " | ".join(f"({one} << {bit})" for bit, one in enumerate(chunk)) + ")" for chunk in chunks]


def _numbers(days: Sequence[date]) -> Ints:
    return np.array([(day - EPOCH).days for day in days], np.int64)


def _touching(
    population: _Population, starts: Mapping[str, Any], ends: Mapping[str, Any], days: Sequence[date]
) -> Q:  # fmt: skip
    """The rows that may count on one of the days, as far as the ends that all sides share can tell."""
    low = [name for name, one in starts.items() if _bounds_all(one, [side.starts for side in population.sides])]
    high = [name for name, one in ends.items() if _bounds_all(one, [side.ends for side in population.sides])]
    pairs = [(day, day) for day in days] if len(days) <= MOST_DAYS_APART else [(days[0], days[-1])]
    found = Q(pk__in=[])
    for first, last in pairs:
        one = Q(**{f"{name}__lte": last for name in low})
        for name in high:
            one &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": first})
        found |= one
    return found


def _bounds_all(one: Any, bounds: list[tuple[Any, ...]]) -> bool:
    return all(one in side for side in bounds)
