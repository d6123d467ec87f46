"""Writes quantities as D-SI 2.2.1: one value as `real`, several as `realListXMLList`, covariance with them."""

from lxml import etree

from hengliang.dcc.document import SI
from hengliang.dcc.errors import NotWritable
from hengliang.dcc.quantity import Covariance, Quantity, Table, Uncertainty, Values
from hengliang.dcc.writing import add, add_text, set_ref_types
from hengliang.metrology.units import UnitError, read_unit

_HOLDERS = {
    # kind: element, its numbers, then what follows
    "expanded": ("expandedUnc", "uncertainty"),
    "interval": ("coverageInterval", "standardUnc"),
    "standard": ("standardMU", "valueStandardMU"),
}


def write_column(parent: etree._Element, column: Quantity | Table) -> None:
    """A quantity or a table of quantities. Raises NotWritable."""
    if isinstance(column, Quantity):
        write_quantity(parent, column)
        return
    element = add(parent, "list")
    _mark(element, column.id, column.ref_types)
    add_text(element, "name", column.name)
    for one in column.columns:
        write_column(element, one)


def write_quantity(parent: etree._Element, quantity: Quantity) -> None:
    """One quantity with its verdicts and limits. Raises NotWritable."""
    element = add(parent, "quantity")
    _mark(element, quantity.id, quantity.ref_types)
    if quantity.refers_to:
        element.set("refId", " ".join(quantity.refers_to))
    add_text(element, "name", quantity.name)
    if not quantity.values:
        add_text(element, "noQuantity", quantity.words, needed=True)
    holder = _si(element, "hybrid") if len(quantity.values) > 1 else element
    for values in quantity.values:
        _write_values(holder, values)
    _write_verdicts(element, quantity)


def _mark(element: etree._Element, name: str, ref_types: tuple[str, ...]) -> None:
    if name:
        element.set("id", name)
    set_ref_types(element, ref_types)


def _write_verdicts(element: etree._Element, quantity: Quantity) -> None:
    if not quantity.conformity and not quantity.limits:
        return
    meta = add(add(element, "measurementMetaData"), "metaData")
    if quantity.conformity:
        name = "conformity" if len(quantity.conformity) == 1 else "conformityXMLList"
        add(meta, name, " ".join(quantity.conformity))
    if quantity.limits:
        data = add(meta, "data")
        for limit in quantity.limits:
            write_quantity(data, limit)


def _si(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, SI + name)
    element.text = text
    return element


def _list(parent: etree._Element, name: str, texts: tuple[str, ...]) -> None:
    if texts:
        _si(parent, name, " ".join(texts))


def _write_values(parent: etree._Element, values: Values) -> None:
    if values.single and len(values.numbers) != 1:
        raise NotWritable(where="a single value", reason=f"it has {len(values.numbers)} numbers; write a list")
    many = "" if values.single else "XMLList"
    element = _si(parent, f"real{'' if values.single else 'List'}{many}")
    if values.label:
        _si(element, f"label{many}", values.label)
    _list(element, f"value{many}", values.numbers)
    _list(element, f"unit{many}", tuple(dsi_unit(unit) for unit in values.units))
    _list(element, f"dateTime{many}", values.times)
    if values.uncertainty is not None:
        _write_uncertainty(element, values.uncertainty, many)
    if values.covariance is not None:
        if values.single:
            raise NotWritable(where="a covariance", reason="a single value has none; write a list")
        _write_covariance(element, values.covariance)


def _write_uncertainty(element: etree._Element, stated: Uncertainty, many: str) -> None:
    name, numbers = _HOLDERS[stated.kind]
    if stated.kind == "standard":
        element = _si(element, f"measurementUncertaintyUnivariate{many}")
    holder = _si(element, name + many)
    _list(holder, numbers + many, stated.values)
    _list(holder, f"intervalMin{many}", stated.lower)
    _list(holder, f"intervalMax{many}", stated.upper)
    _list(holder, f"coverageFactor{many}", stated.k)
    _list(holder, f"coverageProbability{many}", stated.p)
    _list(holder, f"distribution{many}", stated.distribution)


def _write_covariance(element: etree._Element, covariance: Covariance) -> None:
    region = _si(element, f"{covariance.shape}RegionXMLList")
    matrix = _si(region, "covarianceMatrix")
    for entries, units in zip(covariance.matrix, covariance.units, strict=True):
        column = _si(matrix, "column")
        for entry, unit in zip(entries, units, strict=True):
            cell = _si(column, "covariance")
            _si(cell, "value", entry)
            _si(cell, "unit", dsi_unit(unit))
    _si(region, "coverageFactor", covariance.k)
    _si(region, "coverageProbability", covariance.p)


def dsi_unit(text: str) -> str:
    """A unit in the notation of D-SI, `kg` as `\\kilogram`; one that is in it already stays as it is.

    Raises NotWritable for a unit that is not known.
    """
    if text.startswith(("\\", "|")):
        return text
    try:
        return read_unit(text).dsi
    except UnitError as fault:
        raise NotWritable(where=f"the unit {text!r}", reason=str(fault)) from fault
