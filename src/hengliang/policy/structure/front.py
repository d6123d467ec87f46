"""Title, issuer and date: from the head, the sign-off, or the sentence that reports the issue."""

import re
from dataclasses import dataclass
from datetime import date

from hengliang.policy.repair.width import narrow
from hengliang.policy.structure.furniture import PUBLISHED
from hengliang.policy.structure.numbering import number_of
from hengliang.policy.structure.regions import region_by_weight, region_in

_KIND = (
    r"(?:实施意见|指导意见|若干意见|意见|实施方案|工作方案|行动方案|方案|发展规划|规划纲要|规划"
    r"|行动计划|工作计划|计划|纲要|若干措施|措施|办法|工作要点|要点"
    r"|实施细则|细则|规定|通知|决定|清单|规程|指南)"
)
_TITLE = re.compile(rf"^.{{4,90}}{_KIND}(?:\((?:[^()]{{1,20}})\))*$")
_SUFFIX_LINE = re.compile(r"^\((?:征求意见稿|送审稿|草案|试行|修订稿?|讨论稿|20\d\d[^()]{0,12})\)$")
_ISSUED = re.compile(r"([一-鿿、]{4,40}?)(?:联合)?(?:印发|发布|出台|制定)了?《((?:[^《》]|《[^》]*》){6,90})》")
_QUOTED = re.compile(rf"《([^《》]{{0,80}}{_KIND})》")
_HEAD = 8000
_AUTHORITY = (
    r"(?:人民政府(?:办公厅|办公室)?|市场监督管理总局|市场监管总局|市场监督管理局|市场监管局"
    r"|委员会(?:办公室)?|联席会议办公室|领导小组(?:办公室)?"
    r"|国务院(?:办公厅)?|办公厅|办公室|管委会|总局|厅|局|部)"
)
_SIGNED = re.compile(rf"^[一-鿿、\s]{{2,60}}{_AUTHORITY}$")
_DAY = re.compile(
    r"^\(?\s*(20\d\d|[二〇零○][〇零○一二三四五六七八九]{3})\s*年\s*(\d{1,2}"
    r"|[一二三四五六七八九十]{1,3})\s*月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日\s*\)?$"
)
_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}


@dataclass(frozen=True)
class Front:
    """What the document says of itself; `body` is the paragraph behind the title, `tail` the sign-off."""

    title: str | None
    region: str | None
    issuer: str | None
    date: date | None
    body: int
    tail: int


def front(lines: list[str], received: str) -> Front:
    """Read the head and the sign-off of a document from its paragraphs and from the text as received."""
    flat = [narrow(line).strip() for line in lines]
    first = next((i for i, line in enumerate(flat) if number_of(line) and not _TITLE.match(line)), len(flat))
    title, body = _title([line.strip() for line in lines], flat, first)
    reported = _ISSUED.search("\n".join(flat[: max(first, 6)])[:_HEAD])
    issuer = _signed(flat) or (_reporting(reported.group(1)) if reported else None)
    title = title or (reported.group(2) if reported else None) or _own_name(flat)
    region = (region_in(title) if title else None) or (region_in(issuer) if issuer else None)
    when = _signed_on(flat) or _published_on(received)
    return Front(title, region or region_by_weight("\n".join(flat)), issuer, when, body, _tail(flat, body))


def _title(lines: list[str], flat: list[str], first: int) -> tuple[str | None, int]:
    """The last title before the first numbered clause, with a suffix or a broken line joined to it."""
    for index in range(first - 1, -1, -1):
        line = _bare(flat[index])
        if not _TITLE.match(line) or "。" in line or line.count(",") > 1:
            continue
        body = index + 1
        if index and (len(line) < 12 or line[0] in "(的") and len(flat[index - 1]) < 50 and _goes_on(flat[index - 1]):
            return lines[index - 1] + _bare(lines[index]), body
        if body < len(flat) and _SUFFIX_LINE.match(flat[body]):
            return _bare(lines[index]) + lines[body], body + 1
        return _bare(lines[index]), body
    return None, 0


def _goes_on(line: str) -> bool:
    """Whether a line can be the first half of a title."""
    return "。" not in line and not _DAY.match(line) and not _SIGNED.match(line) and not line.endswith(":")


def _bare(line: str) -> str:
    """A title line without 【意见征集】 before it and without 《》 around it."""
    return re.sub(r"^《(.*)》$", r"\1", re.sub(r"^【[^】]*】", "", line))


def _own_name(flat: list[str]) -> str | None:
    """What the document is called in its own text, most often."""
    names = [name for line in flat for name in _QUOTED.findall(line)]
    return max(names, key=names.count, default=None)


def _reporting(text: str) -> str:
    return re.sub(r"^.*[,、日](?=[一-鿿]{4})", "", text).removeprefix("由").removeprefix("近日")


def _signed(flat: list[str]) -> str | None:
    """The last line before a day, or the last line of all, that is an authority."""
    for index in range(len(flat) - 1, -1, -1):
        if _SIGNED.match(flat[index]) and (index + 1 == len(flat) or _DAY.match(flat[index + 1])):
            return re.sub(r"\s+", "、", flat[index])
    return None


def _signed_on(flat: list[str]) -> date | None:
    days = [day for line in flat if (match := _DAY.match(line)) and (day := _day(*match.groups()))]
    return days[-1] if days else None


def _published_on(received: str) -> date | None:
    match = PUBLISHED.search(narrow(received[:20000]))
    return _day(*match.groups()) if match else None


def _day(year: str, month: str, day: str) -> date | None:
    number = "".join(_DIGITS.get(character, character) for character in year)
    try:
        return date(int(number), _small(month), _small(day))
    except ValueError:
        return None


def _small(text: str) -> int:
    """A month or a day, also in Chinese."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    one = int(_DIGITS.get(ones, "0")) if ones else 0
    return (int(_DIGITS.get(tens, "1")) * 10 + one) if ten else int(_DIGITS[tens])


def _tail(flat: list[str], body: int) -> int:
    """Where the sign-off begins, counted from the end."""
    end = len(flat)
    while end > body and (_DAY.match(flat[end - 1]) or _SIGNED.match(flat[end - 1])):
        end -= 1
    return end
