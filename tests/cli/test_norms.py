"""`hengliang norms` as it is run: tables, one JSON document, exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from hengliang.cli.norms import app
from tests.norms.folder import folder, rule


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"HENGLIANG_NORMS": "", "HENGLIANG_SOURCES": ""})


def told(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_check_lists_every_rule_and_finds_nothing_wrong():
    document = told("check")
    assert document["problems"] == []
    assert {"id", "kind", "title", "editions"} <= document["norms"][0].keys()


def test_check_leaves_with_1_and_names_file_line_and_remedy(tmp_path: Path):
    bad = folder(tmp_path / "county", own__rule=rule("scalar", "value: one"))
    result = run("check", "--overlay", str(bad))
    assert result.exit_code == 1
    assert "county/own/rule.yaml:8: values.2020-01-01.value is 'one'. Give a number." in result.stderr
    document = json.loads(run("check", "--overlay", str(bad), "--json").stdout)
    assert (document["problems"][0]["line"], document["norms"]) == (8, [])


def test_show_gives_value_and_provenance():
    document = told("show", "supervision/publication", "--on", "2026-01-01")
    assert document["content"] == {"value": 20}
    assert (document["status"], document["may_issue"], document["unit"]) == ("draft", False, "working_day")
    assert "20" in run("show", "supervision/publication", "--on", "2026-01-01").stdout


def test_show_is_for_people_and_finds_a_rule_by_a_part_of_its_name():
    wide = {"HENGLIANG_NORMS": "", "COLUMNS": "220"}
    shown = CliRunner().invoke(app, ["show", "JJG 596", "--on", "2026-01-01", "--language", "zh"], env=wide).stdout
    assert "电能表" in shown and "功率因数" in shown and "±" in shown
    assert "plus_minus" not in shown and "power_factor" not in shown
    named = ["show", "electricity", "--on", "2026-01-01", "--language", "en"]
    assert "Power factor" in CliRunner().invoke(app, named, env=wide).stdout
    assert "20" in run("show", "supervision/publication").stdout, "without a day it is that of today"


def test_a_part_that_fits_several_rules_names_them():
    result = run("show", "血压计", "--on", "2026-01-01")
    assert result.exit_code == 2
    assert "procedure/sphygmomanometer" in result.stderr and "procedure/automatic-sphygmomanometer" in result.stderr


def test_a_day_in_a_gap_between_editions_has_no_value():
    result = run("show", "procedure/fuel-dispenser", "--on", "2018-05-01")
    assert result.exit_code == 2
    assert "JJG 443-2015" in result.stderr


def test_diff_compares_two_editions():
    document = told("diff", "procedure/fuel-dispenser@2010-01-01", "procedure/fuel-dispenser@2025-01-01")
    places = {change["place"]: (change["before"], change["after"]) for change in document["changes"]}
    assert places["tables/repeatability/rows/0/brackets/0/high"] == ("0.15", "0.10")
    assert (
        "JJG 443-2006"
        in run("diff", "procedure/fuel-dispenser@2010-01-01", "procedure/fuel-dispenser@2025-01-01").stdout
    )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["show", "no/rule", "--on", "2026-01-01"], "no rule is called 'no/rule'"),
        (["show", "supervision/publication", "--on", "today"], "today is no day"),
        (["show", "supervision/publication", "--on", "2000-01-01"], "in force from 2019-02-12"),
        (["diff", "no-day", "no-day"], "names no day"),
    ],
)
def test_bad_input_leaves_with_2_and_the_reason(arguments: list[str], reason: str):
    result = run(*arguments)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert result.stdout == ""
