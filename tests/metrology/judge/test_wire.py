"""Records and judgements over the wire, and the form."""

import json
from dataclasses import replace
from typing import Any

import pytest

from hengliang.metrology.judge import (
    BadRecord,
    form_of,
    judge,
    judgement_to_json,
    problems_to_json,
    record_from_json,
)
from tests.metrology.judge.cast import ERROR, procedure, quantity

DOCUMENT = {
    "procedure": "procedure/own",
    "edition": "2020-01-01",
    "regime": "initial",
    "instrument": {"accuracy_class": "1"},
    "items": {"error": [{"reference": "50", "indicated": "50.10"}]},
}


def test_a_judgement_survives_json_without_losing_a_digit():
    judged = judge(procedure(), record_from_json(json.loads(json.dumps(DOCUMENT))))
    told = json.loads(json.dumps(judgement_to_json(judged)))
    assert told["items"][0]["points"][0] == {
        "cell": "items.error[0]",
        "part": None,
        "point": None,
        "value": "0.10",
        "rounded": "0.10",
        "low": "-0.5",
        "high": "0.5",
        "verdict": "pass",
    }
    assert (told["verdict"], told["edition"], told["draft"]) == ("pass", "2020-01-01", True)


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        ({"items": []}, "items"),
        ({"items": {"error": {}}}, "items.error"),
        ({"items": {"error": [1]}}, "items.error[0]"),
        ({"items": {"error": [{"runs": 1}]}}, "items.error[0]"),
        ({"items": {"error": [{"runs": [1]}]}}, "items.error[0].runs[0]"),
        ({"instrument": None}, "instrument"),
        ({"parts": "1"}, "parts"),
        ({"decision": "lenient"}, "decision"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_document_of_another_shape_is_refused_with_the_place(change: dict[str, Any], cell: str):
    with pytest.raises(BadRecord) as caught:
        record_from_json({**DOCUMENT, **change})
    assert caught.value.problems[0].cell == cell


def test_a_document_that_is_no_mapping_is_refused():
    with pytest.raises(BadRecord):
        record_from_json([])


def test_problems_carry_code_and_parameters_for_translation():
    with pytest.raises(BadRecord) as caught:
        judge(
            procedure(),
            record_from_json({**DOCUMENT, "items": {"error": [{"reference": "50", "indicated": "x"}]}}),
        )
    (problem,) = problems_to_json(caught.value.problems)
    assert (problem["code"], problem["params"], problem["cell"]) == (
        "not_a_number",
        {"text": "x"},
        "items.error[0].indicated",
    )
    assert problem["template"].format(**problem["params"]) in problem["message"].replace("'x'", "'x'")


def test_a_form_asks_what_the_regime_needs_and_says_what_is_possible():
    capped = replace(ERROR, cells=(replace(ERROR.cells[0], high=quantity("max")), ERROR.cells[1]))
    other = replace(ERROR, id="initially", regimes=frozenset({"initial"}))
    form = form_of(procedure(capped, other), "subsequent")
    assert [item["id"] for item in form["items"]] == ["error"]
    assert form["items"][0]["cells"][0]["low"] == "0"
    assert form["items"][0]["cells"][0]["high"] == [{"times": "1", "of": ["max"], "over": []}]
    assert form["attributes"][0]["choices"] == ["1", "2"]
    json.dumps(form)
