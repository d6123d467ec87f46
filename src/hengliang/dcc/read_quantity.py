"""Reads quantities in the notations of D-SI 1.x and 2.x into `Values`, digits as written."""

from collections.abc import Iterator

from lxml import etree

from hengliang.dcc.covariance_rules import matrix_texts
from hengliang.dcc.document import SI, text_of, tokens
from hengliang.dcc.quantity import Covariance, Quantity, Text, Uncertainty, Values
from hengliang.dcc.reading import child, many, read_text, ref_types

_HOLDERS = ("measurementUncertaintyUnivariate", "listMeasurementUncertaintyUnivariate")


def read_quantity(element: etree._Element) -> Quantity:
    """One DCC quantity with its verdicts and limits."""
    meta = many(child(element, "measurementMetaData"), "metaData")
    listed = child(element, "charsXMLList")
    words = read_text(child(element, "noQuantity")) if listed is None else Text.of(text_of(listed))
    return Quantity(
        name=read_text(child(element, "name")),
        values=tuple(_values(element)),
        words=words,
        ref_types=ref_types(element),
        id=element.get("id") or "",
        refers_to=tuple((element.get("refId") or "").split()),
        conformity=tuple(word for one in meta for word in _verdicts(one)),
        limits=tuple(read_quantity(one) for line in meta for one in many(child(line, "data"), "quantity")),
    )


def _verdicts(meta: etree._Element) -> tuple[str, ...]:
    listed = child(meta, "conformityXMLList")
    return tokens(child(meta, "conformity") if listed is None else listed)


def _values(element: etree._Element) -> Iterator[Values]:
    for one in element.iterchildren(f"{SI}real", f"{SI}constant", f"{SI}realListXMLList", f"{SI}hybrid", f"{SI}list"):
        if one.tag in (f"{SI}hybrid", f"{SI}list"):
            yield from _values(one)
        else:
            many_values = one.tag == f"{SI}realListXMLList"
            yield _read(one, "XMLList" if many_values else "")
    for holder in element.findall(f"{SI}realList"):
        yield from (_read(one, "") for one in holder.findall(f"{SI}real"))


def _read(element: etree._Element, many_values: str) -> Values:
    return Values(
        numbers=_list(element, f"value{many_values}"),
        units=_list(element, f"unit{many_values}"),
        uncertainty=_uncertainty(element, many_values),
        covariance=_covariance(element),
        times=_list(element, f"dateTime{many_values}"),
        label=text_of(element.find(f"{SI}label{many_values}")),
        single=not many_values,
    )


def _list(element: etree._Element, name: str) -> tuple[str, ...]:
    return tokens(element.find(SI + name))


def _uncertainty(element: etree._Element, many_values: str) -> Uncertainty | None:
    for holder in (element, *(element.find(f"{SI}{name}{many_values}") for name in _HOLDERS)):
        if holder is None:
            continue
        for name, kind, number in (
            ("expandedUnc", "expanded", "uncertainty"),
            ("expandedMU", "expanded", "valueExpandedMU"),
            ("standardMU", "standard", "valueStandardMU"),
            ("coverageInterval", "interval", "standardUnc"),
            ("coverageIntervalMU", "interval", "valueStandardMU"),
        ):
            found = holder.find(f"{SI}{name}{many_values}")
            if found is not None:
                return Uncertainty(
                    kind=kind,  # type: ignore[arg-type]
                    values=_list(found, number + many_values),
                    k=_list(found, f"coverageFactor{many_values}"),
                    p=_list(found, f"coverageProbability{many_values}"),
                    lower=_list(found, f"intervalMin{many_values}"),
                    upper=_list(found, f"intervalMax{many_values}"),
                    distribution=_list(found, f"distribution{many_values}"),
                )
    return None


def _covariance(element: etree._Element) -> Covariance | None:
    for shape in ("ellipsoidal", "rectangular"):
        region = element.find(f"{SI}{shape}RegionXMLList")
        if region is not None:
            return Covariance(
                matrix=matrix_texts(region, "value"),
                units=matrix_texts(region, "unit"),
                k=text_of(region.find(f"{SI}coverageFactor")),
                p=text_of(region.find(f"{SI}coverageProbability")),
                shape=shape,
            )
    return None
