"""`hengliang comparison evaluate`: one document, the exit codes, and useful refusals."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hengliang.cli.main import build

EXAMPLES = Path(__file__).parents[2] / "examples"
KEYS = {
    "reference_value", "u", "unit", "method", "release", "published", "agrees",
    "degrees_of_equivalence", "notes",
}  # fmt: skip


def run(*arguments):
    return CliRunner().invoke(build(), ["comparison", "evaluate", *map(str, arguments)])


@pytest.mark.parametrize("name", ["comparison.yaml", "key_comparison.xml"])
def test_examples_give_one_document(name):
    result = run(EXAMPLES / name, "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert set(document) == KEYS
    assert all(set(d) == {"laboratory", "value", "U"} for d in document["degrees_of_equivalence"])


def test_a_round_is_corrected_for_drift_and_correlation():
    document = json.loads(run(EXAMPLES / "comparison.yaml", "--json").stdout)
    assert (document["release"], document["published"], document["agrees"]) == (None, None, None)
    assert document["reference_value"] == pytest.approx(4.256, abs=5e-4)
    assert any("drift" in n for n in document["notes"])


def test_a_release_is_chosen_by_id_or_doi():
    by_year = json.loads(run(EXAMPLES / "key_comparison.xml", "--release", "2010", "--json").stdout)
    by_doi = run(EXAMPLES / "key_comparison.xml", "--release", "10.0000/example.2010", "--json").stdout
    assert by_year == json.loads(by_doi)
    assert by_year["method"] == "mean"


def test_a_printed_value_that_does_not_come_out_exits_with_one(tmp_path):
    text = (EXAMPLES / "key_comparison.xml").read_text().replace(">101.0<", ">103.0<")
    (tmp_path / "x.xml").write_text(text)
    result = run(tmp_path / "x.xml", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["notes"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("value: 4.12, u", "value: abc, u"), "must be a number"),
        (("u: 0.11", "u: 0.11, U: 1"), "either u"),
        (("method: weighted_mean", "method: guess"), "choose one of"),
        (("unit:", "units:"), "there is no key units"),
        (("between: [Pilot, East]", "between: [Pilot, Mars]"), "must name two"),
        (("u: 0.15", "u: -1"), "positive standard uncertainty"),
    ],
)
def test_bad_input_exits_with_two_and_the_reason(tmp_path, change, reason):
    text = (EXAMPLES / "comparison.yaml").read_text()
    assert change[0] in text
    (tmp_path / "x.yaml").write_text(text.replace(*change, 1))
    result = run(tmp_path / "x.yaml", "--json")
    assert result.exit_code == 2
    assert reason in result.stderr
    assert result.stdout == ""


def test_an_unknown_release_names_those_there_are():
    result = run(EXAMPLES / "key_comparison.xml", "--release", "1999")
    assert result.exit_code == 2
    assert "2010, 2020" in result.stderr


def test_a_missing_file():
    assert run("nowhere.yaml").exit_code == 2
