"""Days by which something is to be reached: 到2025年底, 2026年6月底前, “十五五”末, 2024—2026年."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["by", "in", "base", "past", "other"]

_YEAR = r"(?:20\d\d|二[〇零○][〇零○一二三四五六七八九]{2})"
_PLAN = {"十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_DIGITS = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_END = r"(?:底|末|年底|年末|终)"
_BEFORE = r"(?:之前|以前|前后|前)"
_CALENDAR = re.compile(
    rf"(?P<lead>截至|截止到?|展望到?|展望|到|至|自|从|由|比|较|与|以|于|在|力争到|争取到)?(?P<y1>{_YEAR})年?"
    rf"(?:(?P<m1>{_MONTH})月)?(?:(?P<d1>\d{{1,2}})日)?"
    rf"(?:(?:—{{1,2}}|-|~|至"
    rf"|到)(?:(?P<y2>{_YEAR})年)?(?:(?P<m2>{_MONTH})月(?![一-鿿]{{0,1}}个月))?(?:(?P<d2>\d{{1,2}})日)?)?"
    rf"(?P<part>上半年|下半年|年中|第?[一二三四1-4]季度|年内"
    rf"|内)?(?P<end>{_END})?(?P<before>{_BEFORE})?(?P<span>期间|以来|起)?"
)
_PERIOD = re.compile(
    r"(?P<lead>到|至|较|比|以)?[“\"]?(?P<plan>十[三四五六]五)[”\"]?(?P<tail>规划)?(?P<end>末期?|期末"
    r"|期间|时期|以来|收官|结束)?(?P<before>前|时)?"
)
# 2024、2025、2026年: the years before the last one.
_LISTED = re.compile(r"(?<!\d)20\d\d(?=(?:[、,和及与]20\d\d)*[、和及与]20\d\d年)")
_QUARTER_END = {
    "一": (3, 31),
    "二": (6, 30),
    "三": (9, 30),
    "四": (12, 31),
    "1": (3, 31),
    "2": (6, 30),
    "3": (9, 30),
    "4": (12, 31),
}
_RELATIVE = re.compile(
    r"(?:用|通过|经过|力争|争取)?(?P<years>[1-9]|[一二两三四五六七八九十])年(?:左右)?(?:时间|内|之内|的?努力)"
)
_LOOSE = re.compile(
    r"(?P<next>明年|次年|下一年度?)?(?P<this>今年|当年|本年度?)?"
    r"(?:(?<!\d年)(?P<half>[上下]半年)|(?P<quarter>第?[一二三四]季度)(?=[底末前内])|(?P<month>\d{1,2})月(?:份)?(?=[底末前])"
    r"|(?P<end>年(?=[底末内终])|(?<=[今明]年)(?!以来|来|初|度|\d|[一二三四五六七八九十]+月)))(?:底|末|内|终)?(?:之前|以前|前)?"
)
_COMPARED = re.compile(r"的?(?:基础上?|水平上?|相比|同期|基数)")
# 2019年建成的中心: the year belongs to the name of the thing.
_NAMES = re.compile(r"(?:建成|成立|印发|发布|实施|出台|落户|投用|颁布|修订|设立|组建|启动)的(?=[一-鿿\d])")
# 达到2020年的1.8倍: the year compared with.
_TIMES_OF = re.compile(r"(?:底|末)?的[\d.]+倍")
_PAST_LEAD = ("截至", "截止", "截止到")
_RESOLVED = re.compile(r"确保|力争|务必|将达|将建")
_BASE_LEAD = ("比", "较", "与", "由", "从", "自", "以")


@dataclass(frozen=True)
class Anchor:
    """A date; `by` is a deadline, `in` a year of action, `base` a year compared with, `past` a state."""

    start: int
    end: int
    day: date | None
    kind: Kind


def anchors(text: str, written: date | None = None) -> list[Anchor]:
    """All dates of a narrowed sentence, in order; `written` is the day of the document, if known."""
    found = [_calendar(match, text, written) for match in _CALENDAR.finditer(text) if _is_date(match, text)]
    found += [_period(match) for match in _PERIOD.finditer(text)]
    found += [_of_list(match, text) for match in _LISTED.finditer(text)]
    taken = list(found)
    for match in _RELATIVE.finditer(text):
        if (
            not any(a.start <= match.start() < a.end for a in taken)
            and "每" not in text[max(0, match.start() - 2) : match.start()]
        ):
            found.append(_relative(match, written))
    for match in filter(re.Match.group, _LOOSE.finditer(text)):
        alone = match["half"] and not (match["next"] or match["this"] or written)
        half = alone and not any(a.end <= match.start() and a.day for a in taken)
        if not half and not any(a.start < match.end() and match.start() < a.end for a in found):
            found.append(Anchor(match.start(), match.end(), _loose(match, _year_of(match, taken, written)), "by"))
    return _spread(sorted(found, key=lambda anchor: anchor.start), text)


def year_end(year: int) -> date:
    """到2025年 means 2025-12-31."""
    return date(year, 12, 31)


def _is_date(match: re.Match[str], text: str) -> bool:
    """A year needs 年, a month, a range or a mark of time; 2025 alone in a number is none."""
    whole = match.group()
    if "年" not in whole and not (match["y2"] and text[match.end() : match.end() + 1] == "年"):
        return False
    return not text[max(0, match.start() - 1) : match.start()].isdigit()


def _calendar(match: re.Match[str], text: str, written: date | None) -> Anchor:
    year = _number(match["y2"] or match["y1"])
    second = match["y2"] or match["m2"] or match["d2"]
    month = match["m2"] if second else match["m1"]
    day = _day(year, month, match["d2"] if second else match["d1"], match["part"])
    end = match.end() + (1 if text[match.end() : match.end() + 1] == "年" else 0)
    return Anchor(match.start(), end, day, _kind(match, text, written, day))


def _kind(match: re.Match[str], text: str, written: date | None, day: date | None) -> Kind:
    lead, behind = match["lead"] or "", text[match.end() :]
    if match["span"] in ("以来", "起"):
        return "other"
    if _COMPARED.match(behind) or _TIMES_OF.match(behind):
        return "base"
    if _NAMES.match(behind):
        return "other"
    if lead in _PAST_LEAD:
        ahead = day > written if written and day else bool(_RESOLVED.search(behind))
        return "by" if ahead else "past"
    if lead in _BASE_LEAD and not match["y2"]:
        return "base"
    if written and day and day < written:
        return "past"
    if lead in ("到", "至", "展望", "展望到", "力争到", "争取到") or match["before"] or match["end"]:
        return "by"
    return "in"


def _day(year: int, month: str | None, day: str | None, part: str | None) -> date | None:
    if month:
        number = _month(month)
        last = calendar.monthrange(year, number)[1]
        return date(year, number, min(int(day), last) if day and int(day) else last)
    if part and part.startswith(("上半", "年中")):
        return date(year, 6, 30)
    if part and "季度" in part:
        return date(year, *_QUARTER_END[part.removeprefix("第")[0]])
    return year_end(year)


def _of_list(match: re.Match[str], text: str) -> Anchor:
    """A year of a list that has one 年 for all."""
    by = text[: match.start()].endswith(("到", "至"))
    return Anchor(match.start(), match.end(), year_end(int(match.group())), "by" if by else "in")


def _number(year: str) -> int:
    return int("".join(_DIGITS.get(character, character) for character in year))


def _month(month: str) -> int:
    if month.isdigit():
        return int(month)
    return 10 + int(_DIGITS.get(month[1:], "0")) if month.startswith("十") else int(_DIGITS[month])


def _period(match: re.Match[str]) -> Anchor:
    day = year_end(_PLAN[match["plan"]])
    if match["tail"] or match["end"] == "以来":
        kind: Kind = "other"
    elif _COMPARED.match(match.string[match.end() :]) or match["lead"] in ("较", "比", "以"):
        kind = "base"
    elif match["plan"] == "十三五":
        kind = "past"
    elif match["end"]:
        kind = "by"
    else:
        kind = "other"
    return Anchor(match.start(), match.end(), day, kind)


def _relative(match: re.Match[str], written: date | None) -> Anchor:
    """三年内 counts from the day of the document; without that day nobody can tell."""
    years = match["years"]
    count = int(years) if years.isdigit() else {"两": 2, "十": 10}.get(years) or int(_DIGITS[years])
    day = None
    if written:
        last = calendar.monthrange(written.year + count, written.month)[1]
        day = date(written.year + count, written.month, min(written.day, last))
    return Anchor(match.start(), match.end(), day, "by")


def _year_of(match: re.Match[str], found: list[Anchor], written: date | None) -> date | None:
    """A day of the year meant: for 下半年, 6月底前 the year named last in the sentence, else that of the document."""
    before = [a.day for a in found if a.end <= match.start() and a.day and a.kind in ("by", "in")]
    part = match["half"] or match["quarter"] or match["month"] or match["end"]
    return max(before) if before and part and not (match["next"] or match["this"]) else written


def _loose(match: re.Match[str], written: date | None) -> date | None:
    """年底前, 6月底前, 下半年 belong to the year of the document, 明年三季度前 to the next."""
    if written is None:
        return None
    year = written.year + (1 if match["next"] else 0)
    month = match["month"]
    if month and not 1 <= int(month) <= 12:
        return year_end(year)
    return _day(year, month, None, match["half"] or match["quarter"])


def _spread(found: list[Anchor], text: str) -> list[Anchor]:
    """到2025年、2027年: the years behind the first take its kind."""
    for index in range(1, len(found)):
        before, anchor = found[index - 1], found[index]
        if text[before.end : anchor.start] in ("、", "和", "及", "以及", "和到", "、到") and before.kind == "by":
            found[index] = Anchor(anchor.start, anchor.end, anchor.day, "by")
    return found
