"""Least squares and consistent subsets beside peers and floors (python benchmarks/metrology/…)."""

import argparse
import time
from collections.abc import Callable
from itertools import combinations

import numpy as np
from scipy.optimize import curve_fit

from hengliang.metrology.comparison import Result, reference_value
from hengliang.metrology.comparison.classical import consistency_limit, weighted_mean
from hengliang.metrology.regression import fit_nonlinear, fit_polynomial


def best(call: Callable[[], object], rounds: int) -> float:
    """Shortest of some runs [ms]."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times) * 1e3


def digits(found: float, truth: float) -> float:
    return 16.0 if found == truth else -np.log10(abs(found / truth - 1))


def polynomial(rounds: int) -> None:
    """Wampler's problem: y = 1 + x + … + x^5 exactly, 21 points."""
    x = np.arange(21.0)
    y = sum(x**j for j in range(6))
    ours = best(lambda: fit_polynomial(x, y, 5), rounds)
    floor = best(lambda: np.linalg.lstsq(np.vander(x, 6), y, rcond=None), rounds)
    peer = best(lambda: np.polynomial.Polynomial.fit(x, y, 5).convert(), rounds)
    got = min(digits(b, 1.0) for b in fit_polynomial(x, y, 5).coefficients)
    plain = min(digits(b, 1.0) for b in np.linalg.lstsq(np.vander(x, 6), y, rcond=None)[0])
    fitted = min(digits(b, 1.0) for b in np.polynomial.Polynomial.fit(x, y, 5).convert().coef)
    print(
        f"polynomial  ours {ours:8.3f} ms {got:5.1f} digits | numpy fit {peer:8.3f} ms {fitted:5.1f} | "
        f"floor (lstsq) {floor:8.3f} ms {plain:5.1f}"
    )


def nonlinear(rounds: int) -> None:
    """Two exponentials, 200 points, exact derivatives against finite differences."""
    x = np.linspace(0, 10, 200)
    truth = [2.0, 0.7, 1.0, 0.1]

    def model(x, b):
        return b[0] * np.exp(-b[1] * x) + b[2] * np.exp(-b[3] * x)

    y = model(x, truth)
    start = [1.0, 1.0, 1.0, 0.05]
    ours = best(lambda: fit_nonlinear(model, x, y, start), rounds)
    peer = best(lambda: curve_fit(lambda x, *b: model(x, b), x, y, start), rounds)
    floor = best(lambda: [model(x, truth) for _ in range(20)], rounds)
    got = min(map(digits, fit_nonlinear(model, x, y, start).coefficients, truth))
    theirs = min(map(digits, curve_fit(lambda x, *b: model(x, b), x, y, start)[0], truth))
    print(
        f"nonlinear   ours {ours:8.3f} ms {got:5.1f} digits | scipy curve_fit {peer:8.3f} ms {theirs:5.1f} | "
        f"floor (20 model calls) {floor:8.3f} ms"
    )


def subsets(n: int) -> None:
    """The largest consistent subset: polynomial order against listing 2^n subsets."""
    generator = np.random.default_rng(1)
    results = [Result(str(i), v, 0.5) for i, v in enumerate(generator.normal(0, 1.2, n))]
    ours = best(lambda: reference_value(results, "largest_consistent_subset"), 1)

    def listed() -> int:
        for size in range(n, 1, -1):
            for subset in combinations(results, size):
                if (weighted_mean(subset).chi_squared or 0.0) <= consistency_limit(size):
                    return size
        return 1

    print(f"subset of {n:2d} ours {ours:8.1f} ms | listing all {best(listed, 1):10.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    polynomial(20 if quick else 200)
    nonlinear(5 if quick else 50)
    subsets(8 if quick else 12)
    many = [Result(str(i), v, 0.5) for i, v in enumerate(np.random.default_rng(2).normal(0, 1.2, 40))]
    spent = best(lambda: reference_value(many, "largest_consistent_subset"), 1)
    print(f"subset of 40 ours {spent:8.1f} ms | listing impossible")


if __name__ == "__main__":
    main()
