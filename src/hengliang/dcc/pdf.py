"""The view of a certificate as PDF/A-3 with its XML attached; the XML is what counts, the page shows it.

Source: ISO 19005-3 (attachments with relationship `source`); typst makes the file.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from hengliang.dcc.embedded import XML_NAME
from hengliang.dcc.errors import NotWritable
from hengliang.dcc.read import read_certificate
from hengliang.dcc.view import Language, page_of

TEMPLATE = files("hengliang.dcc") / "templates" / "certificate.typ"


def write_pdf(xml: bytes, language: Language) -> bytes:
    """The PDF of a certificate's XML, signed or not; the same bytes each time.

    Raises CertificateRefused for XML that is no certificate, NotWritable when the page can't be made.
    """
    certificate = read_certificate(xml)
    day = certificate.issued or certificate.ended or certificate.begun
    if day is None:
        raise NotWritable(where=certificate.number, reason="it has no date")
    # The data go in as JSON, never as markup, so that no name can break the page.
    inputs = {
        "data": json.dumps(asdict(page_of(certificate, language)), ensure_ascii=False),
        "xml": xml.decode("utf-8"),
        "name": XML_NAME,
    }
    try:
        made = typst.compile(
            str(TEMPLATE),
            sys_inputs=inputs,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards="a-3b",
            timestamp=int(datetime.combine(day, time(), UTC).timestamp()),
        )
    except RuntimeError as fault:
        raise NotWritable(where=certificate.number, reason=f"the page can't be made: {fault}") from fault
    return bytes(made)


@lru_cache(maxsize=1)
def _fonts() -> list[str]:
    return [str(Path(pylopdf_fonts_zh_cn.__file__).parent)]
