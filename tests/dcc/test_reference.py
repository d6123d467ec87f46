"""Certificates of others get the verdict they deserve, each with its reason."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hengliang.dcc.check import check_certificate
from hengliang.dcc.document import parse_certificate
from hengliang.dcc.errors import CertificateRefused
from hengliang.dcc.quantity import quantities
from hengliang.dcc.read import read_certificate
from hengliang.trust.chain import Anchors

REFERENCE = os.environ.get("HENGLIANG_REFERENCE")
pytestmark = pytest.mark.skipif(not REFERENCE, reason="HENGLIANG_REFERENCE names no folder")
NOW = datetime(2026, 6, 1, tzinfo=UTC)
SCHEMAS = Path(str(REFERENCE)) / "dcc" / "xsd"
SIGNED = "ptb-good-practice/dcc_gp_temperature_typical_v12_v3.2.0_signed"


def content(name: str) -> bytes:
    return (Path(str(REFERENCE)) / "dcc" / "examples" / f"{name}.xml").read_bytes()


@pytest.mark.parametrize("schemas", [None, SCHEMAS], ids=["ours", "with schema"])
@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("ptb-good-practice/dcc_gp_temperature_typical_v12", "3.1.1"),
        ("ptb-good-practice/dcc_gp_humidity_v1.0", "3.1.2"),
        ("ptb-good-practice/siliziumkugel_2_4_0", "2.4.0"),
        ("dcclib/valid", "3.3.0"),
    ],
)
def test_good_practice_is_valid(name: str, version: str, schemas: Path | None) -> None:
    found = check_certificate(content(name), Anchors(()), now=NOW, schemas=schemas)
    assert (found.verdict, found.version) == ("valid", version)


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("dcclib/invalid_schema", "structure"),
        ("dcclib/invalid_syntax", "readable"),
        (f"{SIGNED}_manipulated", "signature"),
    ],
)
def test_broken_or_manipulated_is_invalid(name: str, check: str) -> None:
    found = check_certificate(content(name), Anchors(()), now=NOW)
    assert found.verdict == "invalid"
    assert check in {one.check for one in found.findings if one.verdict == "invalid"}


@pytest.mark.parametrize("name", [SIGNED, "dcclib/valid_signature"])
def test_an_unanchored_chain_is_indeterminate_with_the_reason(name: str) -> None:
    found = check_certificate(content(name), Anchors(()), now=NOW)
    assert found.verdict == "indeterminate"
    assert [one.check for one in found.findings if one.verdict != "valid"] == ["signature"]
    assert "no chain to a trusted root" in found.findings[0].reason


def test_what_is_no_certificate_is_refused() -> None:
    with pytest.raises(CertificateRefused, match="no DCC"):
        parse_certificate(content("dsi/2023-03-31-PLATINUM-examples-1"))


def test_the_silicon_sphere_is_read_digit_by_digit() -> None:
    sphere = read_certificate(content("ptb-good-practice/siliziumkugel_2_4_0"))
    mass = quantities(sphere.measurements[0].results[0].data)[2].values[0]
    assert (mass.numbers, mass.units) == (("1.00007841",), ("\\kilogram",))
    assert mass.uncertainty is not None
    assert (mass.uncertainty.values, mass.uncertainty.k) == (("0.00000005",), ("2",))


def test_both_forms_of_a_hybrid_and_its_verdict_are_read() -> None:
    found = read_certificate(content("dcclib/valid"))
    reference, _, error = quantities(found.measurements[0].results[0].data)
    assert [one.units for one in reference.values] == [("\\kelvin",), ("\\degreecelsius",)]
    assert error.conformity == ("pass",)
    assert [one.values[0].numbers[0] for one in error.limits] == ["-0.23", "0.23"]
    assert any(path.endswith("/file") for path in found.unread)
