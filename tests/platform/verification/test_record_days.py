"""The day of a record: never before its task, nor before the last verification that the ledger knows."""

from datetime import UTC, date, datetime

import pytest

from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.registry.services import instrument_resume, instrument_stop
from hengliang.platform.verification.models import DepositPiece
from hengliang.platform.verification.record_days import days_of
from hengliang.platform.verification.services import HandedIn, handover_receive, record_submit
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db
SCALE = "procedure/price-scale"


@pytest.fixture(autouse=True)
def training(settings):
    settings.TRAINING = True


@pytest.fixture
def standard(cast):
    return walk.equip(cast, cast.scale)


@pytest.fixture
def scale(cast, standard):
    return walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")


def at(cast, name, day):
    return cast.actor(name, datetime(2026, 3, day, 9, tzinfo=UTC))


def test_a_record_is_not_dated_before_it_was_applied_for(cast, scale, standard):
    (task,) = walk.apply_for(cast, scale)
    data = walk.example(SCALE, "pass", "2017-05-30")
    for day in (date(2024, 3, 1), date(2026, 3, 1)):
        with pytest.raises(InputRefused, match="2026-03-02") as refused:
            walk.measure(cast, task, standard, data, on=day)
        assert refused.value.code == "verified_before_task"
    assert walk.measure(cast, task, standard, data).verified_on == date(2026, 3, 2)


def test_nor_before_it_was_brought(cast, scale, standard):
    (task,) = walk.apply_for(cast, scale)
    handover_receive(actor=at(cast, "manager", 5), pieces=[HandedIn(task, "完好")], brought_by="张三")
    assert DepositPiece.objects.count() == 1 and days_of([task], date(2026, 3, 5))[task.pk].begun == date(2026, 3, 5)


def test_nor_before_the_last_verification_that_the_ledger_knows(cast, scale, standard):
    data = walk.example(SCALE, "pass", "2017-05-30")
    (task,) = walk.apply_for(cast, scale)
    walk.certify(cast, task, standard, data)
    scale.states.known().update(last_on=date(2026, 3, 4))
    (other,) = walk.apply_for(cast, scale)
    with pytest.raises(InputRefused) as refused:
        record_submit(
            actor=at(cast, "verifier", 6), task=other, data=data | {"regime": other.regime},
            verified_on=date(2026, 3, 3), standards=[standard],
        )  # fmt: skip
    assert refused.value.code == "verified_before_last"


def test_what_is_out_of_use_that_day_is_not_verified_at_the_desk_either(cast, scale, standard):
    (task,) = walk.apply_for(cast, scale)
    data = walk.example(SCALE, "pass", "2017-05-30")
    instrument_stop(actor=cast.actor("owner"), instrument=scale, reason="停业")
    with pytest.raises(Refused) as refused:
        walk.measure(cast, task, standard, data)
    assert refused.value.code == "out_of_use"
    instrument_resume(actor=cast.actor("owner"), instrument=scale)
    assert walk.measure(cast, task, standard, data).pk
