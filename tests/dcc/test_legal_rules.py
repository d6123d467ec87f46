"""A certificate of each kind says what it must, and nothing it must not."""

from dataclasses import replace
from datetime import date

import pytest

from hengliang.dcc.legal_rules import check_legal
from hengliang.dcc.model import Certificate, Legal
from tests.dcc.samples import ALL, CALIBRATION, MATERIAL, NOTICE, VERIFICATION


@pytest.mark.parametrize("certificate", ALL.values(), ids=ALL.keys())
def test_a_complete_one_has_no_fault(certificate: Certificate) -> None:
    assert not list(check_legal(certificate))


def changed(certificate: Certificate, **fields: object) -> Certificate:
    return replace(certificate, legal=replace(certificate.legal or Legal(), **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("certificate", "reason"),
    [
        (changed(VERIFICATION, passed=None), "must be pass"),
        (changed(VERIFICATION, passed=False), "must be pass"),
        (changed(VERIFICATION, procedure=""), "regulation"),
        (replace(VERIFICATION, measurements=CALIBRATION.measurements), "示值误差"),
        (replace(VERIFICATION, legal=None), "must be pass"),
        (changed(NOTICE, passed=True), "must be fail"),
        (changed(NOTICE, valid_until=date(2027, 1, 1)), "no period"),
        (changed(MATERIAL, valid_until=None), "expiry"),
    ],
)
def test_what_is_missing_or_contradicts_is_found(certificate: Certificate, reason: str) -> None:
    found = list(check_legal(certificate))
    assert any(reason in one.reason for one in found)
    assert {one.verdict for one in found} == {"invalid"}
