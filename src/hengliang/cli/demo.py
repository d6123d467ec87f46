"""`hengliang demo`: the demo city on screen."""

import os

import typer

from hengliang.cli.serve import Host, Port, run


def register(app: typer.Typer) -> None:
    """Mount the command."""
    app.command()(demo)


def demo(host: Host = "127.0.0.1", port: Port = 8765) -> None:
    """Serve the fictional demo city, loaded at the first start; it refuses a home that holds other data."""
    os.environ["HENGLIANG_TRAINING"] = "1"  # nobody approved the demo city's rules: every proof is watermarked
    run(host, port, demo=True)
