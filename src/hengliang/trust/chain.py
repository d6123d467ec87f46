"""What a certificate is worth at a given time, and what proof of time can change about it.

Guarantee: a chain that is valid now is valid; one that is not may still be *valid for a proven past moment*:
when a time stamp or a witnessed receipt shows that the signature existed while the chain was good. Without
such proof an expired chain is indeterminate, not invalid; a revocation counts from its own date, a key
compromise from the date it is dated back to. Hole: revocation lists must be handed in, nothing is fetched,
and without a list nothing counts as revoked; indirect lists are not read.
Source: RFC 5280, 6; ETSI EN 319 102-1 V1.3.1, 5.2.6 (X.509 validation), 5.6 (past signature validation).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    PathError,
    ValidationError,
)

from hengliang.trust.coroutines import finished
from hengliang.trust.verdicts import Indeterminate, Invalid, Sub, Valid, Verdict


@dataclass(frozen=True, slots=True)
class ProofOfTime:
    """Something that shows that a signature existed at `time`, and who says so."""

    time: datetime
    source: str


@dataclass(frozen=True, slots=True)
class Anchors:
    """Whom to believe about certificates.

    roots : DER of root certificates
    intermediates : DER of further certificates that help to build the chain
    crls : DER of revocation lists
    """

    roots: Sequence[bytes]
    intermediates: Sequence[bytes] = ()
    crls: Sequence[bytes] = ()


def check_chain(certificate: bytes, anchors: Anchors, *, now: datetime, proofs: Iterable[ProofOfTime] = ()) -> Verdict:
    """Whether the signer's certificate is good for a signature that exists.

    certificate : DER
    now : moment of asking, UTC
    proofs : when the signature is known to have existed
    """
    today = _at(certificate, anchors, now)
    if isinstance(today, Valid):
        return today
    for proof in sorted(proofs, key=lambda one: one.time):
        past = _at(certificate, anchors, proof.time)
        if isinstance(past, Valid):
            return Valid(proof.time, f"{past.reason}; {proof.source} proves that the signature existed then")
    return today


def _at(certificate: bytes, anchors: Anchors, moment: datetime) -> Verdict:
    try:
        return finished(_validate(certificate, anchors, moment))
    except NotYetValidError as fault:
        return Indeterminate(Sub.NOT_YET_VALID, str(fault))
    except ExpiredError as fault:
        return Indeterminate(Sub.OUT_OF_BOUNDS_NO_POE, f"{fault} No proof of time shows it signed before.")
    except InsufficientRevinfoError as fault:
        return Indeterminate(Sub.TRY_LATER, str(fault))
    except DisallowedAlgorithmError as fault:
        return Indeterminate(Sub.CRYPTO_CONSTRAINTS_FAILURE, str(fault))
    except PathBuildingError as fault:
        return Indeterminate(Sub.NO_CERTIFICATE_CHAIN_FOUND, f"no chain to a trusted root: {fault}")
    except (InvalidCertificateError, PathError, ValidationError) as fault:
        return Indeterminate(Sub.CHAIN_CONSTRAINTS_FAILURE, str(fault))
    except UnsupportedAlgorithm as fault:
        return Indeterminate(Sub.CRYPTO_CONSTRAINTS_FAILURE, f"not checkable here: {fault}")
    except Exception as fault:  # the ASN.1 parsers meet hostile bytes: any failure of theirs refuses them
        return Invalid(Sub.FORMAT_FAILURE, f"no readable certificate: {fault}")


async def _validate(certificate: bytes, anchors: Anchors, moment: datetime) -> Verdict:
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(root) for root in anchors.roots],
        other_certs=[asn1_x509.Certificate.load(one) for one in anchors.intermediates],
        moment=moment,
        allow_fetching=False,
        weak_hash_algos={"md2", "md5", "sha1"},
    )
    leaf = asn1_x509.Certificate.load(certificate, strict=True)
    path = await CertificateValidator(leaf, validation_context=context).async_validate_path()
    revoked = _revoked([one.dump() for one in path.iter_certs(include_root=True)], anchors.crls, moment)
    if revoked is not None:
        return revoked
    root = path.first.subject.human_friendly
    return Valid(moment, f"{leaf.subject.human_friendly} chains to {root} at {moment:%Y-%m-%d}")


def _revoked(path: Sequence[bytes], lists: Sequence[bytes], moment: datetime) -> Verdict | None:
    # Lists are evaluated here and not by the path library: it looks at them only when a certificate declares
    # where its list is, and it knows no date of compromise. A list issued later still tells of earlier days.
    certificates = [x509.load_der_x509_certificate(one) for one in path]
    for content in lists:
        listed = x509.load_der_x509_crl(content)
        for issuer, subject in pairwise(certificates):
            if listed.issuer != issuer.subject or not listed.is_signature_valid(_issuer_key(issuer)):
                continue
            entry = listed.get_revoked_certificate_by_serial_number(subject.serial_number)
            if entry is not None and moment >= _effective(entry):
                reason = f"{subject.subject.rfc4514_string()} was revoked as of {_effective(entry):%Y-%m-%d}"
                return Indeterminate(Sub.REVOKED_NO_POE, f"{reason}; no proof of time shows it signed before")
    return None


def _issuer_key(issuer: x509.Certificate) -> Any:
    return issuer.public_key()


def _effective(entry: x509.RevokedCertificate) -> datetime:
    try:
        return entry.extensions.get_extension_for_class(x509.InvalidityDate).value.invalidity_date_utc
    except x509.ExtensionNotFound:
        return entry.revocation_date_utc
