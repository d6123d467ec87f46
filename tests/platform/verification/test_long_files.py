"""Files of benches with several rows a meter: folded, judged as a wide one is, and what their rows say against each
other told at the row in which it stands."""

import json
import random
import re
from pathlib import Path

import pytest
from django.urls import reverse

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports import limits
from hengliang.platform.site.demo import bench_files as files
from hengliang.platform.site.demo import long_bench as long
from hengliang.platform.verification.benches.profile import shipped
from hengliang.platform.verification.benches.told import fault_headers, faults_of, refused_rows
from hengliang.platform.verification.models import BenchProfile
from hengliang.platform.verification.services import bench_profile_write, lot_read, lot_void
from tests.platform import lots as walk

pytestmark = pytest.mark.django_db
ELECTRICITY = "electricity-wide"
WIDE = ("electricity-wide", "water-three-points", "gas-diaphragm")


@pytest.fixture(autouse=True)
def _training(settings, tmp_path):
    settings.TRAINING, settings.MEDIA_ROOT = True, tmp_path


@pytest.fixture
def bench(cast):
    return walk.bench(cast, ELECTRICITY)


def read(cast, bench, content, **told):
    return lot_read(actor=cast.actor("verifier"), lot=walk.received(cast, bench, content, **told))


def wide(profile=ELECTRICITY, count=6, **how):
    return walk.lines(profile, count, **how)


def results(lot):
    keys = "place", "serial", "label", "verdict", "measured", "group__verified_on", "group__attributes", "group__maker"
    return [row[1:] for row in sorted(lot.results.values_list(*keys), key=lambda row: row[1])]


def told(lot):
    return [(f.row, f.field, f.code) for f in faults_of(lot)]


@pytest.mark.parametrize("profile", WIDE)
def test_a_long_file_comes_to_the_same_results_as_the_wide_one(cast, profile):
    bench, rows = walk.bench(cast, profile), wide(profile, 20)
    lot = read(cast, bench, long.sheet(profile, rows))
    assert (lot.state, lot.rows, lot.judged, lot.refused) == ("checked", 20, 20, 0), (lot.problem, told(lot))
    assert lot.profile.endswith("-long") and lot.profile_used["draft"]
    walk.approved(cast, lot)
    mine = results(lot)
    lot.refresh_from_db()
    lot_void(actor=cast.actor("approver"), lot=lot, reason="另一种格式")
    other = walk.approved(cast, walk.sent(cast, bench, rows))
    assert mine == results(other)


def test_rows_in_any_order_and_between_each_other_are_the_same_lot(cast, bench):
    head, *rows = long.rows(ELECTRICITY, wide(count=40))
    random.Random(3).shuffle(rows)
    lot = read(cast, bench, files.sheet(ELECTRICITY, rows, head=head))
    assert (lot.rows, lot.judged, lot.refused) == (40, 40, 0), told(lot)


def test_a_missing_point_is_told_at_the_first_row_of_its_meter(cast, bench):
    head, *rows = long.rows(ELECTRICITY, wide(count=3))
    points = len(rows) // 3
    del rows[points + 2]
    lot = read(cast, bench, files.sheet(ELECTRICITY, rows, head=head))
    assert (lot.judged, lot.refused) == (2, 1)
    assert told(lot) == [(points + 2, "low_10_1", "judge_missing"), (points + 2, "low_10_2", "judge_missing")]


def test_a_doubled_point_is_told_in_its_own_row_with_the_row_of_the_first(cast, bench):
    head, *rows = long.rows(ELECTRICITY, wide(count=3))
    rows.append([*rows[1]])
    lot = read(cast, bench, files.sheet(ELECTRICITY, rows, head=head))
    assert told(lot) == [(len(rows) + 1, "ib_10_1", "point_twice"), (len(rows) + 1, "ib_10_2", "point_twice")]
    fault = faults_of(lot)[0]
    assert fault.hint == "3" and fault.number == 2 and "3" in fault.reason and fault.remedy


def test_rows_of_a_meter_that_contradict_are_told_and_the_others_are_read(cast, bench):
    head, *rows = long.rows(ELECTRICITY, wide(count=3))
    maker, day = head.index("制造单位"), head.index("检定日期")
    rows[1][maker] = "别家"
    rows[2][day] = ""  # says nothing
    rows[3][day] = rows[0][day] + " 00:00"  # another spelling of the same day
    lot = read(cast, bench, files.sheet(ELECTRICITY, rows, head=head))
    assert told(lot) == [(3, "maker", "rows_differ")] and (lot.judged, lot.refused) == (2, 1)
    fault = faults_of(lot)[0]
    assert "别家" in fault.reason and rows[0][maker] in fault.reason


def test_a_meter_of_which_the_bench_failed_one_point_is_one_that_it_failed(cast, bench):
    head, *rows = long.rows(ELECTRICITY, wide(count=2))
    said = head.index("结论")
    for at, row in enumerate(rows):
        row[said] = "不合格" if at == 2 else "合格"
    lot = read(cast, bench, files.sheet(ELECTRICITY, rows, head=head))
    assert (lot.judged, lot.refused) == (2, 0), told(lot)
    assert ["bench_differs", {"count": 1}] in lot.notices


def test_a_reading_without_a_point_or_without_a_meter_is_told_in_its_row(cast, bench):
    head, *rows = long.rows(ELECTRICITY, wide(count=3))
    serial, current, factor = (head.index(name) for name in ("出厂编号", "负载电流", "功率因数"))
    rows[1][current] = rows[1][factor] = ""
    rows[-1][serial] = ""
    lot = read(cast, bench, files.sheet(ELECTRICITY, rows, head=head))
    found = told(lot)
    assert (3, "", "no_point") in found and (len(rows) + 1, "serial", "missing") in found
    assert lot.judged == 1


def test_a_reading_that_is_no_number_is_told_in_the_row_in_which_it_stands(cast, bench):
    head, *rows = long.rows(ELECTRICITY, wide(count=2))
    rows[4][head.index("误差2")] = "----x"
    lot = read(cast, bench, files.sheet(ELECTRICITY, rows, head=head))
    assert told(lot) == [(6, "ib_05_2", "judge_not_a_number")]


def test_a_point_that_the_profile_has_not_is_named_and_nothing_is_lost_of_the_others(cast, bench):
    head, *rows = long.rows(ELECTRICITY, wide(count=2))
    extra = [*rows[0]]
    extra[head.index("负载电流")] = "0.5Ib"
    lot = read(cast, bench, files.sheet(ELECTRICITY, [*rows, extra], head=head))
    assert lot.judged == 2 and "0.5Ib·1.0 误差1" in json.dumps(lot.notices, ensure_ascii=False)


def test_a_file_that_breaks_off_in_a_row_or_between_rows_is_told(cast, bench):
    whole = long.sheet(ELECTRICITY, wide(count=4))
    lot = read(cast, bench, whole[:-12])
    assert (lot.state, lot.problem["code"]) == ("unreadable", "file_cut")
    lot = read(cast, bench, whole[: whole.rfind(b"\n", 0, -2) + 1])
    assert (lot.judged, lot.refused) == (3, 1) and {code for _row, _field, code in told(lot)} == {"judge_missing"}


def test_refused_meters_are_given_back_with_all_their_rows(cast, bench):
    head, *rows = long.rows(ELECTRICITY, wide(count=3))
    points = len(rows) // 3
    rows[points + 1][head.index("误差1")] = "x"
    lot = read(cast, bench, files.sheet(ELECTRICITY, rows, head=head))
    back = list(refused_rows(lot))
    assert fault_headers(lot)[1:-3] == head
    assert [row[1 : len(head) + 1] for row in back] == rows[points : 2 * points]
    assert [bool(row[-1]) for row in back] == [at == 1 for at in range(points)]


# ---- own profiles: other ways of telling the rows of a meter


def document(**how):
    """A profile over the shipped fields, whose readings keep their usual names."""
    base = shipped()[ELECTRICITY]
    part = {"identity": [], "attributes": [], "readings": []}
    for one in base.identity:
        part["identity"].append({"key": one.key, "names": [one.names[0]]})
    for one in base.attributes:
        row = {"key": one.key, "names": [one.names[0]], "words": dict(one.words)}
        part["attributes"].append(row | ({"suffix": one.suffix} if one.suffix else {}))
    for one in base.readings:
        row = {"key": one.column.key, "names": [one.column.names[0]], "item": one.item, "cell": one.cell}
        row |= {"run": one.run, "with": dict(one.fixed)} | ({} if one.column.required else {"optional": True})
        part["readings"].append(row)
    told = {"meter": [["出厂编号"]], "point": [["负载电流"], ["功率因数"]], "value": [["误差1"], ["误差2"]]}
    return {"base": ELECTRICITY, "file": {"long": told | how}, **part}


def own(cast, **how):
    return bench_profile_write(actor=cast.actor("manager"), body=cast.body, name="台", document=document(**how))


def test_one_error_a_row_is_the_next_run_where_the_profile_says_so(cast, bench):
    head, *rows = long.rows(ELECTRICITY, wide(count=3))
    first, second = head.index("误差1"), head.index("误差2")
    head[first] = "误差"
    single = [row[:second] + row[second + 1 :] for row in rows]
    again = [row[:first] + row[second:] for row in rows]
    del head[second]
    content = files.sheet(ELECTRICITY, [row for pair in zip(single, again, strict=True) for row in pair], head=head)
    profile = own(cast, value=[["误差"]], repeated=True)
    lot = read(cast, bench, content, own_profile=profile)
    assert (lot.judged, lot.refused) == (3, 0), (lot.problem, told(lot))
    twice = read(cast, bench, content + b"\n", own_profile=own(cast, value=[["误差"]]))
    assert twice.state == "unreadable" and twice.problem["code"] == "layout_unknown"


def test_rows_below_the_row_that_names_the_meter_belong_to_it(cast, bench):
    head, *rows = long.rows(ELECTRICITY, wide(count=3))
    keep = {head.index(name) for name in ("负载电流", "功率因数", "误差1", "误差2")}
    points = len(rows) // 3
    sparse = [row if at % points == 0 else [cell if n in keep else "" for n, cell in enumerate(row)]
              for at, row in enumerate(rows)]  # fmt: skip
    lot = read(cast, bench, files.sheet(ELECTRICITY, sparse, head=head), own_profile=own(cast, carried=True))
    assert (lot.judged, lot.refused) == (3, 0), (lot.problem, told(lot))


def test_a_line_of_the_meter_above_its_rows_has_columns_of_its_own(cast, bench):
    """`M` and the particulars of a meter, then a row for each load point."""
    columns = [column.key for column in shipped()[ELECTRICITY].columns]
    content, heads = long.with_heads(wide(count=3))
    told_ = document(meter=[["^2"]], head="M")
    told_["file"] |= {"headers": False}
    told_["file"]["long"] |= {"point": [["#2"], ["#3"]], "value": [["#4"], ["#5"]]}
    for part in ("identity", "attributes", "readings"):
        for row in told_[part]:
            if row["key"] in heads:
                row["names"] = [f"^{heads.index(row['key']) + 2}"]
            elif row["key"] in columns and "run" in row and row["run"]:
                row["names"] = [row["names"][0].replace("误差", "#4" if row["run"] == 1 else "#5")[:-1]]
    profile = bench_profile_write(actor=cast.actor("manager"), body=cast.body, name="线", document=told_)
    lot = read(cast, bench, content, own_profile=profile)
    assert (lot.state, lot.judged, lot.refused) == ("checked", 3, 0), (lot.problem, lot.headers, told(lot))
    broken = content.replace(b"\nP,Imax,0.5L,", b"\nP,Imax,0.5L,x", 1)
    lot = read(cast, bench, broken, own_profile=profile)
    back = list(refused_rows(lot))
    assert (lot.refused, back[0][1], len(back)) == (1, "M", 7) and back[0][2] == "E000000001"
    assert [row[1] for row in back[1:]] == ["P"] * 6 and [bool(row[-1]) for row in back].index(True) == 4


@pytest.mark.parametrize(
    "how",
    [
        {"meter": []}, {"meter": "表号"}, {"meter": [[]]}, {"point": [["负载电流"], ["负载电流"]]}, {"value": [[1]]},
        {"run": "次数"}, {"repeated": "yes"}, {"head": 3}, {"colour": 1}, {"run": ["次数"], "repeated": True},
    ],
)  # fmt: skip
def test_what_tells_no_rows_is_refused_with_its_place(cast, how):
    with pytest.raises(InputRefused) as refused:
        own(cast, **how)
    assert refused.value.field


def test_a_column_of_the_rows_that_is_not_there_is_named(cast, bench):
    lot = read(cast, bench, long.sheet(ELECTRICITY, wide(count=2)), own_profile=own(cast, value=[["偏差"], ["误差2"]]))
    assert lot.problem["code"] == "layout_unknown" and "偏差" in str(lot.problem["params"])


def test_a_time_chosen_for_the_point_is_refused_before_it_fills_the_memory(cast, bench):
    head, *rows = long.rows(ELECTRICITY, wide(count=60))
    rows = [[*row, str(at)] for at, row in enumerate(rows)]
    content = files.sheet(ELECTRICITY, rows, head=[*head, "时间"])
    lot = read(cast, bench, content, own_profile=own(cast, point=[["时间"]]))
    assert lot.problem["code"] == "long_points_many"


def test_more_meters_than_are_read_at_once_are_refused(cast, bench, monkeypatch):
    content = long.sheet(ELECTRICITY, wide(count=4))
    monkeypatch.setattr(limits, "MAX_ROWS", 3)
    assert read(cast, bench, content, own_profile=own(cast)).problem["code"] == "sheet_too_large"


def test_rows_are_not_meters_where_what_is_read_at_once_is_bounded(cast, bench, monkeypatch):
    content = long.sheet(ELECTRICITY, wide(count=30))
    monkeypatch.setattr(limits, "MAX_ROWS", 40)
    assert read(cast, bench, content).judged == 30, "recognised by its headers"


def test_the_example_of_a_long_file_can_be_tried(cast, monkeypatch):
    monkeypatch.setitem(walk.ITEMS, ELECTRICITY, ("ELEC", "ELEC-02S", "0.2S/0.5S级电能表"))
    content = (Path(__file__).parents[3] / "examples" / "bench-long.csv").read_bytes()
    lot = read(cast, walk.bench(cast, ELECTRICITY), content)
    assert (lot.state, lot.rows, lot.judged, lot.refused) == ("checked", 12, 9, 3)
    assert {code for _row, _field, code in told(lot)} == {"point_twice", "rows_differ", "judge_not_a_number"}


def test_a_column_that_is_the_same_for_all_taken_for_the_meter_tells_bounded_faults(cast, bench):
    lot = read(cast, bench, long.sheet(ELECTRICITY, wide(count=300)), own_profile=own(cast, meter=[["制造单位"]]))
    assert (lot.rows, lot.judged, lot.refused) == (3, 0, 3) and len(told(lot)) < 200


def test_a_workbook_with_several_rows_a_meter_is_read_too(cast, bench):
    from io import BytesIO

    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(long.rows(ELECTRICITY, wide(count=5))):
            cells = [float(cell) if at and _is_number(cell) else cell for cell in row]
            sheet.write_row(at, 0, cells)
    lot = read(cast, bench, out.getvalue())
    assert (lot.judged, lot.refused) == (5, 0), (lot.problem, told(lot))


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


# ---- the editor


@pytest.fixture
def manager(cast, client):
    client.force_login(cast.accounts["manager"])
    return client


def posted(cast, bench, content, **more):
    import base64

    sample = base64.b64encode(content).decode()
    return {"body": cast.body.pk, "item": bench.item.pk, "regime": "initial", "sample": sample, "seen": "0",
            "name": "长表台", **more}  # fmt: skip


def fields(page):
    """What a browser would send of the page: hidden and chosen values."""
    told = dict(re.findall(r'<input type="hidden" name="([nh]\d+)" value="([^"]*)"', page))
    told |= dict(re.findall(r'<input type="text" name="([^"]+)"[^>]*? value="([^"]*)"', page))
    for name, inside in re.findall(r'<select name="([rc]\d+[^"]*)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        told[name] = chosen.group(1) if chosen else ""
    return told


NEW = "verification:bench_profile_new"


def test_the_editor_folds_the_rows_and_what_it_guesses_reads_the_file(cast, bench, manager):
    content = long.sheet(ELECTRICITY, wide(count=5))
    first = manager.post(reverse(NEW), posted(cast, bench, content, rows="long"), headers={"HX-Request": "true"})
    page = first.content.decode()
    assert "Imax 1.0 误差1" in page and "mapping-wrong" not in page and page.count('value="point" selected') == 2
    told = posted(cast, bench, content, rows="long", **fields(page))
    answer = manager.post(reverse(NEW), told)
    assert answer.status_code == 302, re.findall(r'role="alert"><p>(.*?)</p>', answer.content.decode())
    profile = BenchProfile.objects.get()
    assert profile.document["file"]["long"]["point"] == [["负载电流"], ["功率因数"]]
    lot = read(cast, bench, content, own_profile=profile)
    assert (lot.judged, lot.refused) == (5, 0), (lot.problem, told)
    edit = manager.get(reverse("verification:bench_profile_edit", args=[profile.pk])).content.decode()
    assert "mapping-wrong" not in edit and edit.count('value="value" selected') == 2
    again = manager.get(reverse("verification:bench_profile", args=[profile.pk])).content.decode()
    assert "负载电流" in again


def test_what_was_assigned_follows_its_column_when_others_come_before_it(cast, bench, manager):
    content = long.sheet(ELECTRICITY, wide(count=3))
    page = manager.post(reverse(NEW), posted(cast, bench, content, rows="long"), headers={"HX-Request": "true"})
    told = posted(cast, bench, content, rows="long", **fields(page.content.decode()))
    at = next(key for key, value in told.items() if value == "负载电流")
    told["r" + at[1:]] = ""  # the current is no longer the point: other columns come before, points are fewer
    page = manager.post(reverse(NEW), told, headers={"HX-Request": "true"}).content.decode()
    after = fields(page)
    names = {after["h" + key[1:]]: value for key, value in after.items() if key[0] == "c" and key[1:].isdecimal()}
    assert names["出厂编号"] == "serial" and names["检定日期"] == "verified_on" and names["负载电流"] == ""
    assert "mapping-fault" in page


def test_while_no_point_is_chosen_the_page_says_what_to_choose(cast, bench, manager):
    content = ("\n".join(["甲,乙,丙", "E1,Imax,0.1", "E1,Ib,0.2"]) + "\n").encode()
    page = manager.post(reverse(NEW), posted(cast, bench, content, rows="long"), headers={"HX-Request": "true"})
    assert page.status_code == 200 and 'name="r2"' in page.content.decode()
    assert manager.post(reverse(NEW), posted(cast, bench, content, rows="long")).status_code == 422
