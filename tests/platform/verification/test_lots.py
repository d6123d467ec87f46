"""Files of test benches: from what was sent to each single result, and what is refused on the way."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from django.db import IntegrityError, connection, transaction

from hengliang.metrology.judge import BadRecord, judge
from hengliang.norms import procedure_for
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted, Refused, StaleWrite, TransitionRefused
from hengliang.platform.core.models import LogEntry
from hengliang.platform.core.rules import rules
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.services import hold
from hengliang.platform.site.demo import bench_files as files
from hengliang.platform.standards.errors import NotInOrder
from hengliang.platform.standards.models import Authorisation
from hengliang.platform.standards.services import authorisation_enter, designation_make
from hengliang.platform.verification.benches.judging import Judges
from hengliang.platform.verification.benches.profile import shipped
from hengliang.platform.verification.benches.told import faults_of
from hengliang.platform.verification.benches.tree import entries, hashes, holds, proof_of
from hengliang.platform.verification.errors import SamePerson
from hengliang.platform.verification.models import Lot, LotLink, LotResult
from hengliang.platform.verification.services import (
    bench_profile_save,
    lot_approve,
    lot_drop,
    lot_issue,
    lot_read,
    lot_result_take,
    lot_review,
    lot_send_back,
    lot_submit,
    lot_void,
)
from hengliang.trust.merkle import leaf_hashes
from tests.platform import lots as walk
from tests.platform import slice as ledger
from tests.platform.cast import make_organisation

pytestmark = pytest.mark.django_db
ELECTRICITY, WATER, GAS = "electricity-wide", "water-three-points", "gas-diaphragm"


@pytest.fixture(autouse=True)
def _training(settings, tmp_path):
    settings.TRAINING, settings.MEDIA_ROOT = True, tmp_path


@pytest.fixture
def bench(cast):
    return walk.bench(cast, ELECTRICITY)


def at(profile, key):
    """The place of a column in the rows that the tests make."""
    return [column.key for column in shipped()[profile].columns].index(key)


def codes(lot):
    return [(fault.number, fault.field, fault.code) for fault in faults_of(lot)]


def issued(cast, bench, rows, **told):
    lot = walk.approved(cast, walk.sent(cast, bench, rows, **told))
    lot_issue(actor=cast.actor("approver"), lot=lot)
    return lot


def in_ledger(cast, bench, row, code, due=date(2026, 1, 31)):
    """The meter of a row, filed."""
    made = ledger.make_instrument(cast, code, bench.item, "电能表")
    type(made).objects.filter(pk=made.pk).update(
        serial_number=row[at(bench.profile, "serial")], manufacturer=row[at(bench.profile, "maker")]
    )
    InstrumentState.objects.filter(instrument=made).update(due_on=due)
    return made


# ---- from the file to the single result


def test_a_file_becomes_a_lot_and_each_result_is_found(cast, bench):
    lot = issued(cast, bench, walk.lines(ELECTRICITY, 12))
    assert (lot.state, lot.rows, lot.refused, lot.judged) == ("issued", 12, 0, 12)
    found = LotResult.objects.visible_to(cast.actor("verifier")).named("E000000005").get()
    assert (found.lot, found.place, found.verdict) == (lot, 4, "p")
    assert LotResult.objects.visible_to(cast.actor("verifier")).named("HGE00000005").get() == found
    assert LotResult.objects.visible_to(cast.actor("verifier")).named(" e000000005 ").get() == found, "as typed"
    assert found.readings()["starting"] == "0.004"
    assert found.valid_until == date(2034, 2, 1)  # eight years less a day, by the period of its class


def has_limit(point):
    return not isinstance(point.value, bool) and (point.low is not None or point.high is not None)


@pytest.mark.parametrize("profile", [WATER, GAS])
def test_water_and_gas_meters_have_their_profiles(cast, profile):
    lot = walk.sent(cast, walk.bench(cast, profile), walk.lines(profile, 30))
    assert (lot.state, lot.profile, lot.refused, lot.judged) == ("checked", profile, 0, 30)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_benches_are_read(cast, bench, encoding):
    content = files.sheet(ELECTRICITY, walk.lines(ELECTRICITY, 3), encoding=encoding)
    lot = lot_read(actor=cast.actor("verifier"), lot=walk.received(cast, bench, content))
    assert (lot.judged, lot.refused) == (3, 0)


def test_a_workbook_with_english_headers_in_another_order_is_read(cast, bench):
    columns = list(reversed(shipped()[ELECTRICITY].columns))
    head = [next((n for n in c.names if n.isascii()), c.names[0]) for c in columns]
    rows = [list(reversed(row)) for row in walk.lines(ELECTRICITY, 4)]
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Bench 7, exported"])
        for number, row in enumerate([head, *rows], start=2):
            sheet.write_row(number, 0, row)
    lot = lot_read(actor=cast.actor("verifier"), lot=walk.received(cast, bench, file.getvalue()))
    assert (lot.problem, lot.judged, lot.refused) == ({}, 4, 0)


@pytest.mark.parametrize("profile", [ELECTRICITY, WATER, GAS])
def test_the_verdict_of_the_batch_is_that_of_the_single_judge(cast, profile):
    procedure = procedure_for(rules(), walk.ITEMS[profile][1], date(2026, 2, 2))
    judges, shown = Judges(shipped()[profile], procedure, "initial"), shipped()[profile]
    rows, verdicts = [], set()
    for row in walk.lines(profile, 300, spread=0.8):
        told = dict(zip([column.key for column in shown.columns], row, strict=True))
        attributes = tuple(column.meant(told[column.key]) for column in shown.attributes)
        readings = [told[reading.column.key] for reading in shown.readings]
        rows.append((attributes, readings))
    columns = list(zip(*(readings for _attributes, readings in rows), strict=True))
    for part in judges.judge([attributes for attributes, _readings in rows], columns):
        for nth, at_row in enumerate(part.at):
            single = judge(procedure, judges.record(*rows[at_row]))
            assert part.judged.verdicts[nth] == single.verdict
            found = [float(x) for errors in part.judged.errors for x in errors[nth] if x == x]
            assert sorted(found) == sorted(float(p.rounded) for i in single.items for p in i.points if has_limit(p))
            verdicts.add(single.verdict)
    assert verdicts == {"pass", "fail"}


# ---- what is refused


def test_each_fault_names_row_column_reason_and_remedy(cast, bench):
    rows = walk.lines(ELECTRICITY, 10)
    rows[1][at(ELECTRICITY, "serial")] = ""
    rows[2][at(ELECTRICITY, "imax_10_1")] = "abc"
    rows[3][at(ELECTRICITY, "ib_05_2")] = ""
    rows[4][at(ELECTRICITY, "imax_10_1")] = "1200"
    rows[5][at(ELECTRICITY, "verified_on")] = "2026-13-40"
    rows[6][at(ELECTRICITY, "verified_on")] = "2027-01-01"
    for key in ("serial", "maker"):
        rows[7][at(ELECTRICITY, key)] = rows[0][at(ELECTRICITY, key)]
    rows[8][at(ELECTRICITY, "accuracy_class")] = "7级"
    rows[9][at(ELECTRICITY, "label")] = rows[0][at(ELECTRICITY, "label")]
    lot = walk.sent(cast, bench, rows)
    assert codes(lot) == [
        (3, "serial", "missing"),
        (4, "imax_10_1", "judge_not_a_number"),
        (5, "ib_05_2", "judge_missing"),
        (6, "imax_10_1", "judge_impossible"),
        (7, "verified_on", "date_unclear"),
        (8, "verified_on", "day_ahead"),
        (9, "serial", "twice_in_file"),
        (10, "accuracy_class", "judge_not_a_choice"),
        (11, "label", "label_twice_in_file"),
    ]
    assert (lot.rows, lot.refused, lot.judged) == (10, 9, 1)
    for fault in faults_of(lot):
        assert fault.column and fault.reason and fault.remedy, fault
    with pytest.raises(InputRefused, match="9"):
        lot_submit(actor=cast.actor("verifier"), lot=lot)
    lot_submit(actor=cast.actor("verifier"), lot=lot, leave_out_refused=True)
    assert lot.results.count() == 1


def test_a_file_cut_in_the_middle_of_a_row_is_refused(cast, bench):
    content = files.sheet(ELECTRICITY, walk.lines(ELECTRICITY, 5))
    lot = lot_read(actor=cast.actor("verifier"), lot=walk.received(cast, bench, content[:-40]))
    assert (lot.state, lot.problem["code"]) == ("unreadable", "file_cut")
    assert codes(lot) == []


def test_a_workbook_cut_in_the_middle_is_refused(cast, bench):
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_row(0, 0, files.headers(shipped()[ELECTRICITY]))
    lot = walk.received(cast, bench, file.getvalue()[:-200])
    assert lot_read(actor=cast.actor("verifier"), lot=lot).problem["code"] == "no_workbook"


def test_the_same_file_is_taken_once_and_again_after_it_was_dropped(cast, bench):
    content = files.sheet(ELECTRICITY, walk.lines(ELECTRICITY, 3))
    first = walk.received(cast, bench, content)
    with pytest.raises(InputRefused, match=first.number):
        walk.received(cast, bench, content)
    lot_drop(actor=cast.actor("verifier"), lot=first)
    assert walk.received(cast, bench, content).state == "received"


def test_a_meter_of_an_earlier_lot_is_refused(cast, bench):
    earlier = issued(cast, bench, walk.lines(ELECTRICITY, 3))
    rows = walk.lines(ELECTRICITY, 5)
    rows[1][at(ELECTRICITY, "verified_on")] = "2026-02-20"
    lot = walk.sent(cast, bench, rows)
    assert codes(lot) == [
        (2, "label", "label_earlier"),
        (2, "serial", "twice_earlier"),
        (3, "label", "label_earlier"),
        (3, "serial", "initial_twice"),
        (4, "label", "label_earlier"),
        (4, "serial", "twice_earlier"),
    ]
    assert earlier.number in faults_of(lot)[1].reason
    lot_void(actor=cast.actor("approver"), lot=earlier, reason="标准器超差")
    assert lot_read(actor=cast.actor("verifier"), lot=lot).refused == 0


def test_a_lot_submitted_meanwhile_makes_the_preview_stale(cast, bench):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 4))
    other = walk.sent(cast, bench, walk.lines(ELECTRICITY, 3))
    lot_submit(actor=cast.actor("verifier"), lot=other)
    with pytest.raises(StaleWrite):
        lot_submit(actor=cast.actor("verifier"), lot=lot)
    assert lot.results.count() == 0
    assert lot_read(actor=cast.actor("verifier"), lot=lot).refused == 3


def test_an_unknown_layout_is_matched_by_hand_and_the_mapping_kept(cast, bench):
    head = [f"列{n}" for n in range(len(shipped()[ELECTRICITY].columns))]
    content = files.sheet(ELECTRICITY, walk.lines(ELECTRICITY, 3), head=head)
    lot = lot_read(actor=cast.actor("verifier"), lot=walk.received(cast, bench, content))
    assert (lot.state, lot.problem["code"], lot.headers) == ("unreadable", "layout_unknown", head)
    assert "出厂编号" in lot.problem["params"]["missing"] and "列3" in lot.problem["params"]["unknown"]
    columns = {column.key: place for place, column in enumerate(shipped()[ELECTRICITY].columns)}
    assert lot_read(actor=cast.actor("verifier"), lot=lot, columns=columns, profile=ELECTRICITY).judged == 3
    bench_profile_save(
        actor=cast.actor("verifier"), body=cast.body, name="3号台", base=ELECTRICITY,
        headers={key: head[place] for key, place in columns.items()},
    )  # fmt: skip
    again = files.sheet(ELECTRICITY, walk.lines(ELECTRICITY, 3, first=100), head=head)
    assert lot_read(actor=cast.actor("verifier"), lot=walk.received(cast, bench, again)).judged == 3


# ---- in order, by three people


def test_a_standard_that_had_expired_on_a_day_of_test_blocks_the_lot(cast):
    bench = walk.bench(cast, ELECTRICITY, until=date(2026, 2, 2))
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 50))  # two days: 2 and 3 February
    with pytest.raises(NotInOrder, match="2026-02-03"):
        lot_submit(actor=cast.actor("verifier"), lot=lot)
    assert (Lot.objects.get(pk=lot.pk).state, lot.results.count()) == ("checked", 0)
    day = [row for row in walk.lines(ELECTRICITY, 50) if row[at(ELECTRICITY, "verified_on")] == "2026-02-02"]
    lot_submit(actor=cast.actor("verifier"), lot=walk.sent(cast, bench, day))


def test_where_another_body_is_designated_that_day_a_lot_is_blocked(cast, bench):
    other = make_organisation("衡城市电力计量中心", cast.city, body=True)
    authorisation_enter(
        actor=cast.actor("authority"), body=other, item=bench.item, number="（衡）法计〔2024〕009",
        valid_from=date(2024, 1, 1), valid_until=date(2028, 12, 31),
    )  # fmt: skip
    designation_make(
        actor=cast.actor("authority"), body=other, item=bench.item, region=cast.city, valid_from=date(2026, 2, 3),
        number="衡市监〔2026〕1号",
    )  # fmt: skip
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 50))
    with pytest.raises(NotInOrder, match="衡城市电力计量中心"):
        lot_submit(actor=cast.actor("verifier"), lot=lot)


def test_a_manufacturer_verifies_initially_and_nothing_else(cast, bench):
    Authorisation.objects.update(kind=Authorisation.Kind.MANUFACTURER)
    lot_submit(actor=cast.actor("verifier"), lot=walk.sent(cast, bench, walk.lines(ELECTRICITY, 3)))
    later = walk.sent(cast, bench, walk.lines(ELECTRICITY, 3, first=50), regime="subsequent")
    with pytest.raises(NotInOrder):
        lot_submit(actor=cast.actor("verifier"), lot=later)


def test_a_foreign_body_neither_sees_nor_acts(cast, bench):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 3))
    stranger = cast.actor("foreign_verifier")
    assert not Lot.objects.visible_to(stranger).exists()
    with pytest.raises(NotPermitted):
        walk.received(cast, bench, b"x", by="foreign_verifier")
    with pytest.raises(NotPermitted):
        lot_submit(actor=stranger, lot=lot)
    lot_submit(actor=cast.actor("verifier"), lot=lot)
    assert not LotResult.objects.visible_to(stranger).named("E000000001").exists()


def test_three_people_sign_a_lot(cast, bench):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 3))
    lot_submit(actor=cast.actor("verifier"), lot=lot)
    Lot.objects.filter(pk=lot.pk).update(verifier=cast.people["reviewer"])
    lot.verifier = cast.people["reviewer"]
    with pytest.raises(SamePerson):
        lot_review(actor=cast.actor("reviewer"), lot=lot)
    Lot.objects.filter(pk=lot.pk).update(verifier=cast.people["approver"])
    lot.verifier = cast.people["approver"]
    lot_review(actor=cast.actor("reviewer"), lot=lot)
    with pytest.raises(SamePerson):
        lot_approve(actor=cast.actor("approver"), lot=lot)
    with pytest.raises(TransitionRefused):
        lot_issue(actor=cast.actor("approver"), lot=lot)


def test_a_lot_sent_back_counts_for_nothing_and_its_file_may_come_again(cast, bench):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 3))
    lot_submit(actor=cast.actor("verifier"), lot=lot)
    lot_send_back(actor=cast.actor("reviewer"), lot=lot, reason="环境温度未记录")
    again = walk.sent(cast, bench, walk.lines(ELECTRICITY, 3))
    assert (again.refused, again.state) == (0, "checked")


def test_a_draft_rule_issues_no_lot_outside_training(cast, bench, settings):
    lot = walk.approved(cast, walk.sent(cast, bench, walk.lines(ELECTRICITY, 3)))
    settings.TRAINING = False
    with pytest.raises(Blocked, match="电子式交流电能表检定"):
        lot_issue(actor=cast.actor("approver"), lot=lot)


def test_a_sampled_lot_is_decided_by_its_plan(cast, bench):
    plan = {"lot": "150", "aql": "1.0", "level": "II"}  # letter F: n = 20, arrows lead to n = 13, Ac 0
    few = walk.sent(cast, bench, walk.lines(ELECTRICITY, 5), sample=plan)
    with pytest.raises(InputRefused, match="13"):
        lot_submit(actor=cast.actor("verifier"), lot=few)
    rows = walk.lines(ELECTRICITY, 20)
    rows[0][at(ELECTRICITY, "imax_10_1")] = rows[0][at(ELECTRICITY, "imax_10_2")] = "3.00"
    lot = walk.sent(cast, bench, rows, sample=plan)
    lot_submit(actor=cast.actor("verifier"), lot=lot)
    assert (lot.failed, lot.decision) == (1, "reject")


# ---- proof


@pytest.mark.parametrize("count", [1, 255, 256, 257, 600])
def test_each_result_is_proven_under_the_root(cast, bench, count):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, count))
    lot_submit(actor=cast.actor("verifier"), lot=lot)
    logged = LogEntry.objects.filter(act__kind="lot_submit").latest("pk").payload
    assert (logged["root"], logged["results"]) == (lot.root, count)
    for place in {0, count // 2, count - 1}:
        proof = proof_of(lot.results.get(place=place))
        assert holds(proof) and proof.root == lot.root and f'"{place}"' in proof.entry


def test_a_tampered_row_is_found_by_the_root_and_stops_the_issue(cast, bench):
    lot = walk.approved(cast, walk.sent(cast, bench, walk.lines(ELECTRICITY, 300)))
    with pytest.raises(IntegrityError), transaction.atomic():
        lot.results.filter(place=5).update(verdict="f")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE verification_lotresult DISABLE TRIGGER row_stays")
        cursor.execute("UPDATE verification_lotresult SET verdict = 'f' WHERE place = 5")
        cursor.execute("ALTER TABLE verification_lotresult ENABLE TRIGGER row_stays")
    assert not holds(proof_of(lot.results.get(place=5)))
    with pytest.raises(Blocked, match=lot.number):
        lot_issue(actor=cast.actor("approver"), lot=lot)


def test_a_result_under_a_group_of_another_lot_is_refused_by_the_database(cast, bench):
    lot = walk.approved(cast, walk.sent(cast, bench, walk.lines(ELECTRICITY, 3)))
    other = walk.approved(cast, walk.sent(cast, bench, walk.lines(ELECTRICITY, 3, first=500)))
    group = other.groups.first()
    said = {"place": 900, "serial": "X", "verdict": "p", "measured": ""}
    for smuggled in (
        LotResult(act=lot.act, lot=lot, group=group, **said),
        LotResult(act_id=10**9, lot=other, group=group, **said),
        LotResult(act=lot.act, lot=lot, group_id=10**9, **said),
    ):
        with pytest.raises(IntegrityError, match="a group of its lot"), transaction.atomic():
            smuggled.save()


def test_the_database_hashes_what_a_proof_shows(cast, bench):
    lot = walk.approved(cast, walk.sent(cast, bench, walk.lines(ELECTRICITY, 20, first=7)))
    assert hashes(lot.pk, 3, 17) == leaf_hashes(entries(lot.pk, 3, 17))
    assert len(hashes(lot.pk, 0, 20)) == 20 and hashes(lot.pk, 20, 30) == []


# ---- the ledger


def test_meters_of_the_ledger_get_their_date_and_void_gives_it_back(cast, bench):
    rows = walk.lines(ELECTRICITY, 4)
    rows[1][at(ELECTRICITY, "imax_10_1")] = rows[1][at(ELECTRICITY, "imax_10_2")] = "3.00"
    good, bad = in_ledger(cast, bench, rows[0], "M1"), in_ledger(cast, bench, rows[1], "M2")
    lot = issued(cast, bench, rows)
    now = {e.instrument_id: e for e in InstrumentState.objects.on(date(2026, 3, 2))}
    assert (now[good.pk].last_on, now[good.pk].last_result, now[good.pk].due_on) == (
        date(2026, 2, 2), "pass", date(2034, 2, 1),
    )  # fmt: skip
    assert (now[bad.pk].last_result, now[bad.pk].due_on) == ("fail", date(2026, 2, 2))
    assert (lot.entered, LotLink.objects.filter(entered=True).count()) == (2, 2)
    assert InstrumentState.objects.on(date(2026, 2, 1)).get(instrument=good).due_on == date(2026, 1, 31)
    assert LotResult.objects.visible_to(cast.actor("owner")).count() == 2
    assert lot_void(actor=cast.actor("approver"), lot=lot, reason="标准器超差") == 2
    after = {e.instrument_id: e for e in InstrumentState.objects.on(date(2026, 3, 2))}
    assert (after[good.pk].last_on, after[good.pk].due_on) == (None, date(2026, 1, 31))
    assert (after[bad.pk].last_result, after[bad.pk].due_on) == ("", date(2026, 1, 31))
    assert InstrumentState.objects.on(date(2026, 3, 1)).get(instrument=good).last_result == "pass"


def test_a_later_verification_in_the_ledger_stays(cast, bench):
    rows = walk.lines(ELECTRICITY, 1)
    meter = in_ledger(cast, bench, rows[0], "M1")
    later = walk.lines(ELECTRICITY, 1)
    later[0][at(ELECTRICITY, "verified_on")] = "2026-02-20"
    later[0][at(ELECTRICITY, "label")] = ""
    issued(cast, bench, later)
    lot = issued(cast, bench, rows, regime="subsequent")
    states = InstrumentState.objects
    assert states.on(date(2026, 3, 2)).get(instrument=meter).last_on == date(2026, 2, 20)
    assert states.on(date(2026, 2, 10)).get(instrument=meter).last_on == date(2026, 2, 2)
    lot_void(actor=cast.actor("approver"), lot=lot, reason="标准器超差")
    assert states.on(date(2026, 3, 2)).get(instrument=meter).last_on == date(2026, 2, 20)


def test_a_lot_writes_no_date_for_what_is_preserved_or_out_of_use_and_tells_it(cast, bench):
    rows = walk.lines(ELECTRICITY, 3)
    day = date.fromisoformat(rows[0][at(ELECTRICITY, "verified_on")])
    plain, held, stopped = (in_ledger(cast, bench, row, f"EM{n:04d}") for n, row in enumerate(rows))
    with perform(cast.actor("authority"), "arbitration_open", region_id=cast.county.pk) as act:
        hold(held, act=act, document="ZC1")
    InstrumentState.objects.filter(instrument=stopped).update(status="stopped")
    lot = issued(cast, bench, rows)
    due = {one.code: one.states.current().get().due_on for one in (plain, held, stopped)}
    assert due.pop("EM0000") > day and set(due.values()) == {date(2026, 1, 31)}
    assert (lot.entered, LotLink.objects.filter(lot=lot).count()) == (1, 1)
    told = str(Lot.objects.get(pk=lot.pk).notices)
    assert rows[1][at(ELECTRICITY, "serial")] in told and rows[2][at(ELECTRICITY, "serial")] in told
    with pytest.raises(Refused):
        lot_result_take(actor=cast.actor("verifier"), result=lot.results.get(place=2), instrument=stopped)
    InstrumentState.objects.filter(instrument=stopped).update(status="in_use")
    assert lot_result_take(actor=cast.actor("verifier"), result=lot.results.get(place=2), instrument=stopped).entered


def test_a_meter_with_the_same_number_elsewhere_is_not_touched(cast, bench):
    rows = walk.lines(ELECTRICITY, 2)
    ours, foreign, twin = (
        in_ledger(cast, bench, row, f"EM{n:04d}") for n, row in enumerate((rows[0], rows[1], rows[0]))
    )
    InstrumentState.objects.filter(instrument__in=[foreign, twin]).update(region=cast.foreign_city)
    Authorisation.objects.update(region=cast.city)
    lot = issued(cast, bench, rows)
    due = [one.states.current().get().due_on for one in (foreign, twin)]
    assert due == [date(2026, 1, 31)] * 2 and ours.states.current().get().due_on > date(2026, 1, 31)
    assert [code for code, _params in lot.notices if code.startswith("met")] == ["met_elsewhere"]


def test_a_meter_filed_later_takes_its_result(cast, bench):
    rows = walk.lines(ELECTRICITY, 3)
    lot = issued(cast, bench, rows)
    meter = in_ledger(cast, bench, rows[2], "M3")
    other = in_ledger(cast, bench, ["x"] * len(rows[0]), "M4")
    result = lot.results.get(place=2)
    with pytest.raises(Blocked.__mro__[1], match="E000000003"):
        lot_result_take(actor=cast.actor("owner"), result=result, instrument=other)
    lot_result_take(actor=cast.actor("owner"), result=result, instrument=meter)
    assert InstrumentState.objects.on(date(2026, 3, 2)).get(instrument=meter).due_on == result.valid_until


def test_a_lot_of_a_customer_is_seen_by_it_once_issued(cast, bench):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 2), customer=cast.enterprise)
    owner = cast.actor("owner")
    assert not Lot.objects.visible_to(owner).exists()
    walk.approved(cast, lot)
    lot_issue(actor=cast.actor("approver"), lot=lot)
    assert Lot.objects.visible_to(owner).get() == lot
    assert LotResult.objects.visible_to(owner).count() == 2
    assert Lot.objects.visible_to(cast.actor("authority")).exists()
    assert not Lot.objects.visible_to(cast.actor("foreign_owner")).exists()


def test_errors_are_summed_up_by_group(cast, bench):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 30))
    lot_submit(actor=cast.actor("verifier"), lot=lot)
    assert sum(group.passed for group in lot.groups.all()) == lot.passed
    tallies = [t for group in lot.groups.all() for t in group.tally.values()]
    assert all(sum(counts) == n for n, _sum, _squares, counts in tallies)
    readings = [
        (float(a) + float(b)) / 2
        for row in walk.lines(ELECTRICITY, 30)
        for a, b in [(row[at(ELECTRICITY, "imax_10_1")], row[at(ELECTRICITY, "imax_10_2")])]
    ]
    total = sum(group.tally["4"][1] for group in lot.groups.all())
    assert total == pytest.approx(sum(readings), abs=30 * 0.05)  # rounded to a tenth before it is counted


def test_a_bench_that_says_otherwise_is_told(cast, bench):
    rows = walk.lines(ELECTRICITY, 3)
    for row in rows:
        row[at(ELECTRICITY, "said")] = "合格"
    rows[0][at(ELECTRICITY, "imax_10_1")] = rows[0][at(ELECTRICITY, "imax_10_2")] = "3.00"
    assert ["bench_differs", {"count": 1}] in walk.sent(cast, bench, rows).notices


def test_a_broken_reading_is_refused_by_the_batch_as_by_the_judge(bench):
    procedure = procedure_for(rules(), "ELEC-1", date(2026, 2, 2))
    judges = Judges(shipped()[ELECTRICITY], procedure, "initial")
    row = walk.lines(ELECTRICITY, 1)[0]
    told = dict(zip([column.key for column in shipped()[ELECTRICITY].columns], row, strict=True))
    attributes = tuple(column.meant(told[column.key]) for column in shipped()[ELECTRICITY].attributes)
    readings = [told[reading.column.key] for reading in shipped()[ELECTRICITY].readings]
    wrong = ("", "x", "1e99", "101")
    rows = [readings, *([*readings[:6], cell, *readings[7:]] for cell in wrong), readings]
    (part,) = judges.judge([attributes] * len(rows), list(zip(*rows, strict=True)))
    assert [verdict is None for verdict in part.judged.verdicts] == [False, *[True] * len(wrong), False]
    for at_row, refused in part.judged.refused.items():
        with pytest.raises(BadRecord) as single:
            judge(procedure, judges.record(attributes, rows[at_row]))
        assert refused.problems == single.value.problems


def test_days_after_today_are_no_days_of_test(cast, bench):
    rows = walk.lines(ELECTRICITY, 1)
    rows[0][at(ELECTRICITY, "verified_on")] = (cast.actor("verifier").today + timedelta(days=1)).isoformat()
    assert codes(walk.sent(cast, bench, rows)) == [(2, "verified_on", "day_ahead")]


def test_the_example_file_can_be_tried(cast, monkeypatch):
    monkeypatch.setitem(walk.ITEMS, ELECTRICITY, ("ELEC", "ELEC-02S", "0.2S/0.5S级电能表"))
    bench = walk.bench(cast, ELECTRICITY)
    content = (Path(__file__).parents[3] / "examples" / "bench.csv").read_bytes()
    lot = lot_read(actor=cast.actor("verifier"), lot=walk.received(cast, bench, content))
    assert (lot.state, lot.rows, lot.passed, lot.refused) == ("checked", 12, 11, 1)
    lot_submit(actor=cast.actor("verifier"), lot=lot, leave_out_refused=True)
