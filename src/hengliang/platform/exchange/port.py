"""The port to other systems: what any way of exchange gives and takes. Files are carried now; an interface of another
system is one more `Adapter`, and nothing above it changes.
"""

import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.words import Words
from hengliang.platform.exchange.profiles import Profile
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.files import spread
from hengliang.platform.registry.imports.holding import open_sheet, path_of
from hengliang.platform.registry.imports.sheet import Sheet
from hengliang.platform.registry.imports.workbook import too_large

_LINE = 65_536  # bytes that one line of JSON may have


@dataclass(frozen=True)
class Answer:
    """What the other system said at once about a row, by our number. Files answer nothing; receipts come later."""

    key: str
    accepted: bool
    reason: str = ""


@dataclass(frozen=True)
class Written:
    """What was written, and what was answered to it at once."""

    content: bytes
    suffix: str
    answers: Sequence[Answer] = ()

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


class Adapter(Protocol):
    """A way of exchange with another system."""

    @property
    def title(self) -> Words:
        """What it is called."""
        ...

    @property
    def format(self) -> str:
        """The form of the profiles that it works by."""
        ...

    def read(self, sha256: str, profile: Profile, kind: str) -> Sheet:
        """The rows of a batch that is held under its hash. Errors: `InputRefused` for a file that can't be read."""
        ...

    def write(self, rows: Sequence[Mapping[str, str]], profile: Profile, kind: str) -> Written:
        """Bring rows out, in the columns and words of the profile."""
        ...


class SheetFile:
    """Workbooks and CSV files, read by the ledger's own bounded reader."""

    title = _("Sheets as files")
    format = "sheet"

    def read(self, sha256: str, profile: Profile, kind: str) -> Sheet:
        """Header row found by the profile's names, in any order of columns."""
        return open_sheet(sha256, profile.words(kind))

    def write(self, rows: Sequence[Mapping[str, str]], profile: Profile, kind: str) -> Written:
        """A workbook; nothing in it is a formula."""
        headers = [column.header for column in profile.outbound[kind]]
        return Written(b"".join(spread(headers, _lines(rows, profile, kind), "xlsx")), "xlsx")


class JsonLinesFile:
    """One JSON object a line, flat."""

    title = _("JSON lines as files")
    format = "json_lines"

    def read(self, sha256: str, profile: Profile, kind: str) -> Sheet:
        """The names that the profile knows are the columns."""
        names = [name for names in profile.inbound.get(kind, {}).values() for name in names]
        path = path_of(sha256)
        if not path.is_file():
            raise InputRefused("file_gone", "The file is no longer here. Send it again.", field="file")
        return Sheet(names, _objects(path.read_bytes(), names))

    def write(self, rows: Sequence[Mapping[str, str]], profile: Profile, kind: str) -> Written:
        """UTF-8, a line feed after each object."""
        headers = [column.header for column in profile.outbound[kind]]
        lines = (dict(zip(headers, line, strict=True)) for line in _lines(rows, profile, kind))
        text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
        return Written(text.encode(), "jsonl")


def _lines(rows: Sequence[Mapping[str, str]], profile: Profile, kind: str) -> Iterator[list[str]]:
    columns = profile.outbound[kind]
    for row in rows:
        yield [profile.word(column.field, row.get(column.field, "")) for column in columns]


def _objects(content: bytes, names: Sequence[str]) -> Iterator[tuple[int, list[Any]]]:
    for number, line in enumerate(io.BytesIO(content), start=1):
        if not line.strip():
            continue
        if number > limits.MAX_ROWS:
            raise too_large()
        told = _object(line, number)
        yield number, [told.get(name) for name in names]


def _object(line: bytes, number: int) -> dict[str, Any]:
    try:
        told = json.loads(line) if len(line) <= _LINE else None
        json.dumps(told, ensure_ascii=False).encode()  # half of a pair of signs can't be stored
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or any(isinstance(value, dict | list) for value in told.values()):
        raise InputRefused(
            "line_no_object",
            "Line %(row)s is no flat JSON object. Each line must hold one, with texts and numbers only.",
            field="file",
            row=number,
        )
    return {name: _plain(value) for name, value in told.items()}


def _plain(value: Any) -> Any:
    """A value as a sheet would hold it; numbers that no sheet holds become text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


ADAPTERS: Mapping[str, Adapter] = {"sheet_file": SheetFile(), "json_lines_file": JsonLinesFile()}


def adapter_of(code: str) -> Adapter:
    """The adapter of a system.

    Errors: `InputRefused` for one that this version lacks.
    """
    if code not in ADAPTERS:
        raise InputRefused(
            "adapter_unknown", "This version has no way of exchange called “%(name)s”.", field="adapter", name=code
        )
    return ADAPTERS[code]
