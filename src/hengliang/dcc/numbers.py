"""Decimal text of certificates: what counts as a number, and to which place it was written."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

# D-SI 2.2.1, decimalType; NaN says that there is no value at this place.
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([Ee][-+]?\d{1,4})?")
NO_VALUE = "NaN"


def is_number(text: str) -> bool:
    """Whether `text` is a decimal number of D-SI, or NaN."""
    return text == NO_VALUE or (len(text) <= 100 and _NUMBER.fullmatch(text) is not None)


def first_not_number(texts: Iterable[str]) -> str | None:
    """The first entry that is no number."""
    return next((text for text in texts if not is_number(text)), None)


@lru_cache(maxsize=4096)
def half_place(text: str) -> float:
    """Half a unit of the last written place: how far the number may be off by rounding alone.

    >>> half_place("33.098"), half_place("1.20E3")
    (0.0005, 5.0)
    """
    exponent = Decimal(text).as_tuple().exponent
    # Read as text: a power of ten that is too large for a number is infinite then, and no error.
    return float(f"5e{exponent - 1}") if isinstance(exponent, int) else 0.0
