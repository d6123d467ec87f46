"""The judge of the field gives the verdicts of the platform's judge, for every worked example that ships."""

import json
from datetime import date
from typing import Any

import pytest
from django.conf import settings

from hengliang.metrology.judge import judge, judgement_to_json, record_from_json
from hengliang.norms import norms, procedure_of
from hengliang.norms.examples import examples
from hengliang.platform.verification.rounds.outline import outline_of

pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, available_apps=settings.INSTALLED_APPS),
]
JUDGE = """
async (told) => {
  const { judge } = await import("/static/verification/round-judge.js");
  return told.map(([rule, record]) => judge(rule, record));
}
"""


def cases() -> list[tuple[str, Any, Any, Any]]:
    """Name, outline, record and judgement of each example without a stated uncertainty, which no device takes."""
    found = []
    for one in examples():
        record = json.loads(json.dumps(dict(one.record), default=str))
        if record.get("uncertainty") or record.get("decision", "simple") != "simple" or "accepted_class" in record:
            continue
        procedure = procedure_of(norms[one.procedure].at(date.fromisoformat(one.edition)))
        judged = judgement_to_json(judge(procedure, record_from_json(record)))
        name = f"{one.procedure} {one.edition} {one.verdict}"
        found.append((name, outline_of(procedure, record["regime"]), record, judged))
    return found


def test_the_field_judges_as_the_platform_does(reader):
    page, told = reader(), cases()
    assert len(told) > 40
    page.goto("/accounts/login/")
    answers = page.evaluate(JUDGE, [[rule, record] for _name, rule, record, _judged in told])
    differ = []
    for (name, _rule, _record, judged), answer in zip(told, answers, strict=True):
        if answer["verdict"] != judged["verdict"]:
            differ.append(f"{name}: {answer['verdict']}, not {judged['verdict']}")
        for item in judged["items"]:
            said = answer["items"].get(item["item"], {"verdict": "not_applicable"})["verdict"]
            if said != item["verdict"]:
                differ.append(f"{name} {item['item']}: {said}, not {item['verdict']}")
    assert differ == []
