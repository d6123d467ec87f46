"""Assembles the command from its families; each family imports its package only when it is called."""

import importlib
import sys

import typer

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


def build() -> typer.Typer:
    """The whole command, with every family mounted."""
    app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)

    @app.callback()
    def root() -> None:
        """衡量 Hengliang: an open platform for a modern measurement system."""

    for name in FAMILIES:
        module = importlib.import_module(f"hengliang.cli.{name}")
        if hasattr(module, "register"):
            module.register(app)
        else:
            app.add_typer(module.app, name=name.replace("_", "-"))
    return app


def main() -> None:
    """Entry point of the console script."""
    build()(prog_name="hengliang", args=sys.argv[1:])
