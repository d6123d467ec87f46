"""The code of an instrument: printed on its label, typed by hand, read aloud.

Nine random characters and one check character, over 31 letters and digits none of which is taken for another
(no 0/O, 1/I, U/V). 31 is prime, so the weighted sum finds every single wrong character and every swap of two
neighbours. Random, not counted up: from one label nobody can guess the next.
"""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
LENGTH = 10
_BYTES = 8
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_SHOWN = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{5}[\s\-‐-―－]{1,3}[0-9A-Za-z]{5}(?![0-9A-Za-z])")
# Letters, digits, hyphen and tilde alone: a name may hold brackets of full width.
_WIDE = "－～　" + "".join(
    chr(code) for first, last in ("０９", "ＡＺ", "ａｚ") for code in range(ord(first), ord(last) + 1)
)
_FULL_WIDTH = {ord(wide): ord(wide) - 0xFEE0 if wide != "　" else " " for wide in _WIDE}
_NOISE = re.compile(r"[\s\-‐-―－]+")


def check_character(body: str) -> str:
    """The character that ends a code."""
    total = sum(weight * _VALUE[character] for weight, character in enumerate(body, start=2))
    return ALPHABET[total % len(ALPHABET)]


def new_code() -> str:
    """A code that nobody can guess."""
    return _written(secrets.token_bytes(_BYTES))


def new_codes(count: int) -> list[str]:
    """Many different codes at once."""
    found: set[str] = set()
    while len(found) < count:
        noise = secrets.token_bytes(_BYTES * (count - len(found)))
        found.update(_written(noise[at : at + _BYTES]) for at in range(0, len(noise), _BYTES))
    return list(found)


def _written(noise: bytes) -> str:
    # 31^9 is less than 2^45; of 64 random bits the remainder favours no code by more than one in 2^19.
    rest, body, total = int.from_bytes(noise), "", 0
    for weight in range(2, LENGTH + 1):
        rest, value = divmod(rest, len(ALPHABET))
        body += ALPHABET[value]
        total += weight * value
    return body + ALPHABET[total % len(ALPHABET)]


def is_code(text: str) -> bool:
    """Whether the text is a code, its check character included."""
    return len(text) == LENGTH and all(c in _VALUE for c in text) and check_character(text[:-1]) == text[-1]


def tidy(text: str) -> str:
    """A code as typed or scanned, as it is stored: without hyphens and spaces, in capitals; the end of an address.

    A Chinese keyboard gives letters, digits and hyphens in full width; they are the same code.
    """
    return _NOISE.sub("", narrow(text).strip().rstrip("/").rsplit("/", 1)[-1]).upper()


def narrow(text: str) -> str:
    """The text with its letters, digits and hyphens of full width as plain ones; no other character changes."""
    return text.translate(_FULL_WIDTH)


def with_codes_tidied(needle: str) -> str:
    """What is searched, in which every whole code stands as it is stored; what is no code stays as typed."""

    def stored(shown: re.Match[str]) -> str:
        code = tidy(shown[0])
        return code if is_code(code) else shown[0]

    return _SHOWN.sub(stored, narrow(needle))


def spaced(code: str) -> str:
    """A code in two groups, as it is printed."""
    return f"{code[:5]}-{code[5:]}" if is_code(code) else code
