"""The page behind a code: one query, and never what was so a moment ago."""

import pytest
from django.test import Client

from hengliang.platform.certificates.services import certificate_withdraw
from tests.platform import slice as walk
from tests.platform.core.log.conftest import disk, held, home_with_keys, sequence  # noqa: F401 - fixtures


@pytest.fixture(autouse=True)
def training(settings):
    settings.TRAINING = True


@pytest.fixture
def proof(cast, held):  # noqa: F811
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    standard = walk.equip(cast, cast.scale)
    task = walk.apply_for(cast, scale)[0]
    return walk.certify(cast, task, standard, walk.example("procedure/price-scale", "pass", "2017-05-30"))


def test_one_query_both_languages_and_a_withdrawal_shows_at_once(cast, proof, django_assert_num_queries):
    chinese, english = Client(headers={"accept-language": "zh-hans"}), Client(headers={"accept-language": "en"})
    address = f"/c/{proof.code}"
    for client in (chinese, english):
        client.get(address)
        with django_assert_num_queries(1):
            page = client.get(address).content.decode()
        assert proof.number in page and f"{address}/document.pdf" in page
    assert "is verified and in order" in english.get(address).content.decode()
    assert "检定合格" in chinese.get(address).content.decode()

    certificate_withdraw(actor=cast.actor("approver"), certificate=proof, reason="wrong weights were used")
    page = english.get(address).content.decode()
    assert "was withdrawn" in page and "is verified and in order" not in page
    assert "检定合格" not in chinese.get(address).content.decode()


def test_another_code_never_gets_this_answer(proof):
    assert Client().get(f"/c/{proof.code}").status_code == 200
    other = Client().get("/c/2222222222")
    assert other.status_code == 404 and proof.number not in other.content.decode()
