"""`hengliang log`: check a log that somebody publishes, from outside."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from hengliang.cli import log_witnesses
from hengliang.cli.log_source import open_source, read_note_of
from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse
from hengliang.cli.policy_options import Json, Keys, ListFile, ListKeys, Quorum, WitnessKeys, read_policy
from hengliang.trust.audit import Audit, audit, check_extends
from hengliang.trust.checkpoint import OpenedCheckpoint, open_checkpoint, read_text
from hengliang.trust.disk import COSIGNED
from hengliang.trust.errors import (
    LogFault,
    MalformedInput,
    MalformedTile,
    SignatureRefused,
    TrustError,
)
from hengliang.trust.notes import read_note
from hengliang.trust.receipt import LIMITS, MAX_RECEIPT_BYTES, read_receipt
from hengliang.trust.receipt_check import LogPolicy, ReceiptAnswer, check_receipt, out_of_force
from hengliang.trust.tiles import Fetch, TileTree
from hengliang.trust.verdicts import Valid, Verdict

app = typer.Typer(no_args_is_help=True, help=__doc__)

log_witnesses.register(app)


@app.command("check")
def check(
    source: Annotated[str, typer.Argument(help="Address or directory of the log")],
    key: Keys = [],  # noqa: B006 - typer copies its defaults
    witness: WitnessKeys = [],  # noqa: B006 - typer copies its defaults
    quorum: Quorum = 0,
    remember: Annotated[
        Path | None, typer.Option(help="File with the checkpoint seen last; written anew when all is well")
    ] = None,
    trust_list: ListFile = None,
    list_key: ListKeys = [],  # noqa: B006 - typer copies its defaults
    json: Json = False,
) -> None:
    """Read a whole log: every entry must lead to the signed root; the log must continue what was seen."""
    policy = read_policy(key, witness, quorum, trust_list, list_key)
    try:
        fetch, note = open_source(source)
        witnessed = read_note_of(source, COSIGNED)
    except (TrustError, OSError) as fault:
        refuse(f"{source}: {fault}")
    try:
        opened = _opened(note, policy)
        seen = _opened(_bounded(remember), policy) if remember and remember.exists() else None
        found = _with_progress(opened, fetch, seen)
        if witnessed is not None and policy.log_keys:
            opened = _witnessed(opened, _opened(witnessed, policy), fetch)
    except (LogFault, SignatureRefused, MalformedTile) as fault:
        _report(source, None, None, "invalid", str(fault), json=json)
        raise typer.Exit(NEGATIVE) from None
    except (MalformedInput, OSError) as fault:
        refuse(f"{source}: {fault}")
    verdict, reason = _judged(opened, policy)
    if remember and verdict == "valid":
        remember.write_bytes(note)
    _report(source, opened, found, verdict, reason, json=json)
    raise typer.Exit(DONE if verdict == "valid" else NEGATIVE)


@app.command("receipt")
def receipt(
    file: Annotated[Path, typer.Argument(help="Receipt", exists=True, dir_okay=False)],
    key: Keys = [],  # noqa: B006 - typer copies its defaults
    witness: WitnessKeys = [],  # noqa: B006 - typer copies its defaults
    quorum: Quorum = 0,
    trust_list: ListFile = None,
    list_key: ListKeys = [],  # noqa: B006 - typer copies its defaults
    json: Json = False,
) -> None:
    """Check a receipt: signature, place in the log, content, witnesses, status, and what it leaves open."""
    policy = read_policy(key, witness, quorum, trust_list, list_key)
    try:
        answer = check_receipt(read_receipt(_bounded(file)), policy, now=datetime.now(UTC))
    except TrustError as fault:
        refuse(f"{file}: {fault}")
    document = describe(answer)
    if json:
        emit_json(document)
    else:
        rows = [[name, *part.values()] for name, part in document["parts"].items()]
        emit_table(["part", "verdict", "reason"], rows, title=f"{file}: {answer.overall.word}")
        typer.echo("\n".join(LIMITS))
    raise typer.Exit(DONE if isinstance(answer.overall, Valid) else NEGATIVE)


def describe(answer: ReceiptAnswer) -> dict[str, Any]:
    """A receipt's answer as a JSON document."""
    parts: dict[str, Verdict | None] = {
        "signature": answer.signature,
        "inclusion": answer.inclusion,
        "content": answer.payload,
        "status": answer.status_verdict,
        "overall": answer.overall,
    }
    return {
        "verdict": answer.overall.word,
        "origin": answer.origin,
        "size": answer.size,
        "index": answer.index,
        "witnesses": [{"name": one.name, "time": one.time} for one in answer.witnesses],
        "parts": {name: {"verdict": one.word, "reason": one.reason} for name, one in parts.items() if one},
        "limits": list(LIMITS),
    }


def _with_progress(opened: OpenedCheckpoint, fetch: Fetch, seen: OpenedCheckpoint | None) -> Audit:
    begun = time.monotonic()
    with Progress(transient=True) as progress:
        task = progress.add_task("entries", total=opened.checkpoint.size, visible=False)

        def advance(done: int) -> None:
            progress.update(task, completed=done, visible=time.monotonic() - begun > 2)

        report: Callable[[int], None] = advance
        return audit(opened, fetch, seen=seen, progress=report)


def _opened(note: bytes, policy: LogPolicy) -> OpenedCheckpoint:
    if policy.log_keys:
        origin = read_text(read_note(note).text).origin
        return open_checkpoint(note, policy.log_keys, policy.witnesses_of(origin))
    # Without a key the tree can still be checked against the shown root; the verdict stays indeterminate.
    return OpenedCheckpoint(read_text(read_note(note).text), note, ())


def _witnessed(newest: OpenedCheckpoint, cosigned: OpenedCheckpoint, fetch: Fetch) -> OpenedCheckpoint:
    """The newest checkpoint with the witnesses of the one that it continues.

    Witnesses sign now and then, while the log grows; that it continues what they have signed is proven here.
    Raises SplitView, RolledBack, ProofRefused.
    """
    check_extends(cosigned, newest, TileTree(newest.checkpoint.size, fetch))
    names = {one.name for one in newest.witnesses}
    return replace(newest, witnesses=(*newest.witnesses, *(one for one in cosigned.witnesses if one.name not in names)))


def _judged(opened: OpenedCheckpoint, policy: LogPolicy) -> tuple[str, str]:
    quorum = policy.needed(opened.checkpoint.origin)
    if not policy.log_keys:
        return "indeterminate", "whole and consistent with the shown root; who signed it needs --key"
    if (late := out_of_force(opened, policy)) is not None:
        return "indeterminate", late.reason
    if len(opened.witnesses) < quorum:
        return "indeterminate", f"{len(opened.witnesses)} of {quorum} witnesses asked for have cosigned"
    return "valid", "every entry leads to the signed root"


def _report(
    source: str,
    opened: OpenedCheckpoint | None,
    found: Audit | None,
    verdict: str,
    reason: str,
    *,
    json: bool,
) -> None:
    shown = opened.checkpoint if opened else None
    document = {
        "verdict": verdict,
        "reason": reason,
        "source": source,
        "origin": shown.origin if shown else None,
        "size": shown.size if shown else None,
        "root": shown.root.hex() if shown else None,
        "witnesses": [one.name for one in opened.witnesses] if opened else [],
        "consistent_from": found.consistent_with.size if found and found.consistent_with else None,
        "types": found.types if found else {},
        "unreadable": len(found.unreadable) if found else 0,
        "limits": list(LIMITS),
    }
    if json:
        emit_json(document)
        return
    emit_table(["", ""], [[name, value] for name, value in document.items() if name != "limits"])
    typer.echo("\n".join(LIMITS))


def _bounded(file: Path) -> bytes:
    with file.open("rb") as content:
        return content.read(MAX_RECEIPT_BYTES + 1)
