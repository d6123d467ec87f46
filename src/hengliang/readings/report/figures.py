"""The figures of a report, computed once for page and work list."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hengliang.readings.evaluation.run import Evaluation

STATES = ("good", "suspect", "undeterminable")
# Of a meter that counts both ways the graver state is the meter's.
_WEIGHT = ("good", "undeterminable", "suspect")
# What is shown is counted in litres where the base unit is too large: a nozzle's month is less than a cubic metre.
_SHOWN_IN = {"fuel_tank": 1000.0}


@dataclass(frozen=True, slots=True)
class MeterRow:
    """One meter with its node and what is known of it.

    verdict : as in the result; energy : counted in the window, in the domain's unit; link : of the topology
    """

    node: str
    verdict: dict[str, Any]
    energy: float | None
    link: dict[str, Any]

    @property
    def impact(self) -> float | None:
        """What was counted too much (or, negative, too little), by the estimated error.

        indicated − true = indicated · e / (1 + e)
        """
        error = self.verdict["error"]
        return None if self.energy is None or error is None else self.energy * error / (1 + error)


def meter_rows(evaluation: Evaluation) -> list[MeterRow]:
    """Every meter of an evaluation."""
    rows = []
    scale = _SHOWN_IN.get(evaluation.settings.domain, 1.0)
    for node in evaluation.nodes:
        links = {link["meter"]: link for link in node.get("links", [])}
        for verdict in node["meters"]:
            name = verdict["meter"]
            link = links.get(meter_of(name), {})
            energy = node.get("energy", {}).get(name)
            rows.append(MeterRow(node["node"], verdict, None if energy is None else energy * scale, link))
    return rows


def work_list(rows: Iterable[MeterRow]) -> list[MeterRow]:
    """Suspect meters, those with the most quantity at stake first."""
    return sorted(
        (row for row in rows if row.verdict["state"] == "suspect"),
        key=lambda row: (-abs(row.impact or 0.0), -row.verdict["probability_beyond"]),
    )


def states_of(rows: Iterable[MeterRow]) -> dict[str, int]:
    """How many meters are in each state; one that counts both ways is one meter."""
    return counted((row.node, row.verdict) for row in rows)


def counted(verdicts: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, int]:
    """Meters by state, of (node, verdict on a row)."""
    found: dict[tuple[str, str], str] = {}
    for node, verdict in verdicts:
        place, state = (node, meter_of(verdict["meter"])), verdict["state"]
        found[place] = max(found.get(place, state), state, key=_WEIGHT.index)
    counts = Counter(found.values())
    return {state: counts[state] for state in STATES}


def meter_of(name: str) -> str:
    """The meter behind a row: what it feeds back is a row, but no meter of its own."""
    return name.removesuffix(":export")


def wrong_entries(evaluation: Evaluation) -> list[dict[str, Any]]:
    """What the balance found wrong in the list of meters, over all nodes; each pair once."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for node in evaluation.nodes:
        for one in node.get("topology", ()):
            params = one["reason_params"]
            found.setdefault(tuple(sorted(params[name] for name in ("meter", "other") if name in params)), one)
    return list(found.values())


def node_states(evaluation: Evaluation) -> list[tuple[str, int, int, int]]:
    """(node, good, suspect, undeterminable), most suspects first."""
    found = []
    for node in evaluation.nodes:
        counts = counted((str(node["node"]), meter) for meter in node["meters"])
        found.append((str(node["node"]), counts["good"], counts["suspect"], counts["undeterminable"]))
    return sorted(found, key=lambda row: (-row[2], row[3], row[0]))


def open_reasons(evaluation: Evaluation) -> list[tuple[dict[str, Any], int]]:
    """Why meters can't be judged: the reason of the node where that is it, with the number of meters."""
    counts: Counter[str] = Counter()
    example: dict[str, dict[str, Any]] = {}
    for node in evaluation.nodes:
        for meter in node["meters"]:
            if meter["state"] == "undeterminable":
                said = node if node["state"] == "undeterminable" else meter
                code = str(said.get("reason_code", said["reason"]))
                counts[code] += 1
                example.setdefault(code, said)
    return [(example[code], count) for code, count in counts.most_common()]
