"""What a document proves once it has left the house: signature, receipt, status, and every byte of it."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from hengliang.dcc.check import check_certificate
from hengliang.dcc.content import content_of
from hengliang.dcc.document import parse_certificate
from hengliang.dcc.embedded import certificate_in_pdf
from hengliang.dcc.evidence import Evidence, check_evidence
from hengliang.dcc.read import read_certificate
from hengliang.dcc.schema import check_schema
from hengliang.platform.certificates.services import certificate_render, certificate_withdraw
from hengliang.platform.core.log.keys import keys
from hengliang.platform.core.models import LogEntry
from hengliang.platform.core.rights import Actor
from hengliang.trust import canonical, entries
from hengliang.trust.chain import Anchors
from hengliang.trust.receipt_check import LogPolicy
from tests.platform import slice as walk
from tests.platform.core.log.conftest import disk, held, home_with_keys, sequence  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def training(settings):
    settings.TRAINING = True


@pytest.fixture
def proof(cast, held):  # noqa: F811
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    standard = walk.equip(cast, cast.scale)
    task = walk.apply_for(cast, scale)[0]
    return walk.certify(cast, task, standard, walk.example("procedure/price-scale", "pass", "2017-05-30"))


def ask(content: bytes, beside: bytes | None = None) -> Evidence:
    """What somebody outside finds, who has the key line and the root certificate."""
    trusted = keys()
    anchors = Anchors([trusted.chain[-1].public_bytes(Encoding.DER)])
    policy = LogPolicy([trusted.log.verifier, *trusted.former])
    return check_evidence(content, anchors, policy, now=datetime.now(UTC), beside=beside)


def parts(found: Evidence) -> dict[str, str]:
    names = ("overall", "document", "signature", "receipt", "content", "status")
    return {name: getattr(found, name).word for name in names}


def test_the_log_commits_to_what_the_certificate_says(proof):
    entry = LogEntry.objects.get(pk=proof.act_id)
    logged = entries.read(bytes(entry.entry))
    assert (logged.type, logged.object) == ("certificate.issued", f"certificates_certificate:{proof.pk}")
    said = {name: value for name, value in entry.payload.items() if name != entries.LEDGER}
    assert canonical.write(said) == canonical.write(content_of(read_certificate(proof.xml.encode())))


def test_certificate_and_notice_are_valid_by_ptbs_schema(cast, proof, reference):
    scale = walk.make_instrument(cast, "SC0002", cast.scale, "电子计价秤")
    standard = proof.record.standards.get()
    task = walk.apply_for(cast, scale)[0]
    notice = walk.certify(cast, task, standard, walk.example("procedure/price-scale", "fail", "2017-05-30"))
    for one in (proof, notice):
        root = parse_certificate(one.xml.encode())
        assert not list(check_schema(root, "3.3.0", reference / "dcc" / "xsd"))
        assert check_certificate(one.xml.encode(), Anchors(()), now=datetime.now(UTC)).verdict == "valid"
        assert read_certificate(one.xml.encode()).legal.passed is (one is proof)


def test_a_document_made_after_the_log_took_it_up_is_valid_by_itself(proof, sequence, client):  # noqa: F811
    sequence()
    pdf = client.get(f"/c/{proof.code}/document.pdf").content
    assert set(parts(ask(pdf)).values()) == {"valid"}, ask(pdf)
    xml = client.get(f"/c/{proof.code}/certificate.xml").content
    assert certificate_in_pdf(pdf) == xml
    assert set(parts(ask(xml)).values()) == {"valid"}, ask(xml)
    for at in (len(pdf) // 5, len(pdf) // 2, len(pdf) - 3000):
        changed = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
        assert ask(changed).overall.word == "invalid", at
    for at in (len(xml) // 5, len(xml) // 2, len(xml) - 3000):
        changed = xml[:at] + bytes([xml[at] ^ 1]) + xml[at + 1 :]
        assert ask(changed).overall.word == "invalid", at


def test_a_document_made_too_early_says_so_and_its_receipts_lie_beside_it(proof, sequence, client):  # noqa: F811
    early = client.get(f"/c/{proof.code}/receipt")
    assert (early.status_code, early["Retry-After"]) == (404, "2")
    pdf = client.get(f"/c/{proof.code}/document.pdf").content
    alone = ask(pdf)
    assert (alone.signature.word, alone.receipt.word, alone.overall.word) == ("valid", "indeterminate", "indeterminate")
    sequence()
    for name in ("receipt", "document.receipt"):
        beside = client.get(f"/c/{proof.code}/{name}").content
        assert set(parts(ask(pdf, beside)).values()) == {"valid"}, name
        assert ask(pdf + b"\n", beside).overall.word == "invalid"
    entry = LogEntry.objects.get(pk=proof.document.act_id)
    assert entries.read(bytes(entry.entry)).type == "certificate.rendered"
    assert entry.payload["sha256"] == proof.document.sha256


def test_a_withdrawn_certificate_is_withdrawn_in_the_next_receipt(proof, cast, sequence, client):  # noqa: F811
    sequence()
    pdf = client.get(f"/c/{proof.code}/document.pdf").content
    certificate_withdraw(actor=cast.actor("approver"), certificate=proof, reason="wrong weights were used")
    sequence()
    found = ask(pdf, client.get(f"/c/{proof.code}/receipt").content)
    assert (found.status.word, found.overall.word, found.receipt.word) == ("invalid", "invalid", "valid")
    assert "withdrawn" in found.status.reason


def test_a_receipt_discloses_no_person_and_no_row(proof, sequence, client):  # noqa: F811
    sequence()
    told = client.get(f"/c/{proof.code}/receipt").content.decode()
    assert '"rows' not in told
    assert "account" not in told
    assert entries.LEDGER in told


def test_without_keys_a_document_is_made_unsigned_and_says_what_it_lacks(proof, settings, tmp_path):
    settings.HOME = tmp_path / "nothing"
    document = certificate_render(actor=Actor.anonymous(), certificate=proof)
    assert certificate_in_pdf(bytes(document.pdf)) == bytes(document.xml)
    found = check_evidence(bytes(document.pdf), Anchors(()), LogPolicy([]), now=datetime.now(UTC))
    assert (found.document.word, found.signature.word, found.receipt.word) == (
        "valid",
        "indeterminate",
        "indeterminate",
    )


def test_the_public_page_leads_to_everything_an_outsider_needs(proof, sequence, client):  # noqa: F811
    certificate_render(actor=Actor.anonymous(), certificate=proof)
    sequence()
    page = client.get(f"/c/{proof.code}").content.decode()
    for link in (
        f"/c/{proof.code}/document.pdf",
        f"/c/{proof.code}/certificate.xml",
        f"/c/{proof.code}/receipt",
        f"/c/{proof.code}/document.receipt",
        "/log/check_receipt.html",
        "/log/check_receipt.py",
        "/log/key",
        "/log/anchor.pem",
    ):
        assert f'href="{link}"' in page
        assert client.get(link).status_code == 200, link


def test_the_offline_checker_of_the_page_accepts_the_receipt_of_the_page(proof, sequence, client, tmp_path):  # noqa: F811
    import subprocess
    import sys

    sequence()
    for name, link in {
        "check.py": "/log/check_receipt.py",
        "receipt": f"/c/{proof.code}/receipt",
        "key": "/log/key",
    }.items():
        (tmp_path / name).write_bytes(client.get(link).content)
    key = (tmp_path / "key").read_text().strip()
    command = [sys.executable, "-I", str(tmp_path / "check.py"), str(tmp_path / "receipt"), "--log", key]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_training_paper_says_first_that_it_has_no_force_and_is_never_green(proof, client):
    assert proof.training
    page = client.get(f"/c/{proof.code}", headers={"accept-language": "en"}).content.decode()
    answer = page.partition("<article")[2].partition("</article>")[0]
    heading = answer.partition("<h1>")[2].partition("</h1>")[0]
    assert "For training only: this proof has no legal force." in heading
    assert "answer-open" in answer and "state-good" not in answer
