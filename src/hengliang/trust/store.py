"""Where a log keeps its files: the port that disk, memory and database fill."""

from collections.abc import Mapping
from typing import Protocol

from hengliang.trust.errors import LogMoved, MissingObject


class LogStore(Protocol):
    """What a log needs from its store.

    The one promise that matters: when `publish` returns, the files and the checkpoint survive a crash, and no
    reader ever sees a checkpoint whose files are not there. A database does it in one transaction, a disk by
    writing the checkpoint last.
    """

    def read(self, name: str) -> bytes:
        """Content of a tile or bundle. Raises MissingObject."""
        ...

    def checkpoint(self) -> bytes | None:
        """The published signed checkpoint; None for a log that has not begun."""
        ...

    def publish(self, files: Mapping[str, bytes], checkpoint: bytes, *, replaces: bytes | None) -> None:
        """Store `files`, then `checkpoint` in place of `replaces`.

        Raises LogMoved, and changes nothing a reader could see, when the published one is not `replaces`.
        """
        ...


class MemoryStore:
    """A store that lasts as long as the process: for tests and dry runs."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._checkpoint: bytes | None = None

    def read(self, name: str) -> bytes:
        """Content of a tile or bundle. Raises MissingObject."""
        if name not in self.files:
            raise MissingObject(name=name)
        return self.files[name]

    def checkpoint(self) -> bytes | None:
        """The published signed checkpoint."""
        return self._checkpoint

    def publish(self, files: Mapping[str, bytes], checkpoint: bytes, *, replaces: bytes | None) -> None:
        """Store `files` and `checkpoint`. Raises LogMoved."""
        if self._checkpoint != replaces:
            raise LogMoved(origin=_origin(checkpoint))
        self.files.update(files)
        self._checkpoint = checkpoint


def _origin(checkpoint: bytes) -> str:
    return checkpoint.partition(b"\n")[0].decode("utf-8", "replace")
