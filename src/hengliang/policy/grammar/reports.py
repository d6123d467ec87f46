"""Sentences that tell what was done: 共抽检428家,合格率98.4%. A plan's figures are round, those of a report are not."""

import re

from hengliang.policy.grammar.deadlines import Anchor
from hengliang.policy.grammar.quantities import Quantity
from hengliang.policy.grammar.words import ASPIRATION, RESOLVE

_AIMS = re.compile(
    r"(?<!规模)(?<!岁)以上|不少于|不低于|至少|新增|新建|[提增扩降]\S{0,2}[到至]|将|(?<!主)要(?!求)|拟|计划|预期|目标"
)
_EXACT = 3  # figures that a number needs before it may be called exact


def reports(text: str, dates: list[Anchor], figures: list[Quantity]) -> bool:
    """Whether a narrowed sentence is a report: no deadline, hope or comparator in it, and an exact bare figure."""
    if any(anchor.kind == "by" for anchor in dates) or _AIMS.search(text):
        return False
    if ASPIRATION.search(text) or RESOLVE.search(text):
        return False
    return any(_is_exact(quantity) for quantity in figures)


def _is_exact(quantity: Quantity) -> bool:
    """428家, 98.4%, 1286起; not 450家, 92.5%, 15项."""
    if quantity.bound != "bare" or quantity.number.chinese or quantity.kind not in ("count", "percent", "money"):
        return False
    if quantity.kind == "percent":
        return quantity.value * 2 != int(quantity.value * 2)
    digits = str(int(quantity.value)).rstrip("0")
    return quantity.kind == "count" and len(digits) >= _EXACT and digits[-1] != "5"
