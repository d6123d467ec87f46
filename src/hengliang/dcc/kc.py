"""Reads the XML files of the BIPM's radionuclide key comparisons (BIPM.RI(II)-K1).

The files mix three ways of writing an uncertainty and two of writing a unit; all are read, nothing is
guessed: a unit or a number that can't be read is refused with its place.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from lxml import etree

from hengliang.dcc.errors import UnreadableComparison
from hengliang.metrology.comparison.key_comparison import (
    KeyComparison,
    Measured,
    Published,
    Release,
    Submission,
)

KC = "{KC_Schema}"
SI = "{https://ptb.de/si}"
_LARGEST = 20_000_000  # bytes; the largest file known has 0.3 MB
_PREFIXES = {
    "": 0,
    "k": 3,
    "kilo": 3,
    "M": 6,
    "Mega": 6,
    "mega": 6,
    "G": 9,
    "giga": 9,
    "T": 12,
    "m": -3,
    "milli": -3,
}


def is_key_comparison(path: Path) -> bool:
    """Whether the file looks like XML (the other form is our own YAML)."""
    with path.open("rb") as file:
        return file.read(200).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def read_key_comparison(path: Path) -> KeyComparison:
    """The comparison in an XML file, all values in the unit of its last reference value.

    Raises UnreadableComparison; no entity, DTD or network address in the file is ever followed.
    """
    root = _parse(path)
    releases = list(root.iterfind(f"{KC}comparisonData/{KC}release"))
    unit = _unit_of(root, releases)
    return KeyComparison(
        code=(root.findtext(f"{KC}generalInformation/{KC}comparisonCode") or "").strip(),
        unit=unit.name,
        releases=tuple(_releases(releases, unit)),
        submissions=tuple(_submission(s, unit) for s in root.iter(f"{KC}submission")),
    )


def _parse(path: Path) -> etree._Element:
    if path.stat().st_size > _LARGEST:
        raise UnreadableComparison("too_large", file=path.name, most=_LARGEST)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableComparison("not_xml", file=path.name, line=error.lineno or 1) from error
    if tree.getroottree().docinfo.internalDTD is not None:
        raise UnreadableComparison("doctype", file=path.name)
    if tree.tag != f"{KC}comparison":
        raise UnreadableComparison("not_a_comparison", file=path.name, root=str(tree.tag)[:60])
    return tree


@dataclass(frozen=True, slots=True)
class _Unit:
    """The unit everything is brought to; `power` is None for a unit that is no becquerel."""

    text: str
    power: int | None

    def factor(self, text: str | None, where: str) -> Decimal:
        """What a value in the unit `text` is multiplied with; a missing unit is taken as this one."""
        if text is None or text == self.text:
            return Decimal(1)
        power = _power(text)
        if power is None or self.power is None:
            raise UnreadableComparison("unit", unit=text, where=where, wanted=self.text)
        return Decimal(10) ** (power - self.power)

    @property
    def name(self) -> str:
        """As it is printed."""
        known = {0: "Bq", 3: "kBq", 6: "MBq", 9: "GBq"}
        return self.text if self.power is None else known.get(self.power, self.text)


def _unit_of(root: etree._Element, releases: list[etree._Element]) -> _Unit:
    """Unit of the last reference value that names one, else that of the results."""
    named = [_text(r, f"{KC}kcrv/{SI}unit") for r in reversed(releases)]
    measured = [_text(m, f".//{KC}sirResult/{SI}unit") for m in root.iter(f"{KC}bipmMeasurement")]
    text = next((t for t in (*named, *measured) if t), "kBq")
    return _Unit(text, _power(text))


def _power(text: str) -> int | None:
    """Power of ten of a becquerel with prefix, in D-SI or plain form; None for anything else."""
    name = text.strip("\\")
    for ending in ("\\becquerel", "becquerel", "Bq"):
        if name.endswith(ending) and name.removesuffix(ending) in _PREFIXES:
            return _PREFIXES[name.removesuffix(ending)]
    return None


def _releases(elements: list[etree._Element], unit: _Unit) -> Iterator[Release]:
    years = [_year(e) for e in elements]
    for position, (element, year) in enumerate(zip(elements, years, strict=True)):
        count = years[: position + 1].count(year)
        last = count == years.count(year)
        published = _published(element.find(f"{KC}kcrv"), unit, f"release {year}")
        yield Release(
            id=str(year) if last else f"{year}-{count}",
            year=year,
            doi=(element.findtext(f"{KC}doi") or "").strip(),
            published=published,
            degrees=tuple(_degrees(element, unit)),
        )


def _published(element: etree._Element | None, unit: _Unit, where: str) -> Published | None:
    value = None if element is None else _text(element, f"{SI}value")
    if element is None or value is None:
        return None
    u = _uncertainty(element)
    if u is None:
        return None
    factor = _factor(element, unit, where)
    printed = Published.of(_number(value, where), _number(u, where))
    power = float(factor)
    return Published(printed.value * power, printed.u * power, printed.place * power, printed.u_place * power)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _degrees(release: etree._Element, unit: _Unit) -> Iterator[tuple[str, float, float]]:
    for group in release.iterfind(f"{KC}degreesOfEquivalence"):
        if group.find(f"{KC}linkedComparison") is not None:
            continue
        for degree in group.iterfind(f"{KC}degreeOfEquivalence"):
            name = (degree.findtext(f"{KC}laboratory/{KC}acronym") or "").strip()
            result = degree.find(f"{KC}result")
            value = None if result is None else _text(result, f"{SI}value")
            u = None if result is None else _uncertainty(result)
            if result is None or value is None or u is None:
                continue
            # Only looked at where a result is missing, so one that can't be read must not cost the file.
            with suppress(UnreadableComparison):
                factor = _factor(result, unit, name)
                yield name, float(_number(value, name) * factor), float(_number(u, name) * factor)


def _submission(element: etree._Element, unit: _Unit) -> Submission:
    laboratory = (element.findtext(f"{KC}laboratory/{KC}acronym") or "").strip()
    return Submission(
        laboratory=laboratory,
        year=_year(element),
        in_reference=_flag(element, f"{KC}inKCRV"),
        degree_valid=_flag(element, f"{KC}doeValid"),
        measured=tuple(_measured(element, unit, laboratory)),
    )


def _measured(submission: etree._Element, unit: _Unit, laboratory: str) -> Iterator[Measured]:
    for measurement in submission.iter(f"{KC}bipmMeasurement"):
        result = measurement.find(f"{KC}equivalentActivity/{KC}sirResult")
        value = None if result is None else _text(result, f"{SI}value")
        u = None if result is None else _uncertainty(result)
        if result is None or value is None or u is None:
            continue
        factor = _factor(result, unit, laboratory)
        number = _number(value, laboratory)
        place = Decimal(10) ** min(_exponent(number), 0) * factor
        linked = (measurement.findtext(f"{KC}fromLinkedComparison") or "").strip() or None
        yield Measured(float(number * factor), float(_number(u, laboratory) * factor), float(place), linked)


def _factor(element: etree._Element, unit: _Unit, where: str) -> Decimal:
    return unit.factor(_text(element, f"{SI}unit"), where)


def _uncertainty(element: etree._Element) -> str | None:
    """The number as written; standard for values, expanded for degrees of equivalence, as the file has it."""
    for name in ("uncertainty", "valueStandardMU", "valueExpandedMU"):
        text = element.findtext(f".//{SI}{name}")
        if text and text.strip():
            return text.strip()
    return None


def _text(element: etree._Element, path: str) -> str | None:
    return (element.findtext(path) or "").strip() or None


def _number(text: str, where: str) -> Decimal:
    try:
        number = Decimal(text.replace(" ", "").replace("\u2212", "-").replace("\u2013", "-"))
    except InvalidOperation:
        raise UnreadableComparison("number", text=text[:40], where=where) from None
    if not number.is_finite():
        raise UnreadableComparison("not_finite", text=text[:40], where=where)
    return number


def _flag(element: etree._Element, path: str) -> bool:
    return (element.findtext(path) or "").strip().lower() in ("true", "1")


def _year(element: etree._Element) -> int:
    """The year; a letter behind it (2003b) is let pass."""
    text = (element.findtext(f"{KC}year") or "").strip()
    if not text[:4].isdecimal() or len(text) < 4:
        raise UnreadableComparison("year", text=text[:40], line=element.sourceline)
    return int(text[:4])
