"""The PDF of a certificate: PDF/A-3 by typst, fonts embedded, with a code to scan."""

from datetime import datetime
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.utils.translation import override

from hengliang.dcc.embedded import XML_NAME
from hengliang.platform.certificates.layout import evidence_words, page_model
from hengliang.platform.core.typst import code_to_scan, typeset

TEMPLATE = files("hengliang.platform.certificates") / "templates" / "certificates" / "certificate.typ"


def render(content: dict[str, Any], *, training: bool, xml: bytes, receipt: str) -> bytes:
    """The bytes of the PDF.

    xml : the digital certificate, which is attached
    receipt : where the receipt will be; empty when it is inside the XML
    """
    with override("zh-hans"):
        model = page_model(content) | {"evidence": evidence_words(receipt)}
    link = f"{settings.PUBLIC_URL}/c/{content['code']}"
    return typeset(
        TEMPLATE,
        model,
        timestamp=int(datetime.fromisoformat(content["issued_on"]).timestamp()),
        qr=code_to_scan(link),
        link=link,
        xml=xml.decode(),
        name=XML_NAME,
        training="yes" if training else "",
    )
