"""Hostile and clumsy input, and people at one thing at once: refused in words, nothing lost, nothing done twice."""

import io
import json
import threading
import zipfile
from typing import Any

import pytest
from django.db import connection

from hengliang.platform.core.errors import PlatformError, StaleWrite, TransitionRefused
from hengliang.platform.core.models import Act
from hengliang.platform.exchange.models import AgreedValues, Discrepancy, DispatchRow, InboundBatch, InboundRow
from hengliang.platform.exchange.refused import refused_file
from hengliang.platform.exchange.services import (
    batch_read,
    batch_receive,
    discrepancy_keep,
    discrepancy_take,
    dispatch_make,
)
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services import instrument_accept, instrument_file, instrument_move
from tests.platform.cast import make_cast
from tests.platform.exchange.conftest import connect
from tests.platform.exchange.files import HEADERS, accepted, line, received, row
from tests.platform.exchange.test_outbound import RECEIPT, certified

pytestmark = pytest.mark.django_db
__all__ = ["certified"]


def unpacked(megabytes: int) -> bytes:
    """A workbook whose only sheet unpacks to so much."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as o,
    ):
        for _ in range(megabytes):
            o.write(b" " * 2**20)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (unpacked(64), "sheet_bomb"), (b"PK\x03\x04" + b"\x00" * 999, "no_workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 999, "old_workbook"), (b"\x00\x01\x02" * 99, None),
        (",".join(f"h{n}" for n in range(5_000)).encode(), None),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_as_a_whole_with_its_reason(cast, ecqs, content, code):
    batch = received(cast, ecqs, [], chunks=[content])
    assert batch.state == "unreadable" and batch.problem["template"] and batch.rows == 0
    assert code is None or batch.problem["code"] == code
    assert not InboundRow.objects.exists()


def test_a_cell_of_200_000_signs_is_refused_and_not_kept(cast, ecqs):
    batch = received(
        cast, ecqs, [row(强检器具编号="E1", 出厂编号="N1", **{"安装/使用地点": "号" * 200_000}), row(出厂编号="N2")]
    )
    assert (line(batch, 2).code, line(batch, 3).code) == ("cell_too_long", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(length(cells::text)) FROM exchange_inboundrow")
        assert cursor.fetchone()[0] < 1_000


def test_formulas_in_cells_stay_words_in_what_goes_out(cast, ecqs):
    evil = '=cmd|" /C calc"!A0'.replace('"', "")
    batch = received(cast, ecqs, [row(强检器具编号="E1", 出厂编号="N1", 器具类别=evil)])
    text = b"".join(refused_file(batch, "csv")).decode("utf-8-sig")
    assert evil in text and f",{evil}" not in text  # escaped: it does not stand at the beginning of a cell


def test_rows_of_another_region_are_refused_and_nothing_of_it_is_told(cast, ecqs, in_use):
    known = in_use(codes={"ecqs": "E2"})
    InstrumentState.objects.filter(instrument=known).update(region=cast.foreign_city)
    batch = accepted(cast, ecqs, [row(强检器具编号="E2", **{"安装/使用地点": "别处"})])
    told = line(batch)
    assert (told.code, told.receipt, told.differences) == ("foreign_region", "refused", [])
    assert not Discrepancy.objects.exists() and "量县加油站" not in str(told.params)


def test_a_row_that_was_refused_neither_clears_a_difference_nor_makes_one(cast, ecqs, in_use):
    in_use(codes={"ecqs": "E1"})
    accepted(cast, ecqs, [row(强检器具编号="E1", **{"安装/使用地点": "2号岛"})])
    assert Discrepancy.objects.get().state == "open"
    unclear = row(强检器具编号="E1", 器具状态="飞走了")
    accepted(cast, ecqs, [unclear])
    assert Discrepancy.objects.get().state == "open"
    whole = accepted(cast, ecqs, [unclear], complete=True)
    assert whole.missing == 0  # the other side has it, though its row could not be read
    assert Discrepancy.objects.get().state == "open"


def test_the_same_file_twice_within_a_second_is_one_batch(cast, ecqs):
    for _ in range(2):
        batch_receive(actor=cast.actor("authority"), system=ecqs, kind="ledger", file_name="a.csv", chunks=[b"x"])
    assert InboundBatch.objects.count() == 1


def test_a_receipt_for_the_sheet_of_another_system_is_refused(cast, ecqs, certified):
    other = connect(cast, "sheng")
    dispatch_make(actor=cast.actor("authority"), system=ecqs, kind="results")
    batch = accepted(cast, other, [("ecqs-1-1", "成功", "", "")], kind="receipts", headers=RECEIPT)
    assert line(batch).code == "row_unknown"
    assert set(DispatchRow.objects.values_list("receipt", flat=True)) == {""}


def test_a_body_puts_no_receipts_to_the_sheets_of_the_authority(cast, ecqs, certified):
    dispatch_make(actor=cast.actor("authority"), system=ecqs, kind="results")
    batch = accepted(cast, ecqs, [("ecqs-1-1", "失败", "改一改", "")], "manager", kind="receipts", headers=RECEIPT)
    assert line(batch).code == "row_unknown"
    assert set(DispatchRow.objects.values_list("receipt", flat=True)) == {""}


def test_one_number_for_two_proofs_names_the_first(cast, ecqs, certified):
    dispatch_make(actor=cast.actor("authority"), system=ecqs, kind="results")
    rows = [("ecqs-1-1", "成功", "", "ZS-1"), ("ecqs-1-2", "成功", "", "ZS-1")]
    accepted(cast, ecqs, rows, kind="receipts", headers=RECEIPT)
    assert [one.certificate for one in ecqs.ids.filter(kind="certificate")] == [certified[0]]


def test_changed_here_between_comparing_and_settling_is_noticed(cast, ecqs, in_use):
    known = in_use(codes={"ecqs": "E1"})
    accepted(cast, ecqs, [row(强检器具编号="E1", **{"安装/使用地点": "2号岛"})])
    instrument_move(actor=cast.actor("owner"), instrument=known, place="5号岛")
    with pytest.raises(StaleWrite):
        discrepancy_take(actor=cast.actor("authority"), discrepancy=Discrepancy.objects.get(), reason="以平台为准")
    assert InstrumentState.objects.current().get(instrument=known).place == "5号岛"
    assert Discrepancy.objects.get().state == "open"


@pytest.mark.parametrize("act", [discrepancy_take, discrepancy_keep])
@pytest.mark.django_db(transaction=True)
def test_two_who_settle_the_same_difference_at_once_one_does(settings, tmp_path, act):
    settings.MEDIA_ROOT = tmp_path
    cast = make_cast()
    ecqs = connect(cast)
    made = instrument_file(
        actor=cast.actor("owner"), item=cast.dispenser, owner=cast.enterprise, region=cast.county, purpose="trade",
        body=cast.body, place="1号岛", model="JYJ-50", manufacturer="示例仪器厂", serial_number="A1", name="加油机",
        codes={"ecqs": "E1"},
    )  # fmt: skip
    instrument_accept(actor=cast.actor("authority"), instrument=made)
    accepted(cast, ecqs, [row(强检器具编号="E1", **{"安装/使用地点": "2号岛"})])
    found, ready, ended = Discrepancy.objects.get(), threading.Barrier(2, timeout=60), list[str]()

    def settle(fresh: Any) -> None:
        ready.wait()
        try:
            act(actor=cast.actor("authority"), discrepancy=fresh, reason="核对后处理")
            ended.append("done")
        except PlatformError as refused:
            ended.append(type(refused).__name__)
        finally:
            connection.close()

    two = [threading.Thread(target=settle, args=(Discrepancy.objects.get(pk=found.pk),)) for _ in range(2)]
    for one in two:
        one.start()
    for one in two:
        one.join(120)
    assert sorted(ended)[1] == "done" and sorted(ended)[0] in {StaleWrite.__name__, TransitionRefused.__name__}
    assert Act.objects.filter(kind=act.__name__).count() == 1
    assert AgreedValues.objects.count() <= 2


def test_refused_rows_are_mended_and_brought_in_again(cast, ecqs):
    batch = accepted(
        cast, ecqs,
        [row(强检器具编号="E1", 出厂编号="N1"), row(强检器具编号="E2", 出厂编号="N2", 器具状态="飞走了"),
         row(强检器具编号="", 出厂编号="N3")],
    )  # fmt: skip
    text = b"".join(refused_file(batch, "csv")).decode("utf-8-sig")
    head, first, second = text.splitlines()
    assert head.endswith("原文件行号,出错列,错误说明,处理办法") or "原文件行号" in head
    assert "飞走了" in first and ",3," in first and "贸易结算" in first and second.count(",4,") == 1
    mended = first.replace("飞走了", "在用", 1) + "\n" + "E3" + second
    again = received(cast, ecqs, [], chunks=[f"{head}\n{mended}".encode()])
    assert again.counts == {"new": 2}, [(r.code, r.params, r.cells) for r in again.lines.all()]
    assert Instrument.objects.count() == 1
    lines = b"".join(refused_file(batch, "jsonl")).decode().splitlines()
    assert json.loads(lines[0])["器具状态"] == "飞走了"
    batch_read(actor=cast.actor("authority"), batch=again)


def test_headers_that_are_told_beside_refused_rows_are_columns_of_no_profile():
    from hengliang.platform.exchange.profiles import profiles

    told = {"原文件行号", "出错列", "错误说明", "处理办法"}
    for profile in profiles().values():
        for fields in profile.inbound.values():
            assert told.isdisjoint(name for names in fields.values() for name in names)
    assert "强检器具编号" in HEADERS
