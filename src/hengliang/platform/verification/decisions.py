"""Statements of conformity of a calibration or a test: by the rule that the customer agreed, point by point.

Source: ISO/IEC 17025:2017, 7.8.6; JCGM 106:2012; ILAC-G8:09/2019.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hengliang.metrology.conformity import (
    Decision,
    Fail,
    Interval,
    Pass,
    guarded_acceptance,
    non_binary,
    probability_rule,
    simple_acceptance,
)
from hengliang.metrology.conformity.errors import EmptyInterval
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.words import titled
from hengliang.platform.core.rules import rules
from hengliang.platform.verification.models import AgreedDecision, Task
from hengliang.platform.verification.stated import Stated, stated_at

RULE = "verification/decision-rules"
K = 2
METHODS: Mapping[str, Callable[[float, float, Interval], Decision]] = {
    "simple_acceptance": simple_acceptance,
    "guarded_acceptance": guarded_acceptance,
    "non_binary": non_binary,
    "probability_rule": probability_rule,
}


@dataclass(frozen=True)
class DecisionRule:
    """A rule by which conformity is stated."""

    code: str
    words: Mapping[str, str]
    method: str
    clause: str
    edition: str

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return titled(self.words)

    def as_data(self) -> dict[str, Any]:
        """As a record and a certificate keep it."""
        return {"code": self.code, **self.words, "clause": self.clause, "edition": self.edition}


def decision_rules(on: date) -> dict[str, DecisionRule]:
    """The rules of a day by their codes; for a day before the first edition, those of the first."""
    norm = rules()[RULE]
    value = norm.at(max(on, norm.starts[0]))
    return {
        row["code"]: DecisionRule(
            row["code"], {"zh": row["zh"], "en": row["en"]}, row["method"], row["clause"], value.start.isoformat()
        )
        for row in value.content["rows"]
    }


def agreed_rule(task: Task) -> DecisionRule | None:
    """The rule that was agreed for a task, in the edition of that day; None where none was."""
    agreed = AgreedDecision.objects.filter(application=task.application_id or 0).first()
    return decision_rules(date.fromisoformat(agreed.edition))[agreed.rule] if agreed else None


def with_statements(item: Mapping[str, Any], stated: Stated, rule: DecisionRule, title: str) -> list[dict[str, Any]]:
    """The points of an item with limits and the statement by the rule; a point without a limit has none.

    title : what the item is called, for a refusal
    Errors: `InputRefused` for a value with a limit and without its uncertainty.
    """
    return [_stated(title, point, stated_at(stated, point["cell"]), rule) for point in item["points"]]


def _stated(title: str, point: Mapping[str, Any], u: str, rule: DecisionRule) -> dict[str, Any]:
    low, high = point["low"], point["high"]
    if low is None and high is None:
        return {**point, "verdict": None}
    if not u:
        raise InputRefused(
            "statement_needs_u", "A statement of conformity needs U of each value: enter it for “%(item)s”.", item=title
        )
    tolerance = Interval(-math.inf if low is None else float(str(low)), math.inf if high is None else float(str(high)))
    return {**point, "verdict": decide(rule, float(str(point["value"])), float(u), tolerance)}


def decide(rule: DecisionRule, value: float, expanded: float, tolerance: Interval) -> str:
    """`pass`, `fail` or `indeterminate`; an uncertainty that leaves nothing to accept decides nothing.

    expanded : U with k = 2, in the unit of the value
    """
    try:
        found = METHODS[rule.method](value, expanded / K, tolerance)
    except EmptyInterval:
        return "indeterminate"
    return "pass" if isinstance(found, Pass) else "fail" if isinstance(found, Fail) else "indeterminate"


def concluded_items(judgement: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The items about which something is stated: all of a verification, of a calibration the points by its rule."""
    if not judgement.get("decision"):
        return [item for item in judgement["items"] if item["verdict"]]
    stated = [{**item, "points": [p for p in item["points"] if p["verdict"]]} for item in judgement["items"]]
    return [item for item in stated if item["points"]]
