"""`hengliang witness`: cosign the logs of others, and so keep them honest."""

import os
import time
from pathlib import Path
from typing import Annotated

import typer

from hengliang.cli.log import Json, open_source, parse_keys
from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse
from hengliang.trust.checkpoint import open_checkpoint
from hengliang.trust.errors import LogFault, MechanismUnavailable, SignatureRefused, TrustError
from hengliang.trust.keys import CosignerKey, SoftwareKey, open_sealed, write_key
from hengliang.trust.merkle import consistency_proof
from hengliang.trust.tiles import TileTree
from hengliang.trust.witness import CosignRequest, DirectoryState, Witness

app = typer.Typer(no_args_is_help=True, help=__doc__)

PASSWORD = "HENGLIANG_KEY_PASSWORD"  # noqa: S105 - the name of the variable, not a password
KeyFile = Annotated[Path, typer.Option("--key-file", help=f"Encrypted key; password in {PASSWORD}")]
Name = Annotated[str, typer.Option("--name", help="Name of this witness, such as witness.ningbo.example")]


@app.command("key")
def make_key(key_file: KeyFile, name: Name, json: Json = False) -> None:
    """Make a witness key, store it encrypted, and print the line that others need to trust it."""
    try:
        made = SoftwareKey.generate()
        write_key(made, key_file, _password())
    except (TrustError, OSError) as fault:
        refuse(str(fault))
    line = str(CosignerKey(name, made, time.time).verifier)
    if json:
        emit_json({"key": line})
    else:
        typer.echo(line)


@app.command("cosign")
def cosign(
    source: Annotated[str, typer.Argument(help="Address or directory of the log")],
    key_file: KeyFile,
    name: Name,
    log_key: Annotated[list[str], typer.Option("--log", help="Key line of the log")],
    state: Annotated[Path, typer.Option(help="Directory in which this witness remembers")],
    json: Json = False,
) -> None:
    """Cosign a checkpoint when it continues what this witness cosigned before; else keep the evidence."""
    keys = parse_keys(log_key)
    try:
        fetch, note = open_source(source)
        signer = CosignerKey(name, open_sealed(key_file.read_bytes(), _password()), time.time)
        shown = open_checkpoint(note, keys).checkpoint
        witness = Witness(signer, {shown.origin: keys}, DirectoryState(state))
        old = min(witness.latest_size(shown.origin), shown.size)
        proof = consistency_proof(old, shown.size, TileTree(shown.size, fetch).node)
        line = witness.cosign(CosignRequest(old, tuple(proof), note))
    except (LogFault, SignatureRefused) as fault:
        _report(json, {"verdict": "invalid", "reason": str(fault), "code": fault.code})
        raise typer.Exit(NEGATIVE) from None
    except (TrustError, OSError) as fault:
        refuse(f"{source}: {fault}")
    found = {"origin": shown.origin, "size": shown.size, "continues": old, "signature": line.decode()}
    _report(json, {"verdict": "valid", **found})
    raise typer.Exit(DONE)


def _report(json: bool, document: dict[str, object]) -> None:
    if json:
        emit_json(document)
    elif "signature" in document:
        typer.echo(document["signature"], nl=False)
    else:
        emit_table(["", ""], [[name, value] for name, value in document.items()])


def _password() -> str:
    # Never an argument: arguments are seen by everybody on the machine.
    password = os.environ.get(PASSWORD, "")
    if not password:
        raise MechanismUnavailable(mechanism="The key's password", reason=f"set {PASSWORD}")
    return password
