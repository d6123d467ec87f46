"""Pages of marks: stock, use at issue and from the record, removal, photographs, labels on paper, public look-up."""

import io

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hengliang.platform.certificates.marks.paper import sheet
from hengliang.platform.certificates.models import Certificate, Mark, Stocktaking
from hengliang.platform.certificates.services import certificate_withdraw, photograph_add
from hengliang.platform.core.models import Attachment
from tests.platform import slice as walk
from tests.platform.cast import NOW
from tests.platform.certificates.stocked import BEFORE, JPEG, LABEL, SEAL, approved, hand_out, put_on, stock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.TRAINING = True


@pytest.fixture
def browser(cast):
    def log_in(name: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(cast.accounts[name])
        return client

    return log_in


@pytest.fixture
def record(cast):
    stock(cast)
    stock(cast, SEAL, "F00001", "F00100")
    hand_out(cast, "衡检A000001", "衡检A000100")
    hand_out(cast, "F00001", "F00100", SEAL)
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    return approved(cast, scale, walk.equip(cast, cast.scale))


def page(client, name, *args, **asked):
    return client.get(reverse(name, args=args), asked)


def test_issue_offers_what_is_in_hand_and_takes_label_and_seals(cast, browser, record):
    client, url = browser("approver"), reverse("certificates:issue", args=[record.pk])
    shown = client.get(url).content.decode()
    assert "衡检A000001" in shown
    assert "F00001" in shown
    wrong = client.post(url, {"confirmed": "1", "mark_label": "衡检A000999", "mark_seal": "F00001"})
    assert wrong.status_code == 422
    assert Certificate.objects.count() == 0
    told = {"confirmed": "1", "mark_label": "衡检A000001", "mark_seal": "F00001 主板\nF00002 传感器"}
    assert client.post(url, told).status_code == 302
    marks = Certificate.objects.get().marks.order_by("number")
    assert [(one.number, one.place) for one in marks] == [("F00001", "主板"), ("F00002", "传感器"), ("衡检A000001", "")]


def test_issue_without_any_mark_asks_for_none(cast, browser, record):
    assert browser("approver").post(
        reverse("certificates:issue", args=[record.pk]), {"confirmed": "1"}
    ).status_code == 302  # fmt: skip
    assert Mark.objects.count() == 0


def test_the_verifier_puts_marks_on_from_the_record_with_a_photograph(cast, browser, record):
    client, url = browser("verifier"), reverse("certificates:marks_put_on", args=[record.pk])
    assert reverse("certificates:marks_put_on", args=[record.pk]) in page(
        client, "verification:record", record.pk
    ).content.decode()  # fmt: skip
    told = {"kind": LABEL, "number": "衡检A000001", "on": "2026-03-02", "place": ""}
    broken = SimpleUploadedFile("a.jpg", b"<html>", "image/jpeg")
    assert client.post(url, told | {"photograph": broken}).status_code == 422
    assert Mark.objects.count() == 0
    assert client.post(url, told | {"photograph": SimpleUploadedFile("a.jpg", JPEG)}).status_code == 302
    mark = Mark.objects.get()
    picture = Attachment.objects.get(subject_type="certificates.mark", subject_id=str(mark.pk))
    shown = client.get(url).content.decode()
    assert reverse("certificates:photograph", args=[picture.pk]) in shown
    tab = page(browser("owner"), "registry:instrument", "SC0001", tab="proofs").content.decode()
    assert "衡检A000001" in tab
    assert reverse("certificates:photograph", args=[picture.pk]) in tab


def test_a_photograph_is_shown_to_whoever_sees_the_mark_and_to_nobody_else(cast, browser, record):
    mark = put_on(cast, record.task.instrument, "衡检A000001")
    picture = photograph_add(actor=cast.actor("verifier"), subject=mark, photograph=SimpleUploadedFile("a.jpg", JPEG))
    answer = page(browser("owner"), "certificates:photograph", picture.pk)
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "image/jpeg", JPEG)
    assert "sandbox" in answer["Content-Security-Policy"]
    assert page(Client(), "certificates:photograph", picture.pk).status_code == 302
    for who in ("foreign_owner", "foreign_verifier", "foreign_authority"):
        assert page(browser(who), "certificates:photograph", picture.pk).status_code == 404


def test_the_stock_page_tells_where_the_marks_are(cast, browser, record):
    put_on(cast, record.task.instrument, "衡检A000003")
    shown = page(browser("manager"), "certificates:stock", cast.body.pk).content.decode()
    for text in ("衡检A000101–衡检A010000", "衡检A000004–衡检A000100", "衡检A000001–衡检A000002"):
        assert text in shown
    assert page(browser("authority"), "certificates:stock", cast.body.pk).status_code == 200
    for who in ("foreign_verifier", "foreign_authority", "owner"):
        assert page(browser(who), "certificates:stock", cast.body.pk).status_code == 404
    choice = page(browser("manager"), "certificates:stock_choice")
    assert choice.url == reverse("certificates:stock", args=[cast.body.pk])


def test_the_manager_receives_hands_out_takes_back_and_writes_off(cast, browser):
    client, today = browser("manager"), "2026-03-02"

    def act(name, **told):
        answer = client.post(reverse(f"certificates:{name}", args=[cast.body.pk]), {"on": today, "kind": LABEL} | told)
        return answer.status_code

    run = {"first": "A0001", "last": "A0100"}
    person = cast.people["verifier"].pk
    assert act("marks_receive", **run) == 302
    assert act("marks_receive", **run) == 422
    assert act("marks_hand_out", person=person, first="A0001", last="A0200") == 422
    assert act("marks_hand_out", person=person, **run) == 302
    assert act("marks_take_back", person=person, first="A0051", last="A0100") == 302
    assert act("mark_spoil", number="A0001", reason="打印错位") == 302
    assert act("mark_spoil", number="A0001", reason="打印错位") == 422
    two = {"first_person": cast.people["manager"].pk, "second_person": person, "method": "碎纸", "reason": "作废"}
    spoiled = Mark.objects.get().pk
    assert act("mark_destroy", **(two | {"second_person": cast.people["manager"].pk}), gone=[spoiled]) == 422
    assert act("mark_destroy", **two, gone=[spoiled], first="A0100", last="") == 422
    assert act("mark_destroy", **two, gone=[spoiled], first="A0099", last="A0100") == 302
    assert set(Mark.objects.values_list("state", flat=True)) == {"destroyed"}
    assert browser("verifier").get(reverse("certificates:marks_receive", args=[cast.body.pk])).status_code == 403


def test_counting_leads_to_what_is_to_be_explained(cast, browser, record):
    client = browser("manager")
    told = {"kind": LABEL, "person": cast.people["verifier"].pk, "counted": "衡检A000001~衡检A000098\n衡检A000777"}
    made = client.post(reverse("certificates:stock_count", args=[cast.body.pk]), told)
    count = Stocktaking.objects.get()
    assert made.url == reverse("certificates:stocktaking", args=[count.pk])
    shown = client.get(made.url).content.decode()
    assert "衡检A000099–衡检A000100" in shown
    for finding, outcome in zip(count.findings.order_by("what"), ("lost", "present"), strict=True):
        url = reverse("certificates:finding_settle", args=[finding.pk])
        assert client.get(url).status_code == 200
        assert client.post(url, {"outcome": outcome, "explanation": "查明"}).status_code == 302
    count.refresh_from_db()
    assert count.state == "settled"
    assert page(browser("foreign_verifier"), "certificates:stocktaking", count.pk).status_code == 404


def test_the_owner_records_a_removal_after_repair(cast, browser, record):
    seal = put_on(cast, record.task.instrument, "F00001", SEAL, place="主板", on=BEFORE)
    client, url = browser("owner"), reverse("certificates:mark_remove", args=[seal.pk])
    assert url in page(client, "certificates:mark", seal.pk).content.decode()
    told = {"taken_off_by": "维修部", "on": "2026-02-01", "reason": "维修"}
    assert client.post(url, told | {"on": "2025-12-01"}).status_code == 422
    assert client.post(url, told).status_code == 302
    seal.refresh_from_db()
    assert seal.state == "removed"
    assert url not in page(client, "certificates:mark", seal.pk).content.decode()


def test_labels_are_printed_one_a_page_or_24_a_sheet(cast, browser, record):
    instruments = [walk.make_instrument(cast, f"SC10{n:02d}", cast.scale, "电子计价秤#[x]") for n in range(26)]
    marks = [put_on(cast, one, f"衡检A{n + 10:06d}") for n, one in enumerate(instruments)]
    put_on(cast, record.task.instrument, "F00001", SEAL, place="主板")
    client, ids = browser("verifier"), [mark.pk for mark in Mark.objects.all()]
    url = reverse("certificates:labels")
    assert "26 labels" in client.post(url, {"ids": ids}).content.decode()
    for paper, pages, size in (("60x40", 26, (60, 40)), ("a4", 2, (210, 297))):
        answer = client.get(url, {"ids": ids, "paper": paper})
        assert answer["Content-Type"] == "application/pdf"
        document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
        assert len(document) == pages
        assert tuple(round(side / 72 * 25.4) for side in document[0].get_size()) == size
    assert "26 labels" not in browser("foreign_verifier").post(url, {"ids": ids}).content.decode()
    assert client.get(url, {"ids": [*ids, "x", str(2**70)], "paper": "60x40"}).status_code == 200
    assert sheet(marks[:1], "60x40").startswith(b"%PDF-")


def test_the_public_page_answers_a_number_without_naming_the_user(cast, record, settings):
    certificate = Certificate.objects.none()
    settings.TRAINING = False
    mark = put_on(cast, record.task.instrument, "衡检A000001")
    anybody = Client(headers={"accept-language": "en"})
    url = reverse("public_mark")
    assert anybody.get(url).status_code == 200
    shown = anybody.get(url, {"number": "衡检A 000001"}).content.decode()
    assert "its certificate is being made" in shown
    assert cast.enterprise.name not in shown
    assert "was never used" in anybody.get(url, {"number": "衡检Ａ０００００２"}).content.decode(), (
        "in hand, not a forgery"
    )
    told = anybody.get("/api/v1/marks/check", {"number": "衡检A000002"}).json()
    assert [one["verdict"] for one in told] == ["in_stock"]
    assert "know this number" in anybody.get(url, {"number": "不是编号"}).content.decode()
    settings.TRAINING = True
    from hengliang.platform.certificates.services import certificate_issue

    certificate = certificate_issue(actor=cast.actor("approver"), record=record)
    shown = anybody.get(url, {"number": "衡检A000001"}).content.decode()
    assert "training" in shown
    assert "verified and in order" in shown
    assert certificate.code not in shown
    page_of_code = anybody.get(f"/c/{certificate.code}").content.decode()
    assert "衡检A000001" in page_of_code
    certificate_withdraw(actor=cast.actor("approver", NOW), certificate=certificate, reason="标准失准")
    mark.refresh_from_db()
    assert "to be removed" in anybody.get(url, {"number": "衡检A000001"}).content.decode()
    assert "to be removed" in anybody.get(f"/c/{certificate.code}").content.decode()


def test_a_label_number_typed_for_a_code_leads_to_its_answer(cast, record):
    stock(cast, first="HJA0001", last="HJA0100")
    hand_out(cast, "HJA0001", "HJA0100")
    put_on(cast, record.task.instrument, "HJA0001")
    assert Client().get("/c/HJA0001").url == "/c/mark/?number=HJA0001"
    assert Client().get("/c/HJA0002").url == "/c/mark/?number=HJA0002", "in hand, never used"
    assert Client().get("/c/HJA0101").status_code == 404
    assert Client().get("/", {"code": "衡检A000001"}).url.startswith("/c/mark/?number=")


def test_the_search_of_the_ledger_finds_an_instrument_by_its_label(cast, browser, record):
    put_on(cast, record.task.instrument, "衡检A000001")
    asked = {"code": "衡检A000001"}
    assert "/ledger/SC0001/" in browser("authority").get("/ledger/scan/", asked).content.decode()
    assert "/ledger/SC0001/" not in browser("foreign_authority").get("/ledger/scan/", asked).content.decode()


@pytest.mark.parametrize("name", ["mark_list", "stocktaking_list"])
def test_lists_do_not_ask_more_for_more_rows(cast, browser, record, name):
    from hengliang.platform.certificates.services import stock_count

    def more(first):
        for n in range(first, first + 4):
            one = walk.make_instrument(cast, f"SC20{n:02d}", cast.scale, "电子计价秤")
            put_on(cast, one, f"衡检A{n:06d}")
            stock_count(actor=cast.actor("manager"), body=cast.body, kind=LABEL, counted=f"B{n}")

    client, counts = browser("manager"), []
    for first in (1, 5):
        more(first)
        page(client, f"certificates:{name}")
        with CaptureQueriesContext(connection) as asked:
            assert page(client, f"certificates:{name}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
