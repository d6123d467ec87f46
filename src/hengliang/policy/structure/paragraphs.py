"""Lines to paragraphs: broken lines are joined again, furniture goes."""

import re

from hengliang.policy.repair.width import narrow
from hengliang.policy.structure.furniture import is_furniture
from hengliang.policy.structure.numbering import number_of

# Shares of the widest line and of the lines: how a text that was wrapped at a column shows itself.
_FULL = 0.9
_BROKEN = 0.85
_FEW = 0.1

_WIDEST_PAGE = 120
_ENDS = tuple("。!?;:”》】")
_OPENS = re.compile(
    r"^[(【\[](?:责任|牵头|负责|配合|主办)|^(?:责任|牵头|负责|配合|主办|参与)(?:单位|部门)\s*:|^\(?20\d\d年\d{1,2}月\d{1,2}日|^附件"
)


def paragraphs(text: str) -> list[str]:
    """Paragraphs in order, without furniture."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not is_furniture(line)]
    width = _wrap_width(lines)
    joined: list[str] = []
    for index, line in enumerate(lines):
        if joined and _continues(lines[index - 1], line, joined[-1], width):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _wrap_width(lines: list[str]) -> float:
    """Columns from which a line of a hard-wrapped text is full; infinite where nothing is wrapped."""
    widths = [_columns(line) for line in lines]
    widest = max(widths, default=0)
    full = sum(width >= _FULL * widest for width in widths)
    return _BROKEN * widest if widest <= _WIDEST_PAGE and full >= max(3, _FEW * len(lines)) else float("inf")


def _columns(line: str) -> int:
    """Width on the page: a Chinese character takes two columns."""
    return sum(2 if ord(character) > 0x2000 else 1 for character in line)


def _continues(before: str, line: str, paragraph: str, width: float) -> bool:
    """Whether `line` goes on with the line before it."""
    flat, end = narrow(line), narrow(before)
    if number_of(flat) or _OPENS.match(flat):
        return False
    if _columns(before) >= width and not end.endswith(("。", ")")):
        return True
    if end.endswith(_ENDS) or (end.endswith(")") and len(end) < 100):
        return False
    if end.endswith((",", "、")):
        return True
    # A running sentence that stops without a mark was broken by accident; a heading has no mark inside.
    body = narrow(paragraph)
    return "。" in body and len(body) > 60 and not body.endswith(_ENDS)
