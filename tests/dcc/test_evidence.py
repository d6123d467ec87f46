"""What a certificate file proves by itself: every part, every attack on it, and what stays open."""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pypdf import PdfWriter

from hengliang.dcc.content import FORMAT, content_of
from hengliang.dcc.document import parse_certificate
from hengliang.dcc.embedded import certificate_in_pdf, embed_receipt, receipt_in
from hengliang.dcc.errors import NotWritable
from hengliang.dcc.evidence import Evidence, check_evidence
from hengliang.dcc.model import Certificate
from hengliang.dcc.pdf import write_pdf
from hengliang.dcc.read import read_certificate
from hengliang.dcc.write import write_certificate
from hengliang.trust import canonical
from hengliang.trust.chain import Anchors
from hengliang.trust.commitment import commit
from hengliang.trust.keys import CosignerKey, NoteKey
from hengliang.trust.log import Log
from hengliang.trust.pades import sign_pdf
from hengliang.trust.receipt import LIMITS, make_receipt
from hengliang.trust.receipt_check import LogPolicy
from hengliang.trust.status import Status, sign_status
from hengliang.trust.store import MemoryStore
from hengliang.trust.xades import sign_xml
from tests.dcc.samples import NOTICE, VERIFICATION
from tests.trust.authority import ANCHORS, ISSUER, ROOT
from tests.trust.conftest import NOON, entry, fixed_key

KEY = NoteKey("log.hangzhou.example", fixed_key("hangzhou"))
WITNESS = CosignerKey("witness.ningbo.example", fixed_key("ningbo"), NOON.timestamp)
POLICY = LogPolicy([KEY.verifier], [WITNESS.verifier], quorum=1)
OBJECT = "certificate:JD-2026-000007"
AFTER_EXPIRY = datetime(2030, 1, 1, tzinfo=UTC)


def receipt_for(payload: object, standing: str | None = "stands", kind: str = "certificate.issued") -> bytes:
    """A receipt that discloses `payload`, witnessed at noon."""
    log = Log(MemoryStore(), KEY)
    commitment = commit(payload, salt=b"salt" * 8)
    rows = [entry(number) for number in range(7)]
    rows.append(entry(7, type=kind, commitment=commitment.digest.hex()))
    log.append([row.to_bytes() for row in rows])
    log.add_cosignatures(WITNESS.sign_note(log.state().text()).line().encode())
    receipt = make_receipt(log, 7).disclose(payload, commitment)
    if standing is None:
        return receipt.to_bytes()
    status = Status(KEY.name, 8, OBJECT, standing, NOON)  # type: ignore[arg-type]
    return replace(receipt, status=sign_status(status, KEY)).to_bytes()


def issue(certificate: Certificate = VERIFICATION, standing: str | None = "stands") -> bytes:
    """A signed XML with the receipt of its content inside."""
    receipt = receipt_for(content_of(certificate), standing)
    return sign_xml(embed_receipt(write_certificate(certificate), receipt), ISSUER.key, [ISSUER.certificate], at=NOON)


@pytest.fixture(scope="module")
def xml() -> bytes:
    return issue()


@pytest.fixture(scope="module")
def pdf(xml: bytes) -> bytes:
    return sign_pdf(write_pdf(xml, "zh"), ISSUER.key, [ISSUER.der, ROOT.der])


def ask(content: bytes, *, now: datetime = NOON, **given: object) -> Evidence:
    return check_evidence(content, given.pop("anchors", ANCHORS), given.pop("policy", POLICY), now=now, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["xml", "pdf"])
def test_a_whole_certificate_is_valid_and_says_what_stays_open(form: str, request: pytest.FixtureRequest) -> None:
    found = ask(request.getfixturevalue(form))
    assert [one.word for one in (found.document, found.signature, found.receipt, found.content, found.status)] == [
        "valid"
    ] * 5, found
    assert (found.overall.word, found.number) == ("valid", "JD-2026-000123")
    assert found.log is not None
    assert found.log.status is not None
    assert (found.log.size, found.log.status.standing) == (8, "stands")
    assert set(LIMITS) < set(found.limits)


def test_the_content_is_the_same_before_and_after_receipt_and_signature(xml: bytes) -> None:
    assert read_certificate(xml) == VERIFICATION
    assert canonical.write(content_of(read_certificate(xml))) == canonical.write(content_of(VERIFICATION))


def test_the_released_form_of_the_content_stays() -> None:
    # First released with version 1; a change of these bytes makes every receipt issued so far useless.
    digest = hashlib.sha256(canonical.write(content_of(NOTICE))).hexdigest()
    assert content_of(NOTICE)["format"] == FORMAT
    assert digest == "21aa45224a68af7276c22deeb0e41de6115b1f8adb19b709517af2e8da4e499b"


@pytest.mark.parametrize("form", ["xml", "pdf"])
def test_a_changed_byte_is_found(form: str, request: pytest.FixtureRequest) -> None:
    content = request.getfixturevalue(form)
    for share in (0.1, 0.3, 0.5, 0.7):
        at = int(len(content) * share)
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        assert ask(changed).overall.word == "invalid", share


def test_a_receipt_of_another_certificate_does_not_fit() -> None:
    other = sign_xml(
        embed_receipt(write_certificate(NOTICE), receipt_for(content_of(VERIFICATION))),
        ISSUER.key,
        [ISSUER.certificate],
        at=NOON,
    )
    found = ask(other)
    assert (found.content.word, found.overall.word) == ("invalid", "invalid")


@pytest.mark.parametrize("standing", ["withdrawn", "replaced"])
def test_a_withdrawn_certificate_is_invalid(standing: str) -> None:
    found = ask(issue(standing=standing))
    assert (found.status.word, found.signature.word, found.overall.word) == ("invalid", "valid", "invalid")


def test_what_is_missing_is_indeterminate_with_its_reason(xml: bytes) -> None:
    assert "must be asked" in ask(issue(standing=None)).status.reason
    assert ask(xml, policy=LogPolicy([])).receipt.word == "indeterminate"
    assert ask(xml, anchors=Anchors(())).signature.word == "indeterminate"
    assert "1 of the 2" in ask(xml, policy=replace(POLICY, quorum=2)).receipt.reason
    bare = sign_xml(write_certificate(VERIFICATION), ISSUER.key, [ISSUER.certificate], at=NOON)
    assert (ask(bare).receipt.word, ask(bare).overall.word) == ("indeterminate", "indeterminate")
    assert ask(write_certificate(VERIFICATION)).signature.word == "indeterminate"


def test_an_expired_chain_needs_the_receipt_of_the_rendered_file(xml: bytes) -> None:
    assert ask(xml, now=AFTER_EXPIRY).signature.word == "indeterminate"
    rendered = receipt_for({"sha256": hashlib.sha256(xml).hexdigest()}, kind="certificate.rendered")
    found = ask(xml, now=AFTER_EXPIRY, beside=rendered)
    assert (found.signature.word, found.content.word, found.overall.word) == ("valid", "valid", "valid")
    forged = receipt_for({"sha256": "0" * 64}, kind="certificate.rendered")
    found = ask(xml, now=AFTER_EXPIRY, beside=forged)
    assert (found.signature.word, found.content.word) == ("indeterminate", "invalid")


def test_content_of_another_form_is_compared_by_its_number(xml: bytes) -> None:
    assert ask(xml, beside=receipt_for({"number": "JD-2026-000123"})).content.word == "indeterminate"
    assert ask(xml, beside=receipt_for({"number": "JD-2026-000999"})).content.word == "invalid"


def test_a_pdf_without_xml_is_a_picture(pdf: bytes, xml: bytes) -> None:
    assert certificate_in_pdf(pdf) == xml
    renamed = ask(pdf.replace(b"certificate.xml", b"certificate.xmm"))
    assert renamed.overall.word == "invalid"


def test_a_copy_of_what_no_longer_stands_says_so_and_names_the_file_inside(pdf: bytes) -> None:
    copy = PdfWriter()
    copy.add_blank_page(595, 842)
    copy.add_attachment("7K3M-original.pdf", pdf)
    written = io.BytesIO()
    copy.write(written)
    found = ask(written.getvalue())
    assert found.overall.word != "valid"
    assert found.document.word == "indeterminate"
    assert "no longer stands" in found.document.reason and "7K3M-original.pdf" in found.document.reason


def test_a_receipt_goes_in_before_the_signature_and_once(xml: bytes) -> None:
    receipt = receipt_in(parse_certificate(xml))
    assert receipt is not None
    with pytest.raises(NotWritable, match="signed"):
        embed_receipt(xml, receipt)
    once = embed_receipt(write_certificate(VERIFICATION), receipt)
    with pytest.raises(NotWritable, match="comment"):
        embed_receipt(once, receipt)
    comment = once[once.index(b"<hl:receipt") : once.index(b"</dcc:comment>")]
    twice = once.replace(comment, comment * 2)
    assert ask(twice).document.word == "invalid"
    for wrong in ("—", "*", "A"):  # the first found by fuzzing: no ASCII at all
        odd = once.replace(comment, comment.replace(b"</hl:receipt>", wrong.encode() + b"</hl:receipt>"))
        assert "not Base64" in ask(odd).document.reason


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + b"x" * 9_000_000, b"<a/>", b"PK\x03\x04"])
def test_what_is_no_certificate_is_answered_too(content: bytes) -> None:
    assert ask(content, now=NOON + timedelta(days=1)).overall.word in ("invalid", "indeterminate")


def test_a_receipt_whose_payload_is_no_json_is_refused_and_nothing_is_raised() -> None:
    payload = content_of(VERIFICATION)
    broken = receipt_for(payload).replace(b'\\"format\\"', b'\\"format\\', 1)
    for beside in (broken, receipt_for(payload).replace(b'{\\"', b'[\\"', 1)):
        assert ask(issue(), beside=beside).overall.word == "invalid"
