"""Is it Chinese, and is it whole? Counted on characters, so it costs one pass."""

import re
from functools import cache

from hengliang.policy.errors import EmptyDocument, GarbledDocument, WrongLanguage

# Shares of a text's characters, found on the texts of the corpus.
_MUCH = 0.3
_CHINESE = 0.6
_LOST = 0.02

HAN = re.compile(r"[㐀-䶿一-鿿]")
_TAGS = re.compile(r"\([^\W\d_]{1,6}\)")
_LETTER = re.compile(r"[^\W\d_]")
_KANA_HANGUL = re.compile(r"[぀-ヿ가-힯]")
# Very frequent characters of official prose, simplified and traditional: the mark of right decoding.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学"
    "法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政"
    "計為國發進會動學業實設質測監準標項務計强檢計標准检测项务监管计设质"
)


@cache
def _level_one() -> frozenset[str]:
    """The 3755 ordinary characters of GB 2312-80, level 1 (rows 16 to 55)."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(cell.decode("gb2312", "ignore") for cell in cells)


def is_ordinary(character: str) -> bool:
    """Whether a character is among the ordinary ones of GB 2312-80 level 1."""
    return character in _level_one()


def chinese_score(text: str) -> float:
    """How much a text reads like Chinese, 0 to 1: ordinary characters, weighed with very frequent ones."""
    han = HAN.findall(text[:20000])
    if not han:
        return 0.0
    ordinary = sum(map(is_ordinary, han)) / len(han)
    frequent = sum(character in _FREQUENT for character in han) / len(han)
    strange = sum(text[:20000].count(mark) for mark in ("�", "\x00", "锟", "斤拷")) / len(han)
    return max(0.0, 0.5 * ordinary + min(0.5, 2 * frequent) - strange)


def require_chinese(text: str) -> None:
    """Refuse text that is not Chinese or was lost on the way.

    Raises: `EmptyDocument`, `GarbledDocument`, `WrongLanguage`.
    """
    lost = text.count("�")
    han = len(HAN.findall(text))
    letters = len(_LETTER.findall(_TAGS.sub("", text)))  # pinyin behind every character is no foreign language
    if lost > 20 and lost > _LOST * len(text):
        raise GarbledDocument(detail="characters were lost")
    if not letters:
        raise EmptyDocument(detail="no letter in it", remedy="Choose another file.")
    share = max(0.0, (han - 3 * len(_KANA_HANGUL.findall(text))) / letters)
    if share < _MUCH:
        raise WrongLanguage(share=share)
    if text.count("?") > _MUCH * len(text):
        raise GarbledDocument(detail="most characters are question marks")
    if han > 40 and chinese_score(text) < _CHINESE:
        raise GarbledDocument(detail="its characters form no Chinese words")
