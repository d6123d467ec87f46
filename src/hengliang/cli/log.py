"""`hengliang log`: check a log that somebody publishes, from outside."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from rich.progress import Progress

from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse
from hengliang.trust.audit import Audit, audit
from hengliang.trust.checkpoint import OpenedCheckpoint, open_checkpoint, read_text
from hengliang.trust.disk import CHECKPOINT, DiskStore
from hengliang.trust.errors import (
    LogFault,
    MalformedInput,
    MalformedTile,
    MissingObject,
    SignatureRefused,
    TrustError,
)
from hengliang.trust.notes import MAX_NOTE_BYTES, VerifierKey, read_note
from hengliang.trust.receipt import LIMITS, MAX_RECEIPT_BYTES, read_receipt
from hengliang.trust.receipt_check import LogPolicy, ReceiptAnswer, check_receipt
from hengliang.trust.tiles import MAX_BUNDLE_BYTES, Fetch
from hengliang.trust.verdicts import Valid, Verdict

app = typer.Typer(no_args_is_help=True, help=__doc__)

Keys = Annotated[list[str], typer.Option("--key", help="Key line of the log, got by another way")]
WitnessKeys = Annotated[list[str], typer.Option("--witness", help="Key line of a witness you trust")]
Quorum = Annotated[int, typer.Option(min=0, help="How many of the witnesses must have cosigned")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout")]


@app.command("check")
def check(
    source: Annotated[str, typer.Argument(help="Address or directory of the log")],
    key: Keys = [],  # noqa: B006 - typer copies its defaults
    witness: WitnessKeys = [],  # noqa: B006 - typer copies its defaults
    quorum: Quorum = 0,
    remember: Annotated[
        Path | None, typer.Option(help="File with the checkpoint seen last; written anew when all is well")
    ] = None,
    json: Json = False,
) -> None:
    """Read a whole log: every entry must lead to the signed root; the log must continue what was seen."""
    keys, witnesses = parse_keys(key), parse_keys(witness)
    try:
        fetch, note = open_source(source)
    except (TrustError, OSError) as fault:
        refuse(f"{source}: {fault}")
    try:
        opened = _opened(note, keys, witnesses)
        seen = _opened(remember.read_bytes(), keys, []) if remember and remember.exists() else None
        found = _with_progress(opened, fetch, seen)
    except (LogFault, SignatureRefused, MalformedTile) as fault:
        _report(source, None, None, "invalid", str(fault), json=json)
        raise typer.Exit(NEGATIVE) from None
    except (MalformedInput, OSError) as fault:
        refuse(f"{source}: {fault}")
    if remember and keys:
        remember.write_bytes(note)
    verdict, reason = _judged(opened, keys, quorum)
    _report(source, opened, found, verdict, reason, json=json)
    raise typer.Exit(DONE if verdict == "valid" else NEGATIVE)


@app.command("receipt")
def receipt(
    file: Annotated[Path, typer.Argument(help="Receipt", exists=True, dir_okay=False)],
    key: Keys = [],  # noqa: B006 - typer copies its defaults
    witness: WitnessKeys = [],  # noqa: B006 - typer copies its defaults
    quorum: Quorum = 0,
    json: Json = False,
) -> None:
    """Check a receipt: signature, place in the log, content, witnesses, status, and what it leaves open."""
    policy = LogPolicy(parse_keys(key), parse_keys(witness), quorum)
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


def parse_keys(lines: list[str]) -> list[VerifierKey]:
    """Keys of the command line; leaves with exit code 2 when one is malformed."""
    try:
        return [VerifierKey.parse(line.strip()) for line in lines]
    except TrustError as fault:
        refuse(str(fault))


def open_source(source: str) -> tuple[Fetch, bytes]:
    """How to read a log's files, and its checkpoint. Raises OSError, MissingObject, MalformedInput."""
    if urlsplit(source).scheme in ("http", "https"):
        base = source.rstrip("/")
        return lambda name: _get(f"{base}/{name}", MAX_BUNDLE_BYTES), _get(f"{base}/{CHECKPOINT}", MAX_NOTE_BYTES)
    directory = Path(source)
    if not directory.is_dir():
        refuse(f"{source}: neither an address nor a directory")
    store = DiskStore(directory)
    note = store.checkpoint()
    if note is None:
        refuse(f"{source}: no checkpoint here; give the directory that holds the file `{CHECKPOINT}`")
    return store.read, note


def _get(address: str, limit: int) -> bytes:
    # The scheme was looked at by `open_source`; redirects to files are not followed by urllib.
    request = urllib.request.Request(address, headers={"Accept-Encoding": "identity"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            content: bytes = answer.read(limit + 1)
    except urllib.error.HTTPError as fault:
        if fault.code in (404, 410):
            raise MissingObject(name=address) from None
        raise OSError(f"{address}: {fault}") from fault
    if len(content) > limit:
        raise OSError(f"{address}: longer than {limit} bytes")
    return content


def _with_progress(opened: OpenedCheckpoint, fetch: Fetch, seen: OpenedCheckpoint | None) -> Audit:
    begun = time.monotonic()
    with Progress(transient=True) as progress:
        task = progress.add_task("entries", total=opened.checkpoint.size, visible=False)

        def advance(done: int) -> None:
            progress.update(task, completed=done, visible=time.monotonic() - begun > 2)

        report: Callable[[int], None] = advance
        return audit(opened, fetch, seen=seen, progress=report)


def _opened(note: bytes, keys: list[VerifierKey], witnesses: list[VerifierKey]) -> OpenedCheckpoint:
    if keys:
        return open_checkpoint(note, keys, witnesses)
    # Without a key the tree can still be checked against the shown root; the verdict stays indeterminate.
    return OpenedCheckpoint(read_text(read_note(note).text), note, ())


def _judged(opened: OpenedCheckpoint, keys: list[VerifierKey], quorum: int) -> tuple[str, str]:
    if not keys:
        return "indeterminate", "whole and consistent with the shown root; who signed it needs --key"
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
