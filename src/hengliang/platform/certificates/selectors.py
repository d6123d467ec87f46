"""What certificates tell: the public answer to a code."""

import json
from dataclasses import dataclass
from datetime import date

from hengliang.platform.certificates.models import Certificate, Document, Mark
from hengliang.platform.certificates.states import CARRIED
from hengliang.platform.core.log.receipts import receipt_of
from hengliang.platform.core.models import LogEntry
from hengliang.trust.status import Standing

IN_ORDER, EXPIRED, WITHDRAWN, REPLACED, FAILED, CANCELLED, GENUINE, UNKNOWN = (
    "in_order", "expired", "withdrawn", "replaced", "failed", "cancelled", "genuine", "unknown",
)  # fmt: skip


# Told in one go: the page behind the code is read far more often than any other.
_BY_CODE = """
SELECT c.id, c.code, c.kind, c.number, c.verified_on, c.valid_until, c.content, c.training, c.state, (
    SELECT json_agg(json_build_object('kind', m.kind, 'number', m.number, 'state', m.state) ORDER BY m.kind, m.number)
    FROM certificates_mark m WHERE m.certificate_id = c.id AND m.state = ANY (%(carried)s)
)::text AS told_marks
FROM certificates_certificate c WHERE c.code = %(code)s
"""


def proof_and_marks(code: str) -> tuple[Certificate, list[Mark]] | None:
    """The proof behind a code as it stands now, and the marks that stand for it on the instrument.

    One query by the index of the code. Of a mark it gives kind, number and state; the fields of the proof that are
    not told to the public are read when they are asked for.
    """
    for row in Certificate.objects.raw(_BY_CODE, {"code": code, "carried": list(CARRIED)}):
        told: str | None = row.told_marks  # type: ignore[attr-defined]  # a column of the statement
        return row, [Mark(**mark) for mark in json.loads(told or "[]")]
    return None


@dataclass(frozen=True)
class Answer:
    """What a citizen is told about a code on a day."""

    verdict: str
    certificate: Certificate | None = None


def answer_of(certificate: Certificate, on: date) -> Answer:
    """Whether a proof is in order on a day; what is no proof of verification is genuine, and says no more."""
    if certificate.state in {WITHDRAWN, REPLACED, CANCELLED}:
        return Answer(certificate.state, certificate)
    if certificate.kind == Certificate.Kind.NOTICE:
        return Answer(FAILED, certificate)
    if certificate.kind != Certificate.Kind.CERTIFICATE:
        return Answer(GENUINE, certificate)
    if certificate.valid_until is not None and certificate.valid_until < on:
        return Answer(EXPIRED, certificate)
    return Answer(IN_ORDER, certificate)


STANDINGS: dict[str, Standing] = {"withdrawn": "withdrawn", "cancelled": "withdrawn", "replaced": "replaced"}


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
