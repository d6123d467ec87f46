"""One figure in its field: what it counts, taken from its own words or from what stands before."""

import re
from dataclasses import replace
from typing import NamedTuple

from hengliang.policy.grammar.carried import Carried
from hengliang.policy.grammar.distribution import Share
from hengliang.policy.grammar.phrases import Phrase, break_between, is_rate, phrase, strip_auxiliaries
from hengliang.policy.grammar.quantities import Quantity, quantities
from hengliang.policy.grammar.sentences import Segment
from hengliang.policy.grammar.words import CHAIN

_CHANGES = re.compile(
    r"[^,]{0,6}?(?:提高|提升|增加|增长|增|扩大|上升|发展|升|到|至|达|精简|减少|压缩|压减|缩短|下降|降低?)"
)
_FROM = re.compile(r"要?[由从](?:现在|目前|现有|当前|原来|原有|上年|年初|\s)*的?$")
_ON_TO = re.compile(r"[,、\s]*(?:再|并|进一步)?(?:提高|提升|增加)?(?:[到至]\s*的?|\s+的)")
_GROWTH = re.compile(r"\s*(?:较|比|年均|同比|翻|增长|增速|提高|提升|稳定|保持).*$")
# 逐年提高首次检定率, 2026年、2027年分别达到92%、95%: the verb says how, the rest of what.
_RISES = re.compile(r"^(?:逐[年步]|持续|稳步|不断)*(?:提高|提升|扩大|增加|推进|推动|加强|提速|降低|优化)")
_LEVELS = re.compile(r"(?:自治|国家|省|市|州|县|区|旗|盟|乡镇|兵团|设区市)+(?:\([^()]{1,8}\))?[一级本](?:每[市县区])?|城[区市镇]|农村|乡镇")
_SUMMED = re.compile(r"累计|总计|合计")


class Field(NamedTuple):
    """A figure with its phrase; `base` is the subject where it is only what another is compared with."""

    quantity: Quantity
    phrase: Phrase
    base: str | None = None


def field_of(
    quantity: Quantity, segment: Segment, at: int, following: Quantity | None, base: str, share: Share | None,
    carried: Carried,
) -> Field:  # fmt: skip
    """Read the field of one figure that begins at `at`; `base` is the subject of a base value right before it."""
    limit = break_between(carried.text, quantity.end, following.start) if following else segment.end
    found = _announced(phrase(carried.blank, quantity, at, max(limit, quantity.end)), quantity, carried)
    if _is_base(quantity, at, segment, carried):
        return Field(quantity, found, strip_auxiliaries(_FROM.sub("", carried.blank[at : quantity.start])))
    if _ON_TO.fullmatch(carried.blank[at : quantity.start]):
        quantity, found = replace(quantity, reached=True), replace(found, thing="", subject="")
    if base:
        quantity, found = replace(quantity, reached=True), _called(base, quantity, found, segment.start)
    found = _of_level(quantity, found, segment, carried)
    if share and share.base:
        return Field(quantity, found, found.subject)
    if share:
        return _shared(quantity, found, share, share.subject or _RISES.sub("", carried.before(segment)), at)
    found = found if found.thing else _from_before(quantity, found, segment, carried)
    if not found.thing and following and following.unit == quantity.unit:
        found = _from_behind(quantity, found, following, segment, carried)
    return Field(quantity, found)


def _announced(found: Phrase, quantity: Quantity, carried: Carried) -> Phrase:
    """检定覆盖率:市级达到100%: the rate before the colon is meant."""
    if not carried.head or quantity.kind != "percent" or found.preposed or is_rate(found.thing):
        return found
    named = f"{found.thing}{carried.head}"
    return replace(found, thing=named, subject=named)


def _of_level(quantity: Quantity, found: Phrase, segment: Segment, carried: Carried) -> Phrase:
    """省级覆盖率不低于75%,县级不低于50%; 组建团队,省级5支以上: a mere level takes its thing from before."""
    if found.preposed or not _LEVELS.fullmatch(found.thing):
        return found
    if quantity.kind == "percent" and is_rate(carried.thing):
        return replace(found, thing=found.thing + carried.thing, subject=found.thing + carried.thing)
    if quantity.kind == "count" and not found.verb and not carried.thing:
        built = _built_before(quantity, found, segment, carried.before(segment))
        return replace(built, thing=found.thing + built.thing) if built.verb else found
    return found


def announced_by(segment: Segment, carried: Carried) -> str:
    """检定覆盖率:市级达到100%,县级80%以上: a rate before a colon is that of what follows."""
    words = strip_auxiliaries(carried.blank[segment.start : segment.end])
    return words if carried.text[segment.end : segment.end + 1] == ":" and is_rate(words) else ""


def _shared(quantity: Quantity, found: Phrase, share: Share, thing: str, at: int) -> Field:
    bound = share.bound if share.bound == "above" else quantity.bound
    quantity = replace(quantity, reached=not share.verb, bound=bound, kept=quantity.kept or share.kept)
    subject = share.verb + thing
    return Field(quantity, Phrase(share.verb, thing, subject, found.before, found.after, False, at, quantity.end))


def _called(thing: str, quantity: Quantity, found: Phrase, start: int) -> Phrase:
    return Phrase("", thing, thing, found.before, found.after, False, start, quantity.end)


def _from_before(quantity: Quantity, found: Phrase, segment: Segment, carried: Carried) -> Phrase:
    """A field without a thing of its own: that of the figure before, or of the segment before."""
    before = carried.before(segment)
    if not found.subject and (
        quantity.reached or quantity.kept or quantity.bound == "above" or _SUMMED.search(found.before)
    ):
        same = carried.last if found.before.startswith("、") else ""  # 国家级试点不少于3个、力争达到5个
        named = _called(_GROWTH.sub("", same or carried.thing or before), quantity, found, quantity.start)
        if named.thing:
            return named
    if quantity.kind == "percent" and is_rate(before):
        return _called(before, quantity, found, quantity.start)
    if not found.subject and quantity.kind == "count" and quantity.bound in ("at_least", "range"):
        built = _built_before(quantity, found, segment, before)
        if built.thing or not carried.thing or quantity.unit != carried.unit:
            return built
        return _called(carried.thing, quantity, found, quantity.start)  # 各县至少1个服务站,全市不少于15个
    return found


def _from_behind(quantity: Quantity, found: Phrase, following: Quantity, segment: Segment, carried: Carried) -> Phrase:
    """每县不少于1名、全市不少于30名专家: what the next figure counts, where nothing but a mark stands between."""
    if "、" not in carried.text[quantity.end : following.start]:
        return found
    named = phrase(carried.blank, following, quantity.end, segment.end)
    verb = found.verb or named.verb
    return replace(_called(named.thing, quantity, found, quantity.start), verb=verb) if named.preposed else found


def _built_before(quantity: Quantity, found: Phrase, segment: Segment, before: str) -> Phrase:
    """创建示范商圈,力争每县至少2个: verb and thing stand in the segment before, which has no figure of its own."""
    verb = CHAIN.match(before)
    if segment.first or not verb or any(q.kind != "none" for q in quantities(before)):
        return found
    thing = before[verb.end() :]
    return Phrase(verb.group(), thing, before, found.before, found.after, False, quantity.start, quantity.end)


def _is_base(quantity: Quantity, at: int, segment: Segment, carried: Carried) -> bool:
    """由85%提升至, 由2023年的210项提高到: the figure compared with, before the one that is meant."""
    before, behind = carried.text[at : quantity.start], carried.text[quantity.end : segment.end]
    dated = any(a.kind == "base" and carried.text[a.end : quantity.start] == "的" for a in carried.dates)
    return bool(_CHANGES.match(behind)) and (dated or bool(_FROM.search(before)))
