"""The PDF of a certificate: PDF/A-3 by typst, fonts embedded, with a code to scan."""

import io
import json
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import segno
import typst
from django.conf import settings
from django.utils.translation import override

from hengliang.dcc.embedded import XML_NAME
from hengliang.platform.certificates.layout import evidence_words, page_model

TEMPLATE = files("hengliang.platform.certificates") / "templates" / "certificates" / "certificate.typ"


@lru_cache(maxsize=1)
def _fonts() -> list[str]:
    return [str(Path(pylopdf_fonts_zh_cn.__file__).parent)]


def _code_to_scan(link: str) -> str:
    out = io.BytesIO()
    segno.make(link, error="m").save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()


def render(content: dict[str, Any], *, training: bool, xml: bytes, receipt: str) -> bytes:
    """The bytes of the PDF. The data go in as JSON, never as markup, so that no name can break the page.

    xml : the digital certificate, which is attached
    receipt : where the receipt will be; empty when it is inside the XML
    """
    with override("zh-hans"):
        model = page_model(content) | {"evidence": evidence_words(receipt)}
    link = f"{settings.PUBLIC_URL}/c/{content['code']}"
    inputs = {
        "data": json.dumps(model, ensure_ascii=False),
        "qr": _code_to_scan(link),
        "link": link,
        "xml": xml.decode(),
        "name": XML_NAME,
        "training": "yes" if training else "",
    }
    return bytes(
        typst.compile(
            str(TEMPLATE),
            sys_inputs=inputs,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards="a-3b",
            timestamp=int(datetime.fromisoformat(content["issued_on"]).timestamp()),
        )
    )
