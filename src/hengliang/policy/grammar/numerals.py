"""Numbers in Chinese prose: 1,200; 1.2万; 三千一百; 百分之九十八; 六成; 三分之二; 半数; 翻一番; 10至15; 百余."""

import re
from dataclasses import dataclass

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

_LONGEST = 18
_WORDS = {"百分百": 100, "过半": 50, "过半数": 50, "半数": 50, "一半": 50}
_WORDS |= {"翻番": 2, "翻一番": 2, "翻两番": 4, "翻二番": 4, "翻三番": 8, "倍增": 2}
_ARABIC = r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?"
# 单一周期, 统一部署: an 一 behind these belongs to the word.
_HAN = r"(?<![单统唯同逐专第])[一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千万亿]*"
# 完成万家重点企业审查: 万 alone counts, as 百 and 千 do.
_MYRIAD = r"(?<![零〇一二两三四五六七八九十百千万亿\d每])万(?=[家户名](?!灯火)[一-鿿]{2})"
_SHARE = (
    rf"(?:百分百|(?:[百千万]|{_HAN})分之(?:{_ARABIC}|{_HAN}(?:点[零〇一二三四五六七八九]+)?)"
    r"|(?<![\d./])[1-9]/[2-9](?![\d/.]))"
)
_TENTHS = r"[一二两三四五六七八九]成[半一二三四五六七八九]?(?!立|果|为|本|效|员|熟|功|长|套|就|都|品|型|交|绩|分)"
_HALF = r"(?:过半数?(?!年|天|月|小时|个|数据)|半数(?=以上|的)|一半(?!以下))"
_TIMES = r"(?:翻[一两二三]?番|倍增(?!计划|行动|工程|效应|器))"
_SINGLE = rf"(?:{_SHARE}|{_TENTHS}|{_HALF}|{_TIMES}|{_ARABIC}(?:[十百万亿]|千(?!瓦|克|米|伏|卡))*|{_HAN}|{_MYRIAD})"
_IN_TEN = re.compile(rf"{_TENTHS}$")
_JOIN = r"(?:-|~|—{1,2}|至|到)"
NUMBER = re.compile(rf"(?P<one>{_SINGLE})(?P<first_percent>%)?(?:{_JOIN}(?P<two>{_SINGLE}))?(?P<percent>%)?")


@dataclass(frozen=True)
class Number:
    """A number or a range.

    percent : for %, 百分之, 成, 三分之二 and 半数; times : for 翻一番 and 倍增; above : for 过半
    myriad : the 万 or 亿 at its end, if any
    """

    start: int
    end: int
    value: float
    upper: float | None
    percent: bool
    chinese: bool
    myriad: str
    times: bool = False
    above: bool = False


def numbers(text: str) -> list[Number]:
    """All numbers of a narrowed text, in order."""
    found = []
    for match in NUMBER.finditer(text):
        value = parse(match["one"])
        upper = parse(match["two"]) if match["two"] else None
        if value is None or (match["two"] and upper is None):
            continue
        percent = bool(match["percent"] or match["first_percent"]) or _is_share(match["one"])
        last = match["two"] or match["one"]
        myriad = last[-1] if last[-1] in _MYRIADS and not percent else ""
        if upper is not None and myriad and match["one"][-1] not in _MYRIADS:
            value *= _MYRIADS[myriad]
        chinese = not any(character.isdigit() and character.isascii() for character in match["one"])
        times, above = bool(re.fullmatch(_TIMES, match["one"])), match["one"].startswith("过半")
        found.append(Number(match.start(), match.end(), value, upper, percent, chinese, myriad, times, above))
    return found


def _is_share(text: str) -> bool:
    return bool(_IN_TEN.match(text)) or "半" in text or "分之" in text or text == "百分百" or "/" in text


def parse(text: str) -> float | None:
    """The value of one numeral; None where the characters form no number.

    >>> parse("三千一百"), parse("1.2万"), parse("百分之九十八点五"), parse("六成")
    (3100, 12000, 98.5, 60)
    >>> parse("三分之二"), parse("半数"), parse("翻两番")
    (66.67, 50, 4)
    """
    if len(text) > _LONGEST:
        return None
    if text in _WORDS:
        return _WORDS[text]
    if "分之" in text:
        return _share(*text.split("分之"))
    if "/" in text:
        return _share(*reversed(text.split("/")))
    if "成" in text:
        return _DIGITS[text[0]] * 10 + (5 if text.endswith("半") else _DIGITS.get(text[-1], 0))
    if text[0].isdigit() and text[0].isascii():
        return _arabic(text)
    whole, point, decimals = text.partition("点")
    value = _chinese(whole)
    if value is None or not point:
        return value
    return _tidy(value + float("0." + "".join(str(_DIGITS[digit]) for digit in decimals)))


def _share(whole: str, part: str) -> float | None:
    """Per cent of 百分之九十八, 三分之二; to two places where it does not come out even."""
    parts, base = parse(part), parse(whole)
    return None if parts is None or not base else _tidy(round(100 * parts / base, 2 if base < 100 else 6))


def _arabic(text: str) -> float:
    match = re.match(r"[\d,.]+", text)
    value = float(match.group().replace(",", "")) if match else 0.0
    for character in text[match.end() if match else 0 :]:
        value *= {**_UNITS, **_MYRIADS}[character]
    return _tidy(value)


def _chinese(text: str) -> float | None:
    if len(text) > 1 and all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text)) if len(text) == 4 else None
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            section += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            carried = total if character == "亿" else 0
            total = total - carried + (carried + section + digit or 1) * _MYRIADS[character]
            section = digit = 0
    return total + section + digit


def _tidy(value: float) -> float:
    """Whole numbers as int, so that they print as such; others without the dust of binary fractions."""
    value = round(value, 6)
    return int(value) if value == int(value) else value
