"""A sheet becomes ledger rows, by the right of what each row amounts to."""

import json
from datetime import date, timedelta

import pytest

from hengliang.platform.core.errors import InputRefused, NotPermitted, StaleWrite, TransitionRefused
from hengliang.platform.core.models import Act
from hengliang.platform.registry import services as s
from hengliang.platform.registry.imports.files import headers, spread, template
from hengliang.platform.registry.imports.holding import folder, path_of
from hengliang.platform.registry.imports.told import export_rows, faults_of, import_list, refused_rows
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.selectors import entry_list, searched
from hengliang.trust.merkle import Tree, leaf_hash
from tests.platform.cast import NOW
from tests.platform.registry.sheets import HEADERS, csv_of, row, send, xlsx_of

TODAY = date(2026, 3, 2)


def counts(batch):
    return batch.new, batch.changed, batch.unchanged, batch.refused


def apply(cast, content, who="authority", **told):
    batch = send(cast, content, who)
    return s.instrument_import(actor=cast.actor(who), batch=batch, **told)


def entry(serial, day=TODAY, known_at=None):
    return InstrumentState.objects.on(day, known_at).get(instrument__serial_number=serial)


def test_a_sheet_becomes_entries_under_one_act(cast):
    batch = apply(cast, csv_of(row(), row(出厂编号="S2")))
    assert (counts(batch), batch.state) == ((2, 0, 0, 0), "applied")
    made = Instrument.objects.get(serial_number="S2")
    assert entry("S2").status == "in_use"
    assert entry("S2").due_on == TODAY
    assert made.act == batch.applied_by == entry("S2").act
    assert json.loads(bytes(batch.applied_by.log_entry.entry))["type"] == "ledger.imported"
    assert batch.applied_by.log_entry.payload["root"] == batch.root
    rows = entry_list(cast.actor("owner"))
    for needle in ("s2", "示例仪器", "ryjyj", made.code.lower()):
        assert searched(rows, needle).filter(instrument=made).exists()


def test_the_root_is_over_its_rows(cast):
    batch = apply(cast, xlsx_of([row(出厂编号='S"1')]))
    made = Instrument.objects.get()
    leaf = [
        "2", made.code, "instrument_file instrument_accept", "FUEL", "燃油加油机", "", "JYJ-50", "", "", 'S"1',
        "示例仪器厂", "", "", "1", "", str(cast.enterprise.pk), "", str(cast.county.pk), "", "trade", "periodic",
        "true",
        "false", "", "", "", "2026-03-02", "in_use", "", "",
    ]  # fmt: skip
    content = json.dumps(leaf, ensure_ascii=False, separators=(",", ":")).encode()
    assert batch.root == Tree([leaf_hash(content)]).root().hex()


def test_an_owner_files_and_the_authority_accepts(cast):
    batch = apply(cast, csv_of(row()), "owner")
    assert entry("S1").status == "filed"
    assert import_list(cast.actor("owner")).get() == batch
    assert import_list(cast.actor("authority")).count() == 0
    assert not import_list(cast.actor("foreign_owner")).exists()


def test_each_row_needs_the_right_of_what_it_amounts_to(cast, in_use):
    made = in_use(serial_number="S9")
    new = csv_of(row(), row(使用单位="邻城超市", 行政区划="邻城市", 出厂编号="S2"))
    assert [(f.number, f.code) for f in faults_of(send(cast, new, "owner"))] == [
        (3, "party_unknown"),
    ]
    change = csv_of((made.code, "新型号", "2号岛"), headers=("编码", "型号", "使用地点"))
    batch = send(cast, change, "owner")
    fault = faults_of(batch)[0]
    assert (fault.code, fault.value, batch.refused) == ("not_permitted", "instrument_correct", 1)
    assert counts(send(cast, change)) == (0, 1, 0, 0)
    assert faults_of(send(cast, change, "foreign_authority"))[0].code == "code_unknown"


def test_nobody_imports_for_another(cast):
    with pytest.raises(NotPermitted):
        send(cast, csv_of(row()), "verifier")
    with pytest.raises(NotPermitted):
        send(cast, csv_of(row()), "foreign_owner", organisation=cast.enterprise)


def test_the_user_of_rows_that_name_none(cast):
    batch = send(cast, csv_of(row(使用单位="", 行政区划="")), "owner", organisation=cast.enterprise)
    assert counts(batch) == (1, 0, 0, 0)
    s.instrument_import(actor=cast.actor("owner"), batch=batch)
    assert (entry("S1").owner, entry("S1").region) == (cast.enterprise, cast.county)


def test_all_or_nothing_unless_told(cast):
    batch = send(cast, csv_of(row(), row(出厂编号="S2", 用途="吃饭")))
    assert counts(batch) == (1, 0, 0, 1)
    with pytest.raises(InputRefused):
        s.instrument_import(actor=cast.actor("authority"), batch=batch)
    assert not Instrument.objects.exists()
    batch.refresh_from_db()
    s.instrument_import(actor=cast.actor("authority"), batch=batch, leave_out_refused=True)
    assert Instrument.objects.get().serial_number == "S1"
    (refused,) = refused_rows(batch)
    assert (refused[0], refused[HEADERS.index("出厂编号")] is not None) == ("3", True)
    assert "吃饭" in refused
    assert "用途" in refused[-3]
    assert "贸易结算" in refused[-1]
    with pytest.raises(TransitionRefused):
        s.instrument_import(actor=cast.actor("authority"), batch=batch)


def test_a_preview_that_no_longer_holds_is_refused(cast, in_use):
    batch = send(cast, csv_of(row()))
    in_use(serial_number="S1", manufacturer="示例仪器厂", model="JYJ-50")
    with pytest.raises(StaleWrite):
        s.instrument_import(actor=cast.actor("authority"), batch=batch)
    assert counts(s.import_read(actor=cast.actor("authority"), batch=batch))[0] == 0


def test_a_change_writes_dated_rows(cast, in_use):
    made = in_use(serial_number="S9", on=TODAY - timedelta(9))
    later = NOW + timedelta(hours=1)
    actor = cast.actor("authority", later)
    content = csv_of(
        (made.code, "3号岛", "停用", "E-77", "JYJ-51"), headers=("编码", "使用地点", "状态", "e-CQS编号", "型号")
    )
    batch = s.import_receive(actor=actor, file_name="x.csv", chunks=[content])
    s.import_read(actor=actor, batch=batch)
    assert [c["changes"] for c in batch.sample] == [
        [["model", "JYJ-50", "JYJ-51"], ["place", "1号岛", "3号岛"], ["status", "in_use", "stopped"]]
    ]
    s.instrument_import(actor=actor, batch=batch, reason="普查")
    assert (entry("S9").place, entry("S9").status) == ("3号岛", "stopped")
    assert entry("S9", TODAY - timedelta(1)).place == "1号岛"
    assert entry("S9", TODAY, NOW).place == "1号岛"
    made.refresh_from_db()
    assert (made.model, [event.model for event in made.events.all()]) == ("JYJ-51", ["JYJ-50"])
    assert "e-77" in made.search_text
    assert [c.value for c in made.codes.on(TODAY)] == ["E-77"]


def test_what_is_exported_is_imported_again_unchanged(cast, in_use):
    for n in range(3):
        made = in_use(
            serial_number=f"00{n}", made_on=date(2024, 3, 5), measuring_range="=(5～50) L/min", codes={"ecqs": f"E{n}"}
        )
    s.instrument_part_add(actor=cast.actor("owner"), instrument=made, label="1号枪")
    s.earlier_result_enter(
        actor=cast.actor("authority"), instrument=made.parts.get(), verified_on=TODAY, passed=True,
        due_on=date(2026, 9, 1), reason="纸证",
    )  # fmt: skip
    s.instrument_stop(actor=cast.actor("owner"), instrument=made, reason="大修")
    before = Act.objects.count()
    for form in ("xlsx", "csv"):
        rows = export_rows(entry_list(cast.actor("authority"), parts=True))
        batch = send(cast, b"".join(spread(headers(), rows, form)))
        assert [str(f) for f in faults_of(batch)] == []
        assert counts(batch) == (0, 0, 4, 0)
    assert Act.objects.count() == before + 4


def test_the_same_sheet_twice_changes_nothing(cast):
    content = csv_of(row(), row(出厂编号="S2"))
    apply(cast, content)
    assert counts(send(cast, content)) == (0, 0, 2, 0)


def test_parts_are_imported_under_their_whole_and_tell_it_their_dates(cast, in_use):
    made = in_use(serial_number="S9")
    content = csv_of(
        ("燃油加油机", made.code, "1号枪", "2026-02-01", "合格", "2026-07-31"),
        ("燃油加油机", made.code, "2号枪", "2026-02-01", "合格", "2026-06-30"),
        headers=("目录项目", "所属器具编码", "部件", "检定日期", "检定结论", "有效期至"),
    )
    batch = send(cast, content, organisation=cast.enterprise)
    assert counts(batch) == (2, 0, 0, 0)
    s.instrument_import(actor=cast.actor("authority"), batch=batch)
    assert made.states.on(TODAY).get().due_on == date(2026, 6, 30)
    moved = csv_of((made.code, "9号岛"), headers=("编码", "使用地点"))
    apply(cast, moved)
    assert {e.place for e in InstrumentState.objects.on(TODAY)} == {"9号岛"}


def test_the_period_of_the_catalogue_gives_the_day_due(cast):
    cast.dispenser.period_months = 6
    cast.dispenser.save()
    apply(cast, csv_of((*row(), "2026/1/31", "合格"), headers=(*HEADERS, "检定日期", "检定结论")))
    assert (entry("S1").due_on, entry("S1").last_result) == (date(2026, 7, 30), "pass")


def test_a_dropped_sheet_leaves_nothing(cast):
    batch = send(cast, csv_of(row(用途="吃饭")))
    assert path_of(batch.sha256).is_file()
    s.import_drop(actor=cast.actor("authority"), batch=batch)
    assert not list(folder().iterdir())
    assert faults_of(batch) == []


def test_the_template_can_be_filled_in_and_sent(cast):
    batch = send(cast, template())
    assert counts(batch) == (1, 0, 0, 0)
    assert [str(notice) for notice in batch.notices] != []


def test_columns_can_be_named_by_hand(cast):
    batch = send(cast, csv_of(row(), headers=("甲", "出厂编号", *HEADERS[2:])))
    assert batch.refused == 1
    columns = {**batch.columns, "item": 0}
    s.import_read(actor=cast.actor("authority"), batch=batch, columns=columns)
    assert counts(batch) == (1, 0, 0, 0)


def test_a_workbook_and_its_days(cast):
    content = xlsx_of([(*row(), date(2024, 3, 5), 45356)], headers=(*HEADERS, "出厂日期", "数量"))
    apply(cast, content)
    assert Instrument.objects.get().made_on == date(2024, 3, 5)


def test_in_one_go_for_programs(cast):
    actor = cast.actor("authority")
    bad = s.import_at_once(actor=actor, file_name="x.csv", chunks=[csv_of(row(), row(出厂编号="S2", 用途="吃饭"))])
    assert (bad.state, counts(bad), Instrument.objects.count()) == ("checked", (1, 0, 0, 1), 0)
    good = s.import_at_once(actor=actor, file_name="x.csv", chunks=[csv_of(row())])
    assert (good.state, entry("S1").act) == ("applied", good.applied_by)
    none = s.import_at_once(actor=actor, file_name="x.csv", chunks=[b"nothing"])
    assert (none.state, none.problem["code"]) == ("unreadable", "no_headers")
