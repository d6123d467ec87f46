"""`hengliang ledger`: hold the ledger of this home against its own log."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import Progress

from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse

if TYPE_CHECKING:
    from hengliang.platform.core.log.compare import Comparison

app = typer.Typer(no_args_is_help=True, help=__doc__)


@app.callback()
def family() -> None:
    """The ledger."""


@app.command("check")
def check(json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout")] = False) -> None:
    """Name every row that was changed, deleted or added behind the acts. The product may be running."""
    from hengliang.platform.site.database import DatabaseUnavailable, running
    from hengliang.platform.site.home import home
    from hengliang.trust.errors import TrustError

    try:
        with running(home()) as addresses:
            os.environ["DATABASE_URL"] = addresses.app
            document = _compared(home())
    except LookupError:
        refuse(f"{home()} holds no ledger yet; `hengliang serve` makes it")
    except (TrustError, DatabaseUnavailable, OSError) as fault:
        refuse(fault)
    if json:
        emit_json(document)
    else:
        rows = [[one["object"], one["entry"], one["reason"]] for one in document["found"]]
        emit_table(["object", "entry", "reason"], rows, title=f"{document['verdict']}: {document['reason']}")
    raise typer.Exit(DONE if document["verdict"] == "valid" else NEGATIVE)


def _compared(home: Path) -> dict[str, Any]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengliang.platform.site.settings")
    django.setup()
    from django.db import connection

    from hengliang.platform.core.log.compare import compare_ledger

    if "core_logcheckpoint" not in connection.introspection.table_names():
        raise LookupError

    begun = time.monotonic()
    with Progress(transient=True) as progress:
        task = progress.add_task("entries", total=None, visible=False)
        seen = compare_ledger(
            home / "log",
            lambda done: progress.update(task, completed=done, visible=time.monotonic() - begun > 2),
        )
    return _document(seen)


def _document(seen: "Comparison") -> dict[str, Any]:
    found = [{"object": one.object, "entry": one.position, "reason": one.reason} for one in seen.found]
    verdict = "invalid" if found else "indeterminate" if seen.erased else "valid"
    told = f"{seen.entries} entries, {len(seen.rows)} rows compared, {seen.waiting} acts wait for the log"
    return {
        "verdict": verdict,
        "reason": f"{told}; {len(seen.erased)} were erased and say nothing" if seen.erased else told,
        "entries": seen.entries,
        "rows": len(seen.rows),
        "waiting": seen.waiting,
        "erased": len(seen.erased),
        "found": found,
    }
