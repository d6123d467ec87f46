"""Rules about legal content: what a certificate of each kind must say, and must not.

Hole: whether the body was authorised and the regulation in force is not known here; the platform and the trust
list say that. Source: 计量检定印、证管理办法 and JJF 1002 (verification), ISO 33401 (reference materials).
"""

from collections.abc import Iterator

from hengliang.dcc.findings import Finding
from hengliang.dcc.model import Certificate, Legal
from hengliang.dcc.quantity import Quantity, quantities

_WHERE = "/digitalCalibrationCertificate/administrativeData/statements"


def check_legal(certificate: Certificate) -> Iterator[Finding]:
    """The legal content of a certificate that says what kind it is."""
    for reason in _faults(certificate):
        yield Finding("legal_content", "invalid", _WHERE, reason)


def _faults(certificate: Certificate) -> Iterator[str]:
    legal = certificate.legal or Legal()
    if certificate.kind == "verification_certificate":
        yield from _needed(legal, passed=True)
        failed = next((one for one in _judged(certificate) if "fail" in one.conformity), None)
        if failed is not None:
            yield f"the conclusion is pass, but {failed.name.read('zh', 'en')!r} fails; issue a notice of result"
    if certificate.kind == "verification_notice":
        yield from _needed(legal, passed=False)
        if legal.valid_until is not None:
            yield "a notice of result has no period of validity"
    if certificate.kind == "reference_material_certificate" and legal.valid_until is None:
        yield "a reference material certificate needs its date of expiry"


def _needed(legal: Legal, *, passed: bool) -> Iterator[str]:
    if legal.passed is not passed:
        yield f"its conclusion must be {'pass' if passed else 'fail'}"
    if not legal.procedure:
        yield "the verification regulation it rests on is not named"


def _judged(certificate: Certificate) -> Iterator[Quantity]:
    for measurement in certificate.measurements:
        for result in measurement.results:
            yield from quantities(result.data)
