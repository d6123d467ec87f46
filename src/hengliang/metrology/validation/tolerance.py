"""What a vector file says about how closely a value must agree."""

import re
from collections.abc import Mapping

from hengliang.metrology.validation.adapter import Entry
from hengliang.metrology.validation.checks import Check

_NUMBER = r"[-+]?\d+\.?\d*(?:e[-+]?\d+)?"


def compared(entry: Entry, name: str, expected: float, computed: float, *keys: str) -> Check:
    """A check of one value by the entry's `tolerance`: by quantity, one for all, or half a printed digit.

    keys : other names under which the tolerance may stand, such as "ends"
    """
    tolerance = stated_tolerance(entry, name, *keys)
    if tolerance is None:
        return Check.printed(name, expected, computed)
    return Check.within(name, expected, computed, tolerance)


def stated_tolerance(entry: Entry, *keys: str) -> float | None:
    """The tolerance for the first of `keys` that has one; None where half a printed digit is meant."""
    stated = entry.data.get("tolerance")
    if isinstance(stated, int | float):
        return float(stated)
    for key in keys:
        found = _named(stated, key)
        if found is not None:
            return found
    return None


def _named(stated: object, key: str) -> float | None:
    if isinstance(stated, Mapping):
        value = stated.get(key)
        return float(value) if isinstance(value, int | float) else None
    match = re.search(rf"\b{re.escape(key)}\s+({_NUMBER})", str(stated))
    return float(match[1]) if match else None
