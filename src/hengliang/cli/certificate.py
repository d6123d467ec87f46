"""`hengliang certificate`: what a certificate file proves by itself, without network."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from hengliang.cli.dcc import Json, Roots, read_anchors
from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse
from hengliang.cli.policy_options import Keys, ListFile, ListKeys, Quorum, WitnessKeys, read_policy
from hengliang.dcc.embedded import MAX_PDF_BYTES
from hengliang.dcc.evidence import Evidence, check_evidence
from hengliang.trust.receipt import MAX_RECEIPT_BYTES
from hengliang.trust.verdicts import Valid

app = typer.Typer(no_args_is_help=True, help=__doc__)


@app.callback()
def family() -> None:
    """Certificates."""


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="Certificate (PDF or XML)", exists=True, dir_okay=False)],
    anchor: Roots = [],  # noqa: B006 - typer copies its defaults
    key: Keys = [],  # noqa: B006 - typer copies its defaults
    witness: WitnessKeys = [],  # noqa: B006 - typer copies its defaults
    quorum: Quorum = 0,
    receipt: Annotated[
        Path | None, typer.Option(help="Receipt that came beside the file", exists=True, dir_okay=False)
    ] = None,
    trust_list: ListFile = None,
    list_key: ListKeys = [],  # noqa: B006 - typer copies its defaults
    json: Json = False,
) -> None:
    """Check document, signature, log receipt and status as of the checkpoint, and say what that leaves open."""
    content = _bounded(file, MAX_PDF_BYTES)
    policy = read_policy(key, witness, quorum, trust_list, list_key)
    beside = _bounded(receipt, MAX_RECEIPT_BYTES) if receipt else None
    found = check_evidence(content, read_anchors(anchor), policy, now=datetime.now(UTC), beside=beside)
    document = describe(found)
    if json:
        emit_json(document)
    else:
        rows = [[name, *part.values()] for name, part in document["parts"].items()]
        emit_table(["part", "verdict", "reason"], rows, title=f"{file.name}: {found.overall.word}")
        if found.replaces:
            typer.echo(f"It replaces certificate {found.replaces}.")
        typer.echo("\n".join(found.limits))
    raise typer.Exit(DONE if isinstance(found.overall, Valid) else NEGATIVE)


def describe(found: Evidence) -> dict[str, Any]:
    """The evidence as a JSON document."""
    names = ("document", "signature", "receipt", "content", "status")
    parts = {name: getattr(found, name) for name in names}
    log = found.log
    return {
        "verdict": found.overall.word,
        "number": found.number,
        "replaces": found.replaces or None,
        "parts": {name: {"verdict": one.word, "reason": one.reason} for name, one in parts.items()},
        "log": None if log is None else {"origin": log.origin, "size": log.size, "index": log.index},
        "status": None
        if log is None or log.status is None
        else {
            "standing": log.status.standing,
            "as_of": log.status.time.isoformat(),
            "size": log.status.size,
        },
        "witnesses": [] if log is None else [{"name": one.name, "time": one.time} for one in log.witnesses],
        "limits": list(found.limits),
    }


def _bounded(file: Path, limit: int) -> bytes:
    size = file.stat().st_size
    if size > limit:
        refuse(f"{file}: it has {size} bytes; at most {limit} are examined")
    return file.read_bytes()
