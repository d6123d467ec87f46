"""`hengliang backup` and `hengliang restore`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hengliang.cli.output import emit_json, emit_table, refuse

if TYPE_CHECKING:
    from hengliang.platform.site.backup.archive import Manifest
    from hengliang.platform.site.database import Addresses

File = Annotated[Path, typer.Argument(help="The backup, one file.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


def register(app: typer.Typer) -> None:
    """Mount both commands."""
    app.command()(backup)
    app.command()(restore)


def backup(file: File, as_json: Json = False) -> None:
    """Write database, attachments and keys to FILE, with a hash of each. The product may be running."""
    from hengliang.platform.site.backup import backup as write

    _show(_with_database(lambda home, addresses: write(home, addresses, file)), file, as_json=as_json)


def restore(
    file: File,
    force: Annotated[bool, typer.Option("--force", help="Replace what the home holds, after saving it.")] = False,
    as_json: Json = False,
) -> None:
    """Put the backup FILE into HENGLIANG_HOME and its database. The product must not be running."""
    from hengliang.platform.site.backup import restore as read

    _show(_with_database(lambda home, addresses: read(home, addresses, file, force=force)), file, as_json=as_json)


def _with_database(act: "Callable[[Path, Addresses], Manifest]") -> "Manifest":
    from hengliang.platform.site.backup import BackupError
    from hengliang.platform.site.database import DatabaseUnavailable, running
    from hengliang.platform.site.home import home, set_up

    try:
        set_up(home())
        with running(home()) as addresses:
            return act(home(), addresses)
    except (BackupError, DatabaseUnavailable, OSError) as failure:
        refuse(str(failure))


def _show(manifest: "Manifest", file: Path, *, as_json: bool) -> None:
    size = file.stat().st_size
    if as_json:
        emit_json({"file": str(file), "bytes": size, "version": manifest.version, "parts": manifest.parts})
    else:
        rows = [(file, f"{size / 1e6:.1f} MB", len(manifest.parts), manifest.version, manifest.made_at)]
        emit_table(["file", "size", "parts", "version", "made at"], rows)
