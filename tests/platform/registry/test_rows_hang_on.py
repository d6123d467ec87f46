"""No row of the ledger without its act, however it is written."""

import pytest
from django.db import IntegrityError, connection, transaction

from hengliang.platform.registry.models import Instrument, InstrumentCode, InstrumentState
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db
NOBODYS = 2**40


@pytest.fixture
def instrument(cast):
    made = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    state = made.states.get()
    InstrumentCode.objects.create(
        act_id=made.act_id, instrument=made, kind="asset", value="A-1", valid_from=state.valid_from,
        known_from=state.known_from,
    )  # fmt: skip
    return made


def _first(model, instrument):
    return model.objects.get(**{"pk" if model is Instrument else "instrument": instrument.pk})


@pytest.mark.parametrize("model", [Instrument, InstrumentState, InstrumentCode])
def test_neither_a_new_row_nor_a_changed_one_names_an_act_that_is_not(instrument, model) -> None:
    row = _first(model, instrument)
    with pytest.raises(IntegrityError, match="needs its act"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(act_id=NOBODYS)
    row.pk, row.act_id = None, NOBODYS
    if model is Instrument:
        row.code = "SC0002"
    if model is InstrumentState:  # beside the other in time, else that is refused first
        row.valid_to = row.valid_from
        row.valid_from = row.valid_from.replace(year=row.valid_from.year - 1)
    if model is InstrumentCode:
        row.value = "A-2"
    with pytest.raises(IntegrityError, match="needs its act"), transaction.atomic():
        row.save(force_insert=True)


def test_of_many_rows_each_is_asked(instrument) -> None:
    """One statement with acts that are and one that is not writes nothing."""
    rows = [_first(Instrument, instrument) for _ in range(2)]
    for at, row in enumerate(rows):
        row.pk, row.code = None, f"SC1{at:03d}"
    rows[1].act_id = NOBODYS
    with pytest.raises(IntegrityError, match="needs its act"), transaction.atomic():
        Instrument.objects.bulk_create(rows)
    assert Instrument.objects.count() == 1


def test_an_act_below_them_can_not_go(instrument) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_act WHERE id = %s", [instrument.act_id])
