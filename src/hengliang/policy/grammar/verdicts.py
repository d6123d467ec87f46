"""Is a quantity that no rule refused a target, or must it be listed as not understood?"""

import re

from hengliang.policy.grammar.phrases import COVERS, Phrase, is_rate
from hengliang.policy.grammar.quantities import Quantity
from hengliang.policy.grammar.words import ACTION, COURSES, GROWS, INDEX, LASTS, LEADS, LESS, RATED, STOCK_NOUN

TARGET = "target"
_COVERED = re.compile(r"覆盖[一-鿿]{2}")  # 覆盖二级以上医疗机构100%


def verdict(quantity: Quantity, phrase: Phrase, verb: str, *, dated: bool, goals: bool, wished: bool) -> str:
    """`target`, or the reason for the list; a reason that begins with "no aim" belongs to the refused."""
    aimed = dated or bool(verb) or quantity.reached or quantity.kept
    about = quantity.bound == "about" or (
        quantity.bound == "around" and (quantity.kept or not (dated or verb or wished or _rises(quantity, phrase)))
    )
    if quantity.bound == "at_most" or about:
        reason = "upper bound" if quantity.bound == "at_most" else "approximate figure"
        return reason if aimed or is_rate(phrase.subject) or LESS.search(phrase.subject) else f"no aim: {reason}"
    if not phrase.thing and not phrase.subject:
        return "no thing that is counted" if aimed or quantity.bound != "bare" else "no aim: bare figure"
    return _by_kind(quantity, phrase, verb, dated=dated or wished, goals=goals)


def _rises(quantity: Quantity, phrase: Phrase) -> bool:
    """提高到93%左右, 年均增长7.5%左右: the verb of reaching makes an aim of it."""
    return quantity.reached or bool(GROWS.search(phrase.subject))


def _by_kind(quantity: Quantity, phrase: Phrase, verb: str, *, dated: bool, goals: bool) -> str:
    compared = quantity.bound in ("at_least", "above", "range")
    if quantity.kind == "score":
        return TARGET if RATED.search(phrase.subject) else "no aim: score"
    if quantity.kind == "percent":
        return _percent(quantity, phrase, compared=compared, dated=dated, goals=goals)
    if quantity.kind == "none":
        if (is_rate(phrase.subject) or INDEX.search(phrase.subject)) and (quantity.reached or compared):
            return TARGET
        return "figure without a unit" if quantity.reached or compared else "no aim: bare figure"
    if quantity.kind == "times" or (quantity.unit in ("个百分点", "倍") and is_rate(phrase.subject)):
        return TARGET
    if quantity.kind in ("money", "physical"):
        amount = bool(STOCK_NOUN.search(phrase.subject)) or quantity.reached or quantity.kept
        return TARGET if amount or verb or (compared and (dated or goals)) else "amount without a verb of aim"
    if quantity.kind == "time":
        longer = LASTS.search(phrase.subject) or quantity.unit in COURSES
        return TARGET if (quantity.reached or compared) and longer else "duration to be shortened"
    if verb or quantity.reached or quantity.kept or STOCK_NOUN.search(phrase.subject):
        return TARGET
    if phrase.preposed and (LEADS.search(phrase.before) or (ACTION.search(phrase.thing) and (compared or dated))):
        return TARGET if compared or ACTION.search(phrase.thing) or dated or goals else "no aim: bare figure"
    if dated or goals:
        return TARGET if phrase.subject or phrase.thing or compared else "no thing that is counted"
    return "comparator without an aim" if compared else "no aim: bare figure"


def _percent(quantity: Quantity, phrase: Phrase, *, compared: bool, dated: bool, goals: bool) -> str:
    if quantity.unit == "%" and phrase.preposed:
        does = ACTION.search(phrase.thing) or COVERS.search(phrase.before)
        return TARGET if (does or goals) and (compared or dated) else "no aim: share of something"
    if is_rate(phrase.subject) or quantity.reached or quantity.kept or _COVERED.match(phrase.subject):
        return TARGET
    if (compared or dated) and (COVERS.search(phrase.before) or phrase.subject.startswith("完成")):
        return TARGET  # 检定能力覆盖80%以上重点单位, 完成存量证书数字化80%
    if compared and ("其中" in phrase.before or phrase.before.rstrip().endswith("的")):
        return TARGET  # 其中通过认可的不少于三分之一
    return "ratio of an unknown kind" if compared or dated else "no aim: bare figure"
