"""The seam between vector files and the modules that recompute them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hengliang.metrology.validation.checks import Check, Skipped

Outcome = Check | Skipped


@dataclass(frozen=True, slots=True)
class Entry:
    """One example of a vector file: where it stands, its id, and its content as parsed JSON."""

    path: Path
    name: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Adapter:
    """Recomputes one method of one family.

    `reads(entry)` recognises the entry by its method or shape, never by its id; `checks(entry)` gives one
    `Check` per published value, named by the quantity (the runner puts the entry's id in front).
    """

    name: str
    reads: Callable[[Entry], bool]
    checks: Callable[[Entry], Iterable[Outcome]]
