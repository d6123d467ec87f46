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
    """The short name of the indicator that fits best; empty where none fits, or the best counts in another way: a
    wrong tie gives a wrong figure, and a missing one is seen."""
    best = next(iter(candidates(metric, text, mode)), None)
    if best is None or best.score < _LEAST or _fit(every_indicator()[best.name].mode, mode) < 0:
        return ""
    return best.name


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
    wordings = (*one.wording, one.title["zh"], *(target.quote for target in one.targets))
    return max(_score(words, metric, text) for words in wordings)


def _score(words: str, metric: str, text: str) -> int:
    """How alike they are, 0 to 100; words that stand in the text as they are win, the longest of them first, and before
    them those of the name itself: 受检率和合格率均达到98% is the text of two targets."""
    if words in metric:
        return _FULL + len(words) + _NAMED
    if words in text:
        return _FULL + len(words)
    said, asked = _COMMON.sub("", words), _COMMON.sub("", metric)
    return round(_FULL * SequenceMatcher(None, said, asked, autojunk=False).ratio()) if said and asked else 0
