"""`hengliang serve`: the product, until Ctrl-C."""

from typing import Annotated

import typer

from hengliang.cli.output import refuse

Host = Annotated[str, typer.Option(envvar="HENGLIANG_HOST", help="The address to listen on.")]
Port = Annotated[int, typer.Option(envvar="HENGLIANG_PORT", help="The port to listen on.")]


def register(app: typer.Typer) -> None:
    """Mount the command."""
    app.command()(serve)


def serve(host: Host = "127.0.0.1", port: Port = 8765) -> None:
    """Serve the product from HENGLIANG_HOME: database, pages and jobs, each restarted alone; Ctrl-C stops all."""
    run(host, port, demo=False)


def run(host: str, port: int, *, demo: bool) -> None:
    """Serve; with `demo` the demo city. Exit 2 with the reason where that can't be done."""
    from hengliang.platform.site.database import DatabaseUnavailable
    from hengliang.platform.site.home import home
    from hengliang.platform.site.serve.errors import CannotServe
    from hengliang.platform.site.serve.product import Product
    from hengliang.platform.site.translations import Malformed

    def ready() -> None:
        typer.echo(f"\n衡量 Hengliang: http://{host}:{port}/\n{accounts() if demo else ''}Ctrl-C 停止 stops it.\n")

    try:
        Product(home(), host, port, typer.echo, ready).serve(demo=demo)
    except (CannotServe, DatabaseUnavailable, Malformed) as failure:
        refuse(str(failure))


def accounts() -> str:
    """The demo accounts, one a line, as they were written down when the demo city was loaded."""
    import json

    from hengliang.platform.site.home import home

    path = home() / "demo.json"
    rows = json.loads(path.read_text()) if path.exists() else []
    return "".join(f"  {username:<12} {password:<16} {who}\n" for username, password, who in rows)
