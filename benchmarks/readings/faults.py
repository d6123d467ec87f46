"""A corpus of readings with faults put in at known places, and how well the checks find them.

    python benchmarks/readings/faults.py [--quick]

Loads are synthetic: gamma-distributed quarter hours over a daily shape and a log-normal size per household, registers
cut to 0.01 kWh as a display does. One run says for each kind how many faults were put in, found, and found wrongly.
The same generator, small, is a test. Origin: ours; nothing is taken from a utility.
"""

import argparse
import csv
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from hengliang.readings.checks.finding import Fault, Finding
from hengliang.readings.checks.window import examine
from hengliang.readings.evaluation.members import membership
from hengliang.readings.grid import DAY, show
from hengliang.readings.importing import import_files
from hengliang.readings.store.store import Store
from hengliang.readings.store.window import BucketReader

BEGIN = 1_767_225_600  # 2026-01-01 00:00 local
INTERVAL = 900
INJECTED = (
    Fault.GAP,
    Fault.DUPLICATE,
    Fault.CONFLICT,
    Fault.ROLLOVER,
    Fault.RESET,
    Fault.STUCK,
    Fault.SPIKE,
    Fault.SKEW,
    Fault.UNIT,
    Fault.NEGATIVE,
    Fault.TOPOLOGY,
)


@dataclass(frozen=True, slots=True)
class Truth:
    """A fault that was put in: from `begin` to `end`, local seconds."""

    fault: Fault
    meter: str
    begin: int
    end: int


@dataclass(slots=True)
class Corpus:
    """Rows (meter, local second, register in 0.01 kWh), the faults in them, and the topology."""

    rows: list[tuple[str, int, int]] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)


def loads(rng: np.random.Generator, slots: int, interval: int = INTERVAL) -> np.ndarray:
    """Amounts of one household per slot, in 0.01 kWh."""
    size = rng.lognormal(np.log(8.0), 0.5) * interval / DAY * 100
    hours = np.arange(slots) * interval / 3600 % 24
    shape = 0.6 + 0.5 * np.exp(-((hours - 19) ** 2) / 8) + 0.25 * np.exp(-((hours - 8) ** 2) / 4)
    return np.asarray(rng.gamma(0.7, size / 0.7, slots) * shape / shape.mean() + 0.05 * size)


def make_corpus(meters: int, days: int, seed: int = 7) -> Corpus:
    """A corpus in which three of four meters have one or two faults."""
    rng = np.random.default_rng(seed)
    corpus = Corpus()
    slots = days * DAY // INTERVAL
    for number in range(meters):
        meter, node = f"M{number:06d}", f"N{number // 100:03d}"
        corpus.links.append((node, meter, "outflow"))
        faults = [INJECTED[number % len(INJECTED)]] if number % 4 else []
        if number % 8 == 1:
            faults.append(INJECTED[int(rng.integers(len(INJECTED)))])
        _one(rng, corpus, meter, node, slots, list(dict.fromkeys(faults)))
    for node in sorted({link[0] for link in corpus.links}):
        corpus.links.append((node, f"{node}-master", "inflow"))
    return corpus


def _one(rng: np.random.Generator, corpus: Corpus, meter: str, node: str, slots: int, faults: list[Fault]) -> None:
    amounts = loads(rng, slots)
    start = float(rng.integers(10_000, 9_000_000))
    if Fault.ROLLOVER in faults:
        # Six digits before the point run over within the window.
        start = 1e8 - amounts[: int(slots * rng.uniform(0.3, 0.7))].sum()
    register = np.floor(start + np.concatenate([[0.0], np.cumsum(amounts[:-1])])).astype(np.int64)
    if Fault.ROLLOVER in faults:
        at = int(np.flatnonzero(register >= 10**8)[0])
        register %= 10**8
        corpus.truths.append(_truth(Fault.ROLLOVER, meter, at, at))
    moments = BEGIN + np.arange(slots) * INTERVAL
    parts = np.linspace(0.05, 0.95, len(faults) + 1)
    extra: list[tuple[str, int, int]] = []
    keep = np.ones(slots, bool)
    for place, fault in enumerate(faults):
        low, high = int(parts[place] * slots), int(parts[place + 1] * slots)
        at = int(rng.integers(low, max(low + 1, high - 700)))
        _inject(rng, corpus, fault, meter, node, at, register, moments, keep, extra)
    corpus.rows += [(meter, int(t), int(v)) for t, v in zip(moments[keep], register[keep], strict=True)]
    corpus.rows += extra


def _inject(rng, corpus, fault, meter, node, at, register, moments, keep, extra) -> None:
    end = at
    if fault is Fault.GAP:
        end = at + int(rng.integers(1, 200)) - 1
        keep[at : end + 1] = False
    elif fault is Fault.DUPLICATE:
        extra.append((meter, int(moments[at]), int(register[at])))
    elif fault is Fault.CONFLICT:
        extra.append((meter, int(moments[at]), int(register[at]) + int(rng.integers(1, 5000))))
    elif fault is Fault.RESET:
        register[at:] -= register[at]
    elif fault is Fault.STUCK:
        end = at + int(rng.integers(4, 7)) * DAY // INTERVAL
        lost = register[end] - register[at]
        register[at:end] = register[at]
        register[end:] -= lost
    elif fault is Fault.SPIKE:
        end = at + int(rng.integers(1, 4)) - 1
        size = int(rng.integers(5_000, 5_000_000))
        register[at : end + 1] += size if rng.random() < 0.5 else -min(size, int(register[at]))
    elif fault is Fault.SKEW:
        end = at + int(rng.integers(1, 90))
        moments[at : end + 1] += int(rng.integers(30, 400)) * (1 if rng.random() < 0.5 else -1)
    elif fault is Fault.UNIT:
        end = at + int(rng.integers(8, 300))
        register[at : end + 1] = register[at : end + 1] * 1000 if rng.random() < 0.5 else register[at : end + 1] // 1000
    elif fault is Fault.NEGATIVE:
        register[at:] -= int(min(rng.integers(500, 20_000), register[at] // 3))
    elif fault is Fault.TOPOLOGY:
        corpus.links.append((f"{node}-other", meter, "outflow"))
        corpus.links.append((f"{node}-other", f"{node}-other-master", "inflow"))
        corpus.truths.append(Truth(fault, meter, 0, 0))
        return
    elif fault is Fault.ROLLOVER:
        return
    corpus.truths.append(_truth(fault, meter, at, end))


def _truth(fault: Fault, meter: str, begin: int, end: int) -> Truth:
    return Truth(fault, meter, BEGIN + begin * INTERVAL, BEGIN + end * INTERVAL)


def write_corpus(corpus: Corpus, folder: Path) -> None:
    """Readings and topology as CSV."""
    with (folder / "readings.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(("meter", "time", "register"))
        writer.writerows((meter, show(second), f"{value / 100:.2f}") for meter, second, value in corpus.rows)
    with (folder / "topology.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(("node", "meter", "role"))
        writer.writerows(dict.fromkeys(corpus.links))


def found_in(store: Store) -> list[Finding]:
    """Everything that the checks find in a store."""
    found: list[Finding] = []
    for bucket in range(store.buckets):
        reader = BucketReader(store, bucket)
        for node in reader.nodes:
            window = reader.window(node)
            if window is not None:
                found += examine(window.series, window.values, window.flags, window.begin, window.interval).findings
        members = membership(store, bucket)
        for node in members.links:
            found += members.clashes(node)
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Score:
    """How well one kind was found."""

    fault: Fault
    injected: int
    recalled: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        """Share of the injected faults that were found."""
        return self.recalled / self.injected if self.injected else 1.0

    @property
    def precision(self) -> float:
        """Share of what was found that was injected."""
        return self.right / self.found if self.found else 1.0


def scores(corpus: Corpus, found: list[Finding]) -> Iterator[Score]:
    """Per kind; a finding is right when it lies in an injected fault of its kind, one slot to and fro."""
    for fault in INJECTED:
        truths = [one for one in corpus.truths if one.fault is fault]
        mine = [one for one in found if one.fault is fault]
        right = sum(any(_meets(one, truth) for truth in truths if truth.meter == one.meter) for one in mine)
        recalled = sum(any(_meets(one, truth) for one in mine if one.meter == truth.meter) for truth in truths)
        yield Score(fault, len(truths), recalled, len(mine), right)


def _meets(one: Finding, truth: Truth) -> bool:
    if truth.fault is Fault.TOPOLOGY:
        return True
    slack = 2 * INTERVAL if truth.fault is not Fault.STUCK else DAY
    last = one.second + (one.slots - 1) * INTERVAL
    return one.second <= truth.end + slack and last >= truth.begin - slack


def measure(meters: int, days: int, seed: int, folder: Path) -> tuple[Corpus, list[Finding], float]:
    """Make a corpus, import it, check it; gives the seconds that import and checks took."""
    corpus = make_corpus(meters, days, seed)
    write_corpus(corpus, folder)
    begun = time.perf_counter()
    store = Store.create(folder / "store", buckets=4)
    import_files([folder / "readings.csv", folder / "topology.csv"], store)
    found = found_in(store)
    return corpus, found, time.perf_counter() - begun


def main() -> None:
    """Print precision and recall of each check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    meters, days = (300, 31) if parser.parse_args().quick else (3000, 59)
    with tempfile.TemporaryDirectory() as folder:
        corpus, found, seconds = measure(meters, days, 11, Path(folder))
    print(f"{meters} meters, {days} days, {len(corpus.rows):,} readings, import and checks {seconds:.1f} s")
    print(f"{'check':12} {'injected':>9} {'found':>7} {'recall':>8} {'precision':>10}")
    for one in scores(corpus, found):
        print(f"{one.fault:12} {one.injected:9} {one.found:7} {one.recall:8.1%} {one.precision:10.1%}")
    others = Counter(str(one.fault) for one in found if one.fault not in INJECTED)
    print(f"of other kinds: {dict(others) or 'nothing'}")


if __name__ == "__main__":
    main()
