"""Loading all rules and looking values up, beside PyYAML alone and a plain dictionary.

The peer reads the same files with `yaml.load` (C loader) and checks nothing; the floor is one look-up in a
dictionary. `python benchmarks/norms/loading.py [--quick]`
"""

import sys
import time
from collections.abc import Callable
from datetime import date

import yaml

from hengliang.norms.load import SHIPPED, load_norms, norms

TARGET_LOADING = 0.3  # seconds
TARGET_LOOKUP = 2.0  # microseconds
DAY = date(2026, 6, 1)


def main() -> None:
    """Print loading and look-up times with their targets, the best of several."""
    rounds = 3 if "--quick" in sys.argv else 10
    texts = [path.read_text(encoding="utf-8") for path in sorted(SHIPPED.rglob("*.yaml"))]
    ours = _best(lambda: len(load_norms()), rounds)
    peer = _best(lambda: [yaml.load(text, Loader=yaml.CSafeLoader) for text in texts], rounds)
    print(f"{len(norms)} rules in {len(texts)} files")
    print(f"ours: load, check, hash on demand      {ours:8.3f} s of processor (target {TARGET_LOADING})")
    print(f"peer: yaml.load, nothing checked       {peer:8.3f} s")
    count = 20_000 if "--quick" in sys.argv else 200_000
    plain = dict(norms)
    look_up = _each(lambda: norms["procedure/fuel-dispenser"].at(DAY), count)
    floor = _each(lambda: plain["procedure/fuel-dispenser"], count)
    print(f"ours: norms[id].at(day)                {look_up:8.2f} µs (target {TARGET_LOOKUP})")
    print(f"floor: one look-up in a dictionary     {floor:8.2f} µs")


def _best(run: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        started = time.process_time()
        run()
        times.append(time.process_time() - started)
    return min(times)


def _each(run: Callable[[], object], count: int) -> float:
    best = _best(lambda: [run() for _ in range(count)], 3)
    return best / count * 1e6


if __name__ == "__main__":
    main()
