"""A profile by hand: what it may not say, and what the file must have for it."""

import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from hengliang.readings.errors import ProfileRefused, SourceRefused
from hengliang.readings.importing import import_files
from hengliang.readings.intake.profile import read_profile
from hengliang.readings.store.layout import bucket_of
from hengliang.readings.store.topology import read_links
from hengliang.readings.store.window import BucketReader
from tests.readings.conftest import put

TEXT = "表号,时间,示数\nA,2026-01-01 00:00,1\nA,2026-01-01 01:00,2\n"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("columns: {meter: [1, 2]}", "columns maps"),
        ("columns: 5", "columns maps"),
        ("slots: 5", "slots lists"),
        ('first_slot: "99:99"', "first_slot is a time of day"),
        ("decimals: many", "decimals is auto"),
        ("counts_per_unit: abc", "counts_per_unit is how many"),
        ("counts_per_unit: -1", "counts_per_unit is how many"),
        ("colour: red", "there is no field colour"),
        ("- a\n- b", "a mapping of fields"),
        ("form: round", "form is one of"),
    ],
)
def test_a_profile_that_can_not_be_meant_is_refused_by_name(written, told, tmp_path):
    path = tmp_path / "profile.yaml"
    path.write_text(written)
    with pytest.raises(ProfileRefused, match=told):
        read_profile(path)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"role": "xyz"}, "the role xyz is none of"),
        ({"form": "matrix", "columns": {"time": "时间"}}, "the form matrix needs slots"),
        ({"form": "wide", "columns": {"meter": "表号"}, "slots": ("示数",)}, "the form wide needs date"),
        ({"form": "wide", "columns": {"meter": "表号", "date": "时间"}, "slots": ("示数",) * 7}, "do not divide a day"),
        ({"interval": "7min"}, "no interval that divides a day"),
    ],
)
def test_a_profile_that_does_not_fit_the_file_is_refused(said, told, store, tmp_path):
    with pytest.raises(ProfileRefused, match=told):
        put(store, tmp_path, TEXT, **said)
    assert not store.commits


def test_a_column_that_the_file_has_not_is_named(store, tmp_path):
    with pytest.raises(SourceRefused, match=r"column R1 \(slots\) is not in the file"):
        put(store, tmp_path, TEXT, form="wide", columns={"meter": "表号", "date": "时间"}, slots=("R1",))


LIST = "台区编号,电能表资产号,归类\nT1,A,户表\nT1,M,总表\n"
DATA = "电能表资产号,数据时间,走向,示数\nA,2026-01-01 00:00,正向有功,1\nM,2026-01-01 00:00,反向有功,2\n"


def test_a_column_that_another_file_of_the_folder_has_is_no_refusal(store, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "档案.csv").write_text(LIST, encoding="utf-8")
    (folder / "示数.csv").write_text(DATA, encoding="utf-8")
    commit = import_files([folder], store, said={"columns": {"role": "归类", "direction": "走向"}})
    forms = {one["file"]: (one["form"], one["ignored"]) for one in commit.report["files"]}
    assert forms == {"档案.csv": ("topology", []), "示数.csv": ("long", [])}
    links, _ = read_links(store.files("topology"))
    assert {link.meter: str(link.role) for link in links} == {"A": "outflow", "M": "inflow"}


def test_a_column_that_no_file_has_is_a_slip_of_the_profile(store, tmp_path):
    with pytest.raises(SourceRefused, match=r"column 总分 \(role\) is not in the file"):
        put(store, tmp_path, DATA, columns={"role": "总分"})


def test_columns_that_are_not_read_are_told_with_what_they_look_like(store, tmp_path):
    text = "台区编号,台区名称,表号,数据时间x,时间,示数\nT1,幸福里,A,1,2026-01-01 00:00,1\n"
    (report,) = put(store, tmp_path, text).report["files"]
    assert report["ignored"] == [
        {"column": "台区名称", "near": "台区编号, node"},
        {"column": "数据时间x", "near": "数据时间, time"},
    ]


def test_kind_of_data_and_of_meter_are_known_headers(store, tmp_path):
    head = "台区编号,电能表资产号,总分类型,数据类型,时间,示数\n"
    rows = [f"T1,A,户表,{way},2026-01-01 0{hour}:00,{hour}\n" for way in ("正向有功", "反向有功") for hour in range(4)]
    report = put(store, tmp_path, head + "".join(rows)).report
    assert (report["refused"], report["duplicates"]["conflicting"], report["files"][0]["ignored"]) == (0, 0, [])
    (home,) = BucketReader(store, bucket_of("T1", store.buckets)).blocks("T1")
    assert [one.channel for one in home.series] == ["export", "import"]


@pytest.mark.parametrize("bad", [b"\x00\x01\x02", b"x,y\n1,2\n", b'"' + b"a" * 140_000 + b'",b\n1,2\n'])
def test_one_bad_file_of_a_folder_is_told_and_the_rest_is_read(bad, store, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text(TEXT, encoding="utf-8")
    (folder / "zz.csv").write_bytes(bad)
    report = import_files([folder], store).report
    assert ([one["file"] for one in report["refused_files"]], report["readings"]) == (["zz.csv"], 2)
    assert "limit" not in report["refused_files"][0]["reason"]
    with pytest.raises((SourceRefused, ProfileRefused)):
        import_files([folder / "zz.csv"], store)
    (folder / "a.csv").unlink()
    with pytest.raises((SourceRefused, ProfileRefused)):
        import_files([folder], store)


def both_ways(shift, lacking=()):
    head = "序号,节点,表号,甲乙,时间,示数\n"
    rows = [
        f"T1,{meter},{way},2026-01-01 {hour:02d}:00,{hour + shift * at}\n"
        for meter in "AB"
        for at, way in enumerate("甲乙" if meter == "A" else "甲")
        for hour in range(20)
        if (meter, way, hour) not in lacking
    ]
    return head + "".join(f"{at},{row}" for at, row in enumerate(rows))


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_rows_that_disagree_and_differ_in_a_column_not_read_are_ambiguous(ending, store, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(both_ways(100, lacking={("A", "甲", 7)}), encoding="utf-8")
    if ending == "parquet":
        path = tmp_path / "a.parquet"
        pq.write_table(pa_csv.read_csv(tmp_path / "a.csv"), path)
    report = import_files([path], store).report
    (refused,) = report["refusals"]
    assert (refused["column"], refused["count"], refused["row"]) == ("甲乙", 39, 2 if ending == "csv" else 1)
    assert "disagree" in refused["reason"]
    assert report["duplicates"]["conflicting"] == 0
    assert report["readings"] == 20
    (home,) = BucketReader(store, bucket_of("T1", store.buckets)).blocks("T1")
    assert [one.meter for one in home.series] == ["B"]


def test_rows_that_agree_or_differ_in_a_running_number_alone_are_kept(store, tmp_path):
    report = put(store, tmp_path, both_ways(0)).report
    assert (report["refused"], report["duplicates"]["identical"]) == (0, 20)
    text = "序号,节点,表号,时间,示数\n1,T1,A,2026-01-01 00:00,1\n2,T1,A,2026-01-01 00:00,2\n"
    report = put(store, tmp_path, text, "b.csv").report
    assert (report["refused"], report["duplicates"]["conflicting"]) == (0, 1)
