"""Which indicator a target may mean: by the words that the rules say they are recognised by."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from hengliang.norms import Norms
from hengliang.norms.indicators import Indicator, indicator_of
from hengliang.platform.core.rules import rules

_SAME_FAMILY, _OTHER_FAMILY, _LEAST, _FULL, _NAMED = 15, -30, 55, 100, 2
# Words that every plan of this field is full of: they make no two things alike.
_COMMON = re.compile(r"计量|测量|国家级?|省级|市级|县级|全[省市县]|重点|建设|单位|新增|新建|完成|开展")
# Words beside the name of a share that name no part of what it is a share of.
_NOTHING = re.compile(
    r"强制检定|强检|周期|依法|实际|工作|器具|在用|目录|列入|范围|以内|内的|项目|总体|综合|平均|年度|每年|改造|升级|建立|建成"
    r"|累计|总量|总数|数量|数|达到|实现|确保|保持|覆盖|有效|[\u4e00-\u9fff]{1,4}[省市县区](?=$|[^场])|[的和及与、，,（）()“”率]"
)
_FAMILY = {"new": "flow", "cumulative": "flow", "stock": "stock", "ratio": "share", "standing": "share"}


class Candidate(NamedTuple):
    """An indicator and how well it fits, 0 to 100 and a little more."""

    name: str
    score: int


def every_indicator() -> dict[str, Indicator]:
    """All indicators by their short names, in their newest editions, with ratings; once a state of the rules."""
    norms = rules()
    if not _read or _read[0][0] is not norms:
        found = (indicator_of(one.values[-1]) for one in norms.of_kind("indicator") if not one.values[-1].repealed)
        _read[:] = [(norms, {one.name: one for one in found})]
    return _read[0][1]


_read: list[tuple[Norms, dict[str, Indicator]]] = []


def suggested(metric: str, text: str, mode: str) -> str:
    """The short name of the indicator that fits best; empty where none fits, the best counts in another way, or the
    target speaks of a part only: a wrong tie gives a wrong figure, and a missing one is seen."""
    best = next(iter(candidates(metric, text, mode)), None)
    if best is None or best.score < _LEAST:
        return ""
    indicator = every_indicator()[best.name]
    part = _FAMILY.get(indicator.mode) == "share" and object_of(metric, indicator)
    return "" if part or _fit(indicator.mode, mode) < 0 else best.name


def object_of(metric: str, indicator: Indicator) -> str:
    """What a target names beside the words of its indicator: 电子计价秤 in 电子计价秤强制检定覆盖率. A share of one
    kind of instrument, or of one sector, is another share than that of all; empty where nothing is named."""
    return min((_left(metric, words) for words in _wordings(indicator)), key=len)


def _left(metric: str, words: str) -> str:
    """The words of a metric that are neither those of an indicator nor such as name nothing."""
    alike = SequenceMatcher(None, metric, words, autojunk=False).get_matching_blocks()
    rest, at = [], 0
    for block in alike:
        if block.size > 1:  # a single character in common is chance
            rest.append(metric[at : block.a])
            at = block.a + block.size
    kept = (_COMMON.sub("", _NOTHING.sub("", piece)) for piece in (*rest, metric[at:]))
    return "".join(piece for piece in kept if len(piece) > 1)


def candidates(metric: str, text: str = "", mode: str = "") -> list[Candidate]:
    """All indicators that have a figure, the one that fits best first."""
    scored = [
        Candidate(name, _likeness(one, metric, text) + _fit(one.mode, mode))
        for name, one in every_indicator().items()
        if one.mode != "rating"
    ]
    return sorted(scored, key=lambda one: -one.score)


def _fit(one: str, other: str) -> int:
    """What is counted as new is no stock, and neither is a share."""
    if not other:
        return 0
    return _SAME_FAMILY if _FAMILY.get(one) == _FAMILY.get(other) else _OTHER_FAMILY


def _likeness(one: Indicator, metric: str, text: str) -> int:
    return max(_score(words, metric, text) for words in _wordings(one))


def _wordings(one: Indicator) -> tuple[str, ...]:
    return (*one.wording, one.title["zh"], *(target.quote for target in one.targets))


def _score(words: str, metric: str, text: str) -> int:
    """How alike they are, 0 to 100; words that stand in the text as they are win, the longest of them first, and before
    them those of the name itself: 受检率和合格率均达到98% is the text of two targets."""
    if words in metric:
        return _FULL + len(words) + _NAMED
    if words in text:
        return _FULL + len(words)
    said, asked = _COMMON.sub("", words), _COMMON.sub("", metric)
    return round(_FULL * SequenceMatcher(None, said, asked, autojunk=False).ratio()) if said and asked else 0
