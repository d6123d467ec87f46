"""Pages of lower apps say what went out and came back; the ledger is searched by the numbers of other systems."""

import pytest
from django.test import Client
from django.urls import reverse

from hengliang.platform.exchange.services import dispatch_make, outside_id_enter
from tests.platform.exchange.files import accepted
from tests.platform.exchange.test_outbound import RECEIPT, certified

pytestmark = pytest.mark.django_db
__all__ = ["certified"]


@pytest.fixture
def page(cast):
    def get(who: str, url: str) -> str:
        client = Client(headers={"accept-language": "zh-hans"})
        client.force_login(cast.accounts[who])
        answer = client.get(url)
        assert answer.status_code == 200, url
        return answer.content.decode()

    return get


def test_a_proof_and_its_instrument_say_where_it_went_and_what_came_back(cast, ecqs, certified, page):
    proof = certified[1]
    own = reverse("certificates:certificate", args=[proof.pk])
    at_instrument = f"{reverse('registry:instrument', args=[proof.instrument.code])}?tab=proofs"
    assert "尚未推送" in page("authority", own)
    sheet = dispatch_make(actor=cast.actor("authority"), system=ecqs, kind="results")
    assert "尚无回执" in page("authority", own) and "尚未推送" not in page("authority", own)
    rows = [("ecqs-1-1", "成功", "", ""), ("ecqs-1-2", "失败", "有效期不符", "ZS-2")]
    accepted(cast, ecqs, rows, kind="receipts", headers=RECEIPT)
    for who in ("authority", "owner"):
        for url in (own, at_instrument):
            said = page(who, url)
            assert "全国强检平台" in said and "有效期不符" in said and "2026-03-02 推送" in said
            assert (reverse("exchange:dispatch", args=[sheet.pk]) in said) == (who == "authority")
    assert "ZS-2" in page("authority", own)


def test_the_ledger_finds_an_instrument_by_its_number_there(cast, ecqs, in_use, page):
    one, other = in_use(serial_number="A1"), in_use(serial_number="A2")
    outside_id_enter(actor=cast.actor("authority"), system=ecqs, value="3401-77", instrument=one)
    found = page("authority", reverse("registry:list") + "?outside=3401-77")
    assert one.printed_code in found and other.printed_code not in found
    assert one.code in page("authority", reverse("registry:scan") + "?code=3401-77")
    assert one.printed_code not in page("foreign_owner", reverse("registry:list") + "?outside=3401-77")
    assert one.code not in page("foreign_owner", reverse("registry:scan") + "?code=3401-77")
