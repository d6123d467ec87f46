"""What a target is called: its own words, those of the figure before, or those of the segment before."""

import re
from dataclasses import replace

from hengliang.policy.grammar.carried import Carried
from hengliang.policy.grammar.drafts import Draft
from hengliang.policy.grammar.phrases import Phrase
from hengliang.policy.grammar.sentences import Segment
from hengliang.policy.grammar.words import CHAIN

_STUB = re.compile(
    r"(?:[A-Z一二三]级)?(?:其?中?)(?:总数|总量|占比|比例|比重|数量|总计|总规模|增长|增速|增幅|增长率|下降|降幅|提高|提升)$"
)
_GENERIC = re.compile(r"项目|任务|工作|工程|活动")
_LEVEL = re.compile(r"(?:国家|省|市|县|区|乡镇|省部|设区市|国际)级")
_LEVEL_BEFORE = re.compile(r"^(?:(?:国家|省|市|县|区|乡镇|省部|国际)级、?)+(?:及?以上)?")


def metric_of(found: Phrase, carried: Carried) -> str:
    """The name that a figure's own field gives, completed from the figure before; "" where both are silent."""
    thing, last = re.sub(r"\s+", "", found.thing).removesuffix("为"), carried.thing
    if not thing:
        return last
    if last and _LEVEL.fullmatch(thing):
        return thing + _LEVEL_BEFORE.sub("", last)
    if _GENERIC.fullmatch(thing) and found.verb and not found.preposed:
        return found.verb + thing
    if last and "其中" in found.before:
        return f"{last}({thing})"
    return f"{last}{thing}" if last and _STUB.fullmatch(thing) else thing


def named_before(segment: Segment, verb: str, carried: Carried) -> str:
    """开展能源计量审查,2025年审查40家: the segment before names the thing, once."""
    before = carried.before(segment)
    chain = CHAIN.match(before)
    thing = before[chain.end() :] if chain and len(before) - chain.end() > 1 else before
    return thing if thing.endswith(verb) else f"{thing}{verb}"


def name_handed_on(found: Phrase, metric: str, carried: Carried) -> str:
    """What the next figure may be called by: not a part (其中), not a mere level (省级)."""
    name = "" if "其中" in found.before else _STUB.sub("", found.thing or metric)
    return carried.thing if _LEVEL.fullmatch(name) and carried.thing else name or carried.thing


def name_levels(targets: list[Draft]) -> None:
    """1个国家级、3个省级、10个市级基地, 新建5个、改造10个检验室: the last one names what the others are."""
    for index in range(len(targets) - 2, -1, -1):
        noun = _LEVEL_BEFORE.sub("", targets[index + 1].metric)
        if _LEVEL.fullmatch(targets[index].metric) and noun != targets[index + 1].metric:
            targets[index] = replace(targets[index], metric=targets[index].metric + noun)
        elif _only_verb(targets[index]) and targets[index].unit == targets[index + 1].unit:
            targets[index] = replace(targets[index], metric=noun)


def _only_verb(target: Draft) -> bool:
    return bool(target.verb) and target.metric == target.verb
