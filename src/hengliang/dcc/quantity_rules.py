"""Rules about quantities: numbers, units, lengths of lists, coverage, agreement of the forms of one quantity.

Nothing is guessed: an unknown unit makes the answer indeterminate, a missing coverage factor makes the
certificate invalid, since U without k says nothing. Source: D-SI 2.2.1; GUM 7.2.1, 7.2.3; our own table of units.
"""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from lxml import etree

from hengliang.dcc.covariance_rules import check_covariance
from hengliang.dcc.document import DCC, SI, child_of, local, place, text_of, tokens
from hengliang.dcc.findings import Finding
from hengliang.dcc.numbers import NO_VALUE, first_not_number, half_place
from hengliang.metrology.units import UnitError, convert, convert_difference, read_unit, same_quantity

_SLACK = 1.01  # on a rounding of half a place, which converting in binary may overstep by a hair
MOST_VALUES = 1_000_000  # so that a hostile file costs seconds, not minutes
_UNITS = tuple(SI + name for name in ("unit", "unitXMLList", "listUnit", "unitPhase", "unitPhaseXMLList"))
_EXPANDED = tuple(SI + name for name in ("expandedUnc", "expandedUncXMLList", "expandedMU", "expandedMUXMLList"))
_SPREAD_NAMES = ("uncertainty", "valueExpandedMU", "valueStandardMU", "standardUnc")
_SPREADS = {many: frozenset(SI + name + many for name in _SPREAD_NAMES) for many in ("", "XMLList")}
# Every list below one of values; `coverageFactorXMLList` and the rest have one entry, or one for each value.
_PARALLEL = frozenset(
    f"{SI}{name}XMLList"
    for name in (
        "unit",
        "uncertainty",
        "valueExpandedMU",
        "valueStandardMU",
        "standardUnc",
        "coverageFactor",
        "coverageProbability",
        "intervalMin",
        "intervalMax",
        "distribution",
        "significantDigit",
    )
)


def check_quantities(root: etree._Element) -> Iterator[Finding]:
    """All rules about all quantities of a document."""
    count = sum(len(tokens(one)) for one in root.iter(f"{SI}valueXMLList"))
    if count > MOST_VALUES:
        reason = f"it has {count} values in lists; more than {MOST_VALUES} are not examined"
        yield Finding("list_lengths", "indeterminate", place(root), reason)
        return
    declared = {text_of(one) for one in root.iter(f"{DCC}nonSIUnit")}
    for element in root.iter(*_UNITS):
        yield from _check_units(element, declared)
    for element in root.iter(*_EXPANDED):
        yield from _check_coverage(element)
    for element in root.iter(f"{SI}realListXMLList"):
        yield from _check_lengths(element)
        yield from check_covariance(element)
    for element in root.iter(f"{SI}real", f"{SI}constant"):
        yield from _check_numbers(element, text_of(child_of(element, f"{SI}value")).split(), "value")
    for element in root.iter(f"{SI}hybrid"):
        yield from _check_hybrid(element)
    for element in root.iter(f"{DCC}quantity"):
        yield from _check_conformity(element)


def _check_units(element: etree._Element, declared: set[str]) -> Iterator[Finding]:
    for text in sorted(set(tokens(element)) - declared):
        try:
            read_unit(text)
        except UnitError as fault:
            reason = f"unit {text[:60]!r} is not known, so its numbers can't be used: {fault}"
            yield Finding("units_known", "indeterminate", place(element), reason)


def _check_coverage(element: etree._Element) -> Iterator[Finding]:
    many = "XMLList" if local(element).endswith("XMLList") else ""
    factors = tokens(child_of(element, f"{SI}coverageFactor{many}"))
    chances = tokens(child_of(element, f"{SI}coverageProbability{many}"))
    if not factors:
        reason = "expanded uncertainty without coverage factor; none is assumed"
        yield Finding("coverage_stated", "invalid", place(element), reason)
    for text in factors:
        if not _between(text, 1, math.inf):
            yield Finding("coverage_stated", "invalid", place(element), f"coverage factor {text[:40]!r} is not >= 1")
    for text in chances:
        if not _between(text, 0, 1) or float(text) == 0:
            reason = f"coverage probability {text[:40]!r} is not in (0, 1]; write 0.95 for 95 %"
            yield Finding("coverage_stated", "invalid", place(element), reason)


def _between(text: str, low: float, high: float) -> bool:
    return first_not_number([text]) is None and text != NO_VALUE and low <= float(text) <= high


def _check_lengths(element: etree._Element) -> Iterator[Finding]:
    numbers = tokens(child_of(element, f"{SI}valueXMLList"))
    yield from _check_numbers(element, numbers, "valueXMLList")
    # Looked up in a set: lxml compiles the names that `iter` is given anew for each call.
    for found in element.iter():
        if found.tag not in _PARALLEL or _within_covariance(found, element):
            continue
        count = len(tokens(found))
        if count not in (1, len(numbers)):
            reason = f"{count} entries for {len(numbers)} values; one for all or one for each is expected"
            yield Finding("list_lengths", "invalid", place(found), reason)
    for name in ("dateTimeXMLList", "labelXMLList"):
        listed = child_of(element, SI + name)
        if listed is not None and len(tokens(listed)) != len(numbers):
            reason = f"{len(tokens(listed))} entries for {len(numbers)} values"
            yield Finding("list_lengths", "invalid", place(listed), reason)


def _within_covariance(found: etree._Element, values: etree._Element) -> bool:
    for one in found.iterancestors():
        if one is values:
            return False
        if "ovariance" in local(one) or "Region" in local(one):
            return True
    return False


def _check_numbers(element: etree._Element, numbers: Sequence[str], name: str) -> Iterator[Finding]:
    odd = first_not_number(numbers)
    if odd is not None:
        yield Finding("numbers", "invalid", place(element), f"{odd[:40]!r} in {name} is no number")
    many = "XMLList" if name.endswith("XMLList") else ""
    for found in element.iter():
        if found.tag not in _SPREADS[many]:
            continue
        bad = next((text for text in tokens(found) if text != NO_VALUE and not _between(text, 0, math.inf)), None)
        if bad is not None:
            yield Finding("numbers", "invalid", place(found), f"{bad[:40]!r} is no uncertainty")
    yield from _check_interval(element, many)


def _check_interval(element: etree._Element, many: str) -> Iterator[Finding]:
    for low in element.iter(f"{SI}intervalMin{many}"):
        parent = low.getparent()
        high = None if parent is None else child_of(parent, f"{SI}intervalMax{many}")
        pairs = zip(tokens(low), tokens(high), strict=False)
        for one, other in pairs:
            if first_not_number([one, other]) is not None or float(one) > float(other):
                reason = f"interval from {one[:40]!r} to {other[:40]!r} is not ordered"
                yield Finding("numbers", "invalid", place(low), reason)


def _check_hybrid(element: etree._Element) -> Iterator[Finding]:
    forms = [one for one in element if one.tag in (f"{SI}real", f"{SI}realListXMLList")]
    for first, second in pairwise(forms):
        numbers, others = _numbers(first), _numbers(second)
        if len(numbers) != len(others):
            reason = f"{len(others)} values beside {len(numbers)} of the same quantity"
            yield Finding("hybrid_agrees", "invalid", place(second), reason)
        elif first_not_number((*numbers, *others)) is None:
            yield from _check_agreement(element, (numbers, _unit(first)), (others, _unit(second)))


def _check_agreement(
    element: etree._Element, first: tuple[Sequence[str], str], second: tuple[Sequence[str], str]
) -> Iterator[Finding]:
    try:
        source, target = read_unit(first[1]), read_unit(second[1])
    except UnitError:
        return  # said by `units_known`; lists with several units are not compared
    if not same_quantity(source, target):
        reason = f"{first[1]} and {second[1]} do not measure the same quantity"
        yield Finding("hybrid_agrees", "invalid", place(element), reason)
        return
    pairs = [pair for pair in zip(first[0], second[0], strict=True) if NO_VALUE not in pair]
    try:
        converted = _converted([one for one, _ in pairs], first[1], second[1])
    except UnitError:
        return  # a logarithmic scale, where a rounding has no fixed size
    # In plain Python: certificates have a few values, for which arrays cost more than they save.
    for (one, other), (found, rounding) in zip(pairs, converted, strict=True):
        room = _SLACK * (abs(rounding) + half_place(other)) + 1e-12 * abs(found)
        if not abs(found - float(other)) <= room < math.inf:
            reason = f"{one} {first[1]} is {found:.12g} {second[1]}, but {other} is written"
            yield Finding("hybrid_agrees", "invalid", place(element), reason)
            return


def _converted(texts: list[str], source: str, target: str) -> list[tuple[float, float]]:
    """Each value in another unit, and how far its rounding reaches there."""
    factor = _factor(source, target)
    if factor is not None:
        return [(float(one) * factor, half_place(one) * factor) for one in texts]
    values, places = (np.array([read(one) for one in texts]) for read in (float, half_place))
    found, scaled = convert(values, source, target), convert_difference(places, source, target)
    return [(float(one), float(other)) for one, other in zip(found, scaled, strict=True)]


@lru_cache(maxsize=4096)
def _factor(source: str, target: str) -> float | None:
    """How many `target` one `source` is; None between scales with different zeros. Made from exact fractions once."""
    one, other = read_unit(source), read_unit(target)
    return convert(1.0, one, other) if one.is_ratio and other.is_ratio else None


def _numbers(element: etree._Element) -> tuple[str, ...]:
    single = child_of(element, f"{SI}value")
    return tokens(child_of(element, f"{SI}valueXMLList") if single is None else single)


def _unit(element: etree._Element) -> str:
    single = child_of(element, f"{SI}unit")
    units = set(tokens(child_of(element, f"{SI}unitXMLList") if single is None else single))
    return units.pop() if len(units) == 1 else "?"


def _check_conformity(element: etree._Element) -> Iterator[Finding]:
    values = element.find(f".//{SI}valueXMLList")
    for listed in element.findall(f"{DCC}measurementMetaData/{DCC}metaData/{DCC}conformityXMLList"):
        count = len(tokens(listed))
        if values is not None and count not in (1, len(tokens(values))):
            reason = f"{count} verdicts for {len(tokens(values))} values"
            yield Finding("list_lengths", "invalid", place(listed), reason)
