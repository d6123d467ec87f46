"""The PDF: rendered on first request and frozen; the same bytes ever after."""

from hashlib import sha256

import structlog
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.db import transaction

from hengliang.dcc.embedded import embed_receipt
from hengliang.platform.certificates.document import render
from hengliang.platform.certificates.models import Certificate, Document
from hengliang.platform.certificates.selectors import issue_receipt
from hengliang.platform.core.acts import perform
from hengliang.platform.core.log.keys import keys
from hengliang.platform.core.rights import Actor
from hengliang.trust.errors import TrustError

log = structlog.get_logger(__name__)


def certificate_render(*, actor: Actor, certificate: Certificate) -> Document:
    """The PDF: rendered on first request and frozen; the same bytes ever after.

    It carries the signed XML, and in it the receipt of the issue if the log has taken that up by now; if not, the
    document says so and where the receipt will be.
    """
    if document := Document.objects.filter(certificate=certificate).first():
        return document
    with transaction.atomic():
        locked = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
        if document := Document.objects.filter(certificate=locked).first():
            return document
        xml, pdf = _made(locked, actor)
        with perform(actor, "certificate_render", subject=locked) as act:
            digest = sha256(pdf).hexdigest()
            document = Document.objects.create(act=act, certificate=locked, pdf=pdf, xml=xml, sha256=digest)
            act.content = {"number": locked.number, "sha256": digest}
    return document


def _made(certificate: Certificate, actor: Actor) -> tuple[bytes, bytes]:
    receipt = _receipt(certificate)
    xml = certificate.xml.encode()
    if receipt is not None:
        xml = embed_receipt(xml, receipt)
    from hengliang.trust.pades import sign_pdf  # half a second to import: only who renders pays
    from hengliang.trust.xades import sign_xml

    held = keys()
    if held is not None:
        xml = sign_xml(xml, held.documents, held.chain, at=actor.at)
    beside = f"{settings.PUBLIC_URL}/c/{certificate.code}/receipt"
    pdf = render(
        certificate.content, training=certificate.training, xml=xml, receipt="" if receipt is not None else beside
    )
    if held is not None:
        pdf = sign_pdf(pdf, held.documents, [one.public_bytes(Encoding.DER) for one in held.chain])
    return xml, pdf


def _receipt(certificate: Certificate) -> bytes | None:
    # A damaged log must not keep a citizen from the document; operators hear of it here and from `log check`.
    try:
        return issue_receipt(certificate)
    except TrustError as fault:
        log.error("no receipt can be made", certificate=certificate.number, reason=str(fault))
        return None
