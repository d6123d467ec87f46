"""Numbers before headings: 第一章, 一、, (一), 1., (1), ①, 1.1 — each form is a level of its own."""

import re
from dataclasses import dataclass

_CHINESE = "[一二三四五六七八九十百零〇]{1,5}"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第{_CHINESE}(?:部分|[编篇部](?=[\s:、]))\s*[:、]?")),
    ("chapter", re.compile(rf"第{_CHINESE}章\s*[:、]?")),
    ("section", re.compile(rf"第{_CHINESE}节\s*[:、]?")),
    ("article", re.compile(rf"第{_CHINESE}条\s*[:、]?")),
    ("chinese", re.compile(rf"{_CHINESE}、\s*")),
    ("bracket_chinese", re.compile(rf"\({_CHINESE}\)[、.]?\s*")),
    ("decimal_3", re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}(?![\d%])[.、]?\s*")),
    ("decimal_2", re.compile(r"\d{1,2}\.\d{1,2}(?![\d.%万亿项个家种台人名件])[、]?(?:\s*(?=[^\d\s])|\s+(?=20\d\d年))")),
    ("arabic", re.compile(r"\d{1,3}(?:[、]|\.(?!\d)|\s+(?=[一-鿿]{2}))\s*")),
    ("bracket_arabic", re.compile(r"\(\d{1,2}\)[、.]?\s*|\d{1,2}\)\s*")),
    ("letter", re.compile(r"[a-zA-Z][.、)]\s*(?=[一-鿿])")),
    ("circled", re.compile(r"[①-⑳]\s*")),
)


@dataclass(frozen=True)
class Number:
    """A number at the head of a line: its form, what is printed (`id`), and where the text begins."""

    form: str
    id: str
    end: int


def number_of(line: str) -> Number | None:
    """The number at the head of a narrowed line, if there is one."""
    for form, pattern in _FORMS:
        match = pattern.match(line)
        if match:
            return Number(form, match.group().strip().rstrip("、.: "), match.end())
    return None
