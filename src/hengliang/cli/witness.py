"""`hengliang witness`: cosign the logs of others, and so keep them honest."""

import time
from pathlib import Path
from typing import Annotated

import typer

from hengliang.cli.key import PASSWORD, key_password
from hengliang.cli.log_source import hand_in, open_source, read_note_of
from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse
from hengliang.cli.policy_options import Json, parse_keys
from hengliang.trust.checkpoint import open_checkpoint
from hengliang.trust.disk import OFFERED
from hengliang.trust.errors import LogFault, SignatureRefused, TrustError
from hengliang.trust.keys import CosignerKey, open_sealed
from hengliang.trust.merkle import consistency_proof
from hengliang.trust.notes import VerifierKey
from hengliang.trust.tiles import TileTree
from hengliang.trust.witness import CosignRequest, DirectoryState, Witness

app = typer.Typer(no_args_is_help=True, help=__doc__)

KeyFile = Annotated[Path, typer.Option("--key-file", help=f"Encrypted key; password in {PASSWORD}")]
Name = Annotated[str, typer.Option("--name", help="Name of this witness, such as witness.ningbo.example")]


@app.callback()
def family() -> None:
    """Cosign the logs of others, and so keep them honest."""


@app.command("cosign")
def cosign(
    source: Annotated[str, typer.Argument(help="Address or directory of the log")],
    key_file: KeyFile,
    name: Name,
    log_key: Annotated[list[str], typer.Option("--log", help="Key line of the log")],
    state: Annotated[Path, typer.Option(help="Directory in which this witness remembers")],
    out: Annotated[Path | None, typer.Option(help="Write the cosigned checkpoint here, for `log cosign`")] = None,
    send: Annotated[bool, typer.Option("--send", help="Hand it in at the log's address")] = False,
    json: Json = False,
) -> None:
    """Cosign the checkpoint that a log offers, when it continues what this witness saw; else keep the evidence."""
    keys = parse_keys(log_key)
    try:
        fetch, newest = open_source(source)
        signer = CosignerKey(name, open_sealed(key_file.read_bytes(), key_password()), time.time)
        origin = open_checkpoint(newest, keys).checkpoint.origin
        witness = Witness(signer, {origin: keys}, DirectoryState(state))
        note = _to_cosign(read_note_of(source, OFFERED), newest, keys, witness.latest_size(origin))
        shown = open_checkpoint(note, keys).checkpoint
        old = min(witness.latest_size(shown.origin), shown.size)
        proof = consistency_proof(old, shown.size, TileTree(shown.size, fetch).node)
        line = witness.cosign(CosignRequest(old, tuple(proof), note))
        if out:
            out.write_bytes(note + line)
        answer = hand_in(source, note + line) if send else {}
    except (LogFault, SignatureRefused) as fault:
        _report(json, {"verdict": "invalid", "reason": str(fault), "code": fault.code})
        raise typer.Exit(NEGATIVE) from None
    except (TrustError, OSError) as fault:
        refuse(f"{source}: {fault}")
    found = {"origin": shown.origin, "size": shown.size, "continues": old, "signature": line.decode(), **answer}
    _report(json, {"verdict": "valid", **found})
    raise typer.Exit(DONE)


def _to_cosign(offered: bytes | None, newest: bytes, keys: list[VerifierKey], seen: int) -> bytes:
    """The checkpoint under which the log gathers cosignatures, unless this witness has seen a later one."""
    if offered is None or open_checkpoint(offered, keys).checkpoint.size < seen:
        return newest
    return offered


def _report(json: bool, document: dict[str, object]) -> None:
    if json:
        emit_json(document)
    elif "signature" in document:
        typer.echo(document["signature"], nl=False)
    else:
        emit_table(["", ""], [[name, value] for name, value in document.items()])
