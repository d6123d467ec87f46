"""The log's files in PostgreSQL: the storage port of `hengliang.trust`, filled with three statements.

Guarantee: `publish` runs inside the caller's transaction, so files, checkpoint and the positions of the entries become
visible and durable together, at its commit, or not at all. Hole: who owns the database can rewrite all of it; that
is noticed by the copy on disk, by witnesses, and by every receipt that is out already.
"""

from collections.abc import Mapping

from django.db import connection
from django.utils import timezone

from hengliang.platform.core.models import LogCheckpoint, LogFile
from hengliang.trust.checkpoint import read_text
from hengliang.trust.errors import LogMoved, MissingObject
from hengliang.trust.notes import read_note
from hengliang.trust.tiles import WIDTH, name_of, parse_name

_PUT = """
    INSERT INTO core_logfile (name, content) SELECT * FROM unnest(%s::text[], %s::bytea[])
    ON CONFLICT (name) DO UPDATE SET content = EXCLUDED.content
"""


class PostgresStore:
    """One deployment's log in its database.

    origin : the log's name
    """

    def __init__(self, origin: str) -> None:
        self._origin = origin

    def read(self, name: str) -> bytes:
        """Content of a tile or bundle. Raises MissingObject, or MalformedTile for a name outside the log."""
        parse_name(name)
        found = LogFile.objects.filter(pk=name).values_list("content", flat=True).first()
        if found is None:
            raise MissingObject(name=name)
        return bytes(found)

    def checkpoint(self) -> bytes | None:
        """The published signed checkpoint; None for a log that has not begun."""
        found = LogCheckpoint.objects.filter(pk=self._origin).values_list("note", flat=True).first()
        return None if found is None else bytes(found)

    def publish(self, files: Mapping[str, bytes], checkpoint: bytes, *, replaces: bytes | None) -> None:
        """Store `files`, then `checkpoint` in place of `replaces`, in the transaction that is open. Raises LogMoved."""
        with connection.cursor() as cursor:
            if files:
                cursor.execute(_PUT, [list(files), list(files.values())])
            # Allowed once the full tile is there (C2SP tlog-tiles).
            if partials := [name for full in files for name in _partials(full)]:
                cursor.execute("DELETE FROM core_logfile WHERE name = ANY(%s)", [partials])
        shown = read_text(read_note(checkpoint).text)
        facts = {"note": checkpoint, "size": shown.size, "signed_at": timezone.now()}
        if replaces is None:
            _, fresh = LogCheckpoint.objects.get_or_create(origin=shown.origin, defaults=facts)
        else:
            fresh = bool(LogCheckpoint.objects.filter(origin=shown.origin, note=replaces).update(**facts))
        if not fresh:
            raise LogMoved(origin=shown.origin)


def _partials(name: str) -> list[str]:
    level, index, width = parse_name(name)
    return [name_of(level, index, part) for part in range(1, WIDTH)] if width == WIDTH else []
