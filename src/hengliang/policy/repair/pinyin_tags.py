"""Pinyin written behind characters, `監(jiān)`: Han, bracket, one to six letters of pinyin, bracket."""

import re

SYLLABLE = "[a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]{1,6}"
_TONE = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_TAG = re.compile(rf"(?<=[㐀-䶿一-鿿])[(（](?=[^)）]{{0,6}}[{_TONE}]){SYLLABLE}[)）]")
_TONELESS = re.compile(r"(?<=[㐀-䶿一-鿿])[(（]([a-z]{1,6})[)）]")


def drop_tags(text: str) -> tuple[str, int]:
    """Text without tags, and how many there were.

    A syllable without a tone mark is only dropped where it is a reading of the character before it, so that
    `(e)` or `(kg)` stay.
    """
    text, count = _TAG.subn("", text)
    toneless = 0

    def drop(match: re.Match[str]) -> str:
        nonlocal toneless
        if match.group(1) not in readings(text[match.start() - 1], toned=False):
            return match.group()
        toneless += 1
        return ""

    return _TONELESS.sub(drop, text), count + toneless


def readings(character: str, *, toned: bool = True) -> frozenset[str]:
    """All readings of a character, with or without tone marks."""
    from pypinyin import Style, pinyin  # slow to import, and rarely needed

    style = Style.TONE if toned else Style.NORMAL
    return frozenset(pinyin(character, style=style, heteronym=True, errors="ignore")[0:1][0] if character else ())
