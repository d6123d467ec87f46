"""What certificates tell: the public answer to a code."""

from dataclasses import dataclass
from datetime import date

from hengliang.platform.certificates.models import Certificate

IN_ORDER, EXPIRED, WITHDRAWN, REPLACED, FAILED, UNKNOWN = (
    "in_order", "expired", "withdrawn", "replaced", "failed", "unknown",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What a citizen is told about a code on a day."""

    verdict: str
    certificate: Certificate | None = None


def answer_of(certificate: Certificate, on: date) -> Answer:
    """Whether a proof is in order on a day."""
    if certificate.state in {WITHDRAWN, REPLACED}:
        return Answer(certificate.state, certificate)
    if certificate.kind == Certificate.Kind.NOTICE:
        return Answer(FAILED, certificate)
    if certificate.valid_until is not None and certificate.valid_until < on:
        return Answer(EXPIRED, certificate)
    return Answer(IN_ORDER, certificate)
