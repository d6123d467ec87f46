"""What stands around a quantity: verb, thing counted, whether the figure stands before or behind it."""

import re
from dataclasses import dataclass

from hengliang.policy.grammar.quantities import Quantity
from hengliang.policy.grammar.words import (
    AUXILIARY,
    CHAIN,
    FOSTER,
    HELPING,
    NEW,
    PREPOSITION,
    RATE,
    STOCK_NOUN,
    SURE_VERB,
    VERB,
)

_ONE_VERB = re.compile(VERB)
_STRONG = re.compile(rf"{NEW}|{FOSTER}")
_LEADING = re.compile(
    r"^(?:[\s、,:;的—·•●◆■]|\((?=其中|含)|\([一二三四五六七八九十\d]{1,3}\)|和(?!谐|田)|及(?![时格])|与(?!会|[^,、]{2,16}(?:共建|联合|合作|共同)))+|^以及"
)
_TRAILING = re.compile(
    r"[在较比与]\s*的?(?:基础上|水平上|同期|相比)\s*$|[\s、,:;的]+$|[和及与]$|以及$|(?<=[率度])双$|平均$|始终$|双双$|[两双三四五]个$|(?:全部|[应须需要]在|共计|合计|共|累计|总计|分别|依次|各自|各|均|都|要|应|须|需|将|(?<!认)可|一般|原则上|每年(?:均|都)?|每季度|年均|力争|争取|努力|确保|[均都]在)$"
)
_FOLLOWS = re.compile(r"(?![和及与])[一-鿿“]{2}")
_PLACE = re.compile(
    r"每个[一-鿿]{1,6}|[^率]{2,40}等?(?:重点)?(?:领域|行业|方面)|.{1,8}(?:域内|范围内|市内|省内|县内|区内|境内|辖区内|行业内|领域内|期间)|全[省市县区域]|重点|(?:对|为|给|向|在)全[省市县区域]|首批|全部|所有|第一批|其余|剩余"
)
_BATCH = re.compile(r"(?:第[一二三四五\d]+|首|每|各)(?:批|期|轮|年度|阶段)|其中每年")
_BREAK = re.compile(r"[、和及]|以及")
_NOMINAL = re.compile(r"(?:授权|检定|校准|检测|检验|培训|服务|检查|审查|应用|推广|研发|比对|孵化|转化|整治|维修)$")
_NAMED = re.compile(
    r"机构|中心|参数|站|点|实验室|平台|装置|基地|体系|网点|联盟|产业(?!链)|园|企业数|人才|队伍|团队|师|专家|服务"
)
# 市级每年推荐不少于2个项目: who acts, how often, and the verb; the thing stands behind the figure.
_TOLD = re.compile(rf"(?:每[年月]|每季度|将|应|可|须|要|至少|各)({VERB})$")
_REACHING = re.compile(rf"(?:{VERB})(?:覆盖|服务|辐射|带动|面向|惠及)[^,;]{{1,16}}的[一-鿿]")
COVERS = re.compile(r"覆盖(?:全[省市县区国域])?$")
_PURPOSE = re.compile(r"(?<=.)(?:用于|以满足|满足|服务于|促进|推动|,)")


@dataclass(frozen=True)
class Phrase:
    """One quantity in its field.

    verb : the chain of verbs that governs it, "" where there is none
    thing : what is counted, without the verb; "" where it must be carried over
    subject : the field before the number without auxiliaries, verb included
    preposed : the figure stands before the thing (新建10个委员会)
    start, end : the field's place in the sentence
    """

    verb: str
    thing: str
    subject: str
    before: str
    after: str
    preposed: bool
    start: int
    end: int


def phrase(text: str, quantity: Quantity, start: int, end: int) -> Phrase:
    """Read the field that begins at `start`; `end` is where the next field or the segment ends."""
    before, after = text[start : quantity.start], text[quantity.end : end]
    rest = strip_auxiliaries(before)
    verb, thing, agent = _verb_and_thing(rest, quantity)
    if _BATCH.fullmatch(thing):
        thing = rest = ""
    thing = "" if thing in ("有", "为", "是", "在", "一支", "一批", "一个") else thing
    begins = start + len(before) - len(_LEADING.sub("", before))
    listed = before.endswith("等")
    bare = quantity.bound == "bare" or (listed and quantity.start == quantity.number_start)
    attributive = (listed or not verb) and bare and not quantity.reached and _is_followed(after)
    attributive |= text[quantity.start : quantity.number_start].endswith("至少有") and _is_followed(after)
    attributive |= agent and bool(re.match(r"(?!的[一-鿿]{0,6}能力)的?[一-鿿]{2}", after))
    attributive |= (
        quantity.kind == "percent" and after.startswith("的") and bool(CHAIN.fullmatch(thing) or COVERS.search(before))
    )
    if thing and not attributive and not _PLACE.fullmatch(thing):
        return Phrase(verb, thing, rest, before, after, False, begins, quantity.end)
    metric = _LEADING.sub("", _PURPOSE.split(after, maxsplit=1)[0])
    metric = "" if metric.startswith("(") else _clean_end(metric)
    stop = quantity.end + after.find(metric) + len(metric) if metric else quantity.end
    return Phrase(verb, metric, rest, before, after, bool(metric), begins, stop)


def _is_followed(after: str) -> bool:
    """Whether a noun stands right behind the figure; a verb there belongs to what comes before."""
    return bool(_FOLLOWS.match(after)) and not CHAIN.match(after)


def strip_auxiliaries(text: str) -> str:
    """The text without leading adverbs, places and prepositional phrases."""
    text = _LEADING.sub("", text)
    while True:
        shorter = _LEADING.sub("", AUXILIARY.sub("", HELPING.sub("", PREPOSITION.sub("", text, count=1)), count=1))
        if shorter == text:
            return _clean_end(text)
        text = shorter


def break_between(text: str, start: int, end: int) -> int:
    """Where the thing of one preposed figure ends and the field of the next begins: the last 、 or 和."""
    breaks = list(_BREAK.finditer(text, start, end))
    return breaks[-1].start() if breaks else end


def _verb_and_thing(rest: str, quantity: Quantity) -> tuple[str, str, bool]:
    """Verb at the head, or a sure verb further on; a rate or a total keeps its verbs in its name.

    The last says that the thing stands before the verb: it is counted (标准新建20项) or it acts (院要建成20个室).
    """
    if quantity.kind == "percent" or STOCK_NOUN.search(rest):
        match = _STRONG.match(rest) if quantity.kind != "percent" else None
        return (match.group(), rest[match.end() :], False) if match else ("", rest, False)
    match = (SURE_VERB if quantity.reached else CHAIN).match(rest)
    if match and (_is_noun(rest[match.end() :]) or _is_name(match.group(), rest[match.end() :])):
        match = _ONE_VERB.match(rest)  # 归集检定数据: the second verb is part of the name
    if match and _REACHING.match(rest, match.start()):
        match = _ONE_VERB.match(rest)  # 建立覆盖全市的服务站: the second verb says which
    if match and not _is_noun(rest[match.end() :]) and not _is_name(match.group(), rest[match.end() :]):
        verb, thing = match.group(), rest[match.end() :]
        if quantity.start < quantity.number_start and _is_relative(verb, thing):
            return "", rest, False
        return verb, _clean_end(thing.lstrip("了过")), False
    last = None
    for found in SURE_VERB.finditer(rest):
        if not quantity.reached or re.match(NEW, found.group()):
            last = found
            break
    if last is None:
        told = _TOLD.search(rest) if quantity.kind == "count" and quantity.unit not in ("次", "遍") else None
        return (told.group(1), "", False) if told else ("", rest, False)
    thing = _clean_end(rest[last.end() :].lstrip("了过"))
    if thing and _is_relative(last.group(), thing):
        return "", rest, False
    before = "" if quantity.kind == "none" else _clean_end(rest[: last.start()])
    return last.group(), thing or before, not thing


def _is_noun(following: str) -> bool:
    """A verb before these is part of a name: 服务业, 检定证书, 建设项目."""
    return bool(
        re.match(
            r"业|率|班|证书|报告|清单|记录|结果|方案(?!的)|意见|费|组|人员(?!.*的)(?=.*[、为])|人员(?!.*[的、])|能力|项目库|周期|器具|数据|方|的$",
            following,
        )
    )


def _is_name(verb: str, following: str) -> bool:
    """检测机构, 培训基地, 服务平台: such a verb before such a thing is no verb."""
    return bool(_NOMINAL.search(verb) and _NAMED.match(following))


def _is_relative(verb: str, thing: str) -> bool:
    """参与活动的企业超过3万户: the verb stands in a clause before 的 and does not govern the figure."""
    head, found, noun = thing.rpartition("的")
    return bool(found and len(head) >= 2 and 0 < len(noun) <= 12) and not _STRONG.fullmatch(verb)


def _clean_end(text: str) -> str:
    while True:
        shorter = _TRAILING.sub("", text)
        if shorter == text:
            return text
        text = shorter


def is_rate(thing: str) -> bool:
    """Whether a thing is a rate by its last word."""
    return bool(RATE.search(thing))
