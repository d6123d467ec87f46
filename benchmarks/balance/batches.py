"""Batch means over districts of daily data (python benchmarks/balance/batches.py [--quick]).

Districts of 100 meters, a year of days, eight batches; the means are held against the truth, absolutely and between
batches (what masters and losses have in common then falls out). The mean error of the masters that were drawn is no
fault of the estimate: by that much all meters are judged to the other side.
"""

import argparse
import time

import numpy as np

from benchmarks.balance.simulator import Case, loads, simulate
from hengliang.metrology.balance import evaluate_batches, statistics

BATCHES = 8


def run(districts: int, n: int, source: np.ndarray) -> None:
    """One number of districts."""
    rng = np.random.default_rng(5)
    truth = -0.001 + 0.002 * rng.standard_normal(BATCHES)
    case = Case(n=n, days=364, period=86400, batches=BATCHES, batch_means=tuple(truth))
    nodes, masters = [], []
    for _ in range(districts):
        drawn = simulate(case, rng, source)
        nodes.append(statistics(drawn.data))
        masters.append(drawn.master_error)
    begin = time.process_time()
    found = evaluate_batches(nodes, limit=0.02, share=0.05)
    seconds = time.process_time() - begin
    off = np.array([verdict.mean - truth[int(verdict.batch.maker.split()[1])] for verdict in found])
    claimed = float(np.mean([verdict.u_mean for verdict in found]))
    print(
        f"{districts} districts of {n}: RMSE {100 * np.sqrt(np.mean(off**2)):.3f} %, common {100 * off.mean():+.3f} %, "
        f"between batches {100 * off.std(ddof=1):.3f} %, masters {100 * np.mean(masters):+.3f} %; "
        f"claimed u {100 * claimed:.3f} %; spread "
        f"{100 * np.mean([v.spread for v in found]):.2f} %; {seconds / districts * 1e3:.0f} ms a district",
        flush=True,
    )


def main() -> None:
    """Run it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true")
    quick = options.parse_args().quick
    source, origin = loads()
    print(f"loads: {origin}")
    for districts in (4,) if quick else (10, 100, 300):
        run(districts, 40 if quick else 100, source)


if __name__ == "__main__":
    main()
