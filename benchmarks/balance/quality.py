"""How well wrong meters are found, beside what others use (python benchmarks/balance/quality.py [--quick]).

Prints, per case and method: AUC, detection at 1 % false alarms, RMSE, and for ours coverage of the 95 % intervals
and the ratio to the Gauss-Markov limit; with bootstrap intervals over districts.
"""

import argparse
import time
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import rankdata

from benchmarks.balance.baselines import METHODS, projected
from benchmarks.balance.limit import estimate_known
from benchmarks.balance.simulator import POPULATIONS, Case, District, loads, of_population, simulate
from hengliang.metrology.balance import evaluate, statistics
from hengliang.metrology.balance.gate import beyond

LIMIT = 0.02
CLEARLY = 0.025
FEW = 6
OURS = "hengliang"
KNOWN = "limit: course of the loss, noise and kinds known"
ALL = "all but the meters known"
CASES: dict[str, tuple[Case, int]] = {
    "n=150, 49 d, 1 h, misfit 10 %": (Case(), 40),
    "n=50, 49 d, 1 h, misfit 10 %": (Case(n=50), 30),
    "n=200, 90 d, 1 h, misfit 10 %": (Case(n=200, days=90), 12),
    "n=150, 49 d, 1 h, misfit 30 %": (Case(misfit=0.3), 8),
    "n=150, clocks ±60 s, loss scatters by the hour": (Case(clock=60.0, white_quarters=4), 12),
    "n=150, sizes of consumers as they are": (Case(size_power=1.0), 12),
    "n=100, 364 d, 1 d": (Case(n=100, days=364, period=86400), 12),
}


@dataclass
class Found:
    """What one method says of the meters of one district."""

    score: np.ndarray
    estimate: np.ndarray
    truth: np.ndarray
    seen: np.ndarray
    """Error as the master shows it: what the statistical part must cover."""
    covered: np.ndarray = field(default_factory=lambda: np.empty(0, bool))
    determinable: np.ndarray = field(default_factory=lambda: np.empty(0, bool))
    ratio: float = np.nan
    states: tuple[str, ...] = ()
    seconds: float = 0.0


def ours(district: District) -> Found:
    """Our verdicts."""
    begin = time.perf_counter()
    verdict = evaluate(statistics(district.data), limit=LIMIT)
    seconds = time.perf_counter() - begin
    n = len(verdict.meters)
    truth = district.error
    seen = (1 + truth) / (1 + district.master_error) - 1
    if verdict.state == "undeterminable":
        nothing = np.zeros(n, bool)
        return Found(np.zeros(n), np.zeros(n), truth, seen, nothing, nothing, np.nan, ("undeterminable",) * n, seconds)
    low, high = np.array([meter.interval for meter in verdict.meters]).T
    reach = np.array([meter.limit_stat or np.inf for meter in verdict.meters])
    error = np.array([meter.error for meter in verdict.meters])
    score = np.array([meter.probability_beyond for meter in verdict.meters])
    u = np.array([meter.u_stat for meter in verdict.meters])
    with np.errstate(divide="ignore"):
        ratio = float(np.median(u / reach))
    return Found(
        score, error, truth, seen, (low <= seen) & (seen <= high), reach <= LIMIT, ratio,
        tuple(meter.state for meter in verdict.meters), seconds,
    )  # fmt: skip


def at_best(case: Case, district: District, *, scatter: bool) -> Found:
    """What could be found at best."""
    begin = time.perf_counter()
    found = estimate_known(case, district, scatter=scatter)
    mean = found.posterior.marginal.moments()[0]
    error = -mean / np.maximum(1 + mean, 1e-3)
    score = beyond(found, LIMIT, np.full(len(mean), district.data.gauge.standard_uncertainty()))
    seen = (1 + district.error) / (1 + district.master_error) - 1
    return Found(score, error, district.error, seen, seconds=time.perf_counter() - begin)


def baseline(name: str, district: District) -> Found:
    """A baseline's estimate, ranked by its size."""
    begin = time.perf_counter()
    delta = METHODS[name](*projected(district.data))
    error = -delta / np.maximum(1 + delta, 1e-3)
    seen = (1 + district.error) / (1 + district.master_error) - 1
    return Found(np.abs(error), error, district.error, seen, seconds=time.perf_counter() - begin)


def auc(score: np.ndarray, wrong: np.ndarray) -> float:
    """Area under the curve."""
    rank, k = rankdata(score), int(wrong.sum())
    return float((rank[wrong].sum() - k * (k + 1) / 2) / max(k * (~wrong).sum(), 1))


def figures(found: list[Found]) -> dict[str, float]:
    """The figures over some districts."""
    score, truth = (np.concatenate([getattr(f, k) for f in found]) for k in ("score", "truth"))
    wrong, clearly = np.abs(truth) > LIMIT, np.abs(truth) > CLEARLY
    off = np.concatenate([np.clip(f.estimate - f.seen, -0.5, 0.5) for f in found])
    threshold = np.quantile(score[~wrong], 0.99)
    apart = clearly | ~wrong
    healthy = np.abs(truth) < LIMIT / 2
    return {
        "AUC": auc(score, wrong),
        "AUC beyond 2.5 %": auc(score[apart], clearly[apart]),
        "detected at 1 % FA": float((score[wrong] > threshold).mean()) if wrong.any() else np.nan,
        "detected beyond 2.5 %": float((score[clearly] > threshold).mean()) if clearly.any() else np.nan,
        "RMSE % all": 100 * float(np.sqrt(np.mean(off**2))),
        "RMSE % sound": 100 * float(np.sqrt(np.mean(off[healthy] ** 2))),
    }


def coverage(found: list[Found]) -> dict[str, float]:
    """What only ours states: coverage, share determinable, wrong verdicts."""
    covered, able = (np.concatenate([getattr(f, k) for f in found]) for k in ("covered", "determinable"))
    truth = np.concatenate([f.truth for f in found])
    states = np.array([s for f in found for s in f.states])
    wrong = np.abs(truth) > LIMIT
    good, suspect = states == "good", states == "suspect"
    expected = sum(float(f.score.sum()) for f in found)
    return {
        "coverage, determinable": float(covered[able].mean()) if able.any() else np.nan,
        "share determinable": float(able.mean()),
        "u_stat / Gauss-Markov": float(np.nanmedian([f.ratio for f in found])),
        "good": float(good.mean()),
        "good that are wrong": float(wrong[good].mean()) if good.any() else np.nan,
        "suspect that are sound": float((~wrong[suspect]).mean()) if suspect.any() else np.nan,
        "wrong called suspect": float(suspect[wrong].mean()) if wrong.any() else np.nan,
        "sum of probabilities / wrong": expected / max(int(wrong.sum()), 1),
    }


def interval(found: list[Found], rng: np.random.Generator, of, rounds: int) -> dict[str, tuple[float, float]]:
    """95 % bootstrap intervals over districts."""
    draws = [of([found[k] for k in rng.integers(0, len(found), len(found))]) for _ in range(rounds)]
    return {key: tuple(np.nanquantile([d[key] for d in draws], (0.025, 0.975))) for key in draws[0]}


def _by_few(found: list[Found], draw: np.random.Generator) -> str:
    """What as few districts as others have reported could show by chance."""
    drawn = [
        figures([found[k] for k in draw.choice(len(found), min(FEW, len(found)), replace=False)]) for _ in range(500)
    ]
    parts = []
    for key in ("AUC", "detected at 1 % FA"):
        low, middle, high = np.nanquantile([one[key] for one in drawn], (0.025, 0.5, 0.975))
        parts.append(f"{key} {middle:.3f}, 95 % from {low:.3f} to {high:.3f}")
    return f"any {FEW} of these districts would have shown: " + "; ".join(parts)


def run(name: str, case: Case, districts: int, source: np.ndarray, *, rounds: int, methods: list[str]) -> None:
    """One case."""
    rng = np.random.default_rng(20250113)
    found: dict[str, list[Found]] = {method: [] for method in (OURS, KNOWN, ALL, *methods)}
    for _ in range(districts):
        district = simulate(case, rng, source)
        found[OURS].append(ours(district))
        found[KNOWN].append(at_best(case, district, scatter=True))
        found[ALL].append(at_best(case, district, scatter=False))
        for method in methods:
            found[method].append(baseline(method, district))
    wrong = sum(int((np.abs(f.truth) > LIMIT).sum()) for f in found[OURS])
    print(f"\n### {name}: {districts} districts, {wrong} wrong meters of {districts * case.n}\n")
    barred = sum(set(f.states) == {"undeterminable"} for f in found[OURS])
    print(f"nodes without any verdict: {barred}\n")
    keys = list(figures(found[OURS]))
    print("| method | " + " | ".join(keys) + " | ms |\n|---|" + "---|" * (len(keys) + 1))
    draw = np.random.default_rng(1)
    for method, some in found.items():
        value, spread = figures(some), interval(some, draw, figures, rounds)
        cells = [f"{value[k]:.3f} ({spread[k][0]:.3f} to {spread[k][1]:.3f})" for k in keys]
        print(f"| {method} | " + " | ".join(cells) + f" | {1e3 * np.median([f.seconds for f in some]):.0f} |")
    print(f"\n{_by_few(found[OURS], draw)}")
    value, spread = coverage(found[OURS]), interval(found[OURS], draw, coverage, rounds)
    print()
    for key in value:
        print(f"- {key}: {value[key]:.4f} ({spread[key][0]:.4f} to {spread[key][1]:.4f})")


def main() -> None:
    """Run it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="three small districts, to see that it runs")
    options.add_argument("--bare", action="store_true", help="without the baselines")
    options.add_argument("--case", type=int, help="only this case, from 0")
    options.add_argument("--population", choices=list(POPULATIONS), default="ours", help="whose faults are drawn")
    options.add_argument("--districts", type=int, help="that many of each case, the first ones being the same")
    chosen = options.parse_args()
    source, origin = loads()
    print(f"loads: {origin}, {len(source)} consumers")
    if chosen.quick:
        run("quick", Case(n=30, days=28), 3, source, rounds=20, methods=list(METHODS))
        return
    for k, (name, (case, districts)) in enumerate(CASES.items()):
        if chosen.case is None or chosen.case == k:
            few = [] if chosen.bare else ["ridge (EB)", "Student-t prior"]
            methods = list(METHODS) if k < 1 and not chosen.bare else few
            drawn = of_population(case, chosen.population)
            title = name if chosen.population == "ours" else f"{name}, population {chosen.population}"
            run(title, drawn, chosen.districts or districts, source, rounds=200, methods=methods)


if __name__ == "__main__":
    main()
