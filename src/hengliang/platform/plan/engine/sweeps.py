"""Many questions to large ledgers at once: one reading of each population, whatever the number of sides and days.

Sides that count over the same population (in use, due, tested) differ by conditions and by the ends of their spans. The
database reads the population once, says of each row which conditions it meets and between which days, and hands
it over packed. What is left is a difference array for each side: both ends of each row are put into the numbered days,
and added up. No row is joined with any day, and no side costs a query.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from django.db.models import Case, Q, Subquery, Value, When
from numpy.typing import NDArray

from hengliang.platform.plan.engine.scope import ALL, Sweep
from hengliang.platform.plan.engine.selection import Counts
from hengliang.platform.plan.engine.spans import Spans

MOST_DAYS_APART = 12
_EPOCH = date(1970, 1, 1)
_NEVER = 2**31 - 1
_FLAGS_A_WORD = 30
Ints = NDArray[np.int64]


class ByRegion(NamedTuple):
    """How many rows of each region count on each day: `counts` is (regions, days)."""

    regions: Ints
    counts: Ints


class _Population(NamedTuple):
    """The sides over one population, and what they ask of its rows: each thing once."""

    sides: list[Spans]
    shared: list[Q]
    flags: list[Q]
    starts: list[Any]
    ends: list[Any]


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
    columns = _read(population, days)
    regions, region = np.unique(columns[0], return_inverse=True)
    words = -(-len(population.flags) // _FLAGS_A_WORD)
    flags, bounds = columns[1 : 1 + words], columns[1 + words :]
    numbered = np.searchsorted(_numbers(days), bounds, side="left")
    split = len(population.starts)
    return [
        ByRegion(regions, _steps(
            side, population, _meets(side, population, flags, len(region)), region,
            numbered[:split], numbered[split:], (len(regions), len(days)),
        ))
        for side in sides
    ]  # fmt: skip


def _steps(
    side: Spans, population: _Population, meets: NDArray[np.bool_], region: Ints, starts: Ints, ends: Ints,
    shape: tuple[int, int],
) -> Ints:  # fmt: skip
    """The rows of one side as a difference array by region, added up."""
    low = starts[[population.starts.index(one) for one in side.starts]].max(axis=0)
    high = ends[[population.ends.index(one) for one in side.ends]].min(axis=0, initial=shape[1])
    counts = meets & (low < high)
    at, width = region[counts] * (shape[1] + 1), shape[1] + 1
    size = shape[0] * width
    steps = np.bincount(at + low[counts], minlength=size) - np.bincount(at + high[counts], minlength=size)
    added: Ints = steps.reshape(shape[0], width)[:, :-1].cumsum(axis=1)
    return added


def _meets(side: Spans, population: _Population, flags: Ints, rows: int) -> NDArray[np.bool_]:
    """The rows that meet every condition of a side."""
    found = np.ones(rows, bool)
    for place, one in enumerate(population.flags):
        if one in side.conditions:
            word, bit = divmod(place, _FLAGS_A_WORD)
            found &= (flags[word] >> bit) & 1 == 1
    return found


def _population(sides: list[Spans]) -> _Population:
    shared = [one for one in sides[0].conditions if all(one in side.conditions for side in sides)]
    flags = _once(one for side in sides for one in side.conditions if one not in shared)
    starts = _once(one for side in sides for one in side.starts)
    return _Population(sides, shared, flags, starts, _once(one for side in sides for one in side.ends))


def _once(things: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for one in things:
        if one not in found:
            found.append(one)
    return found


def _read(population: _Population, days: Sequence[date]) -> Ints:
    """One reading: regions, words of flags, and the days on which each row begins and ends to count, a row a column."""
    marked = {f"flag_{n}": Case(When(one, then=Value(1)), default=Value(0)) for n, one in enumerate(population.flags)}
    starts = {f"start_{n}": one for n, one in enumerate(population.starts)}
    ends = {f"end_{n}": one for n, one in enumerate(population.ends)}
    rows = population.sides[0].rows.order_by().filter(*population.shared).annotate(**starts, **ends)
    rows = rows.filter(_touching(population, starts, ends, days)).annotate(**marked)
    inner, params = rows.values_list("region_id", *marked, *starts, *ends).query.sql_with_params()
    columns = ["region_id::int", *_words(list(marked)), *(_day_number(name) for name in (*starts, *ends))]
    packed = ", ".join(f"string_agg(int4send({one}), '')" for one in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {packed} FROM ({inner}) AS population", params)  # noqa: S608 - the text is our own
        found = cursor.fetchone()
    return np.array([np.frombuffer(one or b"", ">i4") for one in found], np.int64)


def _words(names: list[str]) -> list[str]:
    """Flags as bits of whole numbers."""
    chunks = [names[at : at + _FLAGS_A_WORD] for at in range(0, len(names), _FLAGS_A_WORD)]
    return ["(" + " | ".join(f"({one} << {bit})" for bit, one in enumerate(chunk)) + ")" for chunk in chunks]


def _day_number(name: str) -> str:
    """A day as a number; what is open on either side never comes: a start that is unknown, an end that is not set."""
    return f"coalesce({name} - DATE '1970-01-01', {_NEVER})"


def _numbers(days: Sequence[date]) -> Ints:
    return np.array([(day - _EPOCH).days for day in days], np.int64)


def _touching(
    population: _Population, starts: Mapping[str, Any], ends: Mapping[str, Any], days: Sequence[date]
) -> Q:  # fmt: skip
    """The rows that may count on one of the days, as far as the cheap ends that all sides share can tell: what needs a
    query of its own for each row is then asked for fewer of them."""
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
    return not isinstance(one, Subquery) and all(one in side for side in bounds)
