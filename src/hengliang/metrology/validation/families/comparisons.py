"""Reference values of key comparisons and proficiency tests, by the method that the entry names."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hengliang.metrology.comparison.classical import arithmetic_mean, median, weighted_mean
from hengliang.metrology.comparison.key_comparison import Published
from hengliang.metrology.comparison.random_effects import (
    dersimonian_laird,
    mandel_paule,
    power_moderated_mean,
)
from hengliang.metrology.comparison.results import ReferenceValue, Result
from hengliang.metrology.comparison.robust import algorithm_a
from hengliang.metrology.comparison.subset import largest_consistent_subset
from hengliang.metrology.validation.adapter import Adapter, Entry, Outcome
from hengliang.metrology.validation.checks import Check, Skipped

# Figures that the vector file computed for itself carry all their digits.
COMPUTED_DIGITS = 9.0


def _named(method: str) -> Any:
    return lambda entry: method in str(entry.data.get("method", "")).lower() and "data" in entry.data


def _results(data: Any) -> list[Result]:
    if isinstance(data, dict):
        pairs = zip(data["x"], data["u"], strict=True)
        return [Result(str(i), x, u) for i, (x, u) in enumerate(pairs)]
    return [Result(row["lab"], row["x"], row["u"], row.get("included", True)) for row in data]


def _moderated(entry: Entry) -> Iterator[Outcome]:
    found = power_moderated_mean(_results(entry.data["data"]))
    expected = entry.data["expected"]
    printed = Published.of(*(_decimal(expected[key]) for key in ("kcrv", "u")))
    yield Check.within("kcrv", printed.value, found.value, printed.place / 2)
    yield Check.within("u", printed.u, found.u, printed.u_place / 2)


def _decimal(value: float) -> Decimal:
    return Decimal(int(value)) if float(value).is_integer() else Decimal(repr(value))


def _consensus(entry: Entry) -> Iterator[Outcome]:
    """Mean of the included laboratories with a t-based expanded uncertainty, as CCQM reports do."""
    from scipy.special import stdtrit

    results = _results(entry.data["data"])
    expected = entry.data["expected"]
    mean = arithmetic_mean(results)
    n = sum(r.included for r in results)
    yield Check.printed("kcrv", expected["kcrv"], mean.value)
    yield Check.printed("U", expected["U"], float(stdtrit(n - 1, 0.975)) * mean.u)
    computed = entry.data.get("computed_here", {})
    yield from _computed("mean", computed, mean, "mean", "u_mean")
    yield from _computed("wm", computed, weighted_mean(results), "weighted_mean", "u_wm", "chi2_obs")
    yield from _computed("mp", computed, mandel_paule(results), "mandel_paule", "u_mp")
    yield from _computed("dl", computed, dersimonian_laird(results), "dersimonian_laird", "u_dl")
    if "median" in computed:
        yield Check.to_digits("computed/median", computed["median"], median(results).value, COMPUTED_DIGITS)
    if "lcs_labs" in computed:
        # The diagnostic is asked of all laboratories, also those left out of the reference value.
        everyone = [Result(r.laboratory, r.value, r.u) for r in results]
        outside = set(largest_consistent_subset(everyone).rejected)
        inside = [r.laboratory for r in everyone if r.laboratory not in outside]
        yield Check.equal("computed/lcs", " ".join(computed["lcs_labs"][0]), " ".join(inside))


def _computed(name: str, computed: dict[str, Any], found: ReferenceValue, *keys: str) -> Iterator[Outcome]:
    for key, value in zip(keys, (found.value, found.u, found.chi_squared or 0.0), strict=False):
        if key in computed:
            yield Check.to_digits(f"computed/{name}/{key}", computed[key], value, COMPUTED_DIGITS)


def _random_effects(entry: Entry) -> Iterator[Outcome]:
    yield from _unprinted(entry)
    results, computed = _results(entry.data["data"]), entry.data.get("computed_here", {})
    if "dl" in computed:
        yield from _computed("dl", computed["dl"], dersimonian_laird(results), "mu", "u")
    if "mp" in computed:
        named = dict(zip(("mu", "u"), computed["mp"], strict=False))
        yield from _computed("mp", named, mandel_paule(results), "mu", "u")


def _algorithm_a(entry: Entry) -> Iterator[Outcome]:
    yield from _unprinted(entry)
    found = algorithm_a(entry.data["data"])
    computed = entry.data.get("computed_here", {})
    for key, value in (("mean", found.mean), ("s", found.sd)):
        if key in computed:
            yield Check.to_digits(f"computed/{key}", computed[key], value, COMPUTED_DIGITS)


def _unprinted(entry: Entry) -> Iterator[Outcome]:
    if entry.data.get("expected") is None:
        yield Skipped("expected", "the printed answer is not in the file; compared with its own computation")


def _is_consensus(entry: Entry) -> bool:
    expected = entry.data.get("expected")
    return "method" not in entry.data and isinstance(expected, dict) and {"kcrv", "U"} <= set(expected)


ADAPTERS = (
    Adapter("power-moderated mean", _named("power-moderated"), _moderated),
    Adapter("consensus value", _is_consensus, _consensus),
    Adapter(
        "random effects",
        lambda e: (_named("mandel-paule")(e) or _named("dersimonian")(e)) and not _named("power")(e),
        _random_effects,
    ),
    Adapter("Algorithm A", _named("algorithm a"), _algorithm_a),
)
