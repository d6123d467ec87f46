"""The views say in both languages what the data say, and nothing can break out of them."""

from dataclasses import replace

import pytest

from hengliang.dcc.embedded import certificate_in_pdf
from hengliang.dcc.html import write_html
from hengliang.dcc.pdf import write_pdf
from hengliang.dcc.quantity import Text, Uncertainty
from hengliang.dcc.show import describe, lines, values_text
from hengliang.dcc.view import page_of
from hengliang.dcc.words import word
from hengliang.dcc.write import write_certificate
from tests.dcc.samples import ALL, CALIBRATION, DENSITY, ERROR, NOTICE, VERIFICATION


@pytest.mark.parametrize(
    ("language", "title", "error", "verdict"),
    [("zh", "校准证书", "示值误差", "不合格"), ("en", "Calibration certificate", "Error of indication", "fail")],
)
def test_both_languages_show_the_same_data(language: str, title: str, error: str, verdict: str) -> None:
    page = page_of(CALIBRATION, language)  # type: ignore[arg-type]
    grid = next(grid for section in page.sections for grid in section.grids)
    assert page.title == title
    assert grid.head[2] == f"{error} / g (U = 0.0002 g, k = 2, p = 0.95)"
    assert grid.rows[2] == ("500", "0.500", "0.0012", verdict)


def test_a_factor_that_is_not_stated_is_shown_as_unknown() -> None:
    values = replace(ERROR.values[0], uncertainty=Uncertainty("expanded", ("0.1",)))
    assert values_text(values).endswith("U = 0.1 g, k = ?")


def test_an_interval_is_shown_with_its_bounds() -> None:
    assert values_text(DENSITY.values[0]) == "7960 kg/m³; u = 10 kg/m³, [7940, 7980], p = 0.95"


def test_html_escapes_every_text() -> None:
    text = "<script>alert(1)</script>\"'&"
    hostile = replace(CALIBRATION, number=text, unread=(text,), customer=replace(NOTICE.customer, name=Text.of(text)))
    assert "<script" not in write_html(hostile, "zh")


@pytest.mark.parametrize("certificate", ALL.values(), ids=ALL.keys())
def test_html_names_its_kind(certificate) -> None:
    assert f"<h1>{word(certificate.kind, 'en')}</h1>" in write_html(certificate, "en")


def test_the_pdf_carries_its_xml_and_is_pdf_a_3() -> None:
    xml = write_certificate(VERIFICATION)
    made = write_pdf(xml, "zh")
    assert certificate_in_pdf(made) == xml
    assert b"<pdfaid:part>3</pdfaid:part>" in made
    assert write_pdf(xml, "zh") == made


def test_markup_in_a_name_is_only_text() -> None:
    named = replace(VERIFICATION, customer=replace(NOTICE.customer, name=Text.of('#read("/etc/passwd") *x*')))
    assert write_pdf(write_certificate(named), "en").startswith(b"%PDF-")


def test_show_names_what_was_not_read() -> None:
    assert ("未能解读", "a/b") in list(lines(replace(CALIBRATION, unread=("a/b",)), "zh"))
    assert describe(CALIBRATION, "en")["items"][0]["name"] == "Set of weights"
