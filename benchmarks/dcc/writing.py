"""Certificates a second: writing, signing and checking beside signxml alone, and the floor of one signature.

    python benchmarks/dcc/writing.py [--quick]

The peer signs the same document without writing or checking anything; the floor is one ECDSA P-256 signature.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureConstructionMethod, SignatureMethod
from signxml.xades.xades import XAdESSigner

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the cast of the tests
from tests.dcc.samples import CALIBRATION, NOMINAL, both
from tests.trust.authority import ANCHORS, ISSUER
from tests.trust.conftest import NOON

from hengliang.dcc.check import check_certificate
from hengliang.dcc.errors import CertificateRefused
from hengliang.dcc.model import Certificate, Result
from hengliang.dcc.pdf import write_pdf
from hengliang.dcc.read import read_certificate
from hengliang.dcc.write import write_certificate
from hengliang.trust.xades import sign_xml


def report(label: str, rounds: int, run: Callable[[], object]) -> None:
    """Print calls a second of CPU time."""
    run()
    begun = time.process_time()
    for _ in range(rounds):
        run()
    print(f"{label:52} {rounds / (time.process_time() - begun):>10,.1f} /s CPU")


def certificate() -> Certificate:
    """About 24 kB of XML, the size of PTB's signed good-practice example."""
    measurement = CALIBRATION.measurements[0]
    more = Result(both("更多", "more"), tuple(replace(NOMINAL, id=f"q{at}") for at in range(10)))
    return replace(CALIBRATION, measurements=(replace(measurement, results=(*measurement.results, more)),))


def signxml_alone(content: bytes) -> object:
    """What the library does without our writer, checks or port."""
    signer = XAdESSigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=SignatureMethod.ECDSA_SHA256,
        c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_1,
    )
    signed = signer.sign(etree.fromstring(content), key=ISSUER.key.private_key(), cert=[ISSUER.certificate])
    return etree.tostring(signed)


def sign(content: bytes) -> bytes:
    """Our signature."""
    return sign_xml(content, ISSUER.key, [ISSUER.certificate], at=NOON)


def hostile(label: str, content: bytes) -> None:
    """Print what one hostile document costs."""
    begun = time.process_time()
    try:
        verdict = check_certificate(content, ANCHORS, now=NOON).verdict
    except CertificateRefused as fault:
        verdict = str(fault)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.process_time() - begun
    print(f"{label:36} {len(content) / 1e6:>6.1f} MB {verdict:>14} {seconds:>7.2f} s CPU, peak so far {peak:,.0f} MB")


def main() -> None:
    """Run all, ours beside the peer and the floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    factor = 1 if parser.parse_args().quick else 5
    model = certificate()
    content = write_certificate(model)
    signed = sign(content)
    print(f"a certificate of {len(content) / 1000:.0f} kB, signed {len(signed) / 1000:.0f} kB")
    report("write DCC 3.3.0, with all our checks", 20 * factor, lambda: write_certificate(model))
    report("write + XAdES B-B", 20 * factor, lambda: sign(write_certificate(model)))
    report("peer: signxml alone, document given", 20 * factor, lambda: signxml_alone(content))
    report("floor: ECDSA P-256 signature", 200 * factor, lambda: ISSUER.key.sign(content))
    report("read", 20 * factor, lambda: read_certificate(content))
    report("check, unsigned", 20 * factor, lambda: check_certificate(content, ANCHORS, now=NOON))
    report("check, signed", 10 * factor, lambda: check_certificate(signed, ANCHORS, now=NOON))
    report("PDF/A-3 with the XML attached", factor, lambda: write_pdf(signed, "zh"))
    tag = b"<dcc:measurementResults>"
    row = b"<si:valueXMLList>" + b"1 " * 15_000_000 + b"</si:valueXMLList>"
    hostile("a list of 5 million values", content.replace(tag, tag + row[:10_000_000] + b"</si:valueXMLList>"))
    hostile("900,000 tags that don't belong", content.replace(tag, tag + b"<dcc:name/>" * 900_000))
    hostile("half a million references to nothing", content.replace(tag, tag + b"<dcc:x refId='n'/>" * 500_000))
    hostile("too many tags", content.replace(tag, tag + b"<x/>" * 4_000_000))


if __name__ == "__main__":
    main()
