"""A certificate as one page model, from which both the HTML and the PDF are made, in Chinese or English.

Nothing is computed or left out for looks: what the reader could not place is listed at the end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hengliang.dcc.model import Certificate, Item, Measurement, Result, Statement
from hengliang.dcc.quantity import Quantity, Table, Values, quantities
from hengliang.dcc.show import coverage_text, quantity_text, unit_symbol
from hengliang.dcc.words import word

Language = Literal["zh", "en"]
Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of results: heading, one row per measured point."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the inner pages: lines, then tables."""

    title: str
    lines: tuple[Line, ...] = ()
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The whole view."""

    language: Language
    title: str
    number_label: str
    number: str
    body: str
    cover: tuple[Line, ...]
    signatures: tuple[Line, ...]
    sections: tuple[Section, ...]
    attached: str
    end: str


def page_of(certificate: Certificate, language: Language) -> Page:
    """The view of a certificate in one language; texts that lack it are shown in the language they have."""
    return Page(
        language=language,
        title=word(certificate.kind, language),
        number_label=word("number", language),
        number=certificate.number,
        body=certificate.laboratory.name.read(language, "en"),
        cover=tuple(_named(_cover(certificate, language), language)),
        signatures=tuple(
            (one.role or word("person", language), one.contact.name.read(language, "en")) for one in certificate.persons
        ),
        sections=tuple(_sections(certificate, language)),
        attached=word("attached", language),
        end=word("end", language),
    )


def _named(lines: Iterator[Line], language: Language) -> Iterator[Line]:
    return ((word(key, language), text) for key, text in lines if text)


def _cover(certificate: Certificate, language: Language) -> Iterator[Line]:
    yield "customer", certificate.customer.name.read(language, "en")
    for item in certificate.items:
        yield from _item(item, language)
    legal = certificate.legal
    if legal is not None:
        yield "procedure", legal.procedure
        yield "conclusion", legal.conclusion.read(language, "en")
        yield "accuracy_class", legal.accuracy_class
        yield "forbidden", legal.forbidden.read(language, "en")
        yield "minimum_amount", legal.minimum_amount
        yield "authorisation", legal.authorisation
    for key, day in (("begun", certificate.begun), ("ended", certificate.ended), ("issued", certificate.issued)):
        yield key, day.isoformat() if day else ""
    yield "valid_until", legal.valid_until.isoformat() if legal and legal.valid_until else ""
    yield "replaces", certificate.replaces


def _item(item: Item, language: Language) -> Iterator[Line]:
    yield "item", item.name.read(language, "en")
    yield "manufacturer", item.manufacturer.name.read(language, "en") if item.manufacturer else ""
    yield "model", item.model
    for one in item.identifications:
        label = one.name.read(language, "en") or word(one.issuer, language)
        yield "identification", f"{one.value} ({label})"


def _sections(certificate: Certificate, language: Language) -> Iterator[Section]:
    for measurement in certificate.measurements:
        yield from _basis(measurement, language)
        for result in measurement.results:
            yield _result(result, language)
    lines = tuple(line for one in certificate.statements for line in _statement(one, language))
    if lines:
        yield Section(word("statements", language), lines)
    if certificate.unread:
        yield Section(word("unread", language), tuple(("", path) for path in certificate.unread))


def _basis(measurement: Measurement, language: Language) -> Iterator[Section]:
    methods = tuple(
        (
            one.name.read(language, "en"),
            ", ".join((*one.norms, *one.references)) or one.description.read(language, "en"),
        )
        for one in measurement.methods
    )
    equipment = tuple(
        (
            one.name.read(language, "en"),
            " ".join(
                (
                    *(number.value for number in one.identifications),
                    f"{word('certificate', language)} {one.certificate.identifier}" if one.certificate else "",
                )
            ).strip(),
        )
        for one in measurement.equipment
    )
    conditions = tuple(
        (condition.name.read(language, "en"), quantity_text(one, language))
        for condition in measurement.conditions
        for one in condition.data
        if isinstance(one, Quantity)
    )
    for key, lines in (("methods", methods), ("equipment", equipment), ("conditions", conditions)):
        if lines:
            yield Section(word(key, language), lines)


def _result(result: Result, language: Language) -> Section:
    lines = tuple(
        (one.name.read(language, "en"), quantity_text(one, language))
        for one in result.data
        if isinstance(one, Quantity)
    )
    grids = tuple(grid for one in result.data if isinstance(one, Table) for grid in _grids(one, language))
    remarks = tuple(("", one.read(language, "en")) for one in (result.description, *result.remarks) if one)
    joint = tuple(
        (one.name.read(language, "en"), f"{word('covariance', language)}, k = {values.covariance.k}")
        for one in quantities(result.data)
        for values in one.values
        if values.covariance is not None
    )
    return Section(result.name.read(language, "en") or word("results", language), (*lines, *joint, *remarks), grids)


def _grids(table: Table, language: Language) -> Iterator[Grid]:
    columns = [one for one in table.columns if isinstance(one, Quantity)]
    if columns:
        # A column in two units is shown in both, so that nobody has to trust a conversion.
        shown = [column for one in columns for column in _columns(one, language)]
        count = max(len(cells) for _, cells in shown)
        rows = tuple(tuple(cells[at] if at < len(cells) else "" for _, cells in shown) for at in range(count))
        yield Grid(table.name.read(language, "en"), tuple(head for head, _ in shown), rows)
    for one in table.columns:
        if isinstance(one, Table):
            yield from _grids(one, language)


def _columns(quantity: Quantity, language: Language) -> Iterator[tuple[str, list[str]]]:
    name = quantity.name.read(language, "en") or word("value", language)
    if not quantity.values:
        yield name, [quantity.words.read(language, "en")]
    for values in quantity.values:
        yield _head(name, values), _cells(values)
    if quantity.conformity:
        verdicts = [word(one, language) for one in quantity.conformity]
        count = max((len(one.numbers) for one in quantity.values), default=1)
        yield word("verdict", language), verdicts * count if len(verdicts) == 1 else verdicts


def _head(name: str, values: Values) -> str:
    units = {unit_symbol(one) for one in values.units}
    unit = units.pop() if len(units) == 1 else ""
    stated = values.uncertainty
    head = f"{name} / {unit}" if unit else name
    if stated is None:
        return head
    letter = "U" if stated.kind == "expanded" else "u"
    spread = f" = {stated.values[0]} {unit}".rstrip() if len(stated.values) == 1 else ""
    return f"{head} ({letter}{spread}{coverage_text(stated)})"


def _cells(values: Values) -> list[str]:
    units = [f" {unit_symbol(one)}" for one in values.units] if len(values.units) > 1 else [""] * len(values.numbers)
    spreads = values.uncertainty.values if values.uncertainty and len(values.uncertainty.values) > 1 else ()
    pairs = zip(values.numbers, units, strict=False)
    cells = [number + unit for number, unit in pairs]
    return [f"{cell} ± {spread}" for cell, spread in zip(cells, spreads, strict=False)] if spreads else cells


def _statement(statement: Statement, language: Language) -> Iterator[Line]:
    name = statement.name.read(language, "en")
    said = [statement.declaration.read(language, "en"), *statement.norms, *statement.references]
    if statement.day:
        said.append(statement.day.isoformat())
    if statement.conformity:
        said.append(word(statement.conformity, language))
    text = " ".join(part for part in said if part)
    if text:
        yield name, text
    for one in statement.data:
        if isinstance(one, Quantity):
            yield one.name.read(language, "en") or name, quantity_text(one, language)
