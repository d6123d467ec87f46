"""A file of another system: what it says is compared, filed through the ledger's acts, and never written silently."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from stdnum.cn import uscc

from hengliang.platform.core.errors import InputRefused, NotPermitted, StaleWrite, TransitionRefused
from hengliang.platform.core.models import Act
from hengliang.platform.exchange.models import AgreedValues, Discrepancy, InboundBatch, InboundRow, OutsideId
from hengliang.platform.exchange.reasons import reason_words
from hengliang.platform.exchange.services import batch_accept, batch_drop, batch_read, discrepancy_take, outside_id_end
from hengliang.platform.registry.models import Instrument, InstrumentCode, InstrumentState
from hengliang.platform.registry.services import instrument_merge, instrument_move
from hengliang.platform.site.demo.exchange import TRIED
from tests.platform.cast import NOW, make_organisation
from tests.platform.exchange.files import HEADERS, accepted, line, received, row
from tests.platform.registry.sheets import xlsx_of

pytestmark = pytest.mark.django_db


def test_new_same_different_refused(cast, ecqs, in_use):
    known = in_use()
    in_use(serial_number="A2")
    batch = received(
        cast, ecqs,
        [
            row(强检器具编号="E1", 出厂编号="N1"),
            row(强检器具编号="E2"),
            row(强检器具编号="E3", 出厂编号="A2", **{"安装/使用地点": "2号岛"}),
            row(强检器具编号="E4", 出厂编号="N2", 器具类别="没有这种"),
            row(强检器具编号="", 出厂编号="N3"),
            row(强检器具编号="E6", 出厂编号="N4", 器具状态="飞走了"),
        ],
    )  # fmt: skip
    assert batch.state == "compared"
    assert batch.counts == {"new": 1, "proposed": 2, "refused": 3}
    assert [line(batch, n).code for n in range(2, 8)] == [
        "", "to_confirm", "to_confirm", "filing_refused", "id_missing", "cell_unclear",
    ]  # fmt: skip
    assert line(batch, 3).proposed == known and line(batch, 3).instrument is None
    assert Instrument.objects.count() == 2 and not OutsideId.objects.exists()  # nothing is written by comparing


def test_accepting_files_the_new_one_and_answers_each_row(cast, ecqs, in_use):
    in_use(codes={"ecqs": "E2"})
    batch = accepted(
        cast, ecqs, [row(强检器具编号="E1", 出厂编号="N1"), row(强检器具编号="E2"), row(强检器具编号="", 出厂编号="N3")]
    )
    filed = Instrument.objects.get(serial_number="N1")
    assert [line(batch, n).receipt for n in (2, 3, 4)] == ["accepted", "accepted", "refused"]
    assert InstrumentState.objects.current().get(instrument=filed).status == "in_use"
    assert InstrumentCode.objects.get(instrument=filed).value == "E1"
    assert set(OutsideId.objects.values_list("value", flat=True)) == {"E1", "E2"}
    assert AgreedValues.objects.count() == 2
    assert Act.objects.filter(kind="instrument_import").count() == 1


def test_the_same_file_twice_does_nothing_twice(cast, ecqs):
    rows = [row(强检器具编号="E1", 出厂编号="N1")]
    accepted(cast, ecqs, rows)
    before = (Instrument.objects.count(), OutsideId.objects.count(), AgreedValues.objects.count())
    again = accepted(cast, ecqs, rows)
    assert again.counts == {"same": 1} and line(again).receipt == "accepted"
    assert (Instrument.objects.count(), OutsideId.objects.count(), AgreedValues.objects.count()) == before
    assert not Discrepancy.objects.exists()


def test_the_same_file_that_waits_is_one_batch(cast, ecqs):
    first, second = received(cast, ecqs, [row()]), received(cast, ecqs, [row()])
    assert first.pk == second.pk and InboundBatch.objects.count() == 1
    batch_drop(actor=cast.actor("authority"), batch=second)
    assert not InboundRow.objects.exists()
    with pytest.raises(TransitionRefused):
        batch_accept(actor=cast.actor("authority"), batch=second)


def test_a_difference_changes_nothing_and_waits(cast, ecqs, in_use):
    known = in_use(codes={"ecqs": "E1"})
    batch = accepted(cast, ecqs, [row(强检器具编号="E1", **{"安装/使用地点": "2号岛"})])
    found = Discrepancy.objects.get()
    assert (found.kind, found.state, line(batch).receipt) == ("different", "open", "waiting")
    assert found.fields == [{"field": "place", "ours": "1号岛", "theirs": "2号岛", "base": None, "side": ""}]
    assert InstrumentState.objects.current().get(instrument=known).place == "1号岛"


def test_blanks_and_signs_of_full_width_are_no_difference(cast, ecqs, in_use):
    in_use(codes={"ecqs": "E1"}, measuring_range="5~50 L/min", place="1号岛(东)")
    headers = (*HEADERS, "测量范围")
    batch = received(
        cast, ecqs, [(*row(强检器具编号="E1", **{"安装/使用地点": "1号岛 （东）"}), "5～50L/min")], headers=headers
    )
    assert batch.counts == {"same": 1}


def test_changed_on_both_sides_is_a_conflict(cast, ecqs, in_use):
    known = in_use(codes={"ecqs": "E1"})
    accepted(cast, ecqs, [row(强检器具编号="E1")])
    instrument_move(actor=cast.actor("owner"), instrument=known, place="3号岛")
    theirs = accepted(cast, ecqs, [row(强检器具编号="E1")])
    assert line(theirs).differences[0]["side"] == "ours" and line(theirs).outcome == "different"
    both = accepted(cast, ecqs, [row(强检器具编号="E1", **{"安装/使用地点": "2号岛"})])
    assert line(both).outcome == "conflict" and line(both).differences[0]["side"] == "both"
    kinds = list(Discrepancy.objects.order_by("pk").values_list("kind", "state"))
    assert kinds == [("different", "cleared"), ("conflict", "open")]
    assert Discrepancy.objects.last().since == Discrepancy.objects.first().since


def test_a_number_that_moved_to_another_instrument_is_put_up(cast, ecqs, in_use):
    first, second = in_use(codes={"ecqs": "E1"}), in_use(serial_number="A2")
    accepted(cast, ecqs, [row(强检器具编号="E1")])
    batch = accepted(cast, ecqs, [row(强检器具编号="E1", 出厂编号="A2")])
    assert line(batch).code == "id_moved" and line(batch).proposed == second
    found = Discrepancy.objects.get()
    assert found.kind == "moved" and found.instrument == first and found.proposed == second
    assert OutsideId.objects.known().get(valid_to=None).instrument == first


def test_a_number_follows_a_merged_entry(cast, ecqs, in_use):
    gone, stays = in_use(codes={"ecqs": "E1"}), in_use(serial_number="A2")
    accepted(cast, ecqs, [row(强检器具编号="E1")])
    instrument_merge(actor=cast.actor("authority"), instrument=gone, into=stays, reason="重复备案")
    batch = received(cast, ecqs, [row(强检器具编号="E1", 出厂编号="A2")])
    assert line(batch).instrument == stays and batch.counts == {"same": 1}


def test_a_foreign_region_is_refused_and_not_shown(cast, ecqs, in_use):
    known = in_use(codes={"ecqs": "E2"})
    InstrumentState.objects.filter(instrument=known).update(region=cast.foreign_city)
    batch = received(
        cast, ecqs, [row(强检器具编号="E1", 出厂编号="N1", 使用地点行政区划="990200"), row(强检器具编号="E2")]
    )
    assert [line(batch, n).code for n in (2, 3)] == ["foreign_region", "foreign_region"]
    assert line(batch, 3).instrument is None and line(batch, 3).proposed is None


def test_numbers_twice_and_instruments_twice(cast, ecqs, in_use):
    one = in_use(codes={"ecqs": "E1"})
    accepted(cast, ecqs, [row(强检器具编号="E1")])
    link = OutsideId.objects.get()
    outside_id_end(actor=cast.actor("authority"), link=link, reason="重新编号")
    headers = (*HEADERS, "本平台编码")
    batch = received(
        cast, ecqs,
        [
            (*row(强检器具编号="D1", 出厂编号="N1"), ""), (*row(强检器具编号="D1", 出厂编号="N2"), ""),
            (*row(强检器具编号="E1"), ""), (*row(强检器具编号="E7"), one.code),
        ],
        headers=headers,
    )  # fmt: skip
    assert [line(batch, n).code for n in (2, 3, 4, 5)] == [
        "id_twice",
        "id_twice",
        "instrument_twice",
        "instrument_twice",
    ]


def test_what_is_only_here_is_known_from_a_complete_file_alone(cast, ecqs, in_use):
    in_use(codes={"ecqs": "E1"})
    alone = in_use(serial_number="A2")
    part = accepted(cast, ecqs, [row(强检器具编号="E1")])
    assert part.missing == 0 and not Discrepancy.objects.exists()
    whole = accepted(cast, ecqs, [row(强检器具编号="E1")], complete=True)
    found = Discrepancy.objects.get()
    assert (whole.missing, found.kind, found.instrument) == (1, "only_here", alone)
    accepted(cast, ecqs, [row(强检器具编号="E1"), row(强检器具编号="E2", 出厂编号="A2")], complete=True)
    found.refresh_from_db()
    assert found.state == "cleared"
    assert Discrepancy.objects.get(state="open").kind == "only_there"  # perhaps the same: a person confirms


def test_the_age_of_a_difference_is_kept(cast, ecqs, in_use):
    in_use(codes={"ecqs": "E1"})
    rows = [row(强检器具编号="E1", **{"安装/使用地点": "2号岛"})]
    accepted(cast, ecqs, rows, stated_on=NOW.date() - timedelta(days=9))
    accepted(cast, ecqs, rows, stated_on=NOW.date())
    found = Discrepancy.objects.get()
    assert (found.since, found.seen_on) == (NOW.date() - timedelta(days=9), NOW.date())


def test_a_change_of_the_ledger_in_between_is_noticed(cast, ecqs, in_use):
    batch = received(cast, ecqs, [row(强检器具编号="E1", 出厂编号="N1")])
    in_use(serial_number="N1")
    with pytest.raises(StaleWrite):
        batch_accept(actor=cast.actor("authority"), batch=batch)
    batch = batch_read(actor=cast.actor("authority"), batch=batch)
    assert line(batch).code == "to_confirm"


def test_taking_theirs_of_what_changed_here_meanwhile_is_refused(cast, ecqs, in_use):
    known = in_use(codes={"ecqs": "E1"})
    accepted(cast, ecqs, [row(强检器具编号="E1", **{"安装/使用地点": "2号岛"})])
    instrument_move(actor=cast.actor("owner"), instrument=known, place="5号岛")
    with pytest.raises(StaleWrite):
        discrepancy_take(actor=cast.actor("authority"), discrepancy=Discrepancy.objects.get(), reason="以平台为准")


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04damaged", b"\xd0\xcf\x11\xe0old", b"\x00\x01\x02", "无表头,随便\n1,2".encode()]
)
def test_damaged_files_are_refused_as_a_whole(cast, ecqs, content):
    batch = received(cast, ecqs, [], chunks=[content])
    assert batch.state == "unreadable" and batch.problem["code"]
    assert not InboundRow.objects.exists()


def test_a_file_without_the_column_of_numbers_is_refused(cast, ecqs):
    batch = received(cast, ecqs, [("燃油加油机", "A1")], headers=("器具类别", "出厂编号"))
    assert batch.problem["code"] == "column_missing" and "强检器具编号" in batch.problem["params"]["header"]


def test_a_workbook_with_a_title_and_headers_in_another_order(cast, ecqs):
    order = [HEADERS.index(name) for name in reversed(HEADERS)]
    rows = [
        ["" for _ in HEADERS],
        [HEADERS[at] for at in order],
        [row(强检器具编号="E1", 出厂编号="N1")[at] for at in order],
    ]
    batch = received(cast, ecqs, [], chunks=[xlsx_of(rows, headers=("强检器具台账导出",))])
    assert batch.counts == {"new": 1}, batch.problem


@pytest.mark.parametrize("who", ["owner", "auditor", "foreign_authority", "foreign_verifier", "administrator"])
def test_nobody_else_brings_files_in(cast, ecqs, who):
    with pytest.raises(NotPermitted):
        received(cast, ecqs, [row()], who)


def test_the_example_sheet_can_be_tried_as_the_page_says(cast, ecqs):
    (cast_owner := make_organisation(TRIED[0], cast.county)).credit_code = TRIED[1]
    cast_owner.save()
    sheet = (Path(__file__).parents[3] / "examples" / "ecqs-ledger.csv").read_bytes()
    type(cast.scale).objects.filter(pk=cast.scale.pk).update(name="电子计价秤")
    batch = received(cast, ecqs, [], chunks=[sheet])
    assert uscc.is_valid(TRIED[1]) and batch.counts == {"new": 1, "refused": 2}


def test_what_a_later_file_said_is_not_unsaid_by_an_older(cast, ecqs, in_use):
    in_use(codes={"ecqs": "E1"})
    accepted(cast, ecqs, [row(强检器具编号="E1")], stated_on=date(2026, 3, 1))
    older = [row(强检器具编号="E1", **{"安装/使用地点": "旧地点"}), row(强检器具编号="E2", 出厂编号="A2")]
    found = received(cast, ecqs, older, stated_on=date(2026, 2, 1))
    assert (line(found).code, found.counts) == ("said_later", {"refused": 1, "new": 1})
    assert "2026-03-01" in reason_words(line(found).code, line(found).params)
    with pytest.raises(InputRefused, match="2026-03-01"):
        received(cast, ecqs, older, stated_on=date(2026, 2, 1), complete=True)


def test_the_same_file_of_another_day_is_another(cast, ecqs):
    days = (date(2026, 2, 1), date(2026, 2, 2))
    first, second = (received(cast, ecqs, [row()], stated_on=day) for day in days)
    assert first.pk != second.pk and second.stated_on == days[1]
