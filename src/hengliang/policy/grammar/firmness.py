"""Whether a target is firm or aspirational, by the words before it and how far they reach."""

import re

from hengliang.policy.grammar.beside import blanked
from hengliang.policy.grammar.deadlines import Anchor
from hengliang.policy.grammar.phrases import strip_auxiliaries
from hengliang.policy.grammar.sentences import Segment
from hengliang.policy.grammar.words import ASPIRATION, CHAIN, RESOLVE
from hengliang.policy.model import Firmness


class FirmnessReach:
    """Follows 力争 and 确保 through one sentence.

    力争 reaches over its own segment; over the next too where its own holds only a date or a place, or where
    the next has no verb of its own; over all where it stands before the date (力争到2030年) or at the head of the
    enumeration (努力培育小组500个,培训质量官1000名).
    """

    def __init__(self, text: str, dates: list[Anchor]) -> None:
        self._text = text
        self._dates = dates
        self._whole = self._pending = self._last = self._told = False
        self._seen: Segment | None = None

    def enter(self, segment: Segment) -> None:
        """Begin a segment."""
        if segment.first and not self._announces(segment):
            self._whole = self._pending = self._last = False
        words = self._text[segment.start : segment.end]
        hope = ASPIRATION.search(words)
        if RESOLVE.search(words):
            self._whole = self._pending = False
        if hope:
            at = segment.start + hope.start()
            self._whole |= self._heads(segment, hope)
            self._whole |= any(0 <= anchor.start - at <= 6 for anchor in self._dates)
            before = blanked(self._text, self._dates)[segment.start : at]
            self._told = bool(strip_auxiliaries(before.replace(",", " ")))
        self._seen = segment

    def _heads(self, segment: Segment, hope: re.Match[str]) -> bool:
        """Whether nothing but dates and places stands before a hope, and a verb behind it: not so 争取资金2亿元."""
        at, behind = segment.start + hope.start(), self._text[segment.start + hope.end() : segment.end]
        part = self._text.rfind(";", 0, at) + 1
        before = strip_auxiliaries(blanked(self._text, self._dates)[part:at].replace(",", " "))
        return not before and bool(CHAIN.match(strip_auxiliaries(behind)))

    def _announces(self, segment: Segment) -> bool:
        """力争到2027年:标准达到500项;规范达到60项: a hope before a colon holds for the list behind it."""
        head, colon, _ = self._text[: segment.start].partition(":")
        return bool(colon and self._whole and ASPIRATION.search(head))

    def leave(self, *, held_figure: bool) -> None:
        """End a segment; one without a figure hands its 力争 on."""
        if self._seen is None:
            return
        hope = bool(ASPIRATION.search(self._text[self._seen.start : self._seen.end]))
        self._pending = (hope or self._pending) and not held_figure

    def at(self, start: int, *, own_verb: bool, own_aim: bool = False) -> Firmness:
        """Firmness of a figure that stands at `start` of the current segment.

        own_aim : a rate with a verb of reaching of its own behind another rate; a 力争 behind the subject of that
            one is not its own (收集率力争达到70%,利用率达到25%)
        """
        begin = self._seen.start if self._seen else 0
        words = self._text[begin:start]
        hopes, resolves = list(ASPIRATION.finditer(words)), list(RESOLVE.finditer(words))
        if hopes and (not resolves or resolves[-1].start() < hopes[-1].start()):
            hoped = True
        elif resolves:
            hoped = False
        else:
            hoped = self._whole or self._pending or (self._last and not own_verb and not (own_aim and self._told))
        self._last = hoped
        return "aspirational" if hoped else "firm"
