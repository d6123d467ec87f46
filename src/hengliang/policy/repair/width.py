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
_INVISIBLE = re.compile("[​-‏  -  ⁠﻿­]")
_BLANK = re.compile(
    r"(?<=[㐀-鿿\d%])[  \t]+(?=[\d])|(?<=\d)[  \t]+(?=[㐀-鿿%])"
    r"|(?<=[㐀-鿿、。，；：）》”])[  \t](?=[㐀-鿿、。，；：（《“])"
)


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
    text, blanks = _BLANK.subn("", text)
    return text, hidden + blanks
