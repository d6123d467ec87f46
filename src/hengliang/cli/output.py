"""What a command prints: a table for people, or one JSON document on stdout and nothing else."""

import json
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

DONE, NEGATIVE, BAD_INPUT = 0, 1, 2


def emit_json(document: Any) -> None:
    """Print `document` as the only thing on stdout."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def emit_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, title: str | None = None) -> None:
    """Print rows as a table that fits the terminal."""
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")  # a code that is cut can't be typed
    for row in rows:
        table.add_row(*("" if cell is None else escape(str(cell)) for cell in row))
    Console().print(table)


def refuse(reason: str | Exception) -> NoReturn:
    """Say on stderr why the input can't be used, and leave with exit code 2."""
    typer.echo(_of_file(reason) if isinstance(reason, OSError) and reason.filename else str(reason), err=True)
    raise typer.Exit(BAD_INPUT)


def _of_file(fault: OSError) -> str:
    """What the system says of a file, in a sentence."""
    says = {
        FileNotFoundError: "is not there; check the path",
        IsADirectoryError: "is a folder; give a file",
        NotADirectoryError: "is a file; give a folder",
        PermissionError: "may not be opened by you; check its permissions",
    }
    return f"{fault.filename} {says.get(type(fault), f'cannot be used: {fault.strerror}')}."
