"""Every shipped procedure, kept as JSON and made a value again, judges its worked records as before."""

import json

import pytest

from hengliang.metrology.judge import judge, judgement_to_json, record_from_json
from hengliang.norms import norms, procedure_of
from hengliang.norms.examples import Example, examples
from hengliang.norms.kept import kept_value


@pytest.mark.parametrize("example", examples(), ids=lambda one: f"{one.procedure}-{one.edition}-{one.verdict}")
def test_a_kept_rule_judges_as_the_rule_did(example: Example):
    value = next(v for v in norms[example.procedure].values if str(v.start) == example.edition)
    content = json.loads(json.dumps(value.content, default=str))
    kept = kept_value(content, json.loads(json.dumps(value.provenance(), default=str)), kind="procedure")
    record = record_from_json(example.record)
    first, again = (judgement_to_json(judge(procedure_of(one), record)) for one in (value, kept))
    assert again == first
    assert kept.content_hash == value.content_hash
