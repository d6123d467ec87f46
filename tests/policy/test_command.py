"""`hengliang policy extract`: the JSON shape that others rely on, exit codes, words on stderr."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "policy-plan.txt"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "240"}
    command = [sys.executable, "-m", "hengliang", "policy", "extract", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=environment)


def test_json_shape() -> None:
    done = run(str(EXAMPLE), "--json")
    given = json.loads(done.stdout)
    assert done.returncode == 0
    assert list(given) == ["title", "region", "clauses", "targets", "milestones", "unparsed"]
    assert set(given["clauses"][0]) == {"id", "heading", "text", "units"}
    assert set(given["clauses"][5]["units"][0]) == {"name", "role"}
    assert list(given["targets"][0]) == [
        "text", "metric", "comparator", "value", "upper", "unit", "deadline", "mode", "firmness", "clause",
    ]  # fmt: skip
    assert set(given["milestones"][0]) == {"text", "deadline"}
    assert given["targets"][0] == {
        "text": "新建社会公用计量标准40项以上",
        "metric": "社会公用计量标准",
        "comparator": ">=",
        "value": 40,
        "upper": None,
        "unit": "项",
        "deadline": "2026-12-31",
        "mode": "new",
        "firmness": "firm",
        "clause": "一/（一）",
    }


def test_full_json_has_what_lies_behind() -> None:
    given = json.loads(run(str(EXAMPLE), "--json", "--full").stdout)
    assert {"issuer", "date", "text", "refused", "repairs", "encoding"} <= set(given)
    assert "threshold" in {item["reason"] for item in given["refused"]}


def test_table_for_people() -> None:
    done = run(str(EXAMPLE))
    assert done.returncode == 0
    assert "社会公用计量标准" in done.stdout


@pytest.mark.parametrize(("content", "words"), [(b"", "empty"), (b"english text only " * 30, "not Chinese")])
def test_bad_input_ends_with_two(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    done = run(str(tmp_path / "bad.txt"), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_no_such_file(tmp_path: Path) -> None:
    done = run(str(tmp_path / "none.txt"))
    assert done.returncode == 2
    assert "No such file" in done.stderr


def test_the_table_of_indicators_by_year_reads_without_its_base_year() -> None:
    given = json.loads(run(str(EXAMPLE.with_name("policy-indicators.html")), "--json").stdout)
    told = [(one["metric"], one["value"], one["deadline"][:4], one["mode"]) for one in given["targets"]]
    assert told == [
        ("社会公用计量标准总数", 260, "2028", "stock"),
        ("社会公用计量标准总数", 300, "2030", "stock"),
        ("强制检定项目覆盖率", 95, "2028", "ratio"),
        ("强制检定项目覆盖率", 98, "2030", "ratio"),
        ("诚信计量示范单位", 700, "2028", "stock"),
        ("诚信计量示范单位", 900, "2030", "stock"),
    ]
