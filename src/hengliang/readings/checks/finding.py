"""What a check has found: kinds, single findings with their place, and counts of many."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hengliang.readings.grid import show

EXAMPLES = 10


class Fault(StrEnum):
    """The kinds of faults."""

    GAP = "gap"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    ROLLOVER = "rollover"
    RESET = "reset"
    STUCK = "stuck"
    SPIKE = "spike"
    SKEW = "skew"
    UNIT = "unit"
    NEGATIVE = "negative"
    TOPOLOGY = "topology"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one series.

    second : local second at which it begins
    slots : how many slots it spans
    detail : the numbers behind it, in units of the meter
    """

    fault: Fault
    meter: str
    second: int
    slots: int = 1
    detail: str = ""
    channel: str = "import"

    def as_json(self) -> dict[str, Any]:
        """The finding as a JSON object."""
        return {
            "meter": self.meter,
            "channel": self.channel,
            "time": show(self.second) if self.second > 0 else "",
            "slots": self.slots,
            "detail": self.detail,
        }


@dataclass(slots=True)
class Tally:
    """Findings counted, with the first of each kind as examples; mergeable, so partitions add up.

    expected : slots that should hold a reading; present : slots that do; usable : those that an evaluation can use
    """

    expected: int = 0
    present: int = 0
    usable: int = 0
    meters: int = 0
    events: Counter[str] = field(default_factory=Counter)
    slots: Counter[str] = field(default_factory=Counter)
    touched: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, findings: Iterable[Finding]) -> None:
        """Count findings of one node."""
        seen: set[tuple[str, str]] = set()
        for one in findings:
            self.events[one.fault] += 1
            self.slots[one.fault] += one.slots
            if (one.fault, one.meter) not in seen:
                seen.add((one.fault, one.meter))
                self.touched[one.fault] += 1
            shown = self.examples.setdefault(one.fault, [])
            if len(shown) < EXAMPLES:
                shown.append(one.as_json())

    def merge(self, other: "Tally") -> None:
        """Add the counts of another partition."""
        self.expected += other.expected
        self.present += other.present
        self.usable += other.usable
        self.meters += other.meters
        for mine, theirs in ((self.events, other.events), (self.slots, other.slots), (self.touched, other.touched)):
            mine.update(theirs)
        for fault, shown in other.examples.items():
            self.examples[fault] = [*self.examples.get(fault, []), *shown][:EXAMPLES]

    @classmethod
    def of_json(cls, found: dict[str, Any]) -> "Tally":
        """The contrary of `as_json`."""
        tally = cls(found["expected"], found["present"], found["usable"], found["meters"])
        for fault, counts in found["checks"].items():
            tally.events[fault] = counts["events"]
            tally.slots[fault] = counts["slots"]
            tally.touched[fault] = counts["meters"]
            if counts["examples"]:
                tally.examples[fault] = counts["examples"]
        return tally

    def as_json(self) -> dict[str, Any]:
        """Counts by kind, with examples."""
        checks = {
            str(fault): {
                "events": self.events[fault],
                "slots": self.slots[fault],
                "meters": self.touched[fault],
                "examples": self.examples.get(fault, []),
            }
            for fault in Fault
        }
        return {
            "meters": self.meters,
            "expected": self.expected,
            "present": self.present,
            "usable": self.usable,
            "checks": checks,
        }
