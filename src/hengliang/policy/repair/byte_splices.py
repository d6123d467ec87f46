"""Undoes replacements that a site made on GBK *bytes* instead of characters.

Such a site looked for a two-byte sequence, found it across two characters (last byte of one, first byte of
the next) and wrote there. Two tools did so:

- the tagging tool found 域為 = D3[F2 9E]E9, in it F29E = 驗, and wrote `(yàn)` behind 9E: the decoder took 9E
  with the bracket as one bad character, and everything behind was read one byte late: `域?yàn)橹`.
- the tool that narrows punctuation found 。科 = A1[A3 BF]C6, in it A3BF = ？, and wrote `?`:
  `??茖W` for 。科學.

What was lost is one byte that the rest determines: the last byte of the character before with the lost one
forms a character of that reading; put back, the bytes behind read right again. Seen on 仪表网 pages, 2022.
"""

import re

from hengliang.policy.reading.language import is_ordinary
from hengliang.policy.repair.pinyin_tags import SYLLABLE, readings
from hengliang.policy.repair.script import simplified

_INTO_TAG = re.compile(rf"[?�](\(?)({SYLLABLE})\)")
_INTO_MARK = re.compile(r"[?�]([?,:;!()])")
_WIDE = {
    "?": b"\xa3\xbf",
    ",": b"\xa3\xac",
    ":": b"\xa3\xba",
    ";": b"\xa3\xbb",
    "!": b"\xa3\xa1",
    "(": b"\xa3\xa8",
    ")": b"\xa3\xa9",
}
_REACH = 40
_SECOND_BYTES = "@[]^_`{|}~\\"


def undo_splices(text: str) -> tuple[str, int]:
    """Text with the lost bytes put back, and how many there were; what can't be decided stays as it is."""
    count = at = 0
    while True:
        found = _next(text, at)
        if found is None:
            return text, count
        mended = _mend_tag(text, found) if found.re is _INTO_TAG else _mend_mark(text, found)
        if mended is None:
            at = found.start() + 1
        else:
            text, count, at = mended, count + 1, max(0, found.start() - 1)


def _next(text: str, at: int) -> re.Match[str] | None:
    found = [match for match in (_INTO_TAG.search(text, at), _INTO_MARK.search(text, at)) if match]
    return min(found, key=lambda match: match.start(), default=None)


def _mend_tag(text: str, tag: re.Match[str]) -> str | None:
    """Find the byte X so that (last byte before, X) has the tag's reading and X leads the text behind."""
    before = _bytes(text[tag.start() - 1 : tag.start()])
    if len(before) != 2:
        return None
    lost = [byte for byte, _ in _tagged(before[1], tag.group(2))]
    return _best([_shifted(text, tag.end(), bytes((byte,))) for byte in lost], text, tag)


def _mend_mark(text: str, mark: re.Match[str]) -> str | None:
    """Find X so that (X, A3) is a character, which is most often 。, and the mark's other byte leads on."""
    return _best([_shifted(text, mark.end(), b"\xa1" + _WIDE[mark.group(1)])], text, mark)


def _best(candidates: list[tuple[str, int] | None], text: str, splice: re.Match[str]) -> str | None:
    """Take the candidate that reads clearly better than what stands there, if there is one."""
    found = [candidate for candidate in candidates if candidate]
    if not found:
        return None
    meant, rest = max(found, key=lambda candidate: _readable(candidate[0]))
    if _readable(meant) <= _readable(text[splice.end() : rest]):
        return None
    return text[: splice.start()] + meant + text[rest:]


def _tagged(lead: int, syllable: str) -> list[tuple[int, str]]:
    """Second bytes, with their characters, that make a traditional character of this reading."""
    found = [(byte, _character(bytes((lead, byte)))) for byte in range(0x40, 0xFF)]
    tagged = [(b, c) for b, c in found if c and c != simplified(c) and syllable in readings(c)]
    return sorted(tagged, key=lambda pair: not is_ordinary(simplified(pair[1])))


def _shifted(text: str, start: int, lost: bytes) -> tuple[str, int] | None:
    """The text behind a splice read again from the lost bytes on, and where the shift ends.

    It ends behind an ASCII letter, which took up the odd byte, or at a further tag whose character lost its
    second byte in the same way.
    """
    end = start
    while end < min(len(text), start + _REACH) and text[end] not in "?�\n":
        end += 1
        if text[end - 1].isascii() and (text[end - 1].isalpha() or text[end - 1] in _SECOND_BYTES):
            break
    content = lost + _bytes(text[start:end])
    whole = _character(content)
    if whole is not None:
        return whole, end
    head, tag = _character(content[:-1]), _INTO_TAG.match(text, end)
    tagged = _tagged(content[-1], tag.group(2)) if head is not None and tag else []
    return (f"{head}{tagged[0][1]}", tag.end()) if tag and tagged else None


def _readable(text: str) -> float:
    """Share of ordinary characters; stray ASCII letters between Han speak against a reading."""
    han = [character for character in text if "㐀" <= character <= "鿿"]
    stray = len(re.findall(r"(?<=[一-鿿])[A-Za-z@\[\]^_`{|}~\\](?=[(一-鿿])", text))
    odd = sum(not is_ordinary(simplified(character)) for character in han)
    return 1.0 - (odd + stray) / (len(han) + stray + 1e-9)


def _bytes(text: str) -> bytes:
    return text.encode("gbk", "ignore")


def _character(content: bytes) -> str | None:
    try:
        return content.decode("gbk")
    except UnicodeDecodeError:
        return None
