"""Each rule, broken in an otherwise valid certificate, is found by name."""

from datetime import UTC, datetime

import pytest

from hengliang.dcc.check import check_certificate
from hengliang.dcc.findings import MOST, Report
from hengliang.dcc.write import write_certificate
from hengliang.trust.chain import Anchors
from hengliang.trust.xades import sign_xml
from tests.dcc.samples import CALIBRATION, VERIFICATION
from tests.trust.authority import ANCHORS, ISSUER

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WRITTEN = write_certificate(CALIBRATION).decode()


def check(text: str | bytes, anchors: Anchors = Anchors(())) -> Report:  # noqa: B008 - frozen
    content = text.encode() if isinstance(text, str) else text
    return check_certificate(content, anchors, now=NOW)


@pytest.mark.parametrize(
    ("old", "new", "name", "verdict"),
    [
        ("\\degreecelsius", "\\degreebanana", "units_known", "indeterminate"),
        ("<si:coverageFactorXMLList>2</si:coverageFactorXMLList>", "", "coverage_stated", "invalid"),
        ("CoverageProbability", "CoverageProbability", "", "valid"),
        (">0.95</si:coverageProbabilityXMLList>", ">95</si:coverageProbabilityXMLList>", "coverage_stated", "invalid"),
        (">2</si:coverageFactorXMLList>", ">0.5</si:coverageFactorXMLList>", "coverage_stated", "invalid"),
        ("0.0003 -0.0001 0.0012", "0.0003 -0.0001", "list_lengths", "invalid"),
        ("0.0003 -0.0001 0.0012", "0.0003 -0.0001 O.0012", "numbers", "invalid"),
        ("0.0003 -0.0001 0.0012", "0.0003 -0.0001 1e99999", "numbers", "invalid"),
        (">0.0002</si:uncertaintyXMLList>", ">-0.0002</si:uncertaintyXMLList>", "numbers", "invalid"),
        ("<si:intervalMin>7940", "<si:intervalMin>7999", "numbers", "invalid"),
        ("pass pass fail", "pass fail", "list_lengths", "invalid"),
        ("pass pass fail", "pass pass perhaps", "words", "invalid"),
        ('refId="error"', 'refId="nothing"', "references_resolved", "invalid"),
        ('id="nominal"', 'id="error"', "ids_unique", "invalid"),
        ("<dcc:issueDate>2026-03-04", "<dcc:issueDate>2026-02-04", "dates_ordered", "invalid"),
        ("<dcc:issueDate>2026-03-04", "<dcc:issueDate>2026-02-30", "dates", "invalid"),
        ("<dcc:date>2027-03-03", "<dcc:date>2025-03-03", "dates_ordered", "invalid"),
        ("293.45", "294.45", "hybrid_agrees", "invalid"),
        ("293.45", "2E999", "hybrid_agrees", "invalid"),
        ("0.100 0.200 0.500", "0.100 2E999 0.500", "hybrid_agrees", "invalid"),  # found by fuzzing
        ("<si:unit>\\kelvin", "<si:unit>\\metre", "hybrid_agrees", "invalid"),
        ("<si:value>2.5e-9</si:value>", "<si:value>2.5e-8</si:value>", "covariance", "invalid"),
        ("<si:value>1e-8</si:value>", "<si:value>-1e-8</si:value>", "covariance", "invalid"),
        ("<si:value>2.5e-9</si:value>", "<si:value>NaN</si:value>", "covariance", "invalid"),
        ("<si:value>2.5e-9</si:value>", "<si:value></si:value>", "covariance", "invalid"),  # found by fuzzing
        ("<si:value>2.5e-9</si:value>", "", "covariance", "invalid"),
        ('lang="zh"', 'lang="fr"', "languages", "invalid"),
        ("CodeISO639_1>en", "CodeISO639_1>EN", "codes", "invalid"),
        ("<dcc:uniqueIdentifier>JZ-2026-000123", "<dcc:uniqueIdentifier> ", "not_empty", "invalid"),
        ("Identifier>JZ-2026-000100", "Identifier>JZ-2026-000123", "replacement", "invalid"),
        ("</dcc:respPersons>", "</dcc:respPersons><dcc:invented/>", "structure", "invalid"),
        ("<dcc:role>核验员</dcc:role>", "<dcc:mainSigner>true</dcc:mainSigner>", "main_signer", "invalid"),
        ('schemaVersion="3.3.0"', 'schemaVersion="3.4.0"', "version", "indeterminate"),
        ('schemaVersion="3.3.0"', "", "version", "invalid"),
        ('schemaVersion="3.3.0"', 'schemaVersion="3.1.1"', "structure", "invalid"),
    ],
)
def test_a_broken_rule_is_named(old: str, new: str, name: str, verdict: str) -> None:
    found = check(WRITTEN.replace(old, new))
    assert found.verdict == verdict
    assert not name or name in {one.check for one in found.findings if one.verdict != "valid"}


def test_the_order_of_elements_counts() -> None:
    first, second = "<dcc:country", "<dcc:usedLang"
    at = WRITTEN.index(first)
    line = WRITTEN[at : WRITTEN.index(second)]
    moved = WRITTEN.replace(line, "").replace("<dcc:uniqueIdentifier>", f"{line}<dcc:uniqueIdentifier>")
    assert "structure" in {one.check for one in check(moved).findings}


def test_a_flood_of_faults_keeps_the_answer_short_and_the_signature_in_it() -> None:
    flood = WRITTEN.replace("</dcc:respPersons>", "</dcc:respPersons>" + "<dcc:name/>" * 2000)
    found = check(flood)
    assert len(found.findings) <= MOST + 1
    assert found.findings[0].check == "signature"


def test_a_signed_certificate_is_valid_only_with_its_anchor() -> None:
    signed = sign_xml(write_certificate(VERIFICATION), ISSUER.key, [ISSUER.certificate], at=NOW)
    assert check(signed, ANCHORS).verdict == "valid"
    assert check(signed).verdict == "indeterminate"


def test_one_changed_digit_in_a_signed_certificate_is_invalid() -> None:
    signed = sign_xml(write_certificate(VERIFICATION), ISSUER.key, [ISSUER.certificate], at=NOW)
    found = check(signed.replace(b"0.0003", b"0.0004"), ANCHORS)
    assert (found.verdict, found.findings[0].check) == ("invalid", "signature")


def test_several_and_wrapped_signatures_are_refused() -> None:
    signed = sign_xml(write_certificate(VERIFICATION), ISSUER.key, [ISSUER.certificate], at=NOW).decode()
    at = signed.index("<ds:Signature ")
    signature, tail = signed[at : signed.index("</ds:Signature>") + 15], "</dcc:digitalCalibrationCertificate>"
    for text in (
        signed.replace(tail, signature + tail),
        signed[:at].replace("</dcc:coreData>", f"</dcc:coreData>{signature}") + tail,
    ):
        found = check(text, ANCHORS)
        assert (found.verdict, found.findings[0].verdict) == ("invalid", "invalid")


def test_an_unsigned_certificate_can_be_asked_to_be_signed() -> None:
    found = check_certificate(WRITTEN.encode(), ANCHORS, now=NOW, signed=True)
    assert (found.verdict, found.findings[0].check) == ("indeterminate", "signature")
