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


@pytest.mark.parametrize("name", documents.DOCUMENTS)
def test_documents_get_a_verdict_and_no_mutant_is_valid(name: str, tmp_path: Path) -> None:
    one = documents.DOCUMENTS[name]
    assert one.check(one.seed).startswith("valid")
    for path in sorted((CORPUS / name).glob("*")):
        one.check(path.read_bytes())
    told = documents.fuzz(name, 40, number=3, corpus=tmp_path)
    assert told.total() == 40
    assert told["invalid"] > 0
    assert list((tmp_path / name).glob("*")), "the mutants reach no answer of their own"
