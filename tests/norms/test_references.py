"""Names in a procedure that stand for nothing are told."""

from pathlib import Path

import pytest

from hengliang.norms.references import check_procedure
from tests.norms.folder import folder, loaded, rule

PROCEDURE = """
instruments: [X]
class_by: grade
attributes:
  - {id: grade, title: {zh: 级, en: grade}, choices: ["1", "2"]}
  - {id: max, title: {zh: 大, en: max}}
tables:
  - id: mpe
    unit: "1"
    rows:
      - {when: {grade: "1"}, brackets: [{plus_minus: 1}]}
      - {when: {grade: "2"}, brackets: [{plus_minus: max}]}
items:
  - id: error
    title: {zh: 误差, en: error}
    formula: difference
    limit: mpe
    rounding: {by: grade, steps: {"1": 0.1, "2": 0.2}}
    cells:
      - {id: indicated, title: {zh: 示, en: shown}, high: max}
      - {id: reference, title: {zh: 真, en: reference}}
"""


def test_a_procedure_that_hangs_together(tmp_path: Path):
    made = folder(tmp_path, own__rule=rule("procedure", PROCEDURE))
    assert check_procedure(loaded(made)["own/rule"].values[0]) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("class_by: grade", "class_by: rank", "rank is no name"),
        ("limit: mpe", "limit: mpf", "mpf is no name"),
        ('when: {grade: "2"}', 'when: {grade: "3"}', "a condition asks that grade be 3"),
        ('when: {grade: "2"}', 'when: {rank: "2"}', "a condition asks for rank"),
        ("plus_minus: max", "plus_minus: min", "tables mpe: min is neither a number nor a quantity"),
        ("high: max", "high: top", "top is neither a number"),
        ('"2": 0.2}', '"3": 0.2}', "rounding has steps for 1, 3"),
        ("id: indicated", "id: shown", "the formula difference needs indicated"),
        ("limit: mpe", "limit: mpe\n    arguments: {left: max}", "no argument left"),
        ("limit: mpe", "limit: mpe\n    combine: mean", "mean combines runs"),
        ("limit: mpe", "limit: mpe\n    readings: other", "other is no name"),
        ("limit: mpe", "limit: mpe\n    regimes: [yearly]", "regime yearly is none"),
        ("instruments: [X]", "regimes: [yearly]\ninstruments: [X]", "regimes: regime yearly is none"),
        ("instruments: [X]\n", "", "lacks instruments"),
    ],
)
def test_a_name_that_stands_for_nothing(tmp_path: Path, old: str, new: str, said: str):
    assert PROCEDURE.count(old) == 1
    made = folder(tmp_path, own__rule=rule("procedure", PROCEDURE.replace(old, new)))
    problems = check_procedure(loaded(made)["own/rule"].values[0])
    assert any(said in problem.message for problem in problems), problems
    assert {(problem.file, problem.line) for problem in problems} == {("shipped/own/rule.yaml", 6)}


def test_one_slip_is_one_fault_with_its_own_remedy(tmp_path: Path):
    twice = PROCEDURE.replace(
        "items:",
        "items:\n  - {id: spread, title: {zh: 散, en: spread}, readings: error, formula: difference, limit: mpe}",
    )
    made = folder(tmp_path, own__rule=rule("procedure", twice.replace("plus_minus: max", "plus_minus: abc")))
    (problem,) = check_procedure(loaded(made)["own/rule"].values[0])
    assert (problem.code, problem.params["name"]) == ("no_quantity", "abc")
    assert problem.remedy.startswith("Write a number, or a quantity of this procedure: max")
