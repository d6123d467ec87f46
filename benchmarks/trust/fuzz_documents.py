"""Mutation fuzzing of what reads signed XML, PDF and certificates: every input gets a verdict, no mutant is valid.

    python benchmarks/trust/fuzz_documents.py [--executions N] [--seed S] [--corpus DIRECTORY] [--target T]... [--quick]

A mutant may be valid only when the signed bytes are unchanged (white space outside them, for XML). Mutants that are
answered as none before are kept in the corpus and mutated further.
"""

import argparse
import hashlib
import logging
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the cast of the tests
from benchmarks.trust.fuzz import CORPUS, mutate
from tests.dcc.samples import VERIFICATION
from tests.dcc.test_evidence import POLICY, receipt_for
from tests.trust.authority import ANCHORS, ISSUER
from tests.trust.conftest import NOON
from tests.trust.test_pades import blank
from tests.trust.test_xades import DOCUMENT

from hengliang.dcc.check import check_certificate
from hengliang.dcc.content import content_of
from hengliang.dcc.embedded import embed_receipt
from hengliang.dcc.errors import CertificateRefused
from hengliang.dcc.evidence import check_evidence
from hengliang.dcc.read import read_certificate
from hengliang.dcc.show import describe, lines
from hengliang.dcc.write import write_certificate
from hengliang.trust.pades import check_pdf, sign_pdf
from hengliang.trust.verdicts import Valid
from hengliang.trust.xades import check_xml, sign_xml

XML = sign_xml(DOCUMENT, ISSUER.key, [ISSUER.certificate], at=NOON)
PDF = sign_pdf(blank(), ISSUER.key, [ISSUER.der])
PLAIN = write_certificate(VERIFICATION)
CERTIFICATE = sign_xml(
    embed_receipt(PLAIN, receipt_for(content_of(VERIFICATION))), ISSUER.key, [ISSUER.certificate], at=NOON
)
HOLE = next(re.finditer(rb"<[0-9a-fA-F]{1000,}>", PDF))
SIGNED = check_xml(XML, ANCHORS, now=NOON).signed
CERTIFIED = check_xml(CERTIFICATE, ANCHORS, now=NOON).signed


def xml(content: bytes) -> str:
    """How an XML mutant was answered."""
    answer = check_xml(content, ANCHORS, now=NOON)
    if isinstance(answer.verdict, Valid):
        assert answer.signed == SIGNED, content
    return f"{answer.verdict.word} {answer.verdict.reason}"


def pdf(content: bytes) -> str:
    """How a PDF mutant was answered."""
    answer = check_pdf(content, ANCHORS, now=NOON)
    if isinstance(answer.verdict, Valid):
        # Only the hexadecimal placeholder of the signature is outside what is signed: the case of its digits, blanks
        # between them and its padding carry nothing.
        assert content[: HOLE.start()] == PDF[: HOLE.start()], content
        assert content[HOLE.end() :] == PDF[HOLE.end() :], content
    return f"{answer.verdict.word} {answer.verdict.reason}"


def dcc(content: bytes) -> str:
    """How an unsigned certificate was answered, and that whatever can be read can be shown."""
    found = check_certificate(content, ANCHORS, now=NOON)
    try:
        read = read_certificate(content)
        describe(read, "zh")
        list(lines(read, "en"))
    except CertificateRefused:
        assert found.verdict == "invalid", content
    return f"{found.verdict} {' '.join(sorted({one.check for one in found.findings if one.verdict != 'valid'}))}"


def evidence(content: bytes) -> str:
    """How a signed certificate with its receipt was answered."""
    found = check_evidence(content, ANCHORS, POLICY, now=NOON)
    if isinstance(found.overall, Valid):
        assert check_xml(content, ANCHORS, now=NOON).signed == CERTIFIED, content
    parts = (found.document, found.signature, found.receipt, found.content, found.status)
    return f"{found.overall.word} {' '.join(one.word for one in parts)} {found.overall.reason[:40]}"


@dataclass(frozen=True)
class Document:
    """A checker with its seed.

    share : of all executions
    """

    check: Callable[[bytes], str]
    seed: bytes
    share: float


DOCUMENTS = {
    "xml": Document(xml, XML, 0.45),
    "pdf": Document(pdf, PDF, 0.35),
    "dcc": Document(dcc, PLAIN, 0.1),
    "evidence": Document(evidence, CERTIFICATE, 0.1),
}


def fuzz(name: str, executions: int, number: int, corpus: Path | None = None) -> Counter[str]:
    """How often each verdict was given; new answers are kept below `corpus`."""
    one, source, told = DOCUMENTS[name], random.Random(f"{name}{number}"), Counter[str]()
    folder = corpus / name if corpus else None
    pool = [one.seed, *(path.read_bytes() for path in sorted(folder.glob("*")))] if folder else [one.seed]
    seen, begun = {_short(one.check(content)) for content in pool}, len(pool)
    for _ in range(executions):
        # Half of all mutants are made of the seed itself, so that deep paths stay within reach.
        origin = one.seed if source.random() < 0.5 else source.choice(pool)
        content = mutate(origin, source, [one.seed], most=len(one.seed) + 20_000)
        answer = one.check(content)
        told[answer.partition(" ")[0]] += 1
        if _short(answer) not in seen and not answer.startswith("valid") and len(pool) < begun + 40:
            seen.add(_short(answer))
            pool.append(content)
            if folder and len(content) < 40_000:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)
    return told


def _short(answer: str) -> str:
    return re.sub(r"'[^']*'|[^a-zA-Z_ ]+", "#", answer)[:60]


def main() -> None:
    """Fuzz all and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--executions", type=int, default=100_000, help="in total")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--target", action="append", choices=DOCUMENTS, help="only these, each with its share")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)  # pyHanko tells at length what it thinks of each mutant
    total = 200 if given.quick else given.executions
    for name in given.target or DOCUMENTS:
        begun, executions = time.perf_counter(), int(total * DOCUMENTS[name].share)
        told = fuzz(name, executions, given.seed, None if given.quick else given.corpus)
        rate = executions / (time.perf_counter() - begun)
        print(f"{name:10} {executions:>8} executions {rate:>6.0f}/s {dict(told)}", flush=True)


if __name__ == "__main__":
    main()
