"""Signed PDFs: by our port, with a time stamp, and what was done to them afterwards."""

import io
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfWriter

from hengliang.trust.chain import Anchors, ProofOfTime
from hengliang.trust.errors import DocumentRefused, KeyRefused, TimestampRefused
from hengliang.trust.pades import MAX_BYTES, check_pdf, sign_pdf
from hengliang.trust.verdicts import Indeterminate, Invalid, Sub, Valid
from tests.trust.authority import ANCHORS, BOTH, ISSUER, ROOT, LocalAuthority, certify
from tests.trust.conftest import fixed_key

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def blank() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.add_attachment("certificate.xml", b"<certificate/>")
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def signed() -> bytes:
    return sign_pdf(blank(), ISSUER.key, [ISSUER.der], reason="检定证书")


def test_signed_pdf_is_valid(signed: bytes) -> None:
    answer = check_pdf(signed, ANCHORS, now=NOW)
    assert isinstance(answer.verdict, Valid), answer
    (found,) = answer.signatures
    assert (found.field, found.certificate, found.stamped) == ("Issuer", ISSUER.der, None)


def test_expired_is_indeterminate_and_a_receipt_helps(signed: bytes) -> None:
    later = NOW + timedelta(days=3650)
    assert check_pdf(signed, ANCHORS, now=later).verdict.sub is Sub.OUT_OF_BOUNDS_NO_POE
    proofs = [ProofOfTime(NOW, "a receipt")]
    assert isinstance(check_pdf(signed, ANCHORS, now=later, proofs=proofs).verdict, Valid)
    assert check_pdf(signed, Anchors([]), now=NOW).verdict.sub is Sub.NO_CERTIFICATE_CHAIN_FOUND


@pytest.mark.skipif(not shutil.which("openssl"), reason="the openssl command is not installed")
def test_time_stamp_proves_the_time_after_expiry(tmp_path: Path) -> None:
    began = datetime.now(UTC) - timedelta(days=1)
    issuer = certify("Short-lived", ROOT, began=began, ended=began + timedelta(days=10))
    stamped = sign_pdf(blank(), issuer.key, [issuer.der], stamp=LocalAuthority(tmp_path))
    later = began + timedelta(days=3650)
    answer = check_pdf(stamped, BOTH, now=later)
    assert isinstance(answer.verdict, Valid), answer
    assert abs(answer.signatures[0].stamped - datetime.now(UTC)) < timedelta(minutes=2)
    unanchored = check_pdf(stamped, ANCHORS, now=later)
    assert isinstance(unanchored.verdict, Indeterminate)
    assert unanchored.signatures[0].stamped is None


def test_a_turned_byte_in_the_signed_part_is_invalid(signed: bytes, flip) -> None:
    for at in (signed.index(b"/MediaBox") + 12, signed.index(b"stream\n") + 10, 9):
        assert isinstance(check_pdf(flip(signed, at), ANCHORS, now=NOW).verdict, Invalid), at


def test_an_update_after_signing_is_invalid(signed: bytes) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root["/Lang"] = generic.TextStringObject("en")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    verdict = check_pdf(out.getvalue(), ANCHORS, now=NOW).verdict
    assert verdict == Invalid(Sub.FORMAT_FAILURE, "the file was changed after its last signature")
    assert isinstance(check_pdf(signed + b"\n% more", ANCHORS, now=NOW).verdict, Invalid)


def test_a_second_signature_is_judged_too(signed: bytes) -> None:
    seal = certify("Seal", ROOT)
    twice = sign_pdf(signed, seal.key, [seal.der], field="Seal")
    answer = check_pdf(twice, ANCHORS, now=NOW)
    assert isinstance(answer.verdict, Valid), answer
    assert [one.field for one in answer.signatures] == ["Issuer", "Seal"]
    stranger = certify("Stranger", None, ca=False)
    mixed = sign_pdf(signed, stranger.key, [stranger.der], field="Seal")
    assert isinstance(check_pdf(mixed, ANCHORS, now=NOW).verdict, Indeterminate)


def test_unsigned_is_indeterminate() -> None:
    assert check_pdf(blank(), ANCHORS, now=NOW).verdict.sub is Sub.SIGNED_DATA_NOT_FOUND


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-", b"%PDF-1.7\n" + b"[" * 100_000, b"<a/>", b"%PDF-" + bytes(MAX_BYTES)],
    ids=["empty", "head", "depth", "xml", "size"],
)
def test_hostile_files_are_refused(content: bytes) -> None:
    assert isinstance(check_pdf(content, ANCHORS, now=NOW).verdict, Invalid)
    with pytest.raises(DocumentRefused):
        sign_pdf(content, ISSUER.key, [ISSUER.der])


def test_cut_files_are_never_valid(signed: bytes) -> None:
    for at in range(0, len(signed), 997):
        assert not isinstance(check_pdf(signed[:at], ANCHORS, now=NOW).verdict, Valid)


def test_other_keys_and_failing_authorities_are_refused() -> None:
    with pytest.raises(KeyRefused):
        sign_pdf(blank(), fixed_key("ed"), [ISSUER.der])
    with pytest.raises(TimestampRefused):
        sign_pdf(blank(), ISSUER.key, [ISSUER.der], stamp=lambda _: b"0" * 300_000)
