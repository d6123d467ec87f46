"""What a certificate says as lines for people and as one JSON document; nothing is checked here."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from hengliang.dcc.model import Certificate
from hengliang.dcc.quantity import Quantity, Text, Uncertainty, Values, quantities
from hengliang.dcc.words import word
from hengliang.metrology.units import UnitError, read_unit


def describe(certificate: Certificate, language: str) -> dict[str, Any]:
    """The whole model as JSON: texts in `language` where they exist in it, days as text."""
    return {name: _plain(value, language) for name, value in _fields(certificate).items()}


def _fields(certificate: Certificate) -> dict[str, Any]:
    return {name: getattr(certificate, name) for name in certificate.__dataclass_fields__}


def _plain(value: Any, language: str) -> Any:
    if isinstance(value, Text):
        return value.read(language, "en")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one, language) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name), language) for name in value.__dataclass_fields__}
    return value


def lines(certificate: Certificate, language: str) -> Iterator[tuple[str, str]]:
    """Label and text of everything on the certificate, empty ones left out."""
    for label, text in _all_lines(certificate, language):
        if text:
            yield word(label, language), text


def _all_lines(certificate: Certificate, language: str) -> Iterator[tuple[str, str]]:
    yield "kind", word(certificate.kind, language)
    yield "number", certificate.number
    yield from _replaced(certificate)
    yield "laboratory", certificate.laboratory.name.read(language, "en")
    yield "authorisation", certificate.legal.authorisation if certificate.legal else ""
    yield "customer", certificate.customer.name.read(language, "en")
    for item in certificate.items:
        yield "item", item.name.read(language, "en")
        yield "manufacturer", item.manufacturer.name.read(language, "en") if item.manufacturer else ""
        yield "model", item.model
        for one in item.identifications:
            yield "identification", f"{one.value} ({word(one.issuer, language)})"
    yield "ended", certificate.ended.isoformat() if certificate.ended else ""
    yield "issued", certificate.issued.isoformat() if certificate.issued else ""
    yield from _legal_lines(certificate, language)
    for person in certificate.persons:
        yield person.role or "person", person.contact.name.read(language, "en")
    for measurement in certificate.measurements:
        for result in measurement.results:
            for quantity in quantities(result.data):
                yield quantity.name.read(language, "en") or "value", quantity_text(quantity, language)
    yield from (("unread", path) for path in certificate.unread)


def _replaced(certificate: Certificate) -> Iterator[tuple[str, str]]:
    yield "replaces", certificate.replaces
    previous = certificate.previous
    if previous is not None:
        yield "previous", f"{previous.identifier} ({previous.procedure} {previous.digest})"


def _legal_lines(certificate: Certificate, language: str) -> Iterator[tuple[str, str]]:
    legal = certificate.legal
    if legal is None:
        return
    yield "procedure", legal.procedure
    yield "conclusion", legal.conclusion.read(language, "en")
    yield "accuracy_class", legal.accuracy_class
    yield "valid_until", legal.valid_until.isoformat() if legal.valid_until else ""
    yield "forbidden", legal.forbidden.read(language, "en")
    yield "minimum_amount", legal.minimum_amount


def quantity_text(quantity: Quantity, language: str) -> str:
    """A quantity as one line: each form with its uncertainty, and the verdict."""
    forms = [values_text(one) for one in quantity.values] or [quantity.words.read(language, "en")]
    verdicts = ", ".join(dict.fromkeys(word(one, language) for one in quantity.conformity))
    return " = ".join(forms) + (f" ({verdicts})" if verdicts else "")


def values_text(values: Values) -> str:
    """Numbers with unit and uncertainty; a factor that is not stated is said to be not stated."""
    text = " ".join(_with_units(values.numbers, values.units))
    stated = values.uncertainty
    if stated is None:
        return text
    letter = "U" if stated.kind == "expanded" else "u"
    text += f"; {letter} = {' '.join(_with_units(stated.values, values.units))}"
    bounds = zip(stated.lower, stated.upper, strict=False)
    text += "".join(f", [{low}, {high}]" for low, high in bounds)
    return f"{text}{coverage_text(stated)}"


def coverage_text(stated: Uncertainty) -> str:
    """Factor and probability, as `, k = 2, p = 0.95`; a factor that is not stated is shown as `?`."""
    text = f", k = {' '.join(dict.fromkeys(stated.k)) or '?'}" if stated.kind == "expanded" else ""
    return f"{text}, p = {' '.join(dict.fromkeys(stated.p))}" if stated.p else text


def _with_units(numbers: Sequence[str], units: Sequence[str]) -> list[str]:
    symbols = [unit_symbol(one) for one in units]
    if len(symbols) == len(numbers) and len(numbers) > 1:
        return [f"{number} {unit}".strip() for number, unit in zip(numbers, symbols, strict=True)]
    return [*numbers, *(symbols[:1] if symbols and symbols[0] else [])]


def unit_symbol(text: str) -> str:
    """The symbol of a unit, or its own spelling where it is not known."""
    try:
        symbol = read_unit(text).symbol
    except UnitError:
        return text
    return "" if symbol == "1" else symbol
