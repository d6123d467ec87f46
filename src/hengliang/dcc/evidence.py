"""The offline check of a certificate: what its signature, its receipt and its status show, and what they leave open.

Guarantee: `valid` means all of: the document is in order, its signature leads to an anchor, a trusted log holds
exactly this content, and the log's authority had not withdrawn it as of the checkpoint. Nothing is fetched.
Hole: see `receipt.LIMITS`, which every answer carries; and the receipt of an issue is older than the signature, so
it does not prove when it was signed. Source: research on certificates and trust, 5 and 6.5.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hengliang.dcc.check import check_certificate
from hengliang.dcc.content import FORMAT, content_of
from hengliang.dcc.document import parse_certificate
from hengliang.dcc.embedded import certificate_in_pdf, ends_as_pdf, original_in_pdf, receipt_in
from hengliang.dcc.errors import CertificateRefused
from hengliang.dcc.model import Certificate
from hengliang.dcc.read import read_tree
from hengliang.trust import canonical
from hengliang.trust.chain import Anchors, ProofOfTime
from hengliang.trust.entries import LEDGER
from hengliang.trust.errors import TrustError
from hengliang.trust.pades import check_pdf
from hengliang.trust.receipt import LIMITS, Receipt, payload_of, read_receipt
from hengliang.trust.receipt_check import LogPolicy, ReceiptAnswer, check_receipt
from hengliang.trust.verdicts import Indeterminate, Invalid, Sub, Valid, Verdict, worst
from hengliang.trust.xades import check_xml

NO_RECEIPT = "the file carries no receipt: nothing shows that it stands in a log"
NO_STATUS = "the receipt carries no status: whether it was withdrawn must be asked of the log"
MARKED_COPY = (
    "this is a copy for information of a proof that no longer stands; the file as it was issued lies inside it as {}: "
    "take that out and check it"
)
OPEN = (
    "The signature shows who vouches for the file, not that the measurement was right.",
    "The receipt of an issue is older than the signature; only a time stamp or the receipt of the rendered file "
    "proves when it was signed.",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The answer, part by part; `overall` is the worst of them.

    number : of the certificate, empty when it can't be read
    replaces : number of the certificate in whose place it stands, empty when it replaces none
    log : what the receipt shows, None without one
    limits : what is not proven by any of it
    """

    overall: Verdict
    document: Verdict
    signature: Verdict
    receipt: Verdict
    content: Verdict
    status: Verdict
    number: str
    replaces: str
    log: ReceiptAnswer | None
    limits: tuple[str, ...] = (*LIMITS, *OPEN)


def check_evidence(
    content: bytes, anchors: Anchors, policy: LogPolicy, *, now: datetime, beside: bytes | None = None
) -> Evidence:
    """What a certificate file proves by itself; raises nothing that a hostile file could cause.

    content : PDF/A-3 with the XML attached, or the XML
    anchors, policy : whom to believe about signatures and logs
    now : moment of asking, UTC
    beside : a receipt that came beside the file, used instead of the embedded one
    """
    try:
        xml = certificate_in_pdf(content) if content.startswith(b"%PDF-") else content
        document, certificate, embedded = _picture(content) if xml is None else _read(xml, now)
    except CertificateRefused as fault:
        document, certificate, embedded = Invalid(Sub.FORMAT_FAILURE, str(fault)), None, None
    receipt, answer, logged = _receipt(beside or embedded, policy, now)
    bound = _bound(content, certificate, receipt, now)
    signature = _signature(content, anchors, now, _proofs(receipt, answer, bound, policy))
    status = (answer.status_verdict if answer else None) or Indeterminate(Sub.NO_POE, NO_STATUS)
    return Evidence(
        overall=worst(document, signature, logged, bound, status),
        document=document,
        signature=signature,
        receipt=logged,
        content=bound,
        status=status,
        number=certificate.number if certificate else "",
        replaces=certificate.replaces if certificate else "",
        log=answer,
    )


def _picture(content: bytes) -> tuple[Verdict, None, None]:
    if original := original_in_pdf(content):
        return Indeterminate(Sub.GENERIC, MARKED_COPY.format(original)), None, None
    return Indeterminate(Sub.GENERIC, "no certificate.xml is attached: only a picture of it is there"), None, None


def _read(xml: bytes, now: datetime) -> tuple[Verdict, Certificate | None, bytes | None]:
    root = parse_certificate(xml)
    # The signature has a part of its own, so that it is judged with the proofs of time.
    found = [
        one
        for one in check_certificate(xml, Anchors(()), now=now).findings
        if one.check != "signature" and one.verdict != "valid"
    ]
    broken = next((one for one in found if one.verdict == "invalid"), None)
    verdict: Verdict = Valid(now, "structure and rules hold")
    if broken is not None:
        verdict = Invalid(Sub.FORMAT_FAILURE, f"{broken.check} at {broken.where}: {broken.reason}")
    elif found:
        verdict = Indeterminate(Sub.GENERIC, f"{found[0].check} at {found[0].where}: {found[0].reason}")
    return verdict, read_tree(root), receipt_in(root)


def _receipt(
    content: bytes | None, policy: LogPolicy, now: datetime
) -> tuple[Receipt | None, ReceiptAnswer | None, Verdict]:
    if content is None:
        return None, None, Indeterminate(Sub.NO_POE, NO_RECEIPT)
    try:
        receipt = read_receipt(content)
        answer = check_receipt(receipt, policy, now=now)
    except TrustError as fault:
        return None, None, Invalid(Sub.FORMAT_FAILURE, str(fault))
    parts = (answer.signature, answer.inclusion, answer.payload)
    # The overall verdict of the receipt also holds its status and the quorum of witnesses.
    return receipt, answer, worst(*(one for one in parts if one is not None), _witnesses(answer, policy))


def _witnesses(answer: ReceiptAnswer, policy: LogPolicy) -> Verdict:
    names, needed = {one.name for one in answer.witnesses}, policy.needed(answer.origin)
    if len(names) < needed:
        reason = f"{len(names)} of the {needed} witnesses asked for have cosigned"
        return Indeterminate(Sub.NO_POE, reason)
    return answer.signature


def _bound(content: bytes, certificate: Certificate | None, receipt: Receipt | None, now: datetime) -> Verdict:
    """Whether the receipt speaks of this file."""
    payload = _disclosed(receipt)
    if not isinstance(payload, dict):
        return Indeterminate(Sub.GENERIC, "no content is disclosed that could be compared with the file")
    if "sha256" in payload:
        same = payload["sha256"] == hashlib.sha256(content).hexdigest()
        return _compared(same, "the bytes of the file are those that were recorded", now)
    if certificate is None:
        return Indeterminate(Sub.GENERIC, "the file has no content that could be compared with the receipt")
    if payload.get("format") == FORMAT:
        shown = {name: value for name, value in payload.items() if name != LEDGER}
        same = canonical.write(shown) == canonical.write(content_of(certificate))
        return _compared(same, "the certificate says what was recorded", now)
    if payload.get("number", certificate.number) != certificate.number:
        return _compared(False, "", now)
    return Indeterminate(Sub.GENERIC, "the recorded content has another form; only its number could be compared")


def _disclosed(receipt: Receipt | None) -> Any:
    # What can't be read discloses nothing; that it does not open the commitment is said with the receipt.
    try:
        return None if receipt is None else payload_of(receipt)
    except TrustError:
        return None


def _compared(same: bool, reason: str, now: datetime) -> Verdict:
    return Valid(now, reason) if same else Invalid(Sub.HASH_FAILURE, "the receipt belongs to another content")


def _proofs(
    receipt: Receipt | None, answer: ReceiptAnswer | None, bound: Verdict, policy: LogPolicy
) -> tuple[ProofOfTime, ...]:
    """The witnessed time of the rendered file; the receipt of the issue is older than the signature."""
    payload = _disclosed(receipt) if isinstance(bound, Valid) else None
    if answer is None or not isinstance(payload, dict) or "sha256" not in payload:
        return ()
    trusted = isinstance(answer.signature, Valid) and isinstance(answer.inclusion, Valid) and answer.payload
    if not isinstance(trusted, Valid) or not answer.witnesses or not isinstance(answer.signature, Valid):
        return ()
    if len({one.name for one in answer.witnesses}) < policy.needed(answer.origin):
        return ()
    return (ProofOfTime(answer.signature.at, f"the log {answer.origin}, witnessed"),)


def _signature(content: bytes, anchors: Anchors, now: datetime, proofs: tuple[ProofOfTime, ...]) -> Verdict:
    if content.startswith(b"%PDF-"):
        if not ends_as_pdf(content):
            return Invalid(Sub.FORMAT_FAILURE, "the file does not end as a PDF does")
        return check_pdf(content, anchors, now=now, proofs=proofs).verdict
    return check_xml(content, anchors, now=now, proofs=proofs).verdict
