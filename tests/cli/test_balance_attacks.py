"""Hostile and broken input: a clear refusal or *undeterminable*, never a verdict, never a traceback."""

import json
import zipfile

import pytest

from tests.cli.test_readings import run
from tests.cli.utility import Site, write, written

HEAD = "node,meter,role,time,register\n"


def hourly(meter, role, node="T1", days=20, value=lambda at: at):
    return "".join(
        f"{node},{meter},{role},2026-01-{1 + at // 24:02d} {at % 24:02d}:00,{value(at)}\n" for at in range(24 * days)
    )


def states(folder, *arguments):
    result = run("balance", "evaluate", folder, "--json", *arguments)
    assert result.exit_code == 0, result.stderr
    nodes = json.loads(result.stdout)["nodes"]
    return {node["reason_code"] for node in nodes}, {meter["state"] for node in nodes for meter in node["meters"]}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (hourly("A", "inflow") + hourly("A", "outflow"), "own_master"),
        (hourly("A", "inflow") + hourly("B", "outflow"), "degenerate"),
        (hourly("A", "inflow"), "no_meters"),
        (hourly("A", "outflow") + hourly("B", "outflow"), "no_master"),
        (hourly("A", "inflow", value=lambda _: 5) + hourly("B", "outflow", value=lambda _: 5), "no_inflow"),
    ],
)
def test_what_can_not_be_is_undeterminable(tmp_path, text, code):
    (tmp_path / "a.csv").write_text(HEAD + text, encoding="utf-8")
    codes, found = states(tmp_path)
    assert codes == {code}
    assert found <= {"undeterminable"}


def test_two_masters_of_each_other_are_no_verdict(tmp_path):
    ring = hourly("A", "inflow") + hourly("A", "outflow", "T2") + hourly("B", "inflow", "T2") + hourly("B", "outflow")
    (tmp_path / "a.csv").write_text(HEAD + ring, encoding="utf-8")
    assert states(tmp_path)[1] == {"undeterminable"}


def test_one_row_of_another_age_does_not_stretch_the_node(tmp_path):
    plates, rows = written(Site())
    stray = ["N1-01,2000-01-01 00:00:00,1.00,kWh", "N1-01,1970-01-01 00:00:00,1.00,kWh"]
    result = run("balance", "evaluate", write(tmp_path / "in", plates, [*rows, *stray]), "--json")
    document = json.loads(result.stdout)
    assert document["period"][0] == "2026-01-05"
    assert document["nodes"][0]["state"] == "judged"
    assert "1 rows refused" in result.stderr  # 1970; 2000 could be a reading, but not this node's


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (
            "a.csv",
            HEAD.encode() + b"T1," + b"A" * 200_000 + b",inflow,2026-01-01 00:00,1\n",
            "longer than 131,072 characters",
        ),
        ("a.parquet", b"PAR1" + bytes(500) + b"PAR1", "not Parquet"),
        ("a.xlsx", bytes(500), "the workbook can't be read"),
        ("a.csv", bytes(5000), "it is no text"),
        ("a.csv", (",".join(f"c{at}" for at in range(30_000)) + "\n1\n").encode(), "no row of headers"),
        ("a.csv", b"", "it is empty"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)
    result = run("balance", "evaluate", tmp_path / name)
    assert result.exit_code == 2
    assert reason in result.stderr


def test_archives_neither_burst_nor_lead_out(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", HEAD + "0" * (20 << 20))
    assert "over 300 times" in run("balance", "evaluate", tmp_path / "bomb.zip").stderr
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as archive:
        archive.writestr("../../evil.csv", HEAD + hourly("A", "inflow", days=1))
    run("readings", "import", tmp_path / "out.zip", "--into", tmp_path / "deep" / "er" / "store")
    assert not list(tmp_path.rglob("evil.csv"))


def test_negative_factors_and_numbers_that_are_none_are_refused_or_empty(tmp_path):
    rows = "".join(f"T1,A,inflow,2026-01-01 {at:02d}:00,{at},-20\n" for at in range(5))
    (tmp_path / "a.csv").write_text("node,meter,role,time,register,multiplier\n" + rows, encoding="utf-8")
    found = json.loads(run("readings", "import", tmp_path / "a.csv", "--into", tmp_path / "s", "--json").stdout)
    assert (found["refused"], found["readings"]) == (5, 0)
    odd = "".join(f"T1,A,inflow,2026-01-01 {at:02d}:00,{v}\n" for at, v in enumerate(("nan", "inf", "--", "NULL", "7")))
    (tmp_path / "b.csv").write_text(HEAD + odd, encoding="utf-8")
    found = json.loads(run("readings", "import", tmp_path / "b.csv", "--into", tmp_path / "s", "--json").stdout)
    assert (found["empty"], found["readings"], found["refused"]) == (3, 1, 1)


def test_names_from_files_are_neither_markup_nor_formulas(tmp_path):
    plates, rows = written(Site(node="<script>x", errors=((2, -0.08),)))
    folder = write(tmp_path / "in", [row.replace("恒表厂", "=1+1") for row in plates], rows)
    run("balance", "evaluate", folder, "--report", tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    with zipfile.ZipFile(tmp_path / "out" / "worklist.xlsx") as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist() if name.startswith("xl/worksheets"))


def test_damage_is_refused_and_a_forged_result_is_said(tmp_path):
    folder = tmp_path / "store"
    run("readings", "import", write(tmp_path / "in", *written(Site())), "--into", folder, "--buckets", "2")
    document = json.loads(run("balance", "evaluate", folder, "--json").stdout)
    for path in folder.glob("results/*/bucket=*.json"):
        path.write_bytes(path.read_bytes().replace(b'"suspect"', b'"good"'))
    result = run("balance", "evaluate", folder, "--json")
    assert json.loads(result.stdout)["nodes"] == document["nodes"]
    assert "computed again: bucket=" in result.stderr
    for path in folder.glob("readings/**/*.parquet"):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(bytes(content))
        damaged = str(path.relative_to(folder))
    result = run("balance", "evaluate", folder, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert damaged in result.stderr
    assert "Restore from a copy" in result.stderr
