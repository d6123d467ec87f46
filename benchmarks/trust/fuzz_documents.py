"""Mutation fuzzing of the signed XML and PDF checkers: every input gets a verdict, and no mutant is valid.

    python benchmarks/trust/fuzz_documents.py [--executions N] [--seed S] [--quick]

A mutant may be valid only when the signed bytes are unchanged (white space outside them, for XML).
"""

import argparse
import logging
import random
import re
import time
from collections.abc import Callable

from benchmarks.trust.fuzz import mutate
from tests.trust.authority import ANCHORS, ISSUER
from tests.trust.conftest import NOON
from tests.trust.test_pades import blank
from tests.trust.test_xades import DOCUMENT

from hengliang.trust.pades import check_pdf, sign_pdf
from hengliang.trust.verdicts import Valid
from hengliang.trust.xades import check_xml, sign_xml

XML = sign_xml(DOCUMENT, ISSUER.key, [ISSUER.certificate], at=NOON)
PDF = sign_pdf(blank(), ISSUER.key, [ISSUER.der])
HOLE = next(re.finditer(rb"<[0-9a-fA-F]{1000,}>", PDF))


def xml(content: bytes) -> str:
    """Verdict on an XML mutant."""
    answer = check_xml(content, ANCHORS, now=NOON)
    if isinstance(answer.verdict, Valid):
        assert answer.signed == check_xml(XML, ANCHORS, now=NOON).signed, content
    return answer.verdict.word


def pdf(content: bytes) -> str:
    """Verdict on a PDF mutant."""
    answer = check_pdf(content, ANCHORS, now=NOON)
    if isinstance(answer.verdict, Valid):
        # Only the hexadecimal placeholder of the signature is outside what is signed: the case of its digits
        # and its padding carry nothing.
        assert content[: HOLE.start()] == PDF[: HOLE.start()], content
        assert content[HOLE.end() :] == PDF[HOLE.end() :], content
    return answer.verdict.word


def fuzz(check: Callable[[bytes], str], seed: bytes, executions: int, number: int) -> dict[str, int]:
    """How often each verdict was given."""
    source, told = random.Random(number), dict.fromkeys(("valid", "invalid", "indeterminate"), 0)
    for _ in range(executions):
        told[check(mutate(seed, source, [seed]))] += 1
    return told


def main() -> None:
    """Fuzz both checkers and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--executions", type=int, default=100_000, help="in total")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)  # pyHanko tells at length what it thinks of each mutant
    share = 100 if given.quick else given.executions // 2
    for name, check, seed in (("xml", xml, XML), ("pdf", pdf, PDF)):
        begun = time.perf_counter()
        told = fuzz(check, seed, share, given.seed)
        rate = share / (time.perf_counter() - begun)
        print(f"{name} {share:>8} executions {rate:>6.0f}/s {told}", flush=True)


if __name__ == "__main__":
    main()
