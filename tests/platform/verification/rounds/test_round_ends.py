"""A round at its edges: nobody comes twice, what it leaves open, and what joins it late."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.registry.codes import new_code
from hengliang.platform.registry.models import Instrument
from hengliang.platform.registry.services import instrument_accept
from hengliang.platform.verification.models import FieldEntry, Record, Task
from hengliang.platform.verification.rounds.candidates import candidates
from hengliang.platform.verification.rounds.merge import subject_of_unknown
from hengliang.platform.verification.rounds.open_ends import open_ends
from hengliang.platform.verification.services import (
    round_add,
    round_cancel,
    round_close,
    round_file,
    round_records,
    round_return,
    unknown_file,
)
from tests.platform import slice as walk
from tests.platform.cast import NOW
from tests.platform.verification.rounds.field import Device, make_market, make_round, scale_of
from tests.platform.verification.rounds.test_rounds import sync

pytestmark = pytest.mark.django_db
A, B = "aaaaaaaa-1", "bbbbbbbb-2"


@pytest.fixture
def world(cast):
    return make_market(cast)


@pytest.fixture
def shown(world):
    return make_round(world)


def met_on_the_round(world, shown):
    device = Device(world, shown, "verifier", A)
    data = walk.example("procedure/price-scale", "pass", "2017-05-30") | {"regime": "initial"}
    device.says(
        "unknown", subject=subject_of_unknown("20259999", "新厂", A, 1), data=data, standards=[world.standard.pk],
        unknown={"name": "电子计价秤", "serial": "20259999", "maker": "新厂"},
    )  # fmt: skip
    device.measures(0)
    sync(world, device)
    made = unknown_file(
        actor=world.actor("market"), entry=FieldEntry.objects.get(kind="unknown"), item=world.cast.scale,
        owner=world.stalls[0], serial_number="20259999", maker="新厂",
    )  # fmt: skip
    instrument_accept(actor=world.actor("authority"), instrument=made)
    return made


def test_what_was_met_is_added_after_the_end_too(world, shown):
    made = met_on_the_round(world, shown)
    round_return(actor=world.actor("manager"), shown=shown)
    round_close(actor=world.actor("manager"), shown=shown)
    round_add(actor=world.actor("manager"), shown=shown, instrument=made)
    assert round_records(actor=world.actor("verifier"), shown=shown) == 1
    assert Record.objects.filter(task__instrument=made).exists()
    with pytest.raises(Refused):
        round_add(actor=world.actor("manager"), shown=shown, instrument=another_scale(world))


def test_what_was_met_is_added_on_a_later_day(world, shown):
    """The authority accepts when it does: the first day of the round is nothing to wish for any more."""
    made = met_on_the_round(world, shown)
    late = NOW + timedelta(days=3)
    round_return(actor=world.actor("manager", late), shown=shown)
    round_close(actor=world.actor("manager", late), shown=shown)
    line = round_add(actor=world.actor("manager", late), shown=shown, instrument=made)
    assert line.task is not None and line.task.application.wanted_on is None
    assert round_records(actor=world.actor("verifier", late), shown=shown) == 1


def another_scale(world):
    return scale_of(world.cast, world.market, world.stalls[0], 77)


def test_what_joins_leaves_the_other_tasks_as_they_are(world, shown):
    made = met_on_the_round(world, shown)
    later, other = NOW.date() + timedelta(days=9), shown.lines.order_by("pk").last().task
    Task.objects.filter(pk=other.pk).update(scheduled_on=later)
    first = Record.objects.get().task
    Task.objects.filter(pk=first.pk).update(state="done")  # its proof was issued meanwhile
    round_add(actor=world.actor("manager"), shown=shown, instrument=made)
    other.refresh_from_db()
    assert other.scheduled_on == later
    assert Task.objects.filter(instrument=first.instrument).count() == 1, "nobody applies for it again"


def test_nobody_comes_twice_for_the_same(world, shown):
    """It stands on the list of one round until that is back."""
    told = {"organiser": world.market, "body": world.cast.body, "starts_on": NOW.date(), "ends_on": NOW.date()}
    code = new_code()
    Instrument.objects.filter(pk=world.scales[0].pk).update(code=code)
    with pytest.raises(InputRefused, match=f"{code[:5]}-{code[5:]} .{shown.number}"):
        round_file(actor=world.actor("market"), instruments=world.scales[:1], **told)
    assert not candidates(world.actor("manager"), world.cast.body, NOW.date(), at=world.market).exists()
    round_cancel(actor=world.actor("manager"), shown=shown, reason="雨")
    assert candidates(world.actor("manager"), world.cast.body, NOW.date(), at=world.market).count() == 4
    assert round_file(actor=world.actor("market"), instruments=world.scales[:1], **told).lines.count() == 1


def test_the_end_of_a_round_tells_what_it_leaves_open(world, shown):
    heard, _silent = Device(world, shown, "verifier", A), Device(world, shown, "second", B)
    heard.measures(0)
    sync(world, heard)
    with override("en"):
        told = open_ends(shown)
    assert len(told) == 2
    assert world.cast.people["second"].name in told[0] and "nothing from device" in told[0]
    assert told[1].startswith("3 instruments were not met")
