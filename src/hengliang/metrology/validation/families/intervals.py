"""Calibration intervals: the interval test, drift models, and reliability over bins."""

from collections.abc import Iterator

from hengliang.metrology.intervals import DriftModel, drift_model, fit_reliability, interval_test
from hengliang.metrology.validation.adapter import Adapter, Entry, Outcome
from hengliang.metrology.validation.checks import Check, Skipped


def _test(entry: Entry) -> Iterator[Outcome]:
    data = entry.data
    findings = [c in "1Pp" for c in data["passfail"]]
    found = interval_test(findings, data["I0_days"], data["target"])
    computed = {
        "interval_days": found.proposal.interval,
        "rejection_confidence": found.rejection_confidence,
        "rel_lo": found.low,
        "rel_hi": found.high,
    }
    for name, expected in data["expected"].items():
        yield Check.printed(name, expected, computed[name])


def _drift(entry: Entry) -> Iterator[Outcome]:
    data, expected = entry.data, entry.data["expected"]
    model = drift_model(data["dt"], data["deltas"], order=data["order"], y0=data["y0"], u0=data["u0"])
    for j, b in enumerate(expected.get("b", ())):
        yield Check.printed(f"b{j + 1}", b, float(model.fit.coefficients[j]))
    for i, row in enumerate(expected.get("cov", ())):
        for j, value in enumerate(row):
            yield Check.printed(f"cov{i + 1}{j + 1}", value, float(model.fit.covariance[i, j]))
    if "syx" in expected:
        yield Check.printed("syx", expected["syx"], model.fit.residual_sd)
    for name, value in expected.items():
        if name.startswith("interval_"):
            yield from _interval(name, value, model)


def _interval(name: str, expected: float, model: DriftModel) -> Iterator[Outcome]:
    """The names carry the question: `u_target_0_5`, `rel_9_11_90` (two limits), `rel_upper11_90` (one)."""
    parts = name.removeprefix("interval_").split("_")
    if parts[:2] == ["u", "target"]:
        yield Check.printed(name, expected, model.interval_for_uncertainty(float(".".join(parts[2:]))))
    elif parts[0] == "rel" and parts[1].startswith("upper"):
        high, confidence = float(parts[1].removeprefix("upper")), float(parts[2]) / 100
        yield Check.printed(name, expected, model.interval_for_limits(high=high, confidence=confidence))
    elif parts[0] == "rel" and len(parts) == 4:
        low, high, confidence = float(parts[1]), float(parts[2]), float(parts[3]) / 100
        yield Check.printed(name, expected, model.interval_for_limits(low=low, high=high, confidence=confidence))
    else:
        yield Skipped(name, "the question is not in a form known here")


def _bins(entry: Entry) -> Iterator[Outcome]:
    data = entry.data
    times = next(data[key] for key in ("weeks", "days", "months") if key in data)
    best = fit_reliability(times, data["n"], data["R"], data["target"])[0]
    if data.get("expected") is None:
        yield Skipped(
            "expected",
            f"no published answer; {best.model} gives {best.interval:.3g} in the unit of the times",
        )
    else:
        yield Check.printed("interval", data["expected"]["interval"], best.interval)


ADAPTERS = (
    Adapter("interval test", lambda e: {"passfail", "I0_days", "target"} <= set(e.data), _test),
    Adapter("drift of values", lambda e: {"dt", "deltas", "order"} <= set(e.data), _drift),
    Adapter("reliability over bins", lambda e: {"n", "R", "target"} <= set(e.data), _bins),
)
