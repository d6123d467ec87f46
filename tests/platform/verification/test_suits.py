"""An instrument whose particulars contradict its item: told at the cell and when it is filed, and never judged."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.models import Purpose
from hengliang.platform.registry.services import instrument_correct, instrument_file
from hengliang.platform.verification.errors import DraftRefused
from hengliang.platform.verification.models import Record
from tests.platform import slice as walk
from tests.platform.verification.test_every_kind import item_of

pytestmark = pytest.mark.django_db
WATER = "procedure/cold-water-meter"


def large_meter(cast):
    item = item_of(cast, "WATER-L")
    standard = walk.equip(cast, item)
    return walk.apply_for(cast, walk.make_instrument(cast, "W1", item, "水表"))[0], standard


def told_of(cast, task, q3):
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(cast.accounts["verifier"], backend="django.contrib.auth.backends.ModelBackend")
    typed = {"instrument~0": {"accuracy_class": "2", "q3": q3, "ratio": "100", "water": "cold"}}
    address = reverse("verification:record_verdict", args=[task.pk, "instrument"])
    body = json.dumps({"rows": typed, "version": 0})
    return client.post(address, body, content_type="application/json").json()["cells"]


def test_a_small_flow_of_a_large_meter_is_told_at_its_cell(cast):
    task, _standard = large_meter(cast)
    assert "与该器具所登记的目录项目不符（WATER-L：> 16）" in told_of(cast, task, "2.5")["instrument~0.q3"]["words"]
    assert "instrument~0.q3" not in told_of(cast, task, "40")


def test_a_record_that_contradicts_the_item_is_refused(cast):
    task, standard = large_meter(cast)
    with pytest.raises(DraftRefused) as caught:
        walk.measure(cast, task, standard, walk.example(WATER, "pass"))
    assert [(fault.cell, fault.code) for fault in caught.value.faults] == [("instrument.q3", "not_of_item")]
    assert not Record.objects.exists()


def file_meter(cast, item, accuracy_class):
    return instrument_file(
        actor=cast.actor("owner"), item=item, owner=cast.enterprise, region=cast.county, purpose=Purpose.TRADE,
        serial_number=f"E{accuracy_class}", manufacturer="厂", model="DTZ", accuracy_class=accuracy_class,
    )  # fmt: skip


def test_a_class_that_contradicts_the_item_is_told_when_filing_and_correcting(cast):
    item = item_of(cast, "ELEC-02S")
    with pytest.raises(InputRefused, match=r"0\.2S, 0\.5S") as caught:
        file_meter(cast, item, "1")
    assert (caught.value.code, caught.value.field) == ("not_of_item", "accuracy_class")
    made = file_meter(cast, item, "0.5S")
    with pytest.raises(InputRefused, match=r"0\.2S, 0\.5S"):
        instrument_correct(actor=cast.actor("owner"), instrument=made, reason="misread", accuracy_class="2")
    made.refresh_from_db()
    other = item_of(cast, "ELEC-1")
    with pytest.raises(InputRefused, match="1, 2"):
        instrument_correct(actor=cast.actor("owner"), instrument=made, reason="misread", item=other)
