"""Each entry carries the catalogue item of its instrument, however it was written and whatever is corrected later."""

from datetime import date

from django.db import connection

from hengliang.platform.core.pages.table.paging import page_of
from hengliang.platform.registry import services as s
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.selectors import entry_list
from tests.platform.registry.sheets import csv_of, row, send


def share_that_agrees() -> float:
    """Of all entries in the ledger, those whose item is their instrument's; asked of the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT avg((e.item_id IS NOT DISTINCT FROM i.item_id)::int) FROM registry_instrumentstate e"
            " JOIN registry_instrument i ON i.id = e.instrument_id"
        )
        return float(cursor.fetchone()[0])


def test_it_follows_the_instrument(cast, in_use):
    one = in_use()
    s.instrument_stop(actor=cast.actor("owner"), instrument=one, reason="停用")
    s.instrument_correct(actor=cast.actor("authority"), instrument=one, item=cast.scale, reason="认错")
    assert share_that_agrees() == 1
    assert {e.item for e in one.states.all()} == {cast.scale}  # former versions too
    assert not entry_list(cast.actor("authority")).filter(item=cast.dispenser).exists()


def test_a_set_that_leaves_it_out_gets_it(cast, in_use):
    one = in_use()
    entry = one.states.current().get()
    two = Instrument.objects.get(pk=one.pk)
    two.pk, two.code = None, "BCDFGHJKMN"
    two.save(force_insert=True)
    entry.pk, entry.instrument, entry.item_id = None, two, None
    InstrumentState.objects.bulk_create([entry])
    assert share_that_agrees() == 1


def test_a_sheet_brings_it(cast, in_use, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    in_use()
    batch = send(cast, csv_of(row(), row(出厂编号="S2")))
    s.instrument_import(actor=cast.actor("authority"), batch=batch)
    assert share_that_agrees() == 1


def test_a_page_by_keys_is_the_page(cast, in_use):
    for n in range(5):
        in_use(serial_number=f"B{n}", on=date(2026, 3, 1))
    rows = entry_list(cast.actor("authority")).order_by("due_on", "instrument_id")
    for number in (1, 2, 3):
        told, keyed = page_of(rows, number, 2), page_of(rows.by_keys(), number, 2)
        assert [e.pk for e in told.rows] == [e.pk for e in keyed.rows]
        assert (told.total, told.over) == (keyed.total, keyed.over)
    assert rows.by_keys().filter(place="1号岛").keys_first and not rows.keys_first
