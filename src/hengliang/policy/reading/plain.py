"""Plain text: tells the encoding by trying each and judging what comes out."""

import codecs

from hengliang.policy.errors import GarbledDocument
from hengliang.policy.reading.language import HAN, chinese_score

# Scores of `chinese_score`, found on the texts of the corpus.
_HARDLY = 0.45
_CHINESE = 0.6
_CLEARLY_BETTER = 0.2

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# Text that was decoded wrongly and saved again: (wrongly read as, in truth).
_MISREADINGS = (("gb18030", "utf-8"), ("latin-1", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "gb18030"))


def read(content: bytes) -> tuple[str, str]:
    """Text and encoding of a plain text file.

    Raises: `GarbledDocument` where no encoding gives Chinese or Latin text.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _strict(content, name), name
    return decode(content)


def decode(content: bytes, declared: str | None = None) -> tuple[str, str]:
    """Decode bytes without a mark, trying a declared encoding first."""
    tried = tuple(name for name in ("utf-8", declared) if name)
    for name in tried:
        text = _try(content, name)
        if text is not None and "\x00" not in text:
            return _undo_misreading(text, name)
    best = max(((_score(content, name), name) for name in _CANDIDATES), key=lambda pair: pair[0])
    if best[0] < _HARDLY:
        raise GarbledDocument(detail="no known encoding gives readable text")
    return _strict(content, best[1]), best[1]


def _score(content: bytes, name: str) -> float:
    text = _try(content, name)
    return -1.0 if text is None else chinese_score(text)


def _try(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _strict(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError:
        raise GarbledDocument(detail="its bytes do not fit the encoding that it names")


def _undo_misreading(text: str, name: str) -> tuple[str, str]:
    """Give back what was meant where a wrong reading was saved, if it clearly reads better."""
    if chinese_score(text) >= _CHINESE:
        return text, name
    for wrong, right in _MISREADINGS:
        meant = _reread(text, wrong, right)
        if meant and HAN.search(meant) and chinese_score(meant) > max(_CHINESE, chinese_score(text) + _CLEARLY_BETTER):
            return meant, f"{right} misread as {wrong}"
    return text, name


def _reread(text: str, wrong: str, right: str) -> str | None:
    try:
        return text.encode(wrong).decode(right)
    except UnicodeError:
        return None
