"""Signatures a second: XAdES through our port beside signxml alone, PAdES, SM2 beside gmssl, checkpoints.

    python benchmarks/trust/signing.py [--quick]

The floor of a signed XML document is one ECDSA signature; what lies between is canonicalisation.
"""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from gmssl import sm2 as gmssl_sm2
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureConstructionMethod, SignatureMethod
from signxml.xades.xades import XAdESSigner

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the cast of the tests
from tests.trust.authority import ANCHORS, ISSUER
from tests.trust.test_pades import blank

from hengliang.trust import sm
from hengliang.trust.keys import NoteKey, SoftwareKey
from hengliang.trust.pades import sign_pdf
from hengliang.trust.xades import check_xml, sign_xml

MOMENT = datetime(2026, 6, 1, tzinfo=UTC)


def report(label: str, rounds: int, run: Callable[[], object]) -> None:
    """Print calls a second of CPU time."""
    run()
    begun = time.process_time()
    for _ in range(rounds):
        run()
    print(f"{label:44} {rounds / (time.process_time() - begun):>10,.0f} /s CPU")


def document() -> bytes:
    """About 24 kB of XML, the size of a calibration certificate."""
    rows = "".join(f"<r n='{number}'><v>{number}.125</v><u>0.01</u></r>" for number in range(700))
    return f"<c xmlns='urn:c'>{rows}</c>".encode()


def signxml_alone(content: bytes) -> object:
    """What the library does without our port."""
    signer = XAdESSigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=SignatureMethod.ECDSA_SHA256,
        c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_1,
    )
    key = ISSUER.key.private_key()
    return etree.tostring(signer.sign(etree.fromstring(content), key=key, cert=[ISSUER.certificate]))


def main() -> None:
    """Run all, ours beside the peers and the floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    factor = 1 if parser.parse_args().quick else 10
    content, pdf = document(), blank()
    private = ISSUER.key.private_key()
    report(
        "ECDSA P-256 (floor of a signed document)",
        200 * factor,
        lambda: private.sign(b"x", ec.ECDSA(hashes.SHA256())),
    )
    report("signxml alone, XAdES", 10 * factor, lambda: signxml_alone(content))
    report("hengliang XAdES", 10 * factor, lambda: sign_xml(content, ISSUER.key, [ISSUER.certificate], at=MOMENT))
    signed = sign_xml(content, ISSUER.key, [ISSUER.certificate], at=MOMENT)
    report("hengliang XAdES checked, with chain", 5 * factor, lambda: check_xml(signed, ANCHORS, now=MOMENT))
    report("hengliang PAdES B-B", 2 * factor, lambda: sign_pdf(pdf, ISSUER.key, [ISSUER.der]))
    sm2 = SoftwareKey("sm2-sm3", b"\x01" * 32)
    peer = gmssl_sm2.CryptSM2(private_key="01" * 32, public_key=sm2.public_key[1:].hex())
    report("hengliang SM2 by OpenSSL, signed", 100 * factor, lambda: sm2.sign(b"x"))
    value = sm2.sign(b"x")
    report(
        "hengliang SM2 by OpenSSL, checked",
        100 * factor,
        lambda: sm.check_signature(sm2.public_key, b"x", value),
    )
    report("gmssl SM2, signed", 5 * factor, lambda: peer.sign_with_sm3(b"x"))
    log = NoteKey("log.example", SoftwareKey("ed25519", b"k" * 32))
    report("checkpoint signed (Ed25519 note)", 1000 * factor, lambda: log.sign_note("log.example\n1\nAAAA\n"))


if __name__ == "__main__":
    main()
