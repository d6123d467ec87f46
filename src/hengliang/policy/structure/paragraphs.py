"""Lines to paragraphs: broken lines are joined again, furniture goes."""

import re
from statistics import quantiles

from hengliang.policy.repair.width import narrow
from hengliang.policy.structure.furniture import is_furniture
from hengliang.policy.structure.numbering import number_of

_ENDS = tuple("。!?;:”》】")
_OPENS = re.compile(r"^[(【\[](?:责任|牵头|负责|配合|主办)|^(?:责任|牵头|负责|配合|主办|参与)(?:单位|部门)\s*:|^\(?20\d\d年\d{1,2}月\d{1,2}日|^附件")


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
    """Width at which a hard-wrapped text breaks its lines; infinite where every paragraph is one line."""
    if len(lines) < 12:
        return float("inf")
    widths = [len(line) for line in lines]
    widest = quantiles(widths, n=20)[17]
    full = sum(abs(width - widest) <= 3 for width in widths)
    return widest - 3 if full >= 0.3 * len(lines) and max(widths) <= widest * 1.4 else float("inf")


def _continues(before: str, line: str, paragraph: str, width: float) -> bool:
    """Whether `line` goes on with the line before it."""
    flat, end = narrow(line), narrow(before)
    if number_of(flat) or _OPENS.match(flat):
        return False
    if len(before) >= width:
        return True
    if end.endswith(_ENDS) or (end.endswith(")") and len(end) < 100):
        return False
    if end.endswith((",", "、")):
        return True
    # A running sentence that stops without a mark was broken by accident; a heading has no mark inside.
    body = narrow(paragraph)
    return "。" in body and len(body) > 60 and not body.endswith(_ENDS)
