"""Conformance probabilities, guarded rejection and global risks (JCGM 106)."""

import math
from collections.abc import Iterator

from hengliang.metrology.conformity import (
    Interval,
    conformance_probability,
    global_risks,
    rejection_limit,
)
from hengliang.metrology.validation.adapter import Adapter, Entry, Outcome
from hengliang.metrology.validation.checks import Check

_EXACT_DIGITS = 9.0


def _probability(entry: Entry) -> Iterator[Outcome]:
    data, expected = entry.data, entry.data["expected"]
    low, high = (math.inf * sign if data[key] is None else data[key] for key, sign in (("TL", -1), ("TU", 1)))
    p = conformance_probability(data["y"], data["u"], Interval(low, high))
    yield Check.within("p_conform", expected["p_conform"], p, data["tolerance"])
    if "p_exact" in expected:
        yield Check.to_digits("p_exact", expected["p_exact"], p, _EXACT_DIGITS)


def _rejection(entry: Entry) -> Iterator[Outcome]:
    data, expected = entry.data, entry.data["expected"]
    found = rejection_limit(data["limit"], data["p"], relative_u=data["rel_u"])
    yield Check.within("acceptance_limit", expected["acceptance_limit"], found, data["tolerance"])
    if "exact" in expected:
        yield Check.to_digits("exact", expected["exact"], found, _EXACT_DIGITS)


def _global(entry: Entry) -> Iterator[Outcome]:
    data = entry.data
    found = global_risks(
        data.get("process_mean", 0.0),
        data["process_sd"],
        data["meas_sd"],
        Interval(*data["T"]),
        Interval(*data["A"]),
    )
    for name, expected in data["expected"].items():
        risk = found.false_accept if name.startswith("PFA") else found.false_reject
        yield Check.within(name, expected, risk * (100 if name.endswith("percent") else 1), data["tolerance"])


ADAPTERS = (
    Adapter("conformance probability", lambda e: {"y", "u", "TL", "TU"} <= set(e.data), _probability),
    Adapter("guarded rejection", lambda e: {"limit", "rel_u", "p"} <= set(e.data), _rejection),
    Adapter("global risk", lambda e: {"process_sd", "meas_sd", "T", "A"} <= set(e.data), _global),
)
