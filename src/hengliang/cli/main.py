"""Assembles the command from its families; each family imports its package only when it is called."""

import importlib
import sys
from collections.abc import Sequence

import typer

SAYS = """衡量 Hengliang: the working platform of a modern measurement system, and its tools.

`demo` shows a city in the browser, `serve` runs the product; the other commands need no server. Each prints a
table, and with --json one JSON document. Exit 0: done; 1: the verdict is negative or can't be told; 2: bad input."""

# One module per family of commands. A family exposes `app: typer.Typer` and is mounted under its name,
# or, for commands that stand alone (`serve`, `validate`), `register(app)`.
FAMILIES: tuple[str, ...] = (
    "serve",
    "demo",
    "backup",
    "bundle",
    "validate",
    "comparison",
    "sampling",
    "readings",
    "balance",
    "prepackage",
    "norms",
    "log",
    "ledger",
    "draw",
    "witness",
    "key",
    "trust_list",
    "policy",
    "dcc",
    "certificate",
)


def build(families: Sequence[str] = FAMILIES) -> typer.Typer:
    """The command, with these families mounted: all of them, unless it is known which one was asked for."""
    app = typer.Typer(no_args_is_help=True, add_completion=False, help=SAYS, rich_markup_mode="markdown")

    @app.callback(help=SAYS)
    def root() -> None:
        """Hold the families; without a command the help is shown."""

    for name in families:
        module = importlib.import_module(f"hengliang.cli.{name}")
        if hasattr(module, "register"):
            module.register(app)
        else:
            app.add_typer(module.app, name=name.replace("_", "-"), help=_said(module.__doc__ or ""))
    return app


def _said(docstring: str) -> str:
    """What a family is for: its module's docstring, without the name of the command before it."""
    text = docstring.split("`: ", 1)[-1] if docstring.startswith("`") else docstring
    return text[:1].upper() + text[1:]


def main() -> None:
    """Entry point of the console script. Only the family that is asked for is imported: half a second of each start."""
    asked = sys.argv[1].replace("-", "_") if len(sys.argv) > 1 else ""
    build((asked,) if asked in FAMILIES else FAMILIES)(prog_name="hengliang", args=sys.argv[1:])
