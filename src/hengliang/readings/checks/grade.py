"""The trust grade of a batch: A to D, by the worst of a few shares, each shown."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from hengliang.readings.checks.finding import Fault, Tally

_DOUBTFUL = (Fault.CONFLICT, Fault.SKEW, Fault.SPIKE, Fault.UNIT)
_BROKEN = (Fault.RESET, Fault.NEGATIVE, Fault.STUCK)


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade with the shares it rests on.

    shares : name to share; each : name to the grade that this share alone would give
    """

    grade: str
    shares: dict[str, float]
    each: dict[str, str]
    integrity: bool

    def as_json(self) -> dict[str, Any]:
        """The grade as a JSON object."""
        shares = {name: round(share, 6) for name, share in self.shares.items()}
        return {"grade": self.grade, "shares": shares, "each": self.each, "integrity": self.integrity}


@cache
def bounds() -> dict[str, dict[str, float]]:
    """The bounds of the grades."""
    loaded: dict[str, dict[str, float]] = yaml.safe_load(
        (resources.files("hengliang.readings.checks") / "grades.yaml").read_text(encoding="utf-8")
    )
    return loaded


def grade_of(tally: Tally, *, rows: int, refused: int, integrity: bool = True) -> Grade:
    """The grade of a batch.

    rows, refused : of the import; integrity : whether its files are what was committed
    """
    expected, meters = max(1, tally.expected), max(1, tally.meters)
    shares = {
        "collected": tally.usable / expected,
        "refused": refused / max(1, rows + refused),
        "doubtful": sum(tally.slots[fault] for fault in _DOUBTFUL) / expected,
        "broken": sum(tally.touched[fault] for fault in _BROKEN) / meters,
    }
    each = {name: _one(name, share) for name, share in shares.items()}
    return Grade(max(each.values()) if integrity else "D", shares, each, integrity)


def _one(name: str, share: float) -> str:
    for grade, bound in bounds()[name].items():
        if (share >= bound) if name == "collected" else (share <= bound):
            return grade
    return "D"
