"""Sheets wait in a folder, under their hash, until they are applied or dropped."""

import hashlib
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.sheet import LEDGER, Sheet, Vocabulary
from hengliang.platform.registry.imports.text import read_csv
from hengliang.platform.registry.imports.workbook import read_workbook

_ZIP = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


class Held(NamedTuple):
    """A sheet that waits."""

    sha256: str
    size: int


def hold(chunks: Iterable[bytes], within: Path | None = None, most: int | None = None) -> Held:
    """Keep a sheet, in the folder of imports or `within` another; the same bytes are kept once.

    most : the largest that is kept [bytes]; a sheet of a ledger, if not said
    Errors: `InputRefused` if it is empty or too large.
    """
    place, most = within or folder(), most or limits.MAX_FILE_BYTES
    place.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    arriving = place / f"arriving-{secrets.token_hex(8)}"
    try:
        with arriving.open("wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise InputRefused(
                        "file_too_large",
                        "The file is larger than %(size)s MB. Split it, or save it without pictures.",
                        field="file",
                        size=most // 2**20,
                    )
                digest.update(chunk)
                file.write(chunk)
        if not size:
            raise InputRefused("file_empty", "The file is empty.", field="file")
        arriving.replace(place / digest.hexdigest())
    finally:
        arriving.unlink(missing_ok=True)
    return Held(digest.hexdigest(), size)


def folder() -> Path:
    """Where sheets wait."""
    return Path(settings.MEDIA_ROOT) / "imports"


def path_of(sha256: str) -> Path:
    """The file of a sheet that waits."""
    return folder() / sha256


def open_sheet(sha256: str, words: Vocabulary = LEDGER) -> Sheet:
    """Read a sheet that waits, whatever kind it is; its bytes decide, not its name. `words` finds its header row.

    Errors: `InputRefused` for a file that can't be read or is gone.
    """
    path = path_of(sha256)
    if not path.is_file():
        raise InputRefused("file_gone", "The file is no longer here. Send it again.", field="file")
    with path.open("rb") as file:
        start = file.read(4)
    if start == _ZIP:
        return read_workbook(path, words)
    if start == _OLD_WORKBOOK:
        raise InputRefused(
            "old_workbook",
            "This is a workbook of the old kind (.xls), or one with a password. Save it as .xlsx.",
            field="file",
        )
    return read_csv(path.read_bytes(), words)
