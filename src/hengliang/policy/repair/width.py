"""Width and blanks: digits and letters narrow; punctuation stays as printed, narrowed only to be read."""

import re

_ALNUM = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_ALNUM |= {ord("％"): "%", ord("．"): ".", ord("～"): "~", ord("／"): "/", ord("＋"): "+", ord("－"): "-"}
_PUNCTUATION = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("　"): " ",
    ord("﹪"): "%",
    ord("〔"): "〔",
    ord("︰"): ":",
    ord("∶"): ":",
    ord("﹣"): "-",
    ord("‐"): "-",
    ord("‑"): "-",
    ord("–"): "—",
    ord("―"): "—",
    ord("─"): "—",
    ord("－"): "-",
    ord("～"): "~",
    ord("「"): "“",
    ord("」"): "”",
    ord("『"): "‘",
    ord("』"): "’",
}
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202f\u2060\ufeff\u00ad]")
_BLANK = re.compile(
    r"(?<=[㐀-鿿\d%])[ \u00a0\u3000\t]+(?=[\d])|(?<=\d)[ \u00a0\u3000\t]+(?=[㐀-鿿%])"
    r"|(?<=[㐀-鿿、。，；：）》”])[ \u00a0\t](?=[㐀-鿿、。，；：（《“])"
)
# 1 计量强基, 3.1 2024年底前: the number of a clause, not that of a thing (20 项).
_NUMBERS_A_CLAUSE = re.compile(r"[  \t]*(?:\d{1,2}(?:\.\d{1,2}){1,2}|\d{1,2})")
_COUNTS = frozenset("年月日号时点项个家台件套人名位次场所座处条种类份级批届期户支只块万亿千百元%")


def narrow_alphanumerics(text: str) -> tuple[str, int]:
    """Full-width digits, letters and percent signs as narrow ones, and how many there were."""
    narrowed = text.translate(_ALNUM)
    return narrowed, sum(one != other for one, other in zip(text, narrowed, strict=True))


def narrow(text: str) -> str:
    """The text for reading by rules: punctuation narrow too; same length, so that positions agree."""
    return text.translate(_PUNCTUATION)


def close_up(text: str) -> tuple[str, int]:
    """Text without invisible characters and without single blanks inside Chinese, and how many went."""
    text, hidden = _INVISIBLE.subn("", text.replace("\r\n", "\n").replace("\r", "\n"))
    closed = _BLANK.sub(lambda blank: blank.group() if _numbers_a_clause(blank) else "", text)
    return closed, hidden + len(text) - len(closed)


def _numbers_a_clause(blank: re.Match[str]) -> bool:
    """Whether what stands before a blank is the number of a clause at the head of its line."""
    text, at = blank.string, blank.start()
    head = text[text.rfind("\n", max(0, at - 12), at) + 1 : at] if "\n" in text[max(0, at - 12) : at] else text[:at]
    behind = text[blank.end() : blank.end() + 2]
    dated = "." in head and behind == "20"
    return bool(_NUMBERS_A_CLAUSE.fullmatch(head)) and (dated or (not behind[:1].isdigit() and behind[:1] not in _COUNTS))
