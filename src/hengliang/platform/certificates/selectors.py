"""What certificates tell: the public answer to a code."""

from dataclasses import dataclass
from datetime import date

from hengliang.platform.certificates.models import Certificate, Document
from hengliang.platform.core.log.receipts import receipt_of
from hengliang.platform.core.models import LogEntry
from hengliang.trust.status import Standing

IN_ORDER, EXPIRED, WITHDRAWN, REPLACED, FAILED, GENUINE, UNKNOWN = (
    "in_order", "expired", "withdrawn", "replaced", "failed", "genuine", "unknown",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What a citizen is told about a code on a day."""

    verdict: str
    certificate: Certificate | None = None


def answer_of(certificate: Certificate, on: date) -> Answer:
    """Whether a proof is in order on a day; what is no proof of verification is genuine, and says no more."""
    if certificate.state in {WITHDRAWN, REPLACED}:
        return Answer(certificate.state, certificate)
    if certificate.kind == Certificate.Kind.NOTICE:
        return Answer(FAILED, certificate)
    if certificate.kind != Certificate.Kind.CERTIFICATE:
        return Answer(GENUINE, certificate)
    if certificate.valid_until is not None and certificate.valid_until < on:
        return Answer(EXPIRED, certificate)
    return Answer(IN_ORDER, certificate)


STANDINGS: dict[str, Standing] = {"withdrawn": "withdrawn", "replaced": "replaced"}


def standing_of(certificate: Certificate) -> Standing:
    """How a proof stands at this moment, for the signed status."""
    state = Certificate.objects.filter(pk=certificate.pk).values_list("state", flat=True).get()
    return STANDINGS.get(state, "stands")


def issue_receipt(certificate: Certificate) -> bytes | None:
    """The receipt of the issue: it discloses what the certificate says; None while the log has not taken it up.

    Raises TrustError where the stored log is damaged.
    """
    entry = LogEntry.objects.get(pk=certificate.act_id)
    return receipt_of(entry, lambda: standing_of(certificate))


def document_receipt(document: Document) -> bytes | None:
    """The receipt of the rendered file: it discloses the digest of its bytes."""
    entry = LogEntry.objects.get(pk=document.act_id)
    return receipt_of(entry, lambda: standing_of(document.certificate))
