"""Which particulars go with which item of the catalogue: at the bounds as written, and never where nothing is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hengliang.norms import norms
from hengliang.norms.examples import examples
from hengliang.norms.references import check_procedure
from hengliang.norms.suits import misfits
from tests.norms.folder import folder, loaded

WATER = norms["procedure/cold-water-meter"].values[-1]
METER = norms["procedure/electricity-meter"].values[-1]
TRIAL = """id: own/trial
title: {zh: 试, en: Trial}
kind: procedure
status: draft
values:
  2020-01-01:
    source: {document: X, clause: "1", quote: null, basis: recalled}
    instruments: [WATER-L]
    attributes:
      - {id: q3, title: {zh: 流量, en: Flow}}
    suits:
      - {instruments: [WATER-X], attribute: q3, high: 16}
      - {instruments: [WATER-L], attribute: q9, high: 16}
      - {instruments: [WATER-L], attribute: q3}
    items:
      - {id: look, title: {zh: 外观, en: Look}, formula: check}
"""


@pytest.mark.parametrize(
    ("codes", "q3", "fits"),
    [
        (["WATER-L"], "2.5", False),
        (["WATER-L"], "16", False),
        (["WATER-L"], "16.001", True),
        (["WATER-S25", "WATER"], "16", True),
        (["WATER-S25", "WATER"], "16.001", False),
        (["WATER-HOT"], "2.5", True),
    ],
)
def test_a_flow_is_held_against_the_item(codes, q3, fits):
    assert (misfits(WATER, codes, {"q3": q3}) == []) == fits


def test_a_class_is_held_against_the_item():
    [problem] = misfits(METER, ["ELEC-02S", "ELEC"], {"accuracy_class": {"value": "1", "unit": "1"}})
    assert (problem.cell, problem.code) == ("instrument.accuracy_class", "not_of_item")
    assert "1 does not go with the item ELEC-02S, which takes 0.2S, 0.5S" in problem.message
    assert misfits(METER, ["ELEC-1"], {"accuracy_class": "1"}) == []


@given(some.text(some.characters(categories=["L", "P", "Zs"]), max_size=6))
def test_what_is_no_number_or_no_choice_contradicts_nothing(text):
    assert misfits(WATER, ["WATER-L"], {"q3": text}) == []
    assert misfits(METER, ["ELEC-1"], {"accuracy_class": text}) == []


def test_every_item_of_a_rule_has_a_worked_example_that_goes_with_it():
    held = [norm.values[-1] for norm in norms.of_kind("procedure") if norm.values[-1].content.get("suits")]
    assert len(held) >= 2
    for value in held:
        given = [one.record["instrument"] for one in examples() if one.procedure == value.norm]
        for code in value.content["instruments"]:
            assert any(not misfits(value, [code], one) for one in given), code


def test_an_entry_that_names_what_is_not_there_is_a_fault(tmp_path):
    found = check_procedure(loaded(folder(tmp_path, own__trial=TRIAL))["own/trial"].values[0])
    assert {(problem.code, problem.params["name"]) for problem in found} == {
        ("unknown_name", "WATER-X"), ("unknown_name", "q9"), ("no_bounds", "q3"),
    }  # fmt: skip
