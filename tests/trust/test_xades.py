"""Signed XML: ours, foreign ones, and every way to deceive a checker."""

import base64
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureConstructionMethod, SignatureMethod
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESSigner, XAdESVerifier

from hengliang.trust.chain import Anchors, ProofOfTime
from hengliang.trust.errors import DocumentRefused, KeyRefused
from hengliang.trust.verdicts import Indeterminate, Invalid, Sub, Valid
from hengliang.trust.xades import MAX_BYTES, check_xml, parse, sign_xml
from tests.trust.authority import ANCHORS, ISSUER, ROOT
from tests.trust.conftest import fixed_key

DOCUMENT = '<c:cert xmlns:c="urn:c"><c:owner>某某超市</c:owner><c:e>0.5</c:e></c:cert>'.encode()
SIGNED_AT = datetime(2026, 6, 1, tzinfo=UTC)
DS = "{http://www.w3.org/2000/09/xmldsig#}"
REFERENCE = os.environ.get("HENGLIANG_REFERENCE")


@pytest.fixture(scope="module")
def signed() -> bytes:
    return sign_xml(DOCUMENT, ISSUER.key, [ISSUER.certificate], at=SIGNED_AT)


def test_a_signed_document_is_valid_and_says_by_whom(signed: bytes) -> None:
    answer = check_xml(signed, ANCHORS, now=SIGNED_AT)
    assert isinstance(answer.verdict, Valid), answer.verdict
    assert (answer.certificate, answer.claimed_time) == (ISSUER.der, SIGNED_AT)
    assert "某某超市" in answer.signed.decode()
    assert DS.encode() not in answer.signed


def test_signature_is_last_in_the_root_and_canonical_1_1(signed: bytes) -> None:
    root = etree.fromstring(signed)
    assert root[-1].tag == f"{DS}Signature"
    method = root.find(f".//{DS}CanonicalizationMethod").get("Algorithm")
    assert method == CanonicalizationMethod.CANONICAL_XML_1_1.value


def test_signxml_alone_accepts_it(signed: bytes) -> None:
    config: SignatureConfiguration = XAdESSignatureConfiguration(verification_time=SIGNED_AT)
    assert XAdESVerifier().verify(signed, x509_cert=ISSUER.certificate, expect_config=config)


def test_expired_is_indeterminate_and_a_receipt_helps(signed: bytes) -> None:
    later = SIGNED_AT + timedelta(days=3650)
    answer = check_xml(signed, ANCHORS, now=later)
    assert (type(answer.verdict), answer.verdict.sub) == (Indeterminate, Sub.OUT_OF_BOUNDS_NO_POE)
    proof = ProofOfTime(SIGNED_AT, "a receipt")
    assert isinstance(check_xml(signed, ANCHORS, now=later, proofs=[proof]).verdict, Valid)


def test_unanchored_and_unsigned_are_indeterminate(signed: bytes) -> None:
    assert check_xml(signed, Anchors([]), now=SIGNED_AT).verdict.sub is Sub.NO_CERTIFICATE_CHAIN_FOUND
    assert check_xml(DOCUMENT, ANCHORS, now=SIGNED_AT).verdict.sub is Sub.SIGNED_DATA_NOT_FOUND


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("某某超市", "某某商场"),
        ("<c:e>0.5</c:e>", "<c:e>0.6</c:e>"),
        ("<c:e>0.5</c:e>", "<c:e>0.5</c:e><c:e/>"),
        ("2026-06-01", "2026-06-02"),
    ],
)
def test_altered_content_is_invalid(signed: bytes, before: str, after: str) -> None:
    assert before in signed.decode()
    verdict = check_xml(signed.replace(before.encode(), after.encode(), 1), ANCHORS, now=SIGNED_AT).verdict
    assert isinstance(verdict, Invalid)
    assert verdict.sub is Sub.HASH_FAILURE


def test_turned_bytes_are_never_valid(signed: bytes, flip) -> None:
    begin = signed.index(b"<c:cert")
    for at in range(begin, len(signed), 37):
        answer = check_xml(flip(signed, at), ANCHORS, now=SIGNED_AT)
        if isinstance(answer.verdict, Valid):
            # Only white space or characters of the base64 of no meaning may change without effect.
            assert answer.signed == check_xml(signed, ANCHORS, now=SIGNED_AT).signed


def test_wrapped_signature_is_invalid(signed: bytes) -> None:
    """The signed element is moved into a wrapper, and another content stands where readers look."""
    root = etree.fromstring(signed)
    outer = etree.Element("{urn:c}cert", nsmap={"c": "urn:c"})
    etree.SubElement(outer, "{urn:c}owner").text = "别的单位"
    outer.append(root)
    assert isinstance(check_xml(etree.tostring(outer), ANCHORS, now=SIGNED_AT).verdict, Invalid)
    moved = etree.fromstring(signed)
    wrapper = etree.SubElement(moved, "{urn:c}extra")
    wrapper.append(moved.find(f"{DS}Signature"))
    verdict = check_xml(etree.tostring(moved), ANCHORS, now=SIGNED_AT).verdict
    assert isinstance(verdict, Invalid)
    assert "signature wrapping" in verdict.reason


def test_a_good_signature_over_a_part_is_invalid() -> None:
    """The signer signed one element only, and somebody added the rest: what is not signed must not be believed."""
    root = etree.fromstring('<c:cert xmlns:c="urn:c"><c:owner Id="part">甲</c:owner><c:e>0.5</c:e></c:cert>')
    for signer in (XAdESSigner, XMLSigner):
        made = signer(
            method=SignatureConstructionMethod.enveloped,
            signature_algorithm=SignatureMethod.ECDSA_SHA256,
            c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_1,
        ).sign(root, key=ISSUER.key.private_key(), cert=[ISSUER.certificate], reference_uri="#part")
        answer = check_xml(etree.tostring(made), ANCHORS, now=SIGNED_AT)
        assert (type(answer.verdict), answer.verdict.sub) == (Invalid, Sub.SIG_CONSTRAINTS_FAILURE), answer.verdict
        assert "covers the whole document" in answer.verdict.reason


def test_two_signatures_are_refused(signed: bytes) -> None:
    root = etree.fromstring(signed)
    root.append(etree.fromstring(etree.tostring(root[-1])))
    assert isinstance(check_xml(etree.tostring(root), ANCHORS, now=SIGNED_AT).verdict, Invalid)


def test_another_certificate_put_in_is_invalid(signed: bytes) -> None:
    root = etree.fromstring(signed)
    node = root.find(f".//{DS}X509Certificate")
    node.text = base64.b64encode(ROOT.der).decode()
    assert isinstance(check_xml(etree.tostring(root), ANCHORS, now=SIGNED_AT).verdict, Invalid)


def test_a_key_of_an_unknown_kind_is_indeterminate(signed: bytes) -> None:
    """Found by fuzzing; certificates with SM2 keys of foreign systems look like this."""
    root = etree.fromstring(signed)
    node = root.find(f".//{DS}X509Certificate")
    id_ec_public_key = bytes.fromhex("06072a8648ce3d0201")
    unknown = ISSUER.der.replace(id_ec_public_key, bytes.fromhex("06072a8648ce3d0209"))
    assert unknown != ISSUER.der
    node.text = base64.b64encode(unknown).decode()
    verdict = check_xml(etree.tostring(root), ANCHORS, now=SIGNED_AT).verdict
    assert (type(verdict), verdict.sub) == (Indeterminate, Sub.CRYPTO_CONSTRAINTS_FAILURE)


BOMB = b'<!DOCTYPE a [<!ENTITY x "x"><!ENTITY y "' + b"&x;" * 1000 + b'">]><a>&y;</a>'


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
        b"<a>" * 100_000,
        b"",
        b"\x00",
        b"<a/>" + b" " * MAX_BYTES,
    ],
    ids=["entities", "external dtd", "external entity", "depth", "empty", "zero", "size"],
)
def test_hostile_documents_are_refused(content: bytes) -> None:
    with pytest.raises(DocumentRefused):
        parse(content)
    assert isinstance(check_xml(content, ANCHORS, now=SIGNED_AT).verdict, Invalid)


def test_what_is_signed_is_not_signed_again_nor_with_other_keys(signed: bytes) -> None:
    with pytest.raises(DocumentRefused, match="signed already"):
        sign_xml(signed, ISSUER.key, [ISSUER.certificate], at=SIGNED_AT)
    with pytest.raises(KeyRefused):
        sign_xml(DOCUMENT, fixed_key("ed"), [ISSUER.certificate], at=SIGNED_AT)


@pytest.mark.skipif(not REFERENCE, reason="HENGLIANG_REFERENCE is not set")
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ptb-good-practice/dcc_gp_temperature_typical_v12_v3.2.0_signed.xml", Indeterminate),
        ("ptb-good-practice/dcc_gp_temperature_typical_v12_v3.2.0_signed_manipulated.xml", Invalid),
        ("dcclib/valid_signature.xml", Indeterminate),
        ("dcclib/valid.xml", Indeterminate),
    ],
)
def test_third_party_certificates_get_the_right_verdict(name: str, kind: type) -> None:
    content = (Path(REFERENCE) / "dcc/examples" / name).read_bytes()
    answer = check_xml(content, ANCHORS, now=SIGNED_AT)
    assert isinstance(answer.verdict, kind), answer.verdict
    assert answer.verdict.reason
