"""Cosignatures of the named witnesses: which checkpoint they are asked for, and what has come in.

A log grows all the time, so witnesses who come at different moments would cosign different sizes and never make a
quorum. The sequencer therefore *offers* one checkpoint for a while; lines gather under it; once enough witnesses have
signed, it is the *cosigned* one, on which receipts rest and which never goes back.

Guarantee: what is stored carries this log's own signature, each line is by a named witness and holds, and the tree at
its size is the one that this database has. Hole: whoever owns database and home can still withhold the cosigned
checkpoint; that is what the witnesses' own memory is for.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from hengliang.platform.core.log.keys import key_lines
from hengliang.platform.core.log.mirror import note, size_of
from hengliang.platform.core.log.store import PostgresStore
from hengliang.platform.core.log.witnesses import Witnesses, witnesses
from hengliang.platform.core.models import LogCheckpoint, LogFile
from hengliang.trust.checkpoint import OpenedCheckpoint, add_signatures, open_checkpoint
from hengliang.trust.disk import COSIGNED, OFFERED
from hengliang.trust.errors import RolledBack, SignatureRefused, SplitView
from hengliang.trust.merkle import range_root
from hengliang.trust.notes import read_note
from hengliang.trust.tiles import TileTree

OFFER_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Gathered:
    """What has come in under one checkpoint.

    witnesses : names of those who have cosigned it
    needed : how many make it the cosigned one
    """

    size: int
    witnesses: tuple[str, ...]
    needed: int


def offer(checkpoint: bytes) -> None:
    """Offer a checkpoint for cosigning, in place of the one before, which has had its time."""
    if size_of(note(OFFERED)) < size_of(checkpoint):
        _put(OFFERED, checkpoint)


def accept(content: bytes) -> Gathered:
    """Take in a note that witnesses have cosigned: the one offered now, or the cosigned one again with more lines.

    content : the checkpoint with cosignature lines, as `hengliang witness cosign --out` writes it
    Raises MalformedNote; SignatureRefused when no named witness has signed, a line does not hold, or it is an
    old checkpoint that is no longer offered; RolledBack when
    witnesses have seen more than this database holds; SplitView when they have seen another tree.
    """
    named = witnesses(Path(settings.HOME))
    opened = open_checkpoint(content, key_lines(), named.keys)
    if not opened.witnesses:
        raise SignatureRefused(name=opened.checkpoint.origin, reason="no witness that is named here has cosigned it")
    _check_history(opened)
    with transaction.atomic():
        return _gather(opened, named)


def _check_history(opened: OpenedCheckpoint) -> None:
    shown, known = opened.checkpoint, LogCheckpoint.objects.filter(pk=opened.checkpoint.origin).first()
    if known is None or known.size < shown.size:
        raise RolledBack(origin=shown.origin, shown=known.size if known else 0, seen=shown.size)
    root = range_root(0, shown.size, TileTree(known.size, PostgresStore(shown.origin).read).node)
    if root != shown.root:
        raise SplitView(
            origin=shown.origin,
            size=shown.size,
            first=root.hex(),
            second=shown.root.hex(),
            notes=(bytes(known.note), opened.note),
        )


def _gather(opened: OpenedCheckpoint, named: Witnesses) -> Gathered:
    rows = LogFile.objects.select_for_update().filter(pk__in=(OFFERED, COSIGNED)).values_list("pk", "content")
    held = {name: bytes(content) for name, content in rows}
    size = opened.checkpoint.size
    name = next((one for one in (OFFERED, COSIGNED) if one in held and size_of(held[one]) == size), None)
    if name is None:
        reason = f"size {size} is not offered for cosigning now; cosign the checkpoint that is"
        raise SignatureRefused(name=opened.checkpoint.origin, reason=reason)
    merged = add_signatures(held[name], _fresh(opened.note, held[name], named))
    names = tuple(sorted({one.name for one in open_checkpoint(merged, key_lines(), named.keys).witnesses}))
    _put(name, merged)
    if len(names) >= named.quorum and size >= size_of(held.get(COSIGNED)):
        _put(COSIGNED, merged)
    return Gathered(size, names, named.quorum)


def _fresh(content: bytes, held: bytes, named: Witnesses) -> bytes:
    """The lines of named witnesses who have none yet: one line each, however often somebody sends."""
    wanted = {(key.name, key.key_id) for key in named.keys}
    wanted -= {(one.name, one.key_id) for one in read_note(held).signatures}
    lines = {(one.name, one.key_id): one.line() for one in reversed(read_note(content).signatures)}
    return "".join(line for key, line in lines.items() if key in wanted).encode()


def _put(name: str, content: bytes) -> None:
    LogFile.objects.update_or_create(name=name, defaults={"content": content})
