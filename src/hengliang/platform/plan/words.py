"""Indicators in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hengliang.norms.indicators import Indicator
from hengliang.platform.plan.models import PlanTarget


def title_of(indicator: Indicator) -> str:
    """The indicator's name in the reader's language."""
    return said(indicator.title)


def definition_of(indicator: Indicator) -> str:
    """Its definition in the reader's language."""
    return said(indicator.definition)


def waits_for(indicator: Indicator) -> str:
    """What is missing while the platform has no such ledger."""
    return said(indicator.waits_for)


def partial_of(indicator: Indicator) -> str:
    """What the figure does not hold yet."""
    return said(indicator.partial)


def said(words: Mapping[str, str] | None) -> str:
    """Words of a rule in the reader's language; empty where the rule has none."""
    return "" if words is None else words["en" if (get_language() or "").startswith("en") else "zh"]


def demand_words(target: PlanTarget) -> str:
    """What a target demands, short: “at least 98 % by 2027-12-31”."""
    if target.goal is None:
        return _("a goal without a figure")
    goal = f"{target.goal.normalize():f}"
    if target.goal_upper is not None:
        goal = f"{goal}–{target.goal_upper.normalize():f}"
    sign = {">=": "≥", ">": ">", "=": "=", "<=": "≤", "range": ""}.get(target.comparator, "")
    return f"{sign} {goal} {target.unit}".strip()
