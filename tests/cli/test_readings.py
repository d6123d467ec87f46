"""`hengliang readings` and `hengliang balance`: one document, the exit codes, useful refusals, a report to show."""

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from hengliang.cli.main import build
from hengliang.trust import canonical
from hengliang.trust.keys import NoteKey, open_sealed

EXAMPLE = Path(__file__).parents[2] / "examples" / "readings"
METER = {"meter", "error", "u_stat", "u_gauge", "probability_beyond", "state", "reason"}


def run(*arguments, env=None):
    return CliRunner().invoke(build(), [str(one) for one in arguments], env=env)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "store"
    result = run(
        "readings", "import", EXAMPLE / "示数.csv", EXAMPLE / "档案.csv", "--into", folder, "--buckets", "2", "--json"
    )
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert (document["batch"], document["readings"], document["refused"]) == (1, 21_168, 0)
    return folder


def test_import_says_what_it_refused(tmp_path):
    (tmp_path / "a.csv").write_text(
        "node,meter,role,time,register\nT1,A,inflow,2026-01-01 00:00,1\nT1,A,inflow,noon,2\n", encoding="utf-8"
    )
    result = run("readings", "import", tmp_path / "a.csv", "--into", tmp_path / "store", "--json")
    (refused,) = json.loads(result.stdout)["refusals"]
    assert result.exit_code == 0
    assert {"file", "row", "column", "reason", "remedy"} <= set(refused)
    assert (refused["row"], refused["column"], refused["reason"]) == (3, "time", "not a time")


def test_a_file_that_is_none_exits_with_two(tmp_path):
    (tmp_path / "a.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    result = run("readings", "import", tmp_path / "a.csv", "--into", tmp_path / "store")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no column is understood as meter" in result.stderr


def test_check_gives_grade_and_every_check(store):
    result = run("readings", "check", store, "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert document["grade"] == "A"
    assert {"gap", "duplicate", "rollover", "reset", "stuck", "spike", "skew", "unit", "negative", "topology"} <= set(
        document["checks"]
    )
    assert document["checks"]["topology"]["events"] == 1  # the district without a master


def test_evaluate_has_the_shape_of_the_design(store):
    result = run("balance", "evaluate", store, "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert {"node", "state", "meters"} <= set(document["nodes"][0])
    assert all(set(meter) >= METER for node in document["nodes"] for meter in node["meters"])
    states = {meter["state"] for node in document["nodes"] for meter in node["meters"]}
    assert states == {"good", "suspect", "undeterminable"}
    assert all(isinstance(meter["reason"], str) for node in document["nodes"] for meter in node["meters"])


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--domain", "tea"), "electricity"),
        (("--interval", "7min"), "divides a day"),
        (("--interval", "15min"), "--interval 1h"),
        (("--from", "soon"), "soon"),
    ],
)
def test_bad_input_exits_with_two(store, arguments, reason):
    result = run("balance", "evaluate", store, *arguments)
    assert result.exit_code == 2
    assert reason in result.stderr


def test_a_folder_of_raw_files_becomes_a_report(tmp_path):
    result = run("balance", "evaluate", EXAMPLE, "--report", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "T001-07" in page
    assert "现场工作清单" in page
    assert "<script" not in page
    assert "http" not in page
    assert page.count("<svg") >= 4
    book = CalamineWorkbook.from_path(str(tmp_path / "out" / "worklist.xlsx"))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][:2] == ["T001", "T001-07"]
    assert len(book.get_sheet_by_index(1).to_python()) == 21


def test_the_report_in_english(store, tmp_path):
    run("balance", "evaluate", store, "--report", tmp_path, "--english")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Work list" in page
    assert 'lang="en"' in page


@pytest.fixture(scope="module")
def evidence(store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("evidence")
    env = {"HENGLIANG_KEY_PASSWORD": "long enough to be one"}
    made = run("key", "make", folder / "key", "--name", "utility.example", env=env)
    assert made.exit_code == 0, made.stderr
    result = run("balance", "evaluate", store, "--evidence", folder, "--key-file", folder / "key", env=env)
    assert result.exit_code == 0, result.stderr
    key = NoteKey("utility.example", open_sealed((folder / "key").read_bytes(), env["HENGLIANG_KEY_PASSWORD"]))
    return folder / "T001.evidence.json", str(key.verifier)


def test_a_verdict_is_computed_again_without_the_readings(evidence):
    file, key = evidence
    result = run("balance", "recompute", file, "--key", key, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["verdict"]) == (0, "valid")
    assert document["signed_by"] == ["utility.example"]
    assert {meter["meter"]: meter["state"] for meter in document["recomputed"]["meters"]}["T001-07"] == "suspect"


def test_without_a_key_nobody_is_trusted(evidence):
    result = run("balance", "recompute", evidence[0], "--json")
    assert (result.exit_code, json.loads(result.stdout)["verdict"]) == (1, "indeterminate")


@pytest.mark.parametrize(
    ("old", "new"),
    [('"state":"suspect"', '"state":"good"'), ('"limit":0.02', '"limit":0.03'), ('"node":"T001"', '"node":"T009"')],
)
def test_an_altered_statement_is_invalid(evidence, tmp_path, old, new):
    file, key = evidence
    text = file.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "x.json").write_text(text.replace(old, new, 1), encoding="utf-8")
    result = run("balance", "recompute", tmp_path / "x.json", "--key", key, "--json")
    assert (result.exit_code, json.loads(result.stdout)["verdict"]) == (1, "invalid")


def test_another_key_of_the_same_name_has_not_signed(evidence, tmp_path):
    env = {"HENGLIANG_KEY_PASSWORD": "long enough to be one"}
    run("key", "make", tmp_path / "key", "--name", "utility.example", env=env)
    other = NoteKey("utility.example", open_sealed((tmp_path / "key").read_bytes(), env["HENGLIANG_KEY_PASSWORD"]))
    result = run("balance", "recompute", evidence[0], "--key", other.verifier, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["verdict"]) == (1, "indeterminate")
    assert "none of the given keys has signed it" in document["reason"]


@pytest.mark.parametrize("place", [3, 700, -40])
@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_one_changed_character_of_the_statistics_is_a_forgery(evidence, tmp_path, place, as_json):
    file, key = evidence
    fields = json.loads(file.read_bytes())
    text = fields["statement"]["statistics"]
    at = place % len(text)
    fields["statement"]["statistics"] = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
    (tmp_path / "x.json").write_bytes(canonical.write(fields))
    result = run("balance", "recompute", tmp_path / "x.json", "--key", key, *as_json)
    assert result.exit_code == 1, result.stderr
    assert "altered after it was signed" in result.stdout
    assert "Error" not in result.stdout


def test_what_is_no_evidence_exits_with_two(tmp_path):
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    assert run("balance", "recompute", tmp_path / "x.json").exit_code == 2
