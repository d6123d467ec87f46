"""`hengliang balance lot`: plans, samples, verdicts, the report, and what is refused."""

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.test_readings import run
from tests.cli.utility import Site, write, written

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Four districts of one maker's two models, one meter in each beyond the limit."""
    folder = tmp_path_factory.mktemp("lots")
    parts = [written(Site(node=f"N{at}", meters=16, seed=10 * at)) for at in range(4)]
    raw = write(folder / "in", [row for one in parts for row in one[0]], [row for one in parts for row in one[1]])
    made = run("readings", "import", raw, "--into", folder / "store", "--buckets", "2")
    assert made.exit_code == 0, made.stderr
    return folder / "store"


def lots(store, *arguments):
    result = run("balance", "lot", store, *arguments, "--json")
    return result, (json.loads(result.stdout) if result.stdout else None)


def sample(folder, rows, head="表号,误差(%)"):
    path = folder / "抽检.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="gb18030")
    return path


def test_batches_stand_in_the_evaluation_with_intervals(store):
    document = json.loads(run("balance", "evaluate", store, "--json").stdout)
    first, second = document["batches"]
    assert (first["batch"]["model"], second["batch"]["model"]) == ("M0", "M1")
    assert (first["meters"], first["nodes"]) == (32, 4)
    for batch in (first, second):
        for name, value in (("mean", batch["mean"]), ("spread", batch["spread"])):
            low, high = batch[f"{name}_interval"]
            assert low < value < high
    # Of the first model one meter in eight counts 8 % too little, of the second none.
    assert first["fraction_interval"][0] < 4 / 32 < first["fraction_interval"][1]
    assert second["fraction_beyond"] < 0.01
    assert first["state"] != "good"


def test_plans_without_a_sample(store):
    result, document = lots(store, "--rule", "electricity-de", "--size", "恒表厂/M1/2019=9000")
    assert result.exit_code == 0, result.stderr
    first, second = document["lots"]
    assert (first["lot"], second["lot"]) == (32, 9000)
    assert second["fused"]["n"] < second["plain"]["n"]
    assert second["verdict"] is None
    assert document["extension"]["months"] == 60
    assert [rule["status"] for rule in document["extension"]["rules"]] == ["draft"] * 3


def test_a_rule_that_does_not_say_its_share_tells_what_stands_in(store):
    _, document = lots(store, "--rule", "electricity-shandong")
    assert document["extension"]["stand_ins"] == ["inservice/lot-criterion", "ISO 2859-2"]


def test_a_sample_clears_one_lot_and_rejects_the_other(store, tmp_path):
    """All meters of both models tested: four of the first are beyond 2 %, none of the second."""
    rows = []
    for node in range(4):
        rows += [f"N{node}-{at:02d},{-8.1 if at == 2 else 0.1 * (at % 5) - 0.2:.2f}" for at in range(16)]
    result, document = lots(store, "--sample", sample(tmp_path, rows))
    assert result.exit_code == 1
    assert [lot["verdict"]["state"] for lot in document["lots"]] == ["reject", "accept"]
    assert document["lots"][0]["sample"] == {"n": 32, "beyond": 4}
    assert document["lots"][1]["variables"]["state"] == "accept"


def test_conclusions_do_as_well_and_a_small_sample_clears_nothing(store, tmp_path):
    rows = [f"N0-{at:02d},合格" for at in (1, 3)]
    result, document = lots(store, "--sample", sample(tmp_path, rows, "表号,结论"))
    assert result.exit_code == 1
    assert document["lots"][1]["verdict"]["reason"]["code"] == "lot_sample_small"


@pytest.mark.parametrize(
    ("rows", "head", "reason"),
    [
        (["N0-01,nought"], "表号,误差", "row 2: the error nought is no number"),
        (["N9-01,0.1"], "表号,误差", "N9-01 of the sample is not in the store"),
        (["N0-01,0.1", "N0-01,0.2"], "表号,误差", "more than once"),
        (["N0-01,x"], "表号,结论", "row 2 needs"),
        (["N0-01,300"], "表号,误差", "row 2 needs"),
        (["1,2"], "a,b", "needs the columns"),
    ],
)
def test_a_sample_that_is_none_is_refused(store, tmp_path, rows, head, reason):
    result, _ = lots(store, "--sample", sample(tmp_path, rows, head))
    assert result.exit_code == 2
    assert reason in result.stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--rule", "tea"), "electricity-shanghai"),
        (("--size", "恒表厂/M1/2019=3"), "has 32 meters"),
        (("--size", "many"), "write maker/model/year"),
    ],
)
def test_a_question_without_sense_is_refused(store, arguments, reason):
    result, _ = lots(store, *arguments)
    assert result.exit_code == 2
    assert reason in result.stderr


def test_the_report_shows_batches_and_lots(store, tmp_path):
    assert run("balance", "lot", store, "--report", tmp_path).exit_code == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for text in ("批的抽样检定", "抽检特性曲线", "95 % 区间", "草案"):
        assert text in page
    book = CalamineWorkbook.from_path(str(tmp_path / "worklist.xlsx"))
    assert len(book.sheet_names) == 4
    assert len(book.get_sheet_by_index(2).to_python()) == 3


def test_the_table_and_the_characteristics_are_for_people(store):
    result = run("balance", "lot", store, "--characteristics")
    assert result.exit_code == 0
    assert "draft rule" in result.stdout
    assert "P(accept)" in result.stdout


def test_the_lots_of_the_shipped_example_are_smaller_than_any_plan():
    result = run("balance", "lot", EXAMPLES / "readings", "--json")
    assert result.exit_code == 0, result.stderr
    assert [lot["lot"] for lot in json.loads(result.stdout)["lots"]] == [10, 10]
