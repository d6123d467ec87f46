"""`hengliang bundle`."""

import platform
from pathlib import Path
from typing import Annotated

import typer

from hengliang.cli.output import emit_json, refuse


def register(app: typer.Typer) -> None:
    """Mount the command."""
    app.command()(bundle)


def bundle(
    source: Annotated[Path, typer.Option(help="The folder of Hengliang's source.")] = Path(),
    into: Annotated[Path, typer.Option(help="The folder to write the archive into.")] = Path(),
    machine: Annotated[str, typer.Option(help="x86_64 or aarch64; default: this one.")] = platform.machine(),
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Make an installer that needs no network: one archive with all packages, for machines behind a wall."""
    from hengliang.platform.site.bundle import BundleError, make
    from hengliang.platform.site.translations import Malformed

    try:
        made = make(source.resolve(), into.resolve(), machine, lambda says: typer.echo(says, err=True))
    except (BundleError, Malformed, OSError) as failure:
        refuse(str(failure))
    if as_json:
        emit_json({"file": str(made), "bytes": made.stat().st_size, "machine": machine})
    else:
        typer.echo(f"{made} ({made.stat().st_size / 1e6:.0f} MB)\nThere: tar xzf {made.name}, then python3 install.py")
