"""Signatures inside a PDF (PAdES baseline B-B, with a time stamp B-T), made and checked.

Guarantee: a signature that checks covers the file up to its last byte; anything appended after the last
signature is reported and refused, unless it is itself a signature. Hole: PDF viewers show more than is signed
(fonts, scripts of other parts); the signed XML attached to the PDF is what machines should read.
Source: ETSI EN 319 142-1 V1.2.1; ISO 32000-2, 12.8; by pyHanko.
"""

import io
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509 as asn1_x509
from asn1crypto.algos import SignedDigestAlgorithm
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import Signer as PdfSigner
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from hengliang.trust.chain import Anchors, ProofOfTime, check_chain
from hengliang.trust.coroutines import finished
from hengliang.trust.errors import DocumentRefused, KeyRefused, TimestampRefused
from hengliang.trust.keys import Signer
from hengliang.trust.timestamp import Stamper, Transport
from hengliang.trust.verdicts import Indeterminate, Invalid, Sub, Verdict, worst

# A path that can't be built is a verdict here. Where an application sets up no log, Python would print the library's
# record of it, with a traceback, beside the answer.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())
logging.getLogger("pyhanko_certvalidator").addHandler(logging.NullHandler())

MAX_BYTES = 128 * 1024 * 1024
_TAIL = 2048
MAX_SIGNATURES = 16


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature of a PDF.

    field : name of the signature field
    certificate : DER, None when it could not be read
    stamped : time its RFC 3161 token proves, None without a trusted one
    """

    field: str
    verdict: Verdict
    certificate: bytes | None
    stamped: datetime | None


@dataclass(frozen=True, slots=True)
class PdfAnswer:
    """What a PDF shows: the worst of its signatures."""

    verdict: Verdict
    signatures: tuple[PdfSignature, ...] = ()


def sign_pdf(
    content: bytes,
    signer: Signer,
    chain: Sequence[bytes],
    *,
    field: str = "Issuer",
    reason: str = "",
    stamp: Transport | None = None,
) -> bytes:
    """The PDF with an incremental PAdES signature; B-T when `stamp` reaches a time stamping authority.

    signer : an ECDSA P-256 key, in software or in a module
    chain : DER certificates, the signer's first
    Raises DocumentRefused, KeyRefused, TimestampRefused.
    """
    if signer.algorithm != "ecdsa-p256-sha256":
        raise KeyRefused(name=signer.algorithm, reason="PDF certificates are signed with ECDSA P-256")
    _bounded(content)
    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason or None,
    )
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
        signing = signers.PdfSigner(
            metadata, signer=_PortSigner(signer, chain), timestamper=Stamper(stamp) if stamp else None
        )
        out = finished(signing.async_sign_pdf(writer))
    except TimestampRefused:
        raise
    except (PdfError, SigningError, ValueError, TypeError, KeyError, RecursionError) as fault:
        raise DocumentRefused(reason=f"no PDF that can be signed: {fault}") from fault
    return bytes(out.getvalue())


def check_pdf(content: bytes, anchors: Anchors, *, now: datetime, proofs: Iterable[ProofOfTime] = ()) -> PdfAnswer:
    """What the signatures of a PDF are worth; raises nothing that a hostile file could cause.

    anchors : roots of signers and of time stamping authorities
    now : moment of asking, UTC
    proofs : when the file is known to have existed, by receipt
    """
    known = tuple(proofs)
    try:
        _bounded(content)
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        embedded = list(reader.embedded_regular_signatures)
        if not embedded:
            return PdfAnswer(Indeterminate(Sub.SIGNED_DATA_NOT_FOUND, "the PDF is not signed"))
        if len(embedded) > MAX_SIGNATURES:
            raise DocumentRefused(reason=f"it carries more than {MAX_SIGNATURES} signatures")
        read = [finished(_check(one, anchors, now)) for one in embedded]
        whole = _whole(reader.embedded_signatures[-1])
    except DocumentRefused as fault:
        return PdfAnswer(Invalid(Sub.FORMAT_FAILURE, str(fault)))
    except RecursionError:
        return PdfAnswer(Invalid(Sub.FORMAT_FAILURE, "its objects are nested too deep"))
    except Exception as fault:  # pyHanko's parser meets hostile bytes: any failure of it refuses the file
        return PdfAnswer(Invalid(Sub.FORMAT_FAILURE, f"{type(fault).__name__}: {fault}"))
    found = tuple(_judged(one, anchors, now, known) for one in read)
    verdicts = [whole, *(one.verdict for one in found)]
    return PdfAnswer(worst(*(one for one in verdicts if one is not None)), found)


class _PortSigner(PdfSigner):
    """pyHanko's signer with the private key behind our port."""

    def __init__(self, signer: Signer, chain: Sequence[bytes]) -> None:
        certificates = [asn1_x509.Certificate.load(one) for one in chain]
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(certificates)
        super().__init__(
            signing_cert=certificates[0],
            cert_registry=store,
            signature_mechanism=SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        )
        self._port = signer

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """DER signature by the port; a placeholder of the longest form on a dry run."""
        return bytes(72) if dry_run else self._port.sign(data)


def _bounded(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise DocumentRefused(reason=f"it is longer than {MAX_BYTES} bytes")
    if not content.startswith(b"%PDF-"):
        raise DocumentRefused(reason="it is no PDF")
    if b"startxref" not in content[-_TAIL:]:  # without it the reader searches the whole file for objects, for ever
        raise DocumentRefused(reason="it names no index at its end")


def _whole(last: Any) -> Verdict | None:
    last.compute_integrity_info()
    if last.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE:
        return None
    return Invalid(Sub.FORMAT_FAILURE, "the file was changed after its last signature")


@dataclass(frozen=True, slots=True)
class _Found:
    field: str
    broken: Verdict | None
    certificate: bytes
    carried: tuple[bytes, ...]
    stamped: datetime | None


def _judged(found: _Found, anchors: Anchors, now: datetime, proofs: tuple[ProofOfTime, ...]) -> PdfSignature:
    if found.stamped is not None:
        proofs = (*proofs, ProofOfTime(found.stamped, "its time stamp"))
    helped = Anchors(anchors.roots, (*anchors.intermediates, *found.carried), anchors.crls)
    verdict = found.broken or check_chain(found.certificate, helped, now=now, proofs=proofs)
    return PdfSignature(found.field, verdict, found.certificate, found.stamped)


def _carried(embedded: Any) -> tuple[bytes, ...]:
    return tuple(one.dump() for one in embedded.other_embedded_certs)


async def _check(embedded: Any, anchors: Anchors, now: datetime) -> _Found:
    context = _context(anchors, now)
    status = await async_validate_pdf_signature(embedded, context, context)
    stamped = await _stamped(embedded, status, anchors)
    broken = _broken(embedded, status)
    return _Found(embedded.field_name, broken, status.signing_cert.dump(), _carried(embedded), stamped)


async def _stamped(embedded: Any, status: Any, anchors: Anchors) -> datetime | None:
    validity = status.timestamp_validity
    if validity is None or not (validity.intact and validity.valid):
        return None
    context = _context(anchors, validity.timestamp)
    again = await async_validate_pdf_signature(embedded, context, context)
    trusted = again.timestamp_validity is not None and again.timestamp_validity.trusted
    return validity.timestamp if trusted else None


def _broken(embedded: Any, status: Any) -> Verdict | None:
    if not status.intact:
        return Invalid(Sub.HASH_FAILURE, f"the signed part of field {embedded.field_name} was altered")
    if not status.valid:
        return Invalid(Sub.SIG_CRYPTO_FAILURE, f"the signature of field {embedded.field_name} does not hold")
    return None


def _context(anchors: Anchors, moment: datetime) -> ValidationContext:
    return ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(one) for one in anchors.roots],
        other_certs=[asn1_x509.Certificate.load(one) for one in anchors.intermediates],
        moment=moment,
        allow_fetching=False,
    )
