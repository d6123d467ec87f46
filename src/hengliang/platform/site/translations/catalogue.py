"""Reads a gettext catalogue and writes its binary form, so that no machine needs GNU msgfmt.

Source: GNU gettext manual, "The Format of PO Files" and "The Format of GNU MO Files".
"""

import ast
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

MAGIC = 0x950412DE
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])?\s+)?(".*")')


class Malformed(Exception):
    """A catalogue that can't be read; the message names file, line and what to mend there."""


@dataclass(slots=True)
class Entry:
    """One message: its id, its context, the plural id, and the translations by plural form."""

    msgid: str = ""
    context: str | None = None
    plural: str | None = None
    texts: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False
    line: int = 0

    @property
    def complete(self) -> bool:
        """Whether every form is translated, and by a person who was sure."""
        return bool(self.texts) and all(self.texts.values()) and not self.fuzzy

    def key(self) -> str:
        """The id as the binary form keeps it."""
        plural = "" if self.plural is None else f"\0{self.plural}"
        return (f"{self.context}\4" if self.context is not None else "") + self.msgid + plural

    def value(self) -> str:
        """The translations as the binary form keeps them."""
        return "\0".join(text for _, text in sorted(self.texts.items()))


def parse(path: Path) -> list[Entry]:
    """The entries of a `.po` file in their order, the header first; obsolete ones (`#~`) are left out.

    Errors: `Malformed`.
    """
    entries: list[Entry] = []
    current, part, form, fuzzy = Entry(), "", 0, False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        if text.startswith("#"):
            fuzzy = fuzzy or (text.startswith("#,") and "fuzzy" in text)
            continue
        if not text:
            continue
        if not (match := LINE.fullmatch(text)):
            raise Malformed(f'{path}, line {number}: neither a keyword with a "text" nor a "text": {text}')
        keyword, index, quoted = match.groups()
        if keyword == "msgctxt" or (keyword == "msgid" and part != "msgctxt"):
            current, fuzzy = Entry(fuzzy=fuzzy, line=number), False
            entries.append(current)
        part, form = keyword or part, int(index or 0) if keyword else form
        _append(current, part, form, _unquoted(quoted, f"{path}, line {number}"))
    return entries


def _unquoted(quoted: str, where: str) -> str:
    try:
        return str(ast.literal_eval(quoted))  # the escapes of C and of Python agree on what catalogues use
    except (SyntaxError, ValueError) as error:
        raise Malformed(f"{where}: a quote or backslash is not escaped: {quoted}") from error


def _append(entry: Entry, part: str, form: int, text: str) -> None:
    if part == "msgid":
        entry.msgid += text
    elif part == "msgctxt":
        entry.context = (entry.context or "") + text
    elif part == "msgid_plural":
        entry.plural = (entry.plural or "") + text
    else:
        entry.texts[form] = entry.texts.get(form, "") + text


def compiled(entries: Iterable[Entry]) -> bytes:
    """The `.mo` file of those entries that are complete; the others fall back to their msgid."""
    pairs = sorted(
        (entry.key().encode(), entry.value().encode())
        for entry in entries
        if entry.complete or (not entry.msgid and entry.texts)
    )
    keys, values = [key for key, _ in pairs], [value for _, value in pairs]
    start = 28 + 16 * len(pairs)
    table, blob = b"", b""
    for text in (*keys, *values):
        table += struct.pack("<II", len(text), start + len(blob))
        blob += text + b"\0"
    head = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + table + blob
