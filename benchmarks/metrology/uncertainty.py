"""Uncertainty beside GTC, metrolopy, suncal, uncertainties and the physical floors, in one run.

    python benchmarks/metrology/uncertainty.py [--quick]

Peers run only where they are installed; none is imported by the product. Times are processor time of one
thread, the best of several rounds, since other programs share the machine; imports are wall time.
"""

import argparse
import importlib.util
import math
import os
import subprocess
import sys
import time

# One BLAS thread: the floors must not use more of the machine than what they are floors of.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from hengliang.metrology.uncertainty import Budget, Model, propagate_batch, quantity

TRIALS = 1_000_000
POINTS = 10_000
END_ERROR = math.sqrt(0.025 * 0.975) / 0.058445  # of a normal 2.5 % end: √(p(1 − p)) over the density there, per u/√M


def names(n):
    return [f"x{i}" for i in range(n)]


def function(*x):
    """Products, a quotient and a square root over any number of inputs; smooth and positive."""
    total = x[0]
    for i, one in enumerate(x[1:], start=1):
        total = total * one if i % 10 == 1 else total + one * (0.5 + i)
    return total / x[-1] + (x[0] * x[1]) ** 0.5


def best(task, rounds=5, clock=time.process_time):
    times = []
    for _ in range(rounds):
        start = clock()
        task()
        times.append(clock() - start)
    return min(times)


def repeated(task, loops, rounds=5):
    return best(lambda: [task() for _ in range(loops)], rounds) / loops


def installed(*modules):
    return [m for m in modules if importlib.util.find_spec(m)]


def row(label, seconds, unit="µs", against=None):
    scale = {"µs": 1e6, "ms": 1e3, "s": 1}[unit]
    ratio = f"   {against / seconds:8.1f}x faster" if against else ""
    print(f"  {label:<44}{seconds * scale:12.2f} {unit}{ratio}")


def gtc_point(n):
    import GTC

    x = [GTC.ureal(1 + 0.1 * i, 0.01, 10) for i in range(n)]
    y = function(*x)
    return y.x, y.u, y.df


def uncertainties_point(n):
    from uncertainties import ufloat

    y = function(*(ufloat(1 + 0.1 * i, 0.01) for i in range(n)))
    return y.nominal_value, y.std_dev


def metrolopy_point(n):
    from metrolopy import gummy

    y = function(*(gummy(1 + 0.1 * i, u=0.01, dof=10) for i in range(n)))
    return y.x, y.u, y.dof


def suncal_point(n):
    """The model as text, as suncal takes it; its time goes into sympy and grows faster than the cube of n."""
    from suncal import Model as SuncalModel

    model = SuncalModel(f"y = {text_of(n)}")
    for i, name in enumerate(names(n)):
        model.var(name).measure(1 + 0.1 * i).typeb(std=0.01, df=10)
    found = model.calculate_gum()
    return found.expected["y"], found.uncertainty["y"], found.degf["y"]


def text_of(n):
    """`function` as a formula."""
    total = "x0"
    for i, name in enumerate(names(n)[1:], start=1):
        total = f"({total})*{name}" if i % 10 == 1 else f"{total} + {name}*{0.5 + i}"
    return f"({total})/x{n - 1} + (x0*x1)**0.5"


def rounds_of(peer, n, quick):
    """suncal takes minutes for 50 inputs: once, and not at all in a quick run."""
    if peer == "suncal":
        return 0 if n > 5 and quick else 1
    return 3 if quick else 20


PEERS = {"GTC": gtc_point, "uncertainties": uncertainties_point, "metrolopy": metrolopy_point, "suncal": suncal_point}


def inputs(n, dof=10.0):
    return [quantity(name, 1 + 0.1 * i, 0.01, dof=dof) for i, name in enumerate(names(n))]


def one_point(n, quick):
    """One evaluation, making the inputs included: value, u and degrees of freedom."""
    print(f"\nOne model of {n} inputs: value, u, ν_eff, with the inputs made anew")
    model = Model(function, inputs=names(n))

    def ours():
        result = Budget(model, inputs(n)).first_order()
        return result.value, result.u, result.dof

    made = Budget(model, inputs(n))
    seconds = repeated(ours, 20 if quick else 200)
    for peer in installed(*PEERS):
        loops = rounds_of(peer, n, quick)
        if not loops:
            print(f"  {peer:<44} left out of a quick run")
            continue
        PEERS[peer](2)  # its imports are told apart
        start = time.process_time()
        found = PEERS[peer](n)
        once = time.process_time() - start
        assert math.isclose(found[1], ours()[1], rel_tol=1e-9), peer
        row(peer, once if once > 1 else repeated(lambda p=peer: PEERS[p](n), loops), against=None)
    row(
        "hengliang",
        seconds,
        against=repeated(lambda: gtc_point(n), 3 if quick else 20) if installed("GTC") else None,
    )
    row("hengliang, budget kept", repeated(lambda: made.first_order().u, 20 if quick else 200))


def batch(n, quick):
    """10,000 points in one call, beside 10,000 calls of GTC (timed on fewer)."""
    print(f"\nBatch of {POINTS} points, {n} inputs: value, u, ν_eff; per point")
    model = Model(function, inputs=names(n))
    rng = np.random.default_rng(1)
    values = {name: 1 + 0.1 * i + rng.random(POINTS) for i, name in enumerate(names(n))}
    u = dict.fromkeys(names(n), 0.01)
    dof = dict.fromkeys(names(n), 10.0)
    seconds = best(lambda: propagate_batch(model, values, u, dof=dof), 3 if quick else 9) / POINTS
    against = repeated(lambda: gtc_point(n), 5 if quick else 50) if installed("GTC") else None
    if against:
        row("GTC", against)
    row("hengliang, against GTC", seconds, against=against)
    columns = np.array(list(values.values()))
    row("floor: reading the inputs, one BLAS product", best(lambda: columns.T @ np.ones(n), 9) / POINTS)


def linear_sum(*x):
    total = x[0]
    for one in x[1:]:
        total = total + one
    return total


def floor(n):
    """Random numbers for every input, and the two ends found: nothing is faster with the same trials."""
    rng = np.random.Generator(np.random.SFC64(1))
    out = np.empty(TRIALS)
    for _ in range(n):
        rng.standard_normal(out=out)
    low, high = int(0.025 * TRIALS), int(0.975 * TRIALS)
    out.partition(low)  # one end, then the other among what lies above: less than sorting, or both ends at once
    out[low:].partition(high - low)
    return out[[low, high]]


def metrolopy_draws(n):
    from metrolopy import gummy

    y = linear_sum(*(gummy(1 + 0.1 * i, u=0.01) for i in range(n)))
    gummy.simulate([y], n=TRIALS)
    return y.usim, y.cisim


def numpy_draws(n):
    rng = np.random.default_rng(1)
    y = linear_sum(*(rng.normal(1 + 0.1 * i, 0.01, TRIALS) for i in range(n)))
    return y.std(), np.quantile(y, (0.025, 0.975))


def monte_carlo(n, quick):
    """Fixed 10⁶ trials beside the floor; adaptive at two digits beside the fastest peer's 10⁶."""
    print(f"\nMonte Carlo, {n} normal inputs, u and the 95 % ends")
    budget = sum_of_normals(n, 0.020)

    def fixed():
        result = budget.monte_carlo(trials=TRIALS)
        return result.u, result.interval()

    # Interleaved, so that a busy moment of the machine meets all of them alike.
    tasks = {"floor: random numbers and ends": lambda: floor(n), "hengliang, 10⁶ trials": fixed}
    tasks["numpy, plain"] = lambda: numpy_draws(n)
    if installed("metrolopy"):
        tasks["metrolopy, 10⁶ trials"] = lambda: metrolopy_draws(n)
    if installed("suncal"):
        tasks["suncal, 10⁶ trials"] = lambda: suncal_draws(n)
    seconds = dict.fromkeys(tasks, math.inf)
    for _ in range(2 if quick else 7):
        for label, task in tasks.items():
            seconds[label] = min(seconds[label], best(task, 1))
    peer = min(t for label, t in seconds.items() if not label.startswith(("floor", "hengliang")))
    for label, taken in seconds.items():
        row(label, taken, "ms", against=peer if label.startswith("hengliang") else None)
    ratio = seconds["hengliang, 10⁶ trials"] / seconds["floor: random numbers and ends"]
    print(f"  fixed 10⁶ trials: {ratio:.2f} times the floor")
    adaptive(n, peer, quick)


def adaptive(n, peer, quick):
    """Two digits by JCGM 101, 7.9.4. The trials follow from the leading digits of u alone.

    An end has the standard error 2.671 u/√M, and twice that must come below half a unit of the second digit: M
    is (2 · 2.671 u/δ)², 46,000 for u = 0.020 and 1.1 million for u = 0.099. The rule looks after each batch at a
    scatter that is itself estimated, so a single run stops earlier or later; the median of the seeds is told.
    No peer has the procedure: each takes as many trials as it is told to.
    """
    print("  adaptive, two digits: median of the seeds, against the fastest peer at 10⁶ and at as many trials")
    for u in (0.010, 0.020, 0.040, 0.060, 0.099):
        budget, seeds = sum_of_normals(n, u), range(1, 4 if quick else 12)
        runs = sorted((budget.monte_carlo(digits=2, seed=seed).trials, seed) for seed in seeds)
        trials, seed = runs[len(runs) // 2]
        taken = best(lambda b=budget, s=seed: two_digits(b, s), 1 if quick else 3)
        needed = (2 * END_ERROR * u / 0.0005) ** 2
        print(
            f"    u = {u:.3f}: {trials:>9,} trials (theory {needed:>9,.0f}; {runs[0][0]:,} to {runs[-1][0]:,})"
            f" {1e3 * taken:8.1f} ms  {peer / taken:5.1f}x  {peer * trials / TRIALS / taken:5.2f}x"
        )


def two_digits(budget, seed):
    result = budget.monte_carlo(digits=2, seed=seed)
    return result.u, result.interval()


def suncal_draws(n):
    from suncal import Model as SuncalModel

    model = SuncalModel("y = " + " + ".join(names(n)))
    for i, name in enumerate(names(n)):
        model.var(name).measure(1 + 0.1 * i).typeb(std=0.01)
    return model.monte_carlo(samples=TRIALS).uncertainty["y"]


def sum_of_normals(n, u):
    """A sum of n inputs whose u is `u`: two digits ask more trials of 0.099 than of 0.020."""
    x = [quantity(name, 1 + 0.1 * i, u / math.sqrt(n)) for i, name in enumerate(names(n))]
    return Budget(Model(linear_sum, inputs=names(n)), x)


def imports():
    """Fresh interpreters; the time of an empty one is taken off."""
    print("\nImport, in a fresh interpreter, less the interpreter itself")

    def fresh(code):
        run = [sys.executable, "-c", code]
        return best(lambda: subprocess.run(run, check=True), 5, time.perf_counter)

    empty = fresh("pass")
    ours = ("hengliang.metrology", "hengliang.metrology.uncertainty", "hengliang.metrology.units")
    for module in ("numpy", *ours, *installed(*PEERS, "pint")):
        row(module, fresh(f"import {module}") - empty, "s")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    quick = parser.parse_args().quick
    for n in (5, 50):
        one_point(n, quick)
    for n in (5, 50):
        batch(n, quick)
    for n in (5, 50):
        monte_carlo(n, quick)
    imports()


if __name__ == "__main__":
    main()
