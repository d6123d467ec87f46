"""What goes out once a proof no longer stands: unmistakable on every page, the file as it was issued beside it."""

import io
from hashlib import sha256

import pypdf
import pytest

from hengliang.platform.certificates.models import Document
from hengliang.platform.certificates.services import certificate_render, certificate_replace, certificate_withdraw
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db
SCALE = "procedure/price-scale"
WARNING = (163, 23, 27)  # the colour of the template


@pytest.fixture(autouse=True)
def training(settings):
    settings.TRAINING = True


@pytest.fixture
def proof(cast):
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    standard = walk.equip(cast, cast.scale)
    return walk.certify(cast, walk.apply_for(cast, scale)[0], standard, walk.example(SCALE, "pass", "2017-05-30"))


@pytest.fixture
def issued(cast, proof):
    """The bytes as they were issued."""
    return bytes(certificate_render(actor=cast.actor("approver"), certificate=proof).pdf)


def withdrawn(cast, proof):
    certificate_withdraw(actor=cast.actor("approver"), certificate=proof, reason="标准器超差")


def red_share(page):
    """How much of a page is of the warning's colour or a lighter shade of it: of it, no green and blue alike."""
    pixels = list(page.convert("RGB").getdata())
    red = [1 for r, g, b in pixels if r > g + 40 and r > b + 40 and abs(g - b) < 24]
    return len(red) / len(pixels)


def drawn(pdf):
    """The pages as pictures."""
    pdfium = pytest.importorskip("pypdfium2")
    return [page.render(scale=0.8).to_pil() for page in pdfium.PdfDocument(pdf)]


def test_while_it_stands_the_file_goes_out_as_it_was_issued(client, proof, issued):
    assert client.get(f"/c/{proof.code}/document.pdf").content == issued
    assert client.get(f"/c/{proof.code}/original.pdf").content == issued
    assert all(red_share(page) < 0.001 for page in drawn(issued))


@pytest.mark.parametrize("act", [certificate_withdraw, certificate_replace])
def test_afterwards_every_page_is_marked_and_one_page_stands_before(client, cast, proof, issued, act):
    act(actor=cast.actor("approver"), certificate=proof, reason="标准器超差")
    copy = client.get(f"/c/{proof.code}/document.pdf").content
    before, after = drawn(issued), drawn(copy)
    assert len(after) == len(before) + 1
    assert red_share(after[0]) > 0.004
    for page in after[1:]:
        assert red_share(page) > 0.03
        band = page.crop((0, 0, page.width, int(page.height * 0.02))).convert("RGB")
        assert max(band.getcolors(100_000))[1] == pytest.approx(WARNING, abs=3)


def test_the_file_as_it_was_issued_stays_and_lies_inside(client, cast, proof, issued):
    digest = Document.objects.get(certificate=proof).sha256
    withdrawn(cast, proof)
    original = client.get(f"/c/{proof.code}/original.pdf")
    assert original.content == issued
    assert sha256(original.content).hexdigest() == digest
    assert original["Content-Disposition"].startswith("attachment")
    assert "withdrawn-original" in original["Content-Disposition"]
    copy = client.get(f"/c/{proof.code}/document.pdf")
    assert copy.content != issued
    assert f"{proof.code}-withdrawn.pdf" in copy["Content-Disposition"]
    attached = pypdf.PdfReader(io.BytesIO(copy.content)).attachments
    assert attached[f"{proof.code}-original.pdf"] == [issued]


def test_the_copy_bears_no_signature_that_could_be_taken_for_one(client, cast, proof, issued):
    withdrawn(cast, proof)
    reader = pypdf.PdfReader(io.BytesIO(client.get(f"/c/{proof.code}/document.pdf").content))
    assert not reader.get_fields()
    assert all("/Annots" not in page for page in reader.pages[1:])


def test_a_reader_that_kept_the_file_is_not_told_that_it_is_still_good(client, cast, proof, issued):
    kept = client.get(f"/c/{proof.code}/document.pdf")["ETag"]
    withdrawn(cast, proof)
    answer = client.get(f"/c/{proof.code}/document.pdf", headers={"If-None-Match": kept})
    assert answer.status_code == 200
    again = client.get(f"/c/{proof.code}/document.pdf", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_pages_and_interface_give_the_same(client, cast, proof, issued):
    withdrawn(cast, proof)
    public = client.get(f"/c/{proof.code}/document.pdf").content
    client.force_login(cast.accounts["authority"])
    page = client.get(f"/certificates/{proof.pk}/").content.decode()
    assert f"/certificates/{proof.pk}/original.pdf" in page
    for path in (f"/certificates/{proof.pk}/document.pdf", f"/api/v1/certificates/{proof.pk}/document"):
        assert len(drawn(client.get(path).content)) == len(drawn(public))
    assert client.get(f"/api/v1/certificates/{proof.pk}/original").content == issued
    assert "original.pdf" in client.get(f"/c/{proof.code}").content.decode()
