"""Document numbers as anybody writes them: 衡科验字〔2026〕8号 is also [2026] 08 号 in full-width digits."""

import re
import unicodedata

from hengliang.platform.plan.unit_names import plain

_BRACKETS = re.compile(r"[〔〕\[\]【】()〈〉《》「」{}]+")
_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_TEN, _HUNDRED = "十", "百"
_PARTS = re.compile(
    r"^(?P<word>.*?)\|?(?P<year>(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})年?\|?第?"
    r"(?P<number>\d+|[〇零○一二三四五六七八九十百]+)号?$"
)


def number_key(number: str) -> str:
    """A document number of which brackets, blanks, width and the kind of digits say nothing."""
    flat = re.sub(r"[\s\-—–_·.,:#]+", "", unicodedata.normalize("NFKC", number)).upper()
    flat = _BRACKETS.sub("|", flat).strip("|")
    parts = _PARTS.match(flat)
    if parts is None:
        return flat.replace("|", "")
    return f"{parts['word'].replace('|', '')}|{_digits(parts['year'])}|{_value(parts['number'])}"


def name_key(name: str) -> str:
    """A name of which blanks, width, brackets and quotes say nothing."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name)).casefold()


def document_key(number: str, authority: str) -> str:
    """What is the same for one document: its number, and whose it is where the number itself does not say."""
    key = number_key(number)
    return key if key.partition("|")[0].strip("0123456789") else f"{key}@{plain(authority)}"


def _digits(words: str) -> str:
    return "".join(_DIGITS.get(one, one) for one in words)


def _value(words: str) -> int:
    """8, 08, 八, 十二, 一百零三 or 一〇三."""
    if _TEN not in words and _HUNDRED not in words:
        return int(_digits(words))
    hundreds, found, rest = words.rpartition(_HUNDRED)
    value = 100 * int(_digits(hundreds or "一")) if found else 0
    tens, ten, ones = rest.lstrip("零〇○").rpartition(_TEN)
    value += 10 * int(_digits(tens or "一")) if ten else 0
    return value + (int(_digits(ones)) if ones else 0)
