"""From a node's windows and links to the data that the balance takes: registers at the boundaries of its periods."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.balance import Batch, Gauge, Meter, NodeData, from_increments, from_registers
from hengliang.readings.checks.finding import Finding, Tally
from hengliang.readings.checks.window import examine
from hengliang.readings.evaluation.conditions import Conditions, conditions_of, covariates
from hengliang.readings.evaluation.members import span_of
from hengliang.readings.evaluation.settings import Settings
from hengliang.readings.model import CONDITIONS, MISSING, Kind, Link, Role, Series
from hengliang.readings.store.window import NodeWindow

Floats = NDArray[np.float64]
COMMON = 0.2  # of a node's series that are read at its fullest: where fewer are, its span does not begin or end
MOST_PERIODS = 60_000  # nearly seven years of hours; more than that is another node, or another question
_CLASS = re.compile(r"(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Row:
    """One series as the balance sees it.

    numbers : (T + 1,) register at the boundaries, or (T,) amounts, in base units, NaN where missing
    fine : (T, k) amounts of the k readings of each period, for masters that are read oftener than once a period
    """

    link: Link
    series: Series
    numbers: Floats
    resolution: float
    fine: Floats | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A node ready for the balance, with what the checks found on the way.

    data : None where nothing was read in the window, or not often enough
    apart : seconds between the readings where that is more than a period, else 0
    """

    node: str
    data: NodeData | None
    findings: tuple[Finding, ...]
    expected: int
    present: int
    usable: int
    meters: int
    apart: int = 0

    def count(self, tally: Tally) -> None:
        """Add what the checks found."""
        tally.add(self.findings)
        tally.expected += self.expected
        tally.present += self.present
        tally.usable += self.usable
        tally.meters += self.meters


def prepare(
    node: str,
    windows: Sequence[NodeWindow],
    links: Sequence[Link],
    settings: Settings,
    offset: int,
    candidates: frozenset[str] = frozenset(),
) -> Prepared:
    """Check a node's readings and bring them to the boundaries of the periods.

    offset : seconds east of Greenwich of the store's days; candidates : meters that are only tried here
    """
    findings: list[Finding] = []
    counts = np.zeros(3, np.int64)
    rows: list[Row] = []
    cleaned: list[NodeWindow] = []
    mine = [link for link in links if link.node == node]
    apart = max((one.interval for one in windows if settings.interval % one.interval), default=0)
    bounds = None if apart else _bounds(windows, settings)
    for window in windows:
        keep = (
            [at for at, one in enumerate(window.series) if any(link.meter == one.meter for link in mine)]
            if len(windows) > 1
            else None
        )
        part = window if keep is None else _only(window, keep)
        found = examine(part.series, part.values, part.flags, part.begin, part.interval)
        findings += found.findings
        counts += (found.expected, found.present, found.usable)
        cleaned.append(replace(part, values=found.values))
        if bounds is not None:
            rows += _rows(part, found.values, mine, bounds, settings.interval)
    expected, present, usable = (int(one) for one in counts)
    judged = any(row.link.role is Role.OUTFLOW for row in rows)
    data = None
    if bounds is not None and judged:
        at = conditions_of(cleaned, mine, bounds)
        data = _data(node, rows, at, bounds, settings, offset, candidates)
    return Prepared(node, data, tuple(findings), expected, present, usable, len({link.meter for link in mine}), apart)


def _only(window: NodeWindow, keep: Sequence[int]) -> NodeWindow:
    flags = None if window.flags is None else window.flags[keep]
    return NodeWindow(
        window.node, window.begin, window.interval, tuple(window.series[at] for at in keep), window.values[keep], flags
    )


def _bounds(windows: Sequence[NodeWindow], settings: Settings) -> NDArray[np.int64] | None:
    """(T + 1,) local seconds of the boundaries, in whole periods, from the first to the last time commonly read.

    A single meter whose clock stood years off must not stretch the node over these years.
    """
    lows, highs = [], []
    for window in windows:
        read = (window.values != MISSING).sum(axis=0)
        present = np.flatnonzero(read >= max(1.0, COMMON * float(read.max(initial=0))))
        if len(present):
            lows.append(window.begin + int(present[0]) * window.interval)
            amounts = any(one.kind is Kind.INTERVAL for one in window.series)
            highs.append(window.begin + (int(present[-1]) + amounts) * window.interval)
    if not lows:
        return None
    low = max(min(lows), settings.begin or min(lows))
    high = min(max(highs), settings.end or max(highs))
    first, last = -(-low // settings.interval), high // settings.interval
    last = min(last, first + MOST_PERIODS)
    return np.arange(first, last + 1) * settings.interval if last > first else None


def _rows(
    window: NodeWindow, values: NDArray[np.int64], links: Sequence[Link], bounds: NDArray[np.int64], period: int
) -> list[Row]:
    places = (bounds - window.begin) // window.interval
    inside = (places >= 0) & (places < values.shape[1])
    found = []
    for at, one in enumerate(window.series):
        if ":" in one.channel or one.channel in CONDITIONS:
            continue
        for link in links:
            if link.meter == one.meter:
                scale = 10.0**one.exponent * link.factor
                if one.kind is Kind.INTERVAL:
                    numbers = _amounts(values[at], places, period // window.interval) * scale
                else:
                    numbers = np.full(len(places), np.nan)
                    read = values[at][places[inside]]
                    numbers[inside] = np.where(read == MISSING, np.nan, read * scale)
                fine = (
                    _fine(one, values[at], places, period // window.interval, scale)
                    if link.role is Role.INFLOW
                    else None
                )
                found.append(Row(link, one, numbers, scale, fine))
    return found


def _fine(one: Series, values: NDArray[np.int64], places: NDArray[np.int64], step: int, scale: float) -> Floats | None:
    """(T, step) amounts between all readings of a master; None where it is read once a period."""
    if step < 2 or one.kind is not Kind.REGISTER:
        return None
    slots = np.arange(int(places[0]), int(places[-1]) + 1)
    inside = (slots >= 0) & (slots < len(values))
    numbers = np.full(len(slots), np.nan)
    read = values[slots[inside]]
    numbers[inside] = np.where(read == MISSING, np.nan, read * scale)
    return np.asarray(np.diff(numbers).reshape(-1, step))


def _amounts(values: NDArray[np.int64], places: NDArray[np.int64], step: int) -> Floats:
    """(T,) sums of `step` amounts from each boundary on; NaN where one is missing."""
    numbers = np.full((len(places) - 1) * step, np.nan)
    first = int(places[0])
    low, high = max(first, 0), min(first + len(numbers), len(values))
    read = values[low:high]
    numbers[low - first : high - first] = np.where(read == MISSING, np.nan, read)
    return np.asarray(numbers.reshape(-1, step).sum(axis=1))


def _data(
    node: str,
    rows: Sequence[Row],
    at: Conditions,
    bounds: NDArray[np.int64],
    settings: Settings,
    offset: int,
    candidates: frozenset[str],
) -> NodeData:
    masters = [row for row in rows if row.link.role is Role.INFLOW]
    meters = [row for row in rows if row.link.role is Role.OUTFLOW]
    stocks = [row for row in rows if row.link.role is Role.STOCK]
    amounts = any(row.series.kind is Kind.INTERVAL for row in (*masters, *meters))
    periods = len(bounds) - 1
    inflow = _sum([_signed(row, _as_amounts(row)) for row in masters])
    stock = _sum([row.numbers for row in stocks])
    beside = covariates(settings.domain, at, inflow, stock)
    entered: dict[str, Any] = {
        "node": node,
        "domain": settings.domain,
        "start": int(bounds[0]) - offset,
        "period": settings.interval,
        "meters": tuple(_meter(row, member=row.link.meter not in candidates) for row in meters),
        "gauge": _gauge(masters, settings),
        "covered": _covered(meters, bounds),
    }
    if amounts:
        matrix = np.array([_as_amounts(row) for row in meters]).reshape(len(meters), periods)
        if inflow is not None and stock is not None:
            inflow = inflow - np.diff(stock)
        return from_increments(increments=matrix, inflow=inflow, covariates=beside, **entered)
    matrix = np.array([row.numbers for row in meters]).reshape(len(meters), periods + 1)
    return from_registers(
        registers=matrix,
        inflow=_sum([_signed(row, row.numbers) for row in masters]),
        inflow_resolution=max((row.resolution for row in masters), default=0.0),
        stock=stock,
        stock_uncertainty=float(np.sqrt(sum(row.resolution**2 / 12 for row in stocks))),
        clock=settings.clock,
        covariates={**_squares(masters), **beside},
        **entered,
    )


def _squares(masters: Sequence[Row]) -> dict[str, Floats]:
    """The integral of squared power per period, from all readings of the masters: what heats the wires.

    Four quarters of unlike load lose more than an even hour. A period with a missing reading is taken as even; one
    of which not even the amount was read is left to the balance, which bridges the masters first.
    """
    if not masters or any(row.fine is None for row in masters):
        return {}
    fine = np.sum([_signed(row, row.fine) for row in masters if row.fine is not None], axis=0)
    amounts = np.sum([_signed(row, np.diff(row.numbers)) for row in masters], axis=0)
    square = np.where(np.isnan(fine).any(axis=1), amounts**2, (fine**2).sum(axis=1) * fine.shape[1])
    mean = float(np.nanmean(np.abs(amounts))) if np.isfinite(amounts).any() else 0.0
    return {"power_square": square / mean} if mean else {}


def _meter(row: Row, *, member: bool) -> Meter:
    link = row.link
    batch = Batch(link.maker, link.model, link.year) if link.maker or link.model or link.year else None
    back = row.series.channel == "export"
    return Meter(link.meter + (":export" if back else ""), row.resolution, -1 if back else 1, member, batch)


def _signed(row: Row, numbers: Floats) -> Floats:
    return -numbers if row.series.channel == "export" else numbers


def _as_amounts(row: Row) -> Floats:
    return row.numbers if row.series.kind is Kind.INTERVAL else np.diff(row.numbers)


def _sum(parts: Sequence[Floats]) -> Floats | None:
    return np.asarray(np.sum(parts, axis=0)) if parts else None


def _covered(meters: Sequence[Row], bounds: NDArray[np.int64]) -> tuple[tuple[int, int], ...]:
    """First period and the one after the last in which each meter hung here; () when all did all the time."""
    spans = []
    for row in meters:
        begin, end = span_of(row.link)
        first, past = np.searchsorted(bounds, (begin, end + 1))
        spans.append((min(int(first), len(bounds) - 1), max(0, min(int(past) - 1, len(bounds) - 1))))
    whole = (0, len(bounds) - 1)
    return () if all(span == whole for span in spans) else tuple(spans)


def _gauge(masters: Sequence[Row], settings: Settings) -> Gauge:
    classes = [_class(row.link.accuracy, settings) or settings.master_class for row in masters]
    through = any(row.link.factor > 1 for row in masters)
    return Gauge(max(classes, default=settings.master_class), settings.transformer_class if through else 0.0)


def _class(text: str, settings: Settings) -> float | None:
    """Limit of error of an accuracy class: `0.5S`, `1`, `C`."""
    if text.strip().upper()[:1] in settings.classes:
        return settings.classes[text.strip().upper()[0]]
    found = _CLASS.search(text)
    return float(found[1]) / 100 if found and 0 < float(found[1]) <= 10 else None
