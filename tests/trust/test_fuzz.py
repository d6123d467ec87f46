"""The parsers under mutated input: the kept corpus, and a short run; the long one is in the benchmarks."""

from pathlib import Path

import pytest
from benchmarks.trust import fuzz_documents as documents
from benchmarks.trust.fuzz import CORPUS, Target, answer, fuzz, targets

TARGETS = targets()


@pytest.mark.parametrize("target", TARGETS, ids=[one.name for one in TARGETS])
def test_corpus_and_a_short_run(target: Target, tmp_path: Path) -> None:
    for seed in target.seeds:
        answer(target, seed)
    for path in sorted((CORPUS / target.name).glob("*")):
        answer(target, path.read_bytes())
    accepted, kept = fuzz(target, 1000, seed=7, corpus=tmp_path)
    assert accepted >= 0
    assert kept > 0, "the mutants reach no answer of their own: the target is not really exercised"


def test_a_fault_is_reported_with_its_input() -> None:
    broken = Target("broken", lambda content: 1 // content.count(b"x"), (b"x",))
    with pytest.raises(AssertionError, match="broken fell over b'y'"):
        answer(broken, b"y")


def test_documents_get_a_verdict_and_no_mutant_is_valid() -> None:
    for check, seed in ((documents.xml, documents.XML), (documents.pdf, documents.PDF)):
        assert check(seed) == "valid"
        told = documents.fuzz(check, seed, 40, number=3)
        assert sum(told.values()) == 40
