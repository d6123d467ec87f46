"""Puts in order what was read: one series per meter and channel, and which meter hung on which node."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hengliang.readings.grid import DAY, Block, day_name
from hengliang.readings.intake.dense import Dense
from hengliang.readings.intake.keys import Ids, Key
from hengliang.readings.intake.taken import Intake
from hengliang.readings.model import CONDITIONS, MISSING, Bytes, Flag, Integers, Kind, Link, Role, Series

# Registers with faults fall now and then; amounts fall every other time.
SELDOM = 0.1


@dataclass(frozen=True, slots=True)
class SeriesBlock:
    """One month of all series of an import, sorted by home and series.

    homes, series : (r,); values : (r, slots); flags : (r, slots) or None
    """

    block: Block
    homes: tuple[str, ...]
    series: tuple[Series, ...]
    values: Integers
    flags: Bytes | None


def decide_kinds(intake: Intake) -> None:
    """Where neither header nor profile says it: numbers that hardly ever fall are registers, others amounts.

    Decided for all files together that name the same meters, and for no others: one folder may hold registers of one
    district beside amounts of another.
    """
    unsaid = {number for number, key in enumerate(intake.keys.keys) if key.kind is None}
    for group in _connected(unsaid & file for file in intake.together):
        kind = _kind(intake, group)
        for number in group:
            intake.keys.keys[number] = intake.keys.keys[number]._replace(kind=kind)


def _connected(sets: Iterable[set[int]]) -> list[set[int]]:
    """The sets, those that share a member as one."""
    found: list[set[int]] = []
    for one in sets:
        touching = [group for group in found if group & one]
        found = [group for group in found if not group & one]
        found.append(one.union(*touching))
    return [group for group in found if group]


def _kind(intake: Intake, group: set[int]) -> Kind:
    falls = moves = 0
    for dense in intake.blocks.values():
        rows = dense.values[np.isin(dense.keys, list(group))][:2000]
        valid = (rows[:, 1:] != MISSING) & (rows[:, :-1] != MISSING)
        step = np.where(valid, rows[:, 1:] - np.where(valid, rows[:, :-1], 0), 0)
        falls, moves = falls + int((step < 0).sum()), moves + int((step != 0).sum())
    return Kind.REGISTER if falls <= SELDOM * moves else Kind.INTERVAL


def links_of(intake: Intake, said: Iterable[Link]) -> list[tuple[Link, bool]]:
    """Every link with whether a topology file said it; the others are read off the readings.

    A meter that was seen under two nodes one after the other moved on the day of the first reading at the second.
    """
    told = list(dict.fromkeys(said))
    meters = {link.meter for link in told}
    seen: dict[str, dict[tuple[str, Role, float], list[int]]] = defaultdict(dict)
    sensors: dict[str, dict[tuple[str, Role, float], list[int]]] = defaultdict(dict)
    for number, key in enumerate(intake.keys.keys):
        if key.node and key.meter not in meters and key.channel.startswith("import"):
            seen[key.meter].setdefault((key.node, key.role or Role.OUTFLOW, key.factor), []).append(number)
    for number, key in enumerate(intake.keys.keys):
        # A meter that also tells its temperature has its place already.
        if key.channel in CONDITIONS and key.node and key.meter not in meters and key.meter not in seen:
            sensors[key.meter].setdefault((key.node, key.role or Role.CONDITION, key.factor), []).append(number)
    seen.update(sensors)
    found = [(link, True) for link in told]
    spans = _spans(
        intake, [one for places in seen.values() if len(places) > 1 for ids in places.values() for one in ids]
    )
    for meter, places in seen.items():
        found += [(link, False) for link in _dated(meter, places, spans)]
    return found


def _dated(
    meter: str, places: Mapping[tuple[str, Role, float], list[int]], spans: Mapping[int, tuple[int, int]]
) -> list[Link]:
    if len(places) == 1:
        ((node, role, factor),) = places
        return [Link(node, meter, role, factor)]
    runs = []
    for place, ids in places.items():
        known = [spans[one] for one in ids if one in spans]
        if known:
            runs.append((min(b for b, _ in known), max(e for _, e in known), place))
    runs.sort(key=lambda run: run[:2])
    links = []
    for at, (begin, end, (node, role, factor)) in enumerate(runs):
        after = runs[at + 1][0] if at + 1 < len(runs) else None
        # Overlapping spans stay as they are: which of them is true is for the check of the topology to ask.
        until = None if after is None else day_name(max(after, end + 1) // DAY * DAY)
        links.append(Link(node, meter, role, factor, None if at == 0 else day_name(begin), until))
    return links


def _spans(intake: Intake, keys: Iterable[int]) -> dict[int, tuple[int, int]]:
    """First and last local second of each key."""
    wanted = set(keys)
    spans: dict[int, tuple[int, int]] = {}
    for block, dense in intake.blocks.items() if wanted else ():
        for row, key in enumerate(dense.keys.tolist()):
            places = np.flatnonzero(dense.values[row] != MISSING)
            if key in wanted and len(places):
                begin, end = (block.begin + int(places[at]) * block.interval for at in (0, -1))
                old = spans.get(key, (begin, end))
                spans[key] = (min(old[0], begin), max(old[1], end))
    return spans


def series_of(key: Key) -> Series:
    """The series that a key's readings belong to."""
    return Series(key.meter, key.channel, key.kind or Kind.REGISTER, key.exponent, key.unit)


def assemble(intake: Intake, dense: Dense, homes: Mapping[str, str]) -> SeriesBlock:
    """One block, with the rows of a series that came under several keys laid together."""
    series = [series_of(intake.keys.keys[key]) for key in dense.keys.tolist()]
    order = sorted(range(len(series)), key=lambda at: (homes.get(series[at].meter, ""), series[at]))
    if order == list(range(len(order))):
        values, flags = dense.values, dense.flags
    else:
        values, flags = dense.values[order], None if dense.flags is None else dense.flags[order]
    sorted_series = [series[at] for at in order]
    if any(one == other for one, other in pairwise(sorted_series)):
        sorted_series, values, flags = _laid_together(dense, sorted_series, values, flags)
    places = tuple(homes.get(one.meter, "") for one in sorted_series)
    return SeriesBlock(dense.block, places, tuple(sorted_series), values, flags)


def _laid_together(
    dense: Dense, series: list[Series], values: Integers, flags: Bytes | None
) -> tuple[list[Series], Integers, Bytes | None]:
    marks = np.zeros(values.shape, np.uint8) if flags is None else flags.copy()
    values = values.copy()
    kept: list[int] = []
    for row in range(len(series)):
        if kept and series[kept[-1]] == series[row]:
            _overlay(dense, values, marks, kept[-1], row)
        else:
            kept.append(row)
    rows: Ids = np.array(kept)
    return [series[row] for row in kept], values[rows], marks[rows]


def _overlay(dense: Dense, values: Integers, marks: Bytes, into: int, row: int) -> None:
    free, said = values[into] == MISSING, values[row] != MISSING
    both = ~free & said
    differing = both & (values[into] != values[row])
    dense.repeats.identical += int((both & ~differing).sum())
    dense.repeats.conflicting += int(differing.sum())
    marks[into] |= np.where(differing, Flag.CONFLICT, 0).astype(np.uint8) | np.where(said, marks[row], 0)
    values[into] = np.where(free, values[row], values[into])
