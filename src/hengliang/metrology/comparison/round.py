"""One round of a comparison: results, the method agreed in the protocol, the artefact's course."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.comparison.classical import consistency_limit, weighted_mean
from hengliang.metrology.comparison.drift import artefact_drift, corrected
from hengliang.metrology.comparison.equivalence import Degree, unilateral
from hengliang.metrology.comparison.key_comparison import Published
from hengliang.metrology.comparison.methods import reference_value
from hengliang.metrology.comparison.monte_carlo import cox_b
from hengliang.metrology.comparison.notes import Note, note
from hengliang.metrology.comparison.release import Evaluation
from hengliang.metrology.comparison.results import ReferenceValue, Result, check_uncertainties


@dataclass(frozen=True, slots=True)
class PilotReading:
    """A measurement of the artefact by the pilot laboratory, with its repeatability."""

    time: float
    value: float
    u: float


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """What the participants sent and what the protocol says about it."""

    code: str
    unit: str
    method: str
    """A name in `METHODS`, or `pilot`."""
    results: tuple[Result, ...]
    pilot: str | None = None
    correlation: Floats | None = None
    """(n, n) between the results."""
    times: tuple[float, ...] = ()
    """Of the results, in the unit of the pilot's times."""
    pilot_readings: tuple[PilotReading, ...] = ()
    published: Published | None = None


def evaluate_round(round_: Round) -> Evaluation:
    """Reference value and degrees of equivalence of a round.

    The results are corrected for the artefact's drift where the pilot's readings show a significant one.

    Raises what the method raises.

    Source: JJF 1117-2010; CIPM MRA-G-11.
    """
    check_uncertainties(round_.results)
    notes: list[Note] = []
    results = _without_drift(round_, notes)
    reference = _correlated(reference_value(results, round_.method, pilot=round_.pilot), round_, results)
    if reference.rejected:
        notes.append(note("rejected", laboratories=", ".join(reference.rejected)))
    _note_consistency(results, notes)
    published = round_.published
    agrees = None if published is None else published.agrees(reference.value, reference.u)
    degrees = _degrees(round_, results, reference, notes)
    return Evaluation(reference, None, agrees, degrees, tuple(notes), tuple(results), tuple(results))


def _without_drift(round_: Round, notes: list[Note]) -> Sequence[Result]:
    if len(round_.pilot_readings) < 3 or not round_.times:
        return round_.results
    readings = round_.pilot_readings
    course = artefact_drift([p.time for p in readings], [p.value for p in readings], u=[p.u for p in readings])
    if not course.significant:
        notes.append(note("drift_not_significant"))
        return round_.results
    slope, u = float(course.fit.coefficients[1]), float(course.fit.u[1])
    notes.append(note("drift_corrected", slope=slope, u=u))
    return corrected(round_.results, round_.times, course)


def _correlated(reference: ReferenceValue, round_: Round, results: Sequence[Result]) -> ReferenceValue:
    """The weighted mean's uncertainty with the correlations counted: u^2 = w' C w."""
    if round_.correlation is None or round_.method not in ("weighted_mean", "cox_a"):
        return reference
    scaled = np.array(reference.weights) * [r.u for r in results]
    return replace(reference, u=float(np.sqrt(scaled @ round_.correlation @ scaled)))


def _note_consistency(results: Sequence[Result], notes: list[Note]) -> None:
    chi_squared = weighted_mean(results).chi_squared or 0.0
    limit = consistency_limit(sum(r.included for r in results))
    if chi_squared > limit:
        notes.append(note("not_consistent", chi_squared=chi_squared, limit=limit))


def _degrees(
    round_: Round, results: Sequence[Result], reference: ReferenceValue, notes: list[Note]
) -> tuple[Degree, ...]:
    if round_.method == "cox_b":
        return tuple(Degree(name, d, u, (high - low) / 2) for name, d, u, low, high in cox_b(results).degrees)
    if np.isnan(reference.weights).any():
        notes.append(note("unweighted"))
    return unilateral(results, reference, correlation=round_.correlation)
