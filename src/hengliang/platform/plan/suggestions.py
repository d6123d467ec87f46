"""Which indicator a target may mean: by the words that the rules say they are recognised by."""

from difflib import SequenceMatcher
from typing import NamedTuple

from hengliang.norms import Norms
from hengliang.norms.indicators import Indicator, indicator_of
from hengliang.platform.core.rules import rules

_SAME_FAMILY, _OTHER_FAMILY, _LEAST, _FULL = 15, -30, 55, 100
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
    """The short name of the indicator that fits best; empty where none fits."""
    best = next(iter(candidates(metric, text, mode)), None)
    return best.name if best is not None and best.score >= _LEAST else ""


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
    """How alike they are, 0 to 100; words that stand in the text as they are win, the longest of them first."""
    if words in text:
        return _FULL + len(words)
    return round(_FULL * SequenceMatcher(None, words, metric, autojunk=False).ratio())
