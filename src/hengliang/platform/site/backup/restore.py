"""Puts a backup back: everything is checked first, then replaced; a cut-off restore is never served."""

import ast
import shutil
import tempfile
from pathlib import Path
from typing import cast

import psycopg

from hengliang import __version__
from hengliang.platform.site.backup import archive, tools
from hengliang.platform.site.backup.archive import Manifest
from hengliang.platform.site.backup.errors import FromTheFuture, HomeInUse, StillServed
from hengliang.platform.site.backup.write import backup
from hengliang.platform.site.database import Addresses, state
from hengliang.platform.site.database.credentials import APP
from hengliang.platform.site.database.rights import NOT_ON_NEW_TABLES, ON_ALL_TABLES, on_new_tables

MARK = "restore.unfinished"
EMPTY = """
    DROP SCHEMA IF EXISTS public CASCADE;
    CREATE SCHEMA public;
    GRANT USAGE ON SCHEMA public TO PUBLIC;
"""
HAS_APP = f"SELECT to_regrole('{APP}') IS NOT NULL"
# The dump of a server with one role for everything gives the app role nothing.
APP_SEES_NOTHING = f"SELECT NOT has_table_privilege('{APP}', to_regclass('public.django_migrations'), 'SELECT')"
OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND datname = current_database() AND pid <> pg_backend_pid()
"""


def unfinished_restore(home: Path) -> str:
    """The backup from which a restore into this home was cut off, or nothing."""
    mark = home / MARK
    return mark.read_text() if mark.exists() else ""


def restore(home: Path, addresses: Addresses, file: Path, *, force: bool = False) -> Manifest:
    """Replace what `home` and its database hold by the backup in `file`; gives its manifest.

    With `force`, what was there is first saved below `home/backups`. Nobody else may be connected.

    Errors: `NotABackup`, `Damaged`, `FromTheFuture`, `HomeInUse`, `StillServed`: nothing was changed; `ToolFailed`.
    """
    manifest = archive.checked(file)
    refuse_newer(file, manifest)
    _refuse_served(addresses)
    interrupted = unfinished_restore(home)
    if not interrupted and _in_use(home, addresses):
        if not force:
            raise HomeInUse(home=home)
        _save(home, addresses)
    (home / MARK).write_text(str(file.absolute()))
    (home / "run").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home / "run") as folder:
        archive.unpack(file, Path(folder))
        _load(addresses.owner, Path(folder) / archive.DUMP)
        _replace_files(home, Path(folder) / archive.FILES)
    state.write(addresses.owner, cast("state.State", manifest.state))
    (home / MARK).unlink()
    return manifest


def _load(address: str, dump: Path) -> None:
    """A dump says what each role may do but not what it may not: what new tables give is off while it is loaded."""
    with psycopg.connect(address) as connection:
        has_app = _yes(connection, HAS_APP)
        connection.execute(EMPTY)
        if has_app:
            connection.execute(NOT_ON_NEW_TABLES)
    tools.load(address, dump, rights=has_app)
    if has_app:
        with psycopg.connect(address) as connection:
            connection.execute(on_new_tables(of="CURRENT_USER"))
            if _yes(connection, APP_SEES_NOTHING):
                connection.execute(ON_ALL_TABLES)


def _yes(connection: psycopg.Connection[tuple[object, ...]], question: str) -> bool:
    row = connection.execute(question).fetchone()
    return bool(row and row[0])


def _refuse_served(addresses: Addresses) -> None:
    with psycopg.connect(addresses.owner) as connection:
        row = connection.execute(OTHERS).fetchone()
    if row and row[0]:
        raise StillServed(count=row[0])


def refuse_newer(file: Path, manifest: Manifest) -> None:
    """Errors: `FromTheFuture` if this version does not know the format or a migration."""
    reason = ""
    if manifest.format > archive.FORMAT:
        reason = f"format {manifest.format}"
    elif unknown := [name for name in manifest.migrations if not _known(name)]:
        reason = f"migration {unknown[0]}"
    if reason:
        raise FromTheFuture(file=file, made_by=manifest.version, here=__version__, reason=reason)


def _known(migration: str) -> bool:
    """Whether we have this migration, or one that replaces it. Those of other packages are theirs to check."""
    app, _, name = migration.partition(".")
    folder = state.PLATFORM / app / "migrations"
    return not folder.is_dir() or (folder / f"{name}.py").exists() or (app, name) in _replaced(folder)


def _replaced(folder: Path) -> set[tuple[str, str]]:
    """What the migrations of a folder replace, read without Django, which is not set up here."""
    nodes = (node for file in folder.glob("0*.py") for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    lists = (
        node.value for node in nodes if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "replaces"
    )
    return {pair for told in lists for pair in ast.literal_eval(told)}


def _in_use(home: Path, addresses: Addresses) -> bool:
    own = {"secret"}  # made by whoever opened this home just now
    return not state.is_empty(addresses.owner) or any(path.name not in own for path in archive.files(home))


def _save(home: Path, addresses: Addresses) -> None:
    folder = home / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    backup(home, addresses, folder / f"before-restore-{archive.moment()}.tar")


def _replace_files(home: Path, source: Path) -> None:
    for path in archive.files(home):
        path.unlink()
    if source.is_dir():
        shutil.copytree(source, home, dirs_exist_ok=True)
