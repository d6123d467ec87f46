"""Marks on what is scrapped or lost have to come off: shown on the stock and with the instrument, with who does it."""

import pytest

from hengliang.platform.certificates.marks.removal import due_off, not_due_off, removals, with_gone
from hengliang.platform.certificates.models import Mark
from hengliang.platform.certificates.services import mark_remove
from hengliang.platform.registry.services import (
    instrument_find,
    instrument_lose,
    instrument_resume,
    instrument_scrap,
    instrument_stop,
)
from tests.platform import slice as walk
from tests.platform.certificates.stocked import TODAY, hand_out, put_on, stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def labelled(cast):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    walk.equip(cast, cast.scale)
    scales = [walk.make_instrument(cast, f"SC000{n}", cast.scale, "电子计价秤") for n in range(2)]
    for at, scale in enumerate(scales, start=1):
        put_on(cast, scale, f"衡检A00000{at}")
    return scales


def off():
    return [one.mark.number for one in removals(Mark.objects.all(), 50)]


def test_scrapped_it_has_to_come_off_and_names_who_and_why(cast, labelled):
    assert off() == []
    instrument_scrap(actor=cast.actor("owner"), instrument=labelled[0], reason="报废")
    (one,) = removals(Mark.objects.all(), 50)
    assert (one.mark.number, one.who, one.holder) == ("衡检A000001", "verifier（衡城市计量检定所）", "量县加油站")
    assert (one.why, one.since) == ("已报废", TODAY)
    assert [mark.number for mark in not_due_off(Mark.objects.all())] == ["衡检A000002"]
    assert with_gone(Mark.objects.all()).get(number="衡检A000001").gone == "scrapped"


def test_removal_is_the_act_that_is_there_and_ends_it(cast, labelled):
    instrument_scrap(actor=cast.actor("owner"), instrument=labelled[0], reason="报废")
    mark = due_off(Mark.objects.all()).get()
    mark_remove(actor=cast.actor("owner"), mark=mark, taken_off_by="王用户", reason="随器具报废")
    assert off() == [] and Mark.objects.get(pk=mark.pk).state == "removed"


def test_lost_and_found_again_it_may_stay_and_out_of_use_it_stays(cast, labelled):
    owner = cast.actor("owner")
    instrument_lose(actor=owner, instrument=labelled[0], reason="失窃")
    assert off() == ["衡检A000001"]
    instrument_find(actor=owner, instrument=labelled[0], reason="找回")
    assert off() == [], "found, it is out of use, and may come back"
    instrument_resume(actor=owner, instrument=labelled[0])
    instrument_stop(actor=owner, instrument=labelled[1], reason="停业")
    assert off() == []


def test_the_pages_show_it_with_the_verb(cast, labelled, client):
    instrument_scrap(actor=cast.actor("owner"), instrument=labelled[0], reason="报废")
    mark = Mark.objects.get(number="衡检A000001")
    client.force_login(cast.accounts["manager"], backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(f"/certificates/stock/{cast.body.pk}/").content.decode()
    assert "衡检A000001" in shown and f"/certificates/marks/{mark.pk}/removal/" in shown and "量县加油站" in shown
    listed = client.get("/certificates/marks/?due_off=1").content.decode()
    assert "衡检A000001" in listed and "衡检A000002" not in listed and "待清除" in listed
    assert "verifier（衡城市计量检定所）" in client.get(f"/certificates/marks/{mark.pk}/").content.decode()
    assert "due_off=1" in client.get("/").content.decode()
    client.force_login(cast.accounts["owner"], backend="django.contrib.auth.backends.ModelBackend")
    proofs = client.get(f"/ledger/{labelled[0].code}/?tab=proofs").content.decode()
    assert "待清除" in proofs


def test_programs_read_it_and_only_their_own(cast, labelled, client):
    instrument_scrap(actor=cast.actor("owner"), instrument=labelled[0], reason="报废")
    seen = {}
    for who in ("manager", "owner", "foreign_verifier"):
        client.force_login(cast.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        seen[who] = [row["number"] for row in client.get("/api/v1/marks/removals").json()]
    assert seen == {"manager": ["衡检A000001"], "owner": ["衡检A000001"], "foreign_verifier": []}
    client.force_login(cast.accounts["manager"], backend="django.contrib.auth.backends.ModelBackend")
    assert [row["number"] for row in client.get("/api/v1/marks?due_off=false").json()["items"]] == ["衡检A000002"]
