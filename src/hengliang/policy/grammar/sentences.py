"""Sentences and their segments; every position speaks of the text they were cut from."""

import re
from dataclasses import dataclass

_STOP = re.compile(r"[。!?\n]|\s{2,}")
# Longer than any sentence of a plan; what has no mark for so long is no prose and is not read.
LONGEST_SENTENCE = 1500
LONGEST_SEGMENT = 400
MOST_FIGURES = 120


@dataclass(frozen=True)
class Sentence:
    """A narrowed sentence and where it begins."""

    text: str
    start: int


@dataclass(frozen=True)
class Segment:
    """Part of a sentence between commas; `first` where it begins the sentence or follows a semicolon."""

    start: int
    end: int
    first: bool


def sentences(text: str, start: int = 0) -> list[Sentence]:
    """Sentences of a narrowed text."""
    found, begin = [], 0
    for match in [*_STOP.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[begin:end].strip():
            found.append(Sentence(text[begin:end], start + begin))
        begin = match.end() if match else end
    return found


def is_prose(text: str) -> bool:
    """Whether a sentence is of a length that people write; the rules take unbounded time on others."""
    pieces = re.split(r"[,:;、]", text) if len(text) <= LONGEST_SENTENCE else [text]
    return max(map(len, pieces)) <= LONGEST_SEGMENT


def segments(text: str) -> list[Segment]:
    """Split at , : ; outside brackets and quotes; a comma between three digits and three digits is none."""
    found: list[Segment] = []
    depth, begin, first = 0, 0, True
    for index, character in enumerate(text):
        depth += (character in "(《〈“【[") - (character in ")》〉”】]")
        depth = max(depth, 0)
        if (
            depth == 0 and character in ",:;" and not re.match(r"(?<=\d),\d{3}(?!\d)", text[index:])
        ) or character == ";":
            found.append(Segment(begin, index, first))
            begin, first, depth = index + 1, character == ";", 0
    found.append(Segment(begin, len(text), first))
    return [segment for segment in found if text[segment.start : segment.end].strip()]
