"""What a figure takes from the words and figures beside it."""

import re

from hengliang.policy.grammar.deadlines import Anchor
from hengliang.policy.grammar.drafts import Draft
from hengliang.policy.grammar.phrases import Phrase
from hengliang.policy.grammar.quantities import Quantity
from hengliang.policy.grammar.universals import Universal
from hengliang.policy.grammar.words import CHAIN, SUMMARY
from hengliang.policy.model import Mode

_JOINED = re.compile(r"[、和与及](?![^率]*的)|以及")
_NAMED_RATE = re.compile(r"(?:率|占比|比例|满意度)$")


def counted_as_before(last: Draft, quantity: Quantity, found: Phrase, before: str) -> Mode | None:
    """其中 is counted as what it is a part of; 实现A率100%、B率95%以上 says one thing of both."""
    if "其中" in before and quantity.kind in ("count", "physical"):
        same = last.unit == quantity.unit and last.mode != "standing" and not quantity.reached
        return last.mode if same else None
    rate = quantity.unit == "%" and last.unit == "%" and not (quantity.kept or quantity.reached)
    held = last.mode == "standing" and "," in before and last.due.day is not None
    return last.mode if rate and last.mode in ("ratio", "standing") and not found.verb and not held else None


def blanked(text: str, dates: list[Anchor]) -> str:
    """The text with blanks where its dates stand."""
    for anchor in dates:
        text = text[: anchor.start] + " " * (anchor.end - anchor.start) + text[anchor.end :]
    return text


def numbered(item: Universal, figures: list[Quantity]) -> bool:
    """A figure behind 全部 says more than 全部."""
    return any(item.done_start <= q.number_start < item.end for q in figures)


def verb_behind(found: Phrase) -> str:
    """分中心1个落户我市: a verb right behind the figure."""
    match = CHAIN.match(found.after) if not found.preposed or CHAIN.match(found.thing) else None
    return match.group() if match else ""


def fund_raised(quantity: Quantity, found: Phrase) -> str:
    """争取资金2亿元: before money, 争取 is the verb itself and no mere hope."""
    return "争取" if quantity.kind == "money" and "争取" in found.before else ""


def place(item: Quantity | Universal) -> int:
    """Where an item begins."""
    return item.start


def things_of(metric: str, before: str) -> list[str]:
    """加油站、菜场各建成100家 says it of each."""
    parts = [part for part in re.split("[、和与及]|以及", metric) if part]
    each = re.search(r"(?<=[一-鿿])(?:各自?|均)(?:新?建成?|新增|设立|培育|打造|达到?|不少于|至少)?$", before)
    return parts if each and len(parts) > 1 and min(map(len, parts)) > 1 else [metric]


def rates_of(metric: str) -> list[str]:
    """安装率和检定率均达到95% says it of each: two rates are two targets."""
    parts = [part for part in _JOINED.split(SUMMARY.sub("", metric)) if part]
    return parts if len(parts) > 1 and all(_NAMED_RATE.search(part) for part in parts) else [metric]
