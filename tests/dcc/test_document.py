"""Hostile files are refused before they cost anything."""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.dcc import document, embedded, quantity_rules
from hengliang.dcc.check import check_certificate
from hengliang.dcc.document import MAX_BYTES, parse_certificate, place, read_bytes
from hengliang.dcc.errors import CertificateRefused
from hengliang.dcc.pdf import write_pdf
from hengliang.dcc.read import read_certificate
from hengliang.dcc.write import write_certificate
from hengliang.trust.xades import sign_xml
from tests.dcc.samples import CALIBRATION, VERIFICATION
from tests.trust.authority import ANCHORS, ISSUER
from tests.trust.conftest import NOON

SIGNED = sign_xml(write_certificate(VERIFICATION), ISSUER.key, [ISSUER.certificate], at=NOON)

ROOT = '<c:digitalCalibrationCertificate xmlns:c="https://ptb.de/dcc">{}</c:digitalCalibrationCertificate>'
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
    + ROOT.format("&i;")
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + ROOT.format("&a;")


@pytest.mark.parametrize("text", [BOMB, EXTERNAL, "<a>" * 300, "", "%PDF-1.7", ROOT.format("<x>")])
def test_bombs_entities_and_depth_are_refused(text: str) -> None:
    with pytest.raises(CertificateRefused):
        parse_certificate(text.encode())


def test_half_a_gigabyte_is_not_even_read(tmp_path: Path) -> None:
    large = tmp_path / "large.xml"
    with large.open("wb") as file:
        file.truncate(500_000_000)
    tracemalloc.start()
    with pytest.raises(CertificateRefused, match="500000000"):
        read_bytes(large)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_many_tiny_elements_are_refused_before_a_tree_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MAX_TAGS", 100)
    with pytest.raises(CertificateRefused, match="tags"):
        parse_certificate(ROOT.format("<c:a/>" * 200).encode())


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(CertificateRefused, match="bytes"):
        parse_certificate(b" " * (MAX_BYTES + 1))


def test_a_place_counts_among_its_like() -> None:
    root = parse_certificate(ROOT.format("<c:a/><c:b/>\n<c:a/>").encode())
    assert place(root[2]) == "/digitalCalibrationCertificate/a[2] (line 2)"


def test_a_file_of_nothing_but_numbers_is_not_examined_for_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    root = parse_certificate(write_certificate(CALIBRATION))
    monkeypatch.setattr(quantity_rules, "MOST_VALUES", 5)
    (found,) = quantity_rules.check_quantities(root)
    assert (found.verdict, "more than 5" in found.reason) == ("indeterminate", True)


@given(st.integers(0, len(SIGNED) - 1), st.binary(max_size=40))
@settings(max_examples=200, deadline=None)
def test_no_damaged_certificate_raises_or_passes_as_signed(at: int, damage: bytes) -> None:
    damaged = SIGNED[:at] + damage + SIGNED[at + len(damage) :]
    found = check_certificate(damaged, ANCHORS, now=NOON)
    assert found.verdict != "valid" or read_certificate(damaged) == VERIFICATION


def test_an_attachment_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = write_pdf(write_certificate(VERIFICATION), "zh")
    monkeypatch.setattr(embedded, "MAX_BYTES", 1000)
    with pytest.raises(CertificateRefused, match="more than 1000"):
        embedded.certificate_in_pdf(made)
