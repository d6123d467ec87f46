"""Traditional characters to simplified ones."""

import re
from functools import cache

from opencc import OpenCC

# OpenCC leaves 著 alone, since it is also simplified (显著, 著作); before these it stands for 着.
_ZHE = re.compile("著(?=[力手眼重实])|(?<=[沿随顺接围朝])著")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def simplified(character: str) -> str:
    """The simplified form of one character."""
    return str(_converter().convert(character))


def to_simplified(text: str) -> tuple[str, int]:
    """Text in simplified characters, and how many characters changed."""
    converted = _ZHE.sub("着", str(_converter().convert(text)))
    if len(converted) != len(text):
        return converted, abs(len(converted) - len(text)) + 1
    return converted, sum(one != other for one, other in zip(text, converted, strict=True))
