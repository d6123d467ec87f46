"""Certificates at a given time: valid, or indeterminate with what is missing."""

from datetime import UTC, datetime

import pytest

from hengliang.trust.chain import Anchors, ProofOfTime, check_chain
from hengliang.trust.verdicts import Indeterminate, Invalid, Sub, Valid, worst
from tests.trust.authority import ANCHORS, ISSUER, ROOT, certify, revoke

JUNE_2026 = datetime(2026, 6, 1, tzinfo=UTC)
JUNE_2034 = datetime(2034, 6, 1, tzinfo=UTC)
RECEIPT = ProofOfTime(JUNE_2026, "a receipt witnessed by Ningbo")


def test_a_chain_within_its_time_is_valid() -> None:
    verdict = check_chain(ISSUER.der, ANCHORS, now=JUNE_2026)
    assert isinstance(verdict, Valid)
    assert "Hangzhou Institute" in verdict.reason


def test_an_expired_chain_is_indeterminate_without_proof_of_time() -> None:
    verdict = check_chain(ISSUER.der, ANCHORS, now=JUNE_2034)
    assert isinstance(verdict, Indeterminate)
    assert (verdict.status, verdict.sub) == ("INDETERMINATE", Sub.OUT_OF_BOUNDS_NO_POE)


def test_a_receipt_of_the_time_makes_it_valid_again() -> None:
    verdict = check_chain(ISSUER.der, ANCHORS, now=JUNE_2034, proofs=[RECEIPT])
    assert isinstance(verdict, Valid)
    assert verdict.at == JUNE_2026
    assert "a receipt witnessed by Ningbo" in verdict.reason


def test_a_proof_from_after_the_expiry_helps_nothing() -> None:
    late = ProofOfTime(datetime(2030, 1, 1, tzinfo=UTC), "a late stamp")
    assert isinstance(check_chain(ISSUER.der, ANCHORS, now=JUNE_2034, proofs=[late]), Indeterminate)


def test_not_yet_valid_and_unanchored_are_indeterminate() -> None:
    early = check_chain(ISSUER.der, ANCHORS, now=datetime(2024, 1, 1, tzinfo=UTC))
    assert early.sub is Sub.NOT_YET_VALID
    unanchored = check_chain(ISSUER.der, Anchors(roots=[]), now=JUNE_2026)
    assert unanchored.sub is Sub.NO_CERTIFICATE_CHAIN_FOUND


def test_chain_through_an_intermediate() -> None:
    middle = certify("Province", ROOT, ca=True)
    leaf = certify("County Institute", middle)
    assert isinstance(check_chain(leaf.der, ANCHORS, now=JUNE_2026), Indeterminate)
    assert isinstance(check_chain(leaf.der, Anchors([ROOT.der], [middle.der]), now=JUNE_2026), Valid)


def test_a_leaf_cannot_issue() -> None:
    forged = certify("Forged", ISSUER)
    assert isinstance(check_chain(forged.der, Anchors([ROOT.der], [ISSUER.der]), now=JUNE_2026), Indeterminate)


def test_revoked_counts_from_its_date() -> None:
    crl = revoke(ROOT, ISSUER, datetime(2026, 7, 1, tzinfo=UTC))
    anchors = Anchors([ROOT.der], crls=[crl])
    august = datetime(2026, 8, 1, tzinfo=UTC)
    assert check_chain(ISSUER.der, anchors, now=august).sub is Sub.REVOKED_NO_POE
    assert isinstance(check_chain(ISSUER.der, anchors, now=august, proofs=[RECEIPT]), Valid)


def test_compromise_counts_from_the_date_it_is_dated_back_to() -> None:
    since = datetime(2026, 5, 1, tzinfo=UTC)
    crl = revoke(ROOT, ISSUER, datetime(2026, 7, 1, tzinfo=UTC), since=since)
    anchors = Anchors([ROOT.der], crls=[crl])
    august = datetime(2026, 8, 1, tzinfo=UTC)
    assert isinstance(check_chain(ISSUER.der, anchors, now=august, proofs=[RECEIPT]), Indeterminate)
    before = ProofOfTime(datetime(2026, 4, 1, tzinfo=UTC), "a time stamp")
    assert isinstance(check_chain(ISSUER.der, anchors, now=august, proofs=[before]), Valid)


@pytest.mark.parametrize("content", [b"", b"\x30", b"not a certificate", ISSUER.der[:-1]])
def test_no_certificate_is_invalid(content: bytes) -> None:
    assert isinstance(check_chain(content, ANCHORS, now=JUNE_2026), Invalid)


def test_the_worst_verdict_decides() -> None:
    good, unsure = Valid(JUNE_2026, ""), Indeterminate(Sub.NO_POE, "")
    bad = Invalid(Sub.HASH_FAILURE, "")
    assert worst(good, unsure, bad) is bad
    assert worst(good, unsure) is unsure
    assert worst(good) is good
    assert {one.status for one in (good, unsure, bad)} == {"TOTAL-PASSED", "INDETERMINATE", "TOTAL-FAILED"}
