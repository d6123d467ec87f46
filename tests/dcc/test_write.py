"""What is written is valid by the schema, passes our own checks, and reads back as it was."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from hengliang.dcc.check import check_certificate
from hengliang.dcc.errors import NotWritable
from hengliang.dcc.model import Certificate, Result
from hengliang.dcc.quantity import Quantity, Text, Uncertainty, Values
from hengliang.dcc.read import read_certificate
from hengliang.dcc.write import write_certificate
from hengliang.dcc.write_quantity import dsi_unit
from hengliang.trust.chain import Anchors
from tests.dcc.samples import ALL, CALIBRATION, ERROR, NOMINAL, TEMPERATURE

REFERENCE = os.environ.get("HENGLIANG_REFERENCE")
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize("certificate", ALL.values(), ids=ALL.keys())
def test_reading_gives_back_what_was_written(certificate: Certificate) -> None:
    assert read_certificate(write_certificate(certificate)) == certificate


@pytest.mark.parametrize("certificate", ALL.values(), ids=ALL.keys())
def test_what_is_written_passes_our_checks(certificate: Certificate) -> None:
    assert check_certificate(write_certificate(certificate), Anchors(()), now=NOW).verdict == "valid"


@pytest.mark.skipif(not REFERENCE, reason="HENGLIANG_REFERENCE names no folder")
@pytest.mark.parametrize("certificate", ALL.values(), ids=ALL.keys())
def test_what_is_written_is_valid_by_the_schema(certificate: Certificate) -> None:
    schema = etree.XMLSchema(file=str(Path(str(REFERENCE)) / "dcc" / "xsd" / "dcc" / "v3.3.0" / "dcc.xsd"))
    schema.assertValid(etree.fromstring(write_certificate(certificate)).getroottree())


def with_quantity(quantity: Quantity) -> Certificate:
    measurement = CALIBRATION.measurements[0]
    result = Result(Text.of("x"), (ERROR, quantity))
    return replace(CALIBRATION, measurements=(replace(measurement, results=(result,)),))


def values(*numbers: str, **fields: object) -> Quantity:
    return Quantity(Text.of("x"), (Values(numbers, ("\\metre",), **fields),))  # type: ignore[arg-type]


@given(
    st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=6), min_size=1, max_size=9),
    st.sampled_from(["1", "1.96", "2", "2.00", "3.31"]),
)
def test_no_digit_is_lost_or_invented(numbers: list[object], k: str) -> None:
    stated = Uncertainty("expanded", ("0.10",), (k,), ("0.95",))
    certificate = with_quantity(values(*(str(one) for one in numbers), uncertainty=stated))
    assert read_certificate(write_certificate(certificate)) == certificate


@pytest.mark.parametrize(
    ("certificate", "reason"),
    [
        (replace(CALIBRATION, number=""), "uniqueIdentifier"),
        (replace(CALIBRATION, items=()), "item"),
        (replace(CALIBRATION, begun=None), "beginPerformanceDate"),
        (replace(CALIBRATION, issued=date(2026, 1, 1)), "before"),
        (replace(CALIBRATION, mandatory_languages=("fr",)), "'fr'"),
        (replace(CALIBRATION, unread=("a/b",)), "a/b"),
        (with_quantity(values("1", uncertainty=Uncertainty("expanded", ("1",), (), ("0.95",)))), "coverageFactor"),
        (with_quantity(values("1", uncertainty=Uncertainty("expanded", ("1",), ("2",), ("95",)))), "0.95 for 95"),
        (with_quantity(values("1", "2", "3", uncertainty=Uncertainty("standard", ("1", "1")))), "2 entries for 3"),
        (with_quantity(values("ten")), "'ten'"),
        (with_quantity(values("1", "2", single=True)), "write a list"),
        (with_quantity(replace(NOMINAL, id="error")), "more than once"),
        (with_quantity(replace(TEMPERATURE, refers_to=("nobody",))), "nobody"),
        (with_quantity(Quantity(Text.of("x"), (Values(("1",), ("furlong-ish",)),))), "furlong-ish"),
        (with_quantity(Quantity(Text.of("x"), (Values(("1",), ("\\furlongish",)),))), "furlongish"),
        (with_quantity(replace(ERROR, id="", conformity=("pass", "fail"))), "2 verdicts for 3"),
    ],
)
def test_what_no_valid_document_can_hold_is_refused(certificate: Certificate, reason: str) -> None:
    with pytest.raises(NotWritable, match=reason):
        write_certificate(certificate)


def test_units_are_written_in_the_notation_of_d_si() -> None:
    assert dsi_unit("kg/m3") == "\\kilogram\\metre\\tothe{-3}"
    assert dsi_unit("千克") == "\\kilogram"
