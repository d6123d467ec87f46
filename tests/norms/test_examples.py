"""Every worked record that ships must get the verdict that was derived for it by hand."""

from datetime import date

import pytest

from hengliang.metrology.judge import judge, record_from_json
from hengliang.norms import norms, procedure_of
from hengliang.norms.examples import Example, examples

ALL = examples()


@pytest.mark.parametrize("example", ALL, ids=lambda e: f"{e.procedure}@{e.edition}: {e.name}")
def test_worked_record_gets_its_verdict(example: Example):
    value = norms[example.procedure].at(date.fromisoformat(example.edition))
    judged = judge(procedure_of(value), record_from_json(example.record))
    failing = tuple(item.item for item in judged.items if item.verdict == "fail")
    assert (judged.verdict, failing) == (example.verdict, example.failing)
    assert judged.accuracy_class == example.accuracy_class
    assert (judged.edition, judged.content_hash) == (example.edition, value.content_hash)
    assert judged.draft


def test_every_procedure_has_a_record_that_passes_and_one_that_fails():
    verdicts = {(example.procedure, example.verdict) for example in ALL}
    wanted = {(norm.id, verdict) for norm in norms.of_kind("procedure") for verdict in ("pass", "fail")}
    assert wanted <= verdicts


def test_every_example_tells_its_origin():
    assert all(len(example.origin) > 10 for example in ALL)
