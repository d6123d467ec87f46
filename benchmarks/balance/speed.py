"""Time and memory of the balance beside the bare matrix product (python benchmarks/balance/speed.py [--quick]).

Closed form of daily nodes beside one dgemm of each; the full estimator of a node; a day added to 10,000 nodes.
Set OPENBLAS_NUM_THREADS=1 for figures that don't depend on who else is at work.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from scipy.linalg.blas import dgemm

from benchmarks.balance.simulator import Case, loads, simulate
from hengliang.metrology.balance import closed_form, estimate, evaluate, statistics
from hengliang.metrology.balance.closed_form import add_day

NODES, METERS, DAYS, FURTHER = 10_000, 200, 365, 3


def best(call: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Shortest and median processor time of some runs [ms]: the clock on the wall shows the neighbours too."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times) * 1e3, float(np.median(times)) * 1e3


def daily(nodes: int, processes: int) -> None:
    """Closed form over nodes × 200 × 365, as many at a time as there are processes."""
    if processes == 1:
        found = [_daily(nodes, 1)]
    else:
        with ProcessPoolExecutor(processes) as pool:
            found = list(pool.map(_daily, [nodes] * processes, range(processes)))
    ours, floor = (np.concatenate([part[k] for part in found]) for k in (0, 1))
    for what, of in (("median", np.median), ("least", np.min)):
        a, b = float(of(ours)), float(of(floor))
        print(
            f"closed form in {processes} process(es), {what} of {len(ours)} nodes: {a:.2f} ms a node, "
            f"dgemm {b:.2f} ms, ratio {a / b:.2f}; {NODES:,} nodes pro rata {a * NODES / 1e3 / processes:.1f} s"
        )


def _daily(nodes: int, seed: int) -> tuple[list[float], list[float]]:
    """Times of ours and of the bare product [ms], node by node as a partition is worked off."""
    rng = np.random.default_rng(seed)
    held = [rng.gamma(2.0, 5.0, (DAYS, METERS + FURTHER)) for _ in range(nodes)]
    ours, floor = [], []
    for columns in held:  # in turns, so that both see the same neighbours on the machine
        floor.append(best(lambda c=columns: dgemm(1.0, c.T, c.T, trans_b=True), 1)[0])
        ours.append(best(lambda c=columns: closed_form(c, FURTHER - 1, 0.01), 1)[0])
    return ours, floor


def full(rounds: int) -> None:
    """The full estimator of a node of 200, 90 days by the hour."""
    source, origin = loads()
    data = simulate(Case(n=200, days=90), np.random.default_rng(2), source).data
    held = statistics(data)
    for what, call in (
        ("statistics, whitening chosen", lambda: statistics(data)),
        ("statistics, whitening given", lambda: statistics(data, held.whitening)),
        ("estimator", lambda: estimate(held)),
        ("verdict", lambda: evaluate(held, limit=0.02)),
    ):
        low, median = best(call, rounds)
        print(f"n=200, 2160 h ({origin.split()[0]} loads), {what}: least {low:.1f} ms, median {median:.1f} ms")


def day(nodes: int) -> None:
    """One day added to the packed sums of all nodes."""
    rng = np.random.default_rng(3)
    m = METERS + FURTHER
    sums = np.zeros((nodes, m * (m + 1) // 2))
    rows = rng.gamma(2.0, 5.0, (nodes, m))

    def update() -> None:
        for packed, row in zip(sums, rows, strict=True):
            add_day(packed, row)

    update()
    low, _ = best(update, 3)
    copy, _ = best(lambda: np.copyto(sums[: nodes // 2], sums[nodes // 2 : nodes // 2 * 2]), 3)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"a day of {nodes:,} nodes: {low / 1e3:.2f} s ({low / nodes * NODES / 1e3:.2f} s for {NODES:,}); "
        f"copying as many bytes {2 * copy / 1e3:.2f} s; sums {sums.nbytes / 1e9:.2f} GB, peak {peak:.2f} GB"
    )


def main() -> None:
    """Run it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true")
    quick = options.parse_args().quick
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    day(500 if quick else NODES)
    daily(20 if quick else 200, 1)
    daily(20 if quick else 200, 2)
    full(3 if quick else 15)


if __name__ == "__main__":
    main()
