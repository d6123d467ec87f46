"""This deployment's own log: its witnesses, what they have cosigned, and its next key."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse
from hengliang.cli.policy_options import Json
from hengliang.trust.notes import MAX_NOTE_BYTES

app = typer.Typer(no_args_is_help=True, help="Whose cosignatures this deployment gathers")

Wanted = Annotated[int | None, typer.Option(min=1, help="How many make a checkpoint cosigned")]


def register(log: typer.Typer) -> None:
    """Mount `log witness …` and `log cosign` beside the commands about foreign logs."""
    log.add_typer(app, name="witness")
    log.command("cosign")(cosign)
    log.command("rotate-key")(rotate_key)


@app.command("add")
def add(
    line: Annotated[str, typer.Argument(help="Key line of the witness, got by another way")],
    quorum: Wanted = None,
    json: Json = False,
) -> None:
    """Name a witness; its cosignatures are taken in from now on."""
    _change(lambda named: named.named(line), quorum, json=json)


@app.command("remove")
def remove(
    name: Annotated[str, typer.Argument(help="Name of the witness")], quorum: Wanted = None, json: Json = False
) -> None:
    """Take a witness off; what it has cosigned stays."""
    _change(lambda named: named.without(name), quorum, json=json)


@app.command("list")
def show(json: Json = False) -> None:
    """Show the named witnesses and how many of them make a checkpoint cosigned."""
    _change(lambda named: named, None, json=json)


def cosign(
    file: Annotated[Path, typer.Argument(help="Checkpoint that a witness has cosigned", exists=True, dir_okay=False)],
    json: Json = False,
) -> None:
    """Take in what a witness of this deployment's log has cosigned. The product may be running."""
    from hengliang.platform.site.database import DatabaseUnavailable, running
    from hengliang.platform.site.home import home
    from hengliang.trust.errors import LogFault, SignatureRefused, TrustError

    try:
        with file.open("rb") as content, running(home()) as addresses:
            os.environ["DATABASE_URL"] = addresses.app
            document = _accepted(content.read(MAX_NOTE_BYTES + 1))
    except (LogFault, SignatureRefused) as fault:
        _report({"verdict": "invalid", "code": fault.code, "reason": str(fault)}, json=json)
        raise typer.Exit(NEGATIVE) from None
    except (TrustError, DatabaseUnavailable, OSError) as fault:
        refuse(f"{file}: {fault}")
    _report(document, json=json)
    raise typer.Exit(DONE)


def rotate_key(json: Json = False) -> None:
    """Give this home's log its next key; the former ones stay known. Start the product again afterwards."""
    from hengliang.platform.core.log.keys import rotate_log_key
    from hengliang.platform.site.home import home
    from hengliang.trust.errors import TrustError

    try:
        line = rotate_log_key(home())
    except FileNotFoundError:
        refuse(f"{home()} has no keys yet; `hengliang serve` makes them")
    except (TrustError, OSError) as fault:
        refuse(fault)
    _report({"line": str(line), "next": "start the product again, and give the line to those who check"}, json=json)


def _accepted(content: bytes) -> dict[str, Any]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengliang.platform.site.settings")
    django.setup()
    from hengliang.platform.core.log.cosignatures import accept

    got = accept(content)
    return {"verdict": "valid", "size": got.size, "witnesses": list(got.witnesses), "needed": got.needed}


def _change(change: Any, quorum: int | None, *, json: bool) -> None:
    from hengliang.platform.core.log.witnesses import store, witnesses
    from hengliang.platform.site.home import home
    from hengliang.trust.errors import TrustError

    try:
        before = witnesses(home())
        after = change(before)
        after = after if quorum is None else after.asking(quorum)
        if after != before:
            store(home(), after)
    except (TrustError, OSError) as fault:
        refuse(fault)
    document = {"quorum": after.quorum, "witnesses": [{"name": one.name, "line": str(one)} for one in after.keys]}
    if json:
        emit_json(document)
        return
    emit_table(["witness"], [[one.name] for one in after.keys], title=f"quorum {after.quorum}")
    typer.echo("".join(f"{one}\n" for one in after.keys), nl=False)


def _report(document: dict[str, Any], *, json: bool) -> None:
    if json:
        emit_json(document)
    else:
        emit_table(["", ""], [[name, value] for name, value in document.items()])
