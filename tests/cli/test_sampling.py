"""`hengliang sampling plan` and `hengliang prepackage judge`."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hengliang.cli.main import build

EXAMPLE = Path(__file__).parents[2] / "examples" / "prepackage.yaml"


def run(*arguments):
    return CliRunner().invoke(build(), list(map(str, arguments)))


def test_a_plan_names_rule_and_status():
    document = json.loads(run("sampling", "plan", "--lot", 1000, "--aql", 1.0, "--json").stdout)
    assert document["stages"] == [{"n": 80, "ac": 2, "re": 3}]
    assert (document["status"], document["code_letter"]) == ("draft", "J")
    assert document["provenance"][0]["norm"] == "sampling/iso-2859-1-letters"


def test_a_limiting_quality_plan_is_computed():
    document = json.loads(run("sampling", "plan", "--lot", 500, "--lq", 5, "--ac", 1, "--json").stdout)
    assert document["stages"] == [{"n": 73, "ac": 1, "re": 2}]
    assert document["accept_at_limit"] <= 0.1


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--lot", 100], "either --aql"),
        (["--lot", 100, "--aql", 1.1], "no AQL"),
        (["--lot", 100, "--aql", 1, "--level", "IV"], "inspection level"),
        (["--lot", 100, "--aql", 1, "--kind", "triple"], "kind"),
        (["--lot", 1, "--aql", 1], "every item"),
    ],
)
def test_wrong_questions_exit_with_two(arguments, reason):
    result = run("sampling", "plan", *arguments, "--json")
    assert result.exit_code == 2
    assert reason in result.stderr


def test_the_example_lot_passes_and_a_short_one_fails(tmp_path):
    good = run("prepackage", "judge", EXAMPLE, "--json")
    assert (good.exit_code, json.loads(good.stdout)["verdict"]) == (0, "pass")
    (tmp_path / "x.yaml").write_text(EXAMPLE.read_text().replace("tare: 11.2", "tare: 14"))
    bad = run("prepackage", "judge", tmp_path / "x.yaml", "--json")
    assert (bad.exit_code, json.loads(bad.stdout)["mean_passes"]) == (1, False)


def test_people_read_the_verdict_in_words_and_a_missing_file_in_a_sentence(tmp_path):
    said = run("prepackage", "judge", EXAMPLE).stdout
    assert "501.2 g; at least 499.041 g" in said and "True" not in said
    missing, folder = run("prepackage", "judge", tmp_path / "x.yaml"), run("prepackage", "judge", tmp_path)
    assert (missing.exit_code, folder.exit_code) == (2, 2)
    assert "is not there; check the path" in missing.stderr and "is a folder; give a file" in folder.stderr


def test_an_edition_that_is_not_here_is_said(tmp_path):
    (tmp_path / "x.yaml").write_text(EXAMPLE.read_text().replace("2024-03-01", "2025-03-01"))
    notes = json.loads(run("prepackage", "judge", tmp_path / "x.yaml", "--json").stdout)["notes"]
    assert "JJF 1070-2023" in notes[0]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("unit: g ", "unit: stone ", "choose one of"),
        ("lot: 40", "lot: many", "must be a number"),
        ("512.4, ", "", "needs 10 packages"),
        ("nominal:", "nominel:", "unknown key"),
        ("inspected_on: 2024-03-01", "inspected_on: soon", "YYYY-MM-DD"),
        ("tare: 11.2", "tare: [1, 2]", "one for each"),
    ],
)
def test_bad_files_exit_with_two(tmp_path, old, new, reason):
    text = EXAMPLE.read_text()
    assert old in text
    (tmp_path / "x.yaml").write_text(text.replace(old, new, 1))
    result = run("prepackage", "judge", tmp_path / "x.yaml", "--json")
    assert result.exit_code == 2
    assert reason in result.stderr
