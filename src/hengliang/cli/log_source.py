"""A log as others publish it: files below an address, or in a directory."""

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hengliang.cli.output import refuse
from hengliang.trust.disk import CHECKPOINT, COSIGNED, DiskStore
from hengliang.trust.errors import MissingObject
from hengliang.trust.notes import MAX_NOTE_BYTES
from hengliang.trust.tiles import MAX_BUNDLE_BYTES, Fetch

MAX_ANSWER_BYTES = 16 * 1024


def open_source(source: str) -> tuple[Fetch, bytes]:
    """How to read a log's files, and its checkpoint. Raises OSError, MissingObject, MalformedInput."""
    if _is_address(source):
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


def read_note_of(source: str, name: str) -> bytes | None:
    """The note `offered` or `cosigned` of a log; None where it publishes none. Raises OSError."""
    if not _is_address(source):
        return DiskStore(Path(source)).note(name)
    try:
        return _get(f"{source.rstrip('/')}/{name}", MAX_NOTE_BYTES)
    except MissingObject:
        return None


def hand_in(source: str, note: bytes) -> dict[str, Any]:
    """Give a cosigned checkpoint to the log that it is about; what it answers. Raises OSError with its reason."""
    if not _is_address(source):
        raise OSError("a directory takes nothing in; give the address of the log, or use --out and `log cosign`")
    address = f"{source.rstrip('/')}/{COSIGNED}"
    headers = {"Content-Type": "text/plain; charset=utf-8"}
    request = urllib.request.Request(address, data=note, headers=headers, method="POST")  # noqa: S310 - looked at above
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the scheme was looked at
            told = json.loads(answer.read(MAX_ANSWER_BYTES))
    except urllib.error.HTTPError as fault:
        words = fault.read(MAX_ANSWER_BYTES).decode("utf-8", "replace")
        raise OSError(f"the log did not take it in: {words or fault}") from fault
    except ValueError as fault:
        raise OSError(f"{address}: an answer that is no JSON") from fault
    return {"witnesses": told.get("witnesses"), "needed": told.get("needed")} if isinstance(told, dict) else {}


def _is_address(source: str) -> bool:
    return urlsplit(source).scheme in ("http", "https")


def _get(address: str, limit: int) -> bytes:
    # The scheme was looked at; redirects to files are not followed by urllib.
    request = urllib.request.Request(address, headers={"Accept-Encoding": "identity"})  # noqa: S310 - the scheme was looked at
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the scheme was looked at
            content: bytes = answer.read(limit + 1)
    except urllib.error.HTTPError as fault:
        if fault.code in (404, 410):
            raise MissingObject(name=address) from None
        raise OSError(f"{address}: {fault}") from fault
    if len(content) > limit:
        raise OSError(f"{address}: longer than {limit} bytes")
    return content
