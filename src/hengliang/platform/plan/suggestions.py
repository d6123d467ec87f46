"""Which indicator a target may mean: by the words that the rules say they are recognised by."""

from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from hengliang.norms.indicators import Indicator, indicator_of
from hengliang.platform.core.rules import rules

_SAME_MODE, _IN_TEXT, _LEAST = 15, 40, 55
_FULL = 100


class Candidate(NamedTuple):
    """An indicator and how well it fits, 0 to 100 and a little more."""

    name: str
    score: int


@lru_cache(maxsize=1)
def every_indicator() -> dict[str, Indicator]:
    """All indicators by their short names, in their newest editions, ratings too."""
    found = (indicator_of(norm.values[-1]) for norm in rules().of_kind("indicator") if not norm.values[-1].repealed)
    return {one.name: one for one in found}


def suggested(metric: str, text: str, mode: str) -> str:
    """The short name of the indicator that fits best; empty where none fits."""
    best = next(iter(candidates(metric, text, mode)), None)
    return best.name if best is not None and best.score >= _LEAST else ""


def candidates(metric: str, text: str = "", mode: str = "") -> list[Candidate]:
    """All indicators that have a figure, the one that fits best first."""
    scored = [
        Candidate(name, max((_score(words, metric, text) for words in _wordings(one)), default=0)
                  + (_SAME_MODE if one.mode == mode else 0))
        for name, one in every_indicator().items() if one.mode != "rating"
    ]  # fmt: skip
    return sorted(scored, key=lambda one: -one.score)


def _wordings(one: Indicator) -> tuple[str, ...]:
    return (*one.wording, one.title["zh"], *(target.quote for target in one.targets))


def _score(words: str, metric: str, text: str) -> int:
    alike = round(_FULL * SequenceMatcher(None, words, metric, autojunk=False).ratio())
    return max(alike, round(alike / 2) + _IN_TEXT if words in text or metric in words else 0)
