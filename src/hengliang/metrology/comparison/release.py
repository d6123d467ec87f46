"""The reference value of a key comparison's release, computed anew as CCRI(II) does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from hengliang.metrology.comparison.classical import arithmetic_mean
from hengliang.metrology.comparison.equivalence import Degree, unilateral
from hengliang.metrology.comparison.errors import TooFewResults
from hengliang.metrology.comparison.key_comparison import KeyComparison, Published, Release, Submission
from hengliang.metrology.comparison.notes import Note, note
from hengliang.metrology.comparison.random_effects import power_moderated_mean
from hengliang.metrology.comparison.results import ReferenceValue, Result

# Several ways of measuring, rather than repeats of one: they differ by more than this share of the smallest u.
_DIFFERENT_WAYS = 0.25

MODERATED_SINCE = 2013  # year in which CCRI(II) took up the power-moderated mean


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The reference value of a release computed anew, beside the printed one."""

    reference: ReferenceValue
    release: Release | None
    """None for a round of our own making."""
    agrees: bool | None
    """None where the release states no value."""
    degrees: tuple[Degree, ...]
    notes: tuple[Note, ...]
    results: tuple[Result, ...] = ()
    """What the reference value was drawn from, corrected for drift where that was done."""
    compared: tuple[Result, ...] = ()
    """The result behind each degree of equivalence, in the same order."""


def evaluate_release(comparison: KeyComparison, name: str | None = None) -> Evaluation:
    """Reference value and degrees of equivalence of a release (the last by default).

    The submissions flagged as contributing enter, one result each: the mean of its ampoules or methods,
    rounded as printed, with the largest of their uncertainties. From 2013 the power-moderated mean, before it
    the arithmetic mean.

    Raises UnknownRelease, TooFewResults.

    Source: BIPM.RI(II)-K1 final reports (Metrologia, Technical Supplement); Pommé and Keightley,
    Metrologia 52 (2015) S200.
    """
    release = comparison.release(name)
    notes: list[Note] = []
    results = _contributing(comparison, release, notes)
    if not results:
        raise TooFewResults(method=f"release {release.id}", needed=1, n=0)
    reference = _mean(results, release)
    if reference.rejected:
        notes.append(note("rejected", laboratories=", ".join(reference.rejected)))
    agrees = None
    if release.published is not None:
        agrees = release.published.agrees(reference.value, reference.u)
        if not agrees:
            notes += _explain(comparison, release, release.published, results, reference)
    else:
        notes.append(note("nothing_published", release=release.id))
    degrees, compared = _degrees(comparison, release, results, reference)
    return Evaluation(reference, release, agrees, degrees, tuple(notes), tuple(results), compared)


def _mean(results: Sequence[Result], release: Release) -> ReferenceValue:
    if len(results) == 1:
        return ReferenceValue(results[0].value, results[0].u, "single result", (1.0,))
    return power_moderated_mean(results) if release.year >= MODERATED_SINCE else arithmetic_mean(results)


def _contributing(comparison: KeyComparison, release: Release, notes: list[Note]) -> list[Result]:
    flagged = [s for s in comparison.submissions if s.in_reference]
    chosen = [s for s in flagged if s.year <= release.year]
    if release is not comparison.releases[-1]:
        later = [s for s in flagged if s.year > release.year]
        chosen += _predecessors(comparison, later, release.year)
        last = comparison.releases[-1].id
        notes.append(note("flags_of_last_release", last=last, release=release.id, count=len(later)))
    results = [_result(s) if s.measured else _recovered(s, comparison, release, notes) for s in chosen]
    return [r for r in results if r is not None]


def _predecessors(comparison: KeyComparison, later: Sequence[Submission], year: int) -> list[Submission]:
    found = []
    for s in later:
        earlier = [
            e
            for e in comparison.submissions
            if e.laboratory == s.laboratory and e.year <= year and any(m.linked is None for m in e.measured)
        ]
        if earlier:
            found.append(max(earlier, key=lambda e: e.year))
    return found


def _result(submission: Submission) -> Result:
    values = [m.value for m in submission.measured]
    mean = float(np.mean(values))
    place = min(m.place for m in submission.measured)
    if len(values) > 1 and place > 0:
        mean = _rounded(mean, place)
    return Result(_label(submission), mean, max(m.u for m in submission.measured))


def _label(submission: Submission) -> str:
    return f"{submission.laboratory} {submission.year}"


def _rounded(value: float, place: float) -> float:
    step = Decimal(str(place))
    # Twelve digits first, so that a mean of exactly one half is not lost to binary rounding.
    return float((Decimal(f"{value:.12g}") / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def _recovered(submission: Submission, comparison: KeyComparison, release: Release, notes: list[Note]) -> Result | None:
    """A result that the file lacks, from the degree of equivalence printed for it."""
    for r in reversed(comparison.releases):
        for laboratory, d, expanded in r.degrees:
            known = r.published is not None and submission.year <= r.year <= release.year
            if known and laboratory == submission.laboratory and r.published is not None:
                n = sum(s.in_reference for s in comparison.submissions)
                spare = max((expanded / 2) ** 2 - r.published.u**2, (expanded / 4) ** 2)
                u = float(np.sqrt(spare / (1 - 2 / n)))
                value, label = r.published.value + d, _label(submission)
                notes.append(note("recovered", laboratory=label, value=value, u=u, release=r.id))
                return Result(label, value, u)
    notes.append(note("missing", laboratory=_label(submission)))
    return None


def _explain(
    comparison: KeyComparison,
    release: Release,
    published: Published,
    results: Sequence[Result],
    reference: ReferenceValue,
) -> list[Note]:
    """Why the printed value may not come out: how far off, which results are open, what would give it."""
    share = abs(reference.value - published.value) / published.u
    printed = {"printed": published.value, "printed_u": published.u}
    notes = [note("differs", value=reference.value, u=reference.u, share=share, **printed)]
    names = {r.laboratory for r in results}
    several = [_label(s) for s in comparison.submissions if _label(s) in names and _by_several_ways(s)]
    if several:
        notes.append(note("several_results", laboratories=", ".join(several)))
    tried = list(_changes(comparison, results))
    if tried:
        nearest = min(tried, key=lambda change: _misses(published, _mean(change.results, release)))
        found = _mean(nearest.results, release)
        came_out = published.agrees(found.value, found.u)
        kind = f"{nearest.kind}_{'gives' if came_out else 'nearest'}"
        given = {"laboratory": nearest.laboratory, "value": found.value, "u": found.u}
        notes.append(note(kind, **given, **({} if came_out else {"count": len(tried)})))
    return notes


@dataclass(frozen=True, slots=True)
class _Change:
    """The results with one of them left out, or taken from a single one of its laboratory's several."""

    kind: str
    laboratory: str
    results: list[Result]


def _changes(comparison: KeyComparison, results: Sequence[Result]) -> Iterator[_Change]:
    if len(results) > 2:
        for left_out in results:
            yield _Change("without", left_out.laboratory, [r for r in results if r is not left_out])
    several = {_label(s): s.measured for s in comparison.submissions if len(s.measured) > 1}
    for changed in results:
        for one in several.get(changed.laboratory, ()):
            alone = Result(changed.laboratory, one.value, one.u)
            others = [alone if r is changed else r for r in results]
            yield _Change("single", f"{changed.laboratory} {one.value:g}({one.u:g})", others)


def _misses(published: Published, found: ReferenceValue) -> float:
    """How many printed units value or u is off, whichever is farther."""
    return max(abs(found.value - published.value) / published.place, abs(found.u - published.u) / published.u_place)


def _by_several_ways(submission: Submission) -> bool:
    values = [m.value for m in submission.measured]
    return len(values) > 1 and max(values) - min(values) > _DIFFERENT_WAYS * min(m.u for m in submission.measured)


def _degrees(
    comparison: KeyComparison, release: Release, results: Sequence[Result], reference: ReferenceValue
) -> tuple[tuple[Degree, ...], tuple[Result, ...]]:
    """One degree for each submission whose degree is valid, contributing or not, with the result behind it."""
    weights = dict(zip((r.laboratory for r in results), reference.weights, strict=True))
    valid = [s for s in comparison.submissions if s.degree_valid and s.year <= release.year]
    degrees: list[Degree] = []
    compared: list[Result] = []
    for s in valid:
        own = next((r for r in results if r.laboratory == _label(s)), None)
        result = own or (_result(s) if s.measured else None)
        if result is not None:
            own_share = replace(reference, weights=(weights.get(_label(s), 0.0),))
            compared.append(replace(result, laboratory=s.laboratory))
            degrees += unilateral(compared[-1:], own_share)
    return tuple(degrees), tuple(compared)
