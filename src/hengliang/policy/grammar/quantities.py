"""A number with its unit and its comparator, taken together."""

import re
from dataclasses import dataclass, replace

from hengliang.policy.grammar.numerals import Number, numbers


def _classifiers(words: str) -> str:
    return "|".join(words.split())


_COUNTED = (
    r"[座所店村校站辆][(]?次[)]?|人次|项次|场次|批次|台次|家次|户次|件次|班次|期次|企次|项\(次\)|家\(次\)|台\(套\)|台\(件\)|台套"
    r"|台件|套\(台\)|件\(套\)|项\(套\)|人\(次\)|台/套|台/件|项/次"
    r"|个百分点|平方米|平方公里|亩次|套\(间\)|轮次|组(?=[,;。、)]|$)|"
    + _classifiers(
        "项 个 家 台 件 套 人 名 位 次 场 所 座 处 条 种 类 份 篇 部(?!件|门|署|分|级) 只 块 户 支 组"
        " 村 批 期 届 辆 枚 张 款 例 起 宗 门 本 册 倍 届 间 站 县 批 具 把 根 片 栋 幢 头(?!部) 羽 尾(?!气) 株 盏 艘"
        " 架(?!构) 列(?!入|车|举|为) 口(?!径|岸|味|头|碑) 眼(?!镜) 标台 标箱 瓶 枪 桩(?!基) 箱 袋 盒"
        " 副(?!本|省|市|县|主|局|职|高|总|院|产) 幅(?!度|员) 岁 班(?!次|子|组) 卷 套次 件次"
    )
)
_MONEY = "亿元|万元|元|亿美元|万美元|美元"
_PHYSICAL = (
    r"吨标准煤|吨标煤|千克标准煤|万?吨|公斤|千克|毫克|微克|克|kg|mg|g|公里|千米|厘米|毫米|微米|纳米|米"
    r"|km|cm|mm|μm|nm|m|千瓦时|兆瓦时|千瓦|兆瓦|吉瓦|瓦|kW·h|kWh|kW|MW|W|度"
    r"|亿?立方米|m³|m3|毫升|升|mL|L|千伏|伏|kV|V|安|A|Hz|赫兹|MPa|kPa|Pa|℃|°C|K|dB|亩|公顷|m²|页|字|bp"
    r"|分贝|比特|GB|TB|T(?![A-Za-z])|[市公]?斤|[EPGT]?(?:Flops|FLOPS|flops|Bps|bps|W)|[EPZ]B"
)
_TIME = (
    r"个(?:检定|校准)?周期|个?工作日|个月|小时|分钟|秒钟?|周岁|天(?!然|津|长)|日(?!常|报)|年度?(?!鉴)|季度|个?季|月"
    r"|周(?!期|边|围)|星期|学时|课时"
)
_SCORE = (
    r"分(?!之|别|级|类|布|中|支|析|期|批|步|阶|层|工|院|局|公)|级|等(?!级|地|高|单|部|多|领|重)|星级?"
    r"|强(?=企)|类(?=项目)"
)
_UNIT = re.compile(
    rf"(?P<money>{_MONEY})|(?P<time>{_TIME})|(?P<count>{_COUNTED})|(?P<physical>{_PHYSICAL})"
    rf"|(?P<score>{_SCORE})"
)
# Any one character between a figure and a mark, or 以上, counts things: 微课50节, 皮带秤30杆以上.
_OTHER_UNIT = re.compile(
    r"(?![年月日号时点度级等以余多及和与的内前后中上下左成倍强位、或至到后起来万亿千百])[一-鿿](?=[,;。、)]|$|及?以上)"
)
_PER = re.compile(r"/[百千万]?(?:人|亩|户|公顷|立方米|平方公里|平方米|公里|千米|年|天|吨|台|m²|m³|km²?|h)")

_PER_MILLE = ("‰", "‱")

_BEFORE = re.compile(
    r"(?P<at_least>(?:不少于|不低于)(?:每[年月]|每季度|年均)|≥|≧|>=|至少有|不少于|不低于|不小于|不下于|不得少于|不得低于|不能少于|至少|最少|最低)$"
    r"|(?P<above>(?<!=)>|(?<=[率例重比度])过|超过了?|突破了?|大于|高于|多于|超出|逾|超)$"
    r"|(?P<at_most>≤|≦|<=|<|不超过|不高于|不大于|不多于|不得超过|不得高于|少于|低于|小于|最高|最多|最高不超过|小于等于)$"
    r"|(?P<lowered>控制在|压缩至|压缩到|压减至|压减到|缩短至|缩短到|缩小[到至]|收窄[到至]|缩减至|缩减到|压至|降至|降到|降低到|降低至|下降到|下降至"
    r"|减少到|减少至|(?:精简|减少|合并|整合|压减|压缩|降低?|减)(?:为|成))$|(?P<about>(?<![预签节])约[为有]?|大约|近|接近|大概|左右)$"
    r"|(?P<reach>(?<=[率度例重比])=|达到了?|(?<=[率例重])为|(?<=[率度例重比])实现(?:[两双三四五六]个)?|(?<=[应须需要])在|达成|达至|[跃迈跨站登]上|冲刺|达|提高到|提高至|提升到|提升至|增至|增加到|增加至|扩大到|扩大至"
    r"|增长到|增长至|上升到|上升至|扩展到|发展到|发展至|拓展到|拓展至|[提扩升增拓涨攀延达充补][一-鿿]?[至到])$"
    r"|(?P<keep>(?<=[率度例重比])在|稳定在|保持在|维持在|稳定达到|保持|维持|稳定)$|(?P<be>为|有|是|在)$"
)
_AFTER = re.compile(
    r"^(?P<included>\(含(?:本数)?\))?(?:(?P<at_least>及?以上)|(?P<at_most>及?以下|以内|之内|内(?!部|容"
    r"|涵|外|陆|控|审|科|训|购|河|蒙|地|在|因|分|贴|置|业))|(?P<about>左右|上下)|(?P<above>余(?!家|额|地|热)))?"
)
# 不低于符合条件教师总数的10%: the comparator stands before the whole of which it is a share.
_SHARE_OF = re.compile(r"(?P<bound>不少于|不低于|不得低于|不超过|不高于|超过|达到|达|占到?(?!比))(?P<whole>(?:(?!不[低少超高])[^,;:、\d的]){2,20}(?:总数|总量|总额|人数|数量|规模)的)$")
_OF_SHARES = re.compile(r"个(?=\d+%)")  # 实现两个100%
_SHARE_BOUNDS = {"超过": "above", "不超过": "at_most", "不高于": "at_most"} | dict.fromkeys(
    ("不少于", "不低于", "不得低于"), "at_least"
)
# 达到2020年的1.8倍: the verb stands before what it is compared with.
_BASE_OF = re.compile(r"(?:达到?|[提扩升增][一-鿿]?[到至])(?:20\d\d年[底末]?|期初|原来|原有|目前|现在|上年)的$")
_MORE = re.compile(r"^(?:余|多)")
_VAGUE = re.compile(r"(?:数|几|上|若干|多)[十百千万亿]+(?:余|多)?(?:个|家|项|台|人|名|种|件|次)|若干(?:个|家|项)")


@dataclass(frozen=True)
class Quantity:
    """A number with its unit in a narrowed sentence.

    kind : count, percent, money, physical, time, score, none
    bound : at_least, above, at_most, about, around, range, bare — what the words around the number say; 约3.2亿元 is
        about, 200个左右 around.
    start, end : with the comparator words; number_start, unit_end : without.
    """

    number: Number
    kind: str
    unit: str
    value: float
    upper: float | None
    bound: str
    reached: bool
    kept: bool
    start: int
    number_start: int
    unit_end: int
    end: int


def quantities(text: str) -> list[Quantity]:
    """All quantities of a narrowed sentence, in order; numbers without a unit have kind `none`."""
    found: list[Quantity] = []
    limit = 0
    for number in numbers(text):
        if number.start < limit or _OF_SHARES.match(text, number.end):
            continue
        quantity = _quantity(text, number, limit)
        if quantity is not None:
            found.append(quantity)
            limit = quantity.end
    return _with_shared_units(_drop_range_tails(found, text), text)


def vague_quantities(text: str) -> list[tuple[int, int]]:
    """Places of 数十家, 上千人, 若干个: they look like figures and have no value."""
    return [match.span() for match in _VAGUE.finditer(text)]


def _quantity(text: str, number: Number, limit: int) -> Quantity | None:
    end, more = number.end, False
    if not number.percent and (match := _MORE.match(text[end : end + 1])):
        end, more = end + match.end(), True
    kind, unit, end = _unit(text, number, end)
    if number.chinese and kind == "none":
        return None
    value, upper, unit = _scaled(number, kind, unit)
    start, bound, reached, kept = _look_back(text, number.start, limit)
    if unit == "倍" and (base := _BASE_OF.search(text, max(0, number.start - 12), number.start)):
        start, reached = base.start(), True
    if number.percent and (share := _SHARE_OF.search(text, max(limit, number.start - 28), number.start)):
        start, reached = share.start(), True
        bound = _SHARE_BOUNDS.get(share["bound"], bound)
    reached |= number.times or number.above
    if number.percent and bound == "bare" and text[limit:start].endswith(("实现", "完成")):
        start, reached = start - 2, True  # 2030年实现100%
    more |= number.above
    after = _AFTER.match(text[end : end + 8])
    tail = after.group() if after else ""
    if after and after.group("at_least"):
        bound = "above" if bound == "above" else "at_least"
    elif after and after.group("at_most"):
        bound = "at_most"
    elif after and after.group("about"):
        bound = "around" if bound == "bare" else "about"
    elif more or (after and after.group("above")):
        bound = "above"
    if upper is not None:
        bound = "range"
    return Quantity(number, kind, unit, value, upper, bound, reached, kept, start, number.start, end, end + len(tail))


def _unit(text: str, number: Number, end: int) -> tuple[str, str, int]:
    if number.percent:
        return "percent", "%", end
    if number.times:
        return "times", "倍", end
    if text[end : end + 1] in _PER_MILLE:
        return "percent", text[end], end + 1
    match = _UNIT.match(text, end)
    if match is None and not number.chinese and (match := _OTHER_UNIT.match(text, end)):
        return "count", match.group(), match.end()
    if match is None:
        return "none", "", end
    kind, stop = match.lastgroup or "none", match.end()
    if kind in ("count", "physical") and (per := _PER.match(text, stop)):
        stop = per.end()
    return kind, text[match.start() : stop], stop


def _scaled(number: Number, kind: str, unit: str) -> tuple[float, float | None, str]:
    """Money keeps its myriads in the unit (50 亿元), all else in the value (1.2万家 = 12000 家)."""
    if kind != "money" or not number.myriad:
        return number.value, number.upper, unit
    scale = 10_000 if number.myriad == "万" else 100_000_000
    upper = None if number.upper is None else _whole(number.upper / scale)
    return _whole(number.value / scale), upper, number.myriad + unit


def _whole(value: float) -> float:
    value = round(value, 6)
    return int(value) if value == int(value) else value


def _look_back(text: str, start: int, limit: int) -> tuple[int, str, bool, bool]:
    """Comparator words before a number; several may stand together: 达到不少于, 保持在…不低于."""
    bound, reached, kept = "bare", False, False
    while True:
        match = _BEFORE.search(text, max(limit, start - 8), start)
        if match is None:
            return start, bound, reached, kept
        group = match.lastgroup or ""
        if group == "be" and bound == "bare" and not reached:
            return start, bound, reached, kept
        reached |= group in ("reach", "lowered") or match.group().startswith("突破")
        kept |= group == "keep"
        if group in ("at_least", "above", "at_most", "about", "lowered") and bound == "bare":
            bound = "at_most" if group == "lowered" else group
        start = match.start()


def _with_shared_units(found: list[Quantity], text: str) -> list[Quantity]:
    """分别提升10个、8个和15个百分点, 分别达到20、30、40家: the unit at the end is that of all."""
    for place in range(len(found) - 2, -1, -1):
        one, following = found[place], found[place + 1]
        joined = text[one.end : following.number_start] in ("、", "和", "及", "与")
        points = following.unit == "个百分点" and one.unit in ("个", "")
        bare = one.kind == "none" and following.kind == "count" and "分别" in text[: one.start]
        if joined and (points or bare):
            found[place] = replace(one, kind=following.kind, unit=following.unit)
    return found


def _drop_range_tails(found: list[Quantity], text: str) -> list[Quantity]:
    """Join 10家至20家 to one range."""
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        between = text[last.unit_end : quantity.number_start] if last else ""
        if last and between in ("-", "~", "—", "至", "到") and last.unit == quantity.unit and last.upper is None:
            joined[-1] = replace(
                last, upper=quantity.value, bound="range", unit_end=quantity.unit_end, end=quantity.end
            )
        else:
            joined.append(quantity)
    return joined
