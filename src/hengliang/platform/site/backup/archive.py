"""The file of a backup: a tar with the dump, the files of the home, and, last, the manifest.

The manifest stands last because hashes are known only when everything was written; a file without one was cut off.
"""

import hashlib
import io
import json
import os
import tarfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from hengliang.platform.site.backup.errors import Damaged, NotABackup

FORMAT = 1
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "home"
# What a home can make again, or what belongs to its own cluster and not to the data.
LEFT_OUT = {"database", "database.json", "database.at", "database.lock", "database.users", "static", "run"}
LEFT_OUT |= {"backups", "cache", "norms", "norms.d", "restore.unfinished"}


@dataclass(slots=True)
class Manifest:
    """What is in a backup and what made it. `parts` gives the SHA-256 of each member by its name."""

    version: str
    server: int
    made_at: str
    migrations: list[str]
    state: dict[str, Any]
    format: int = FORMAT
    parts: dict[str, str] = field(default_factory=dict)


def moment() -> str:
    """The present moment for a file name, in UTC, so fine that no two files of one home get the same name."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def files(home: Path) -> Iterator[Path]:
    """The files of a home that belong in a backup."""
    for top in sorted(home.iterdir()):
        if top.name not in LEFT_OUT and not top.is_symlink():
            yield from (path for path in sorted([top, *top.rglob("*")]) if path.is_file() and not path.is_symlink())


def write(file: Path, dump: Path, home: Path, manifest: Manifest) -> None:
    """Write the backup beside its place and move it there when it is whole and on disk."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # it holds the keys
        with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w|") as tar:
            manifest.parts[DUMP] = _add(tar, dump, DUMP)
            for path in files(home):
                name = str(PurePosixPath(FILES, path.relative_to(home)))
                manifest.parts[name] = _add(tar, path, name)
            text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size, entry.mode, entry.mtime = len(text), 0o600, int(time.time())
            tar.addfile(entry, io.BytesIO(text))
        with unfinished.open("rb") as whole:
            os.fsync(whole.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def _add(tar: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as source:
        entry = tar.gettarinfo(arcname=name, fileobj=source)
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        hashed = _Hashed(source)
        tar.addfile(entry, hashed)
    return hashed.digest.hexdigest()


class _Hashed:
    """A reader that hashes what passes."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.source.read(size)
        self.digest.update(block)
        return block


def checked(file: Path) -> Manifest:
    """The manifest of a backup of which every part has the hash that it says.

    Errors: `NotABackup`, `Damaged`.
    """
    found: dict[str, str] = {}
    text = b""
    try:
        with tarfile.open(file, "r|") as tar:
            for entry in tar:
                if not entry.isfile():
                    raise Damaged(file=file, part=entry.name, reason="is not a plain file")
                content = tar.extractfile(entry)
                if entry.name == MANIFEST:
                    text = content.read() if content else b""
                elif content:
                    found[entry.name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
        manifest = Manifest(**json.loads(text))
    except (tarfile.TarError, EOFError, ValueError, TypeError) as error:
        raise NotABackup(file=file, reason=str(error) or type(error).__name__) from error
    _compare(file, manifest.parts, found)
    return manifest


def _compare(file: Path, wanted: dict[str, str], found: dict[str, str]) -> None:
    for name in sorted({*wanted, *found}):
        if name not in found:
            raise Damaged(file=file, part=name, reason="is missing")
        if wanted.get(name) != found[name]:
            raise Damaged(file=file, part=name, reason="does not have the hash that the manifest gives")
        if name != DUMP and (PurePosixPath(name).parts[0] != FILES or ".." in PurePosixPath(name).parts):
            raise Damaged(file=file, part=name, reason="does not belong in a backup")


def unpack(file: Path, into: Path) -> None:
    """Unpack a backup that was `checked` into an empty folder."""
    with tarfile.open(file, "r|") as tar:
        tar.extractall(into, filter="data")
