"""Signatures inside an XML document (XAdES baseline B-B), made and checked.

Guarantee: a signature that checks covers the whole document, by the very certificate that its signed
properties name; what is returned is only what was signed. The signature stands last in the root, so a
DCC 3.3.0 stays valid. Entities, DTDs, network, several signatures, and documents beyond `MAX_BYTES` are
refused before anything is computed. Hole: trust in the certificate is `chain.py`'s answer and part of the
verdict, but the *scope* of an authority is not looked at here (`trust_list.py`).
Source: ETSI EN 319 132-1 V1.2.1; W3C XML Signature 1.1; Canonical XML 1.1, since signxml's own checker
refuses exclusive canonicalisation of the nested properties.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature as CryptoInvalidSignature
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml.algorithms import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureConstructionMethod,
    SignatureMethod,
)
from signxml.exceptions import InvalidDigest, InvalidInput, InvalidSignature
from signxml.verifier import SignatureConfiguration, XMLVerifier
from signxml.xades.xades import (
    XAdESDataObjectFormat,
    XAdESSignatureConfiguration,
    XAdESSigner,
    XAdESVerifier,
)

from hengliang.trust.chain import Anchors, ProofOfTime, check_chain
from hengliang.trust.errors import DocumentRefused, KeyRefused
from hengliang.trust.keys import Signer
from hengliang.trust.verdicts import Indeterminate, Invalid, Sub, Verdict

MAX_BYTES = 64 * 1024 * 1024
_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_XADES = "{http://uri.etsi.org/01903/v1.3.2#}"


@dataclass(frozen=True, slots=True)
class XmlAnswer:
    """What a signed document shows.

    certificate : DER of the signer's certificate, None when none was found
    claimed_time : what the signer says, not proven
    signed : canonical bytes that were signed; trust nothing else of the document
    """

    verdict: Verdict
    certificate: bytes | None = None
    claimed_time: datetime | None = None
    signed: bytes | None = None


def parse(content: bytes) -> etree._Element:
    """The root of an XML document without DTD, entities, network, bounded in size and depth.

    Raises DocumentRefused.
    """
    if len(content) > MAX_BYTES:
        raise DocumentRefused(reason=f"it is longer than {MAX_BYTES} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise DocumentRefused(reason=f"no well-formed XML: {fault}") from fault
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise DocumentRefused(reason="it declares a document type; certificates have none")
    return root


def sign_xml(content: bytes, signer: Signer, chain: Sequence[x509.Certificate], *, at: datetime) -> bytes:
    """The document with an enveloped XAdES B-B signature as the last child of its root.

    signer : an ECDSA P-256 key, in software or in a module
    chain : the signer's certificate first
    at : the claimed signing time, UTC
    Raises DocumentRefused, also when the document already carries a signature; KeyRefused.
    """
    root = parse(content)
    if root.find(f".//{_DS}Signature") is not None:
        raise DocumentRefused(reason="it is signed already; sign the unsigned document")
    if signer.algorithm != "ecdsa-p256-sha256":
        raise KeyRefused(name=signer.algorithm, reason="XML certificates are signed with ECDSA P-256")
    key: Any = _Key(signer)
    signed = _Signer(signer, at).sign(root, key=key, cert=list(chain), always_add_key_value=False)
    return bytes(etree.tostring(signed, xml_declaration=True, encoding="utf-8"))


def check_xml(content: bytes, anchors: Anchors, *, now: datetime, proofs: Iterable[ProofOfTime] = ()) -> XmlAnswer:
    """What the signature of an XML document is worth; raises nothing that a hostile document could cause.

    now : moment of asking, UTC
    proofs : when the document is known to have existed, by time stamp or receipt
    """
    try:
        root = parse(content)
        signature = _only_signature(root)
        certificates = _certificates(signature)
        signed = _check_cryptography(root, certificates[0])
    except DocumentRefused as fault:
        return XmlAnswer(Invalid(Sub.FORMAT_FAILURE, str(fault)))
    except _NotFound as fault:
        return XmlAnswer(Indeterminate(fault.sub, str(fault)))
    except InvalidDigest as fault:
        return XmlAnswer(Invalid(Sub.HASH_FAILURE, f"the document was altered after signing: {fault}"))
    except (InvalidSignature, CryptoInvalidSignature) as fault:
        return XmlAnswer(Invalid(Sub.SIG_CRYPTO_FAILURE, f"the signature does not hold: {fault}"))
    except InvalidInput as fault:
        return XmlAnswer(Invalid(Sub.SIG_CONSTRAINTS_FAILURE, str(fault)))
    except UnsupportedAlgorithm as fault:
        return XmlAnswer(Indeterminate(Sub.CRYPTO_CONSTRAINTS_FAILURE, f"not checkable here: {fault}"))
    except Exception as fault:  # the libraries meet hostile bytes: any failure of theirs refuses them
        return XmlAnswer(Invalid(Sub.FORMAT_FAILURE, f"{type(fault).__name__}: {fault}"))
    helped = Anchors(anchors.roots, (*anchors.intermediates, *certificates[1:]), anchors.crls)
    verdict = check_chain(certificates[0], helped, now=now, proofs=proofs)
    return XmlAnswer(verdict, certificates[0], _claimed_time(signature), signed)


class _NotFound(Exception):
    def __init__(self, sub: Sub, reason: str) -> None:
        super().__init__(reason)
        self.sub = sub


class _Signer(XAdESSigner):
    """signxml's signer with the signing time given from outside and the private key behind a port."""

    def __init__(self, signer: Signer, at: datetime) -> None:
        super().__init__(
            method=SignatureConstructionMethod.enveloped,
            signature_algorithm=SignatureMethod.ECDSA_SHA256,
            digest_algorithm=DigestAlgorithm.SHA256,
            c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_1,
            data_object_format=XAdESDataObjectFormat(Description="certificate", MimeType="application/xml"),
        )
        self._port = signer
        self._at = at

    def add_signing_time(self, signed_signature_properties: Any, sig_root: Any, signing_settings: Any) -> None:
        """Write the given time where signxml would read the clock."""
        node = etree.SubElement(signed_signature_properties, f"{_XADES}SigningTime")
        node.text = self._at.astimezone(UTC).isoformat(timespec="seconds")


class _Key:
    """Looks to signxml like an EC private key; the signature is made by the port."""

    key_size = 256

    def __init__(self, signer: Signer) -> None:
        self._port = signer

    def sign(self, data: bytes, **_: Any) -> bytes:
        """The port's ECDSA P-256 signature; the algorithm that signxml passes along is the one it was asked for."""
        return self._port.sign(data)


def _only_signature(root: etree._Element) -> etree._Element:
    found = list(root.iter(f"{_DS}Signature"))
    if not found:
        raise _NotFound(Sub.SIGNED_DATA_NOT_FOUND, "the document is not signed")
    if len(found) > 1:
        raise DocumentRefused(reason=f"it carries {len(found)} signatures; one can be checked at a time")
    if found[0].getparent() is not root:
        raise DocumentRefused(reason="its signature does not stand directly in the root: signature wrapping")
    return found[0]


def _certificates(signature: etree._Element) -> list[bytes]:
    nodes = signature.findall(f"{_DS}KeyInfo/{_DS}X509Data/{_DS}X509Certificate")
    if not nodes:
        raise _NotFound(Sub.NO_SIGNING_CERTIFICATE_FOUND, "the signature carries no certificate")
    pem = "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n"
    loaded = [x509.load_pem_x509_certificate(pem.format((one.text or "").strip()).encode()) for one in nodes]
    return [one.public_bytes(Encoding.DER) for one in loaded]


def _check_cryptography(root: etree._Element, certificate: bytes) -> bytes:
    leaf = x509.load_der_x509_certificate(certificate)
    signature = _only_signature(root)
    qualified = signature.find(f".//{_XADES}QualifyingProperties") is not None
    # The time is set inside the certificate's validity: signxml is asked for cryptography alone here; who may
    # sign, and when, is for `check_chain` to say.
    config = (XAdESSignatureConfiguration if qualified else SignatureConfiguration)(
        location="./", expect_references=True, verification_time=leaf.not_valid_before_utc
    )
    checker = XAdESVerifier() if qualified else XMLVerifier()
    results: Any = checker.verify(root, x509_cert=leaf, expect_config=config)
    references = signature.findall(f"{_DS}SignedInfo/{_DS}Reference")
    for reference, result in zip(references, results, strict=True):
        if _covers(reference, root):
            return bytes(result.signed_data)
    raise InvalidInput("no reference covers the whole document without further transforms")


def _covers(reference: etree._Element, root: etree._Element) -> bool:
    names = {value for name, value in root.attrib.items() if etree.QName(name).localname.lower() == "id"}
    transforms = [one.get("Algorithm") for one in reference.iter(f"{_DS}Transform")]
    enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
    allowed = {enveloped, *(method.value for method in CanonicalizationMethod)}
    named = reference.get("URI") == "" or reference.get("URI", " ")[1:] in names
    return named and enveloped in transforms and set(transforms) <= allowed


def _claimed_time(signature: etree._Element) -> datetime | None:
    node = signature.find(f".//{_XADES}SigningTime")
    try:
        return datetime.fromisoformat((node.text or "").strip()) if node is not None else None
    except ValueError:
        return None
