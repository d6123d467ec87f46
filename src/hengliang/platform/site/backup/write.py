"""Makes a backup: the database as of one moment, then the files, which are only ever added."""

import json
import tempfile
from pathlib import Path

import psycopg

from hengliang import __version__
from hengliang.platform.site.backup import archive, tools
from hengliang.platform.site.backup.archive import Manifest
from hengliang.platform.site.database import Addresses


def backup(home: Path, addresses: Addresses, file: Path) -> Manifest:
    """Write a backup of `home` and its database to `file`; gives the manifest.

    Works while the product is served: attachments are written before the rows that name them and never
    change, so files copied after the dump hold at least what the dump names.

    Errors: `ToolFailed`; an `OSError` where the file can't be written.
    """
    file = file.absolute()
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
        dump = Path(folder) / archive.DUMP
        manifest = _about(addresses.owner)
        tools.dump(addresses.owner, dump)
        archive.write(file, dump, home, manifest)
    return manifest


def _about(address: str) -> Manifest:
    question = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    with psycopg.connect(address) as connection:
        row = connection.execute(question).fetchone()
        return Manifest(
            version=__version__,
            server=connection.info.server_version,
            made_at=archive.moment(),
            migrations=migrations(connection),
            state=json.loads(row[0]) if row and row[0] else {},
        )


def migrations(connection: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    """The migrations that a database has been through, as `app.name`."""
    known = connection.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL").fetchone()
    if not (known and known[0]):
        return []
    return [str(row[0]) for row in connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")]
