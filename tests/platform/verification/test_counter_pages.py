"""The pages of the counter, as the people of the body and others meet them."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from hengliang.platform.core.rights import Actor
from hengliang.platform.verification.models import Deposit, DepositPiece, Fee, PrintJob, WorkTime
from hengliang.platform.verification.printing import AT_ONCE
from hengliang.platform.verification.tasks import print_papers
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db
SCALE = "procedure/price-scale"


@pytest.fixture
def as_(cast, client):
    def login(who):
        client.force_login(cast.accounts[who])
        return client

    return login


@pytest.fixture
def scales(cast):
    walk.equip(cast, cast.scale)
    return [walk.make_instrument(cast, f"HP000{n}", cast.scale, "电子计价秤") for n in (1, 2, 3)]


def handed_in(client, *codes):
    told = {"codes": "\n".join(codes), "condition": "完好", "brought_by": "王送检"}
    answer = client.post(reverse("verification:deposit_new"), told)
    assert answer.status_code == 302, answer.content.decode()
    return Deposit.objects.latest("pk")


def test_from_the_scanned_code_to_the_slip_and_back(as_, scales):
    client = as_("manager")
    deposit = handed_in(client, "HP0001", "HP0002，外壳破损，电池")
    assert list(deposit.pieces.order_by("pk").values_list("condition", "accessories")) == [
        ("完好", ""),
        ("外壳破损", "电池"),
    ]
    page = client.get(reverse("verification:counter_find"), {"code": "HP0001"})
    assert page.headers["Location"] == reverse("verification:deposit", args=[deposit.pk])
    slip = client.get(reverse("verification:receipt_slip", args=[deposit.pk]))
    assert slip.content.startswith(b"%PDF-")
    keys = list(deposit.pieces.values_list("pk", flat=True))
    take = {"ids": keys, "confirmed": "1", "holder": DepositPiece.objects.get(pk=keys[0]).holder_id}
    assert client.post(reverse("verification:pieces_take"), take).status_code == 302
    back = {"ids": keys[:1], "confirmed": "1", "collected_by": "李领取"}
    assert client.post(reverse("verification:pieces_return"), back).status_code == 409
    assert client.post(reverse("verification:pieces_bring"), {"ids": keys, "confirmed": "1"}).status_code == 302
    assert client.post(reverse("verification:pieces_return"), back).status_code == 302
    again = client.post(reverse("verification:pieces_return"), back)
    assert again.status_code == 409
    hand_back = deposit.hand_backs.get()
    assert client.get(reverse("verification:hand_back_slip", args=[hand_back.pk])).status_code == 200
    for tab in ("overview", "records", "proofs", "history"):
        assert client.get(reverse("verification:deposit", args=[deposit.pk]), {"tab": tab}).status_code == 200


def test_what_was_typed_wrongly_is_told_and_not_lost(as_, scales):
    told = {"codes": "HP0001\nNOPE", "condition": "完好", "brought_by": "王送检"}
    answer = as_("manager").post(reverse("verification:deposit_new"), told)
    assert answer.status_code == 422
    assert "NOPE" in answer.content.decode()
    assert Deposit.objects.count() == 0


def test_owners_see_their_slips_and_can_do_nothing(as_, scales):
    deposit = handed_in(as_("manager"), "HP0001")
    owner = as_("owner")
    assert owner.get(reverse("verification:receipt_slip", args=[deposit.pk])).status_code == 200
    assert owner.get(reverse("verification:deposit_new")).status_code == 403
    assert as_("foreign_owner").get(reverse("verification:deposit", args=[deposit.pk])).status_code == 404


def test_fees_and_working_time_have_their_pages(as_, cast, scales):
    client = as_("manager")
    handed_in(client, "HP0001")
    fee = Fee.objects.get(standing=True)
    for name, args in (
        ("fee_list", []), ("fee_months", []), ("fee", [fee.pk]), ("invoice_list", []), ("worktime_list", []),
        ("worktime_compared", []), ("worktime_new", []), ("piece_list", []), ("deposit_list", []),
    ):  # fmt: skip
        assert client.get(reverse(f"verification:{name}", args=args)).status_code == 200, name
    told = {
        "person": cast.people["verifier"].pk, "worked_on": "2026-03-02", "item": cast.scale.pk, "pieces": 30,
        "hours": "6", "travel_hours": "2", "kilometres": "40",
    }  # fmt: skip
    assert client.post(reverse("verification:worktime_new"), told).status_code == 302
    shown = client.get(reverse("verification:worktime_compared")).content.decode()
    assert "30.0" in shown
    assert client.get(reverse("verification:worktime", args=[WorkTime.objects.get().pk])).status_code == 200


def test_many_papers_are_one_file_and_what_fails_is_named(as_, cast, scales):
    client = as_("manager")
    first, second = (handed_in(client, code) for code in ("HP0001", "HP0002"))
    answer = client.post(reverse("verification:print_slips"), {"ids": [first.pk, second.pk], "confirmed": "1"})
    job = PrintJob.objects.get()
    assert answer.headers["Location"] == reverse("verification:print_job", args=[job.pk])
    assert len(PdfReader(io.BytesIO(bytes(job.pdf))).pages) == 3
    page = client.get(reverse("verification:print_job", args=[job.pk])).content.decode()
    assert reverse("verification:print_file", args=[job.pk]) in page
    assert as_("verifier").get(reverse("verification:print_file", args=[job.pk])).status_code == 404


def test_a_larger_job_is_the_workers_and_gives_what_the_asker_may_see(as_, cast, scales):
    client = as_("manager")
    deposit = handed_in(client, "HP0001")
    keys = [str(deposit.pk), *(str(n) for n in range(10**6, 10**6 + AT_ONCE))]
    job = PrintJob.objects.create(
        account=cast.accounts["manager"], kind="slip", keys=keys, asked_at=Actor.system("x").at
    )
    print_papers(job.pk)
    job.refresh_from_db()
    assert (job.done, len(job.refused)) == (AT_ONCE + 1, AT_ONCE)
    assert len(PdfReader(io.BytesIO(bytes(job.pdf))).pages) == 2
