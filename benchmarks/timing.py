"""Seconds of a step, printed as it ends."""

import time
from collections.abc import Callable
from typing import Any


def timed(what: str, call: Callable[[], Any]) -> tuple[float, Any]:
    """The seconds that a call took, and what it gave."""
    began = time.perf_counter()
    result = call()
    spent = time.perf_counter() - began
    print(f"{what:<42}{spent:8.2f} s", flush=True)
    return spent, result
