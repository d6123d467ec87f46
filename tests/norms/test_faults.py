"""Every fault of a file is told with file, line and remedy."""

from pathlib import Path

import pytest

from tests.norms.folder import faults, folder, rule

SCALAR = rule("scalar", "value: 1")
BRACKETS = """
over: x
over_unit: "1"
brackets:
  - {{from: 0, to: 10, value: 1}}
  - {{from: {0}, to: {1}, value: 2}}
"""


def only(path: Path, text: str) -> tuple[str, int, str, str]:
    """Code, line, message and remedy of the one fault in a file."""
    found = faults(folder(path, own__rule=text))
    assert [problem.file for problem in found] == ["shipped/own/rule.yaml"] * len(found)
    assert len(found) == 1, found
    return found[0].code, found[0].line, found[0].message, found[0].remedy


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("value: 1", "value: 1\n    value: 2", "duplicate_key", 9),
        ("value: 1", "value: 1\n    colour: red", "unknown_key", 9),
        ("    value: 1\n", "", "missing_key", 6),
        ("value: 1", "value: one", "bad_value", 8),
        ("kind: scalar", "kind: number", "bad_value", 3),
        ("status: draft", "status: fine", "bad_value", 4),
        ("title: {zh: 规则, en: rule}", "title: {zh: 规则}", "missing_key", 2),
        ("2020-01-01:", "2020-13-01:", "bad_key", 6),
        ("2020-01-01:", "someday:", "bad_key", 6),
        ("id: own/rule", "id: own/other", "id_path", 1),
        ("status: draft", "status: draft\nunit: furlong", "unknown_unit", 5),
        ("basis: recalled", "basis: guessed", "bad_value", 7),
        ("value: 1", "value: *other", "not_yaml", 8),
        ("value: 1", "value: [1", "not_yaml", 9),
        ("status: draft", "status: checked\nchecked: {by: A, on: 2020-02-01, against: D}", "no_quote", 8),
        ("quote: null, basis: recalled}", "quote: q, basis: read}\n    status: checked", "names", 6),
    ],
)
def test_a_fault_in_the_head_or_a_value(tmp_path: Path, old: str, new: str, code: str, line: int):
    assert SCALAR.count(old) == 1
    found = faults(folder(tmp_path, own__rule=SCALAR.replace(old, new)))
    assert (code, line) in [(problem.code, problem.line) for problem in found]
    assert all(problem.remedy and str(problem).startswith("shipped/own/rule.yaml:") for problem in found)


def test_a_gap_between_brackets(tmp_path: Path):
    code, line, message, remedy = only(tmp_path, rule("bracket_table", BRACKETS.format(11, 20)))
    assert (code, line) == ("bracket_gap", 12)
    assert "between 10 and 11" in message
    assert "start where the one before it ends" in remedy


def test_brackets_that_overlap(tmp_path: Path):
    assert only(tmp_path, rule("bracket_table", BRACKETS.format(9, 20)))[:2] == ("bracket_overlap", 12)
    assert only(tmp_path, rule("bracket_table", BRACKETS.format("null", 20)))[:2] == ("bracket_overlap", 12)


def test_a_bracket_turned_round(tmp_path: Path):
    assert only(tmp_path, rule("bracket_table", BRACKETS.format(10, 5)))[:2] == ("bracket_empty", 12)


def test_days_out_of_order(tmp_path: Path):
    text = SCALAR + SCALAR.split("values:\n")[1].replace("2020-01-01", "2019-01-01")
    code, line, message, _ = only(tmp_path, text)
    assert (code, line, message) == ("days_order", 9, "2019-01-01 stands after 2020-01-01")


def test_an_alias_is_refused_before_it_can_grow(tmp_path: Path):
    text = SCALAR.replace("title: {zh: 规则, en: rule}", "title: &t {zh: 规则, en: rule}\nnote: *t")
    assert "alias" in [problem.code for problem in faults(folder(tmp_path, own__rule=text))]


def test_a_file_that_is_not_utf8(tmp_path: Path):
    made = folder(tmp_path)
    (made / "own" / "rule.yaml").write_bytes("id: 规则".encode("gb18030"))
    assert [problem.code for problem in faults(made)] == ["not_utf8"]


def test_a_shipped_value_can_not_be_approved(tmp_path: Path):
    head = "approved: {by: [A, B], on: 2020-02-01, against: D}\n"
    text = rule("scalar", "value: 1", head=head).replace("draft", "approved").replace("quote: null", "quote: q")
    assert only(tmp_path, text)[0] == "shipped_approved"


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path):
    bad = SCALAR.replace("value: 1", "value: one")
    found = faults(folder(tmp_path, own__rule=bad, own__other=bad))
    assert len(found) == 3  # the second file also lies elsewhere than its id says


def test_csv_rows_are_held_against_their_columns(tmp_path: Path):
    text = rule("coefficients", 'columns: {factor: "1"}\ncsv: factors.csv')
    made = folder(tmp_path, own__rule=text)
    assert [problem.code for problem in faults(made)] == ["no_csv"]
    (made / "own" / "factors.csv").write_text("code,factor\na,1.5\nb,many\nc\n", encoding="utf-8")
    assert [(problem.file, problem.line, problem.code) for problem in faults(made)] == [
        ("shipped/own/factors.csv", 4, "ragged_row"),
        ("shipped/own/factors.csv", 3, "not_a_number"),
    ]


def test_a_csv_outside_the_folder_is_refused(tmp_path: Path):
    text = rule("coefficients", 'columns: {factor: "1"}\ncsv: ../secret.csv')
    assert {problem.code for problem in faults(folder(tmp_path, own__rule=text))} == {"no_csv", "bad_value"}


def test_an_edition_can_amend_only_what_is_there(tmp_path: Path):
    text = rule("procedure", "amends: {norm: own/other, start: 2019-01-01}")
    assert only(tmp_path, text)[0] == "bad_amends"
    ring = rule("procedure", "amends: {norm: own/rule, start: 2020-01-01}")
    assert only(tmp_path, ring)[0] == "bad_amends"
