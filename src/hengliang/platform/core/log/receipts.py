"""Receipts of this deployment's entries, under the checkpoint that witnesses have cosigned, else the newest."""

from collections.abc import Callable
from dataclasses import replace

from django.utils import timezone

from hengliang.platform.core.log.keys import DeploymentKeys, keys
from hengliang.platform.core.log.mirror import note as mirrored
from hengliang.platform.core.log.mirror import size_of
from hengliang.platform.core.log.store import PostgresStore
from hengliang.platform.core.models import LogCheckpoint, LogEntry
from hengliang.trust import entries
from hengliang.trust.checkpoint import open_checkpoint
from hengliang.trust.commitment import Commitment
from hengliang.trust.disk import COSIGNED
from hengliang.trust.merkle import inclusion_proof
from hengliang.trust.receipt import Proof, Receipt
from hengliang.trust.status import Standing, Status, sign_status
from hengliang.trust.tiles import TileTree


def receipt_of(entry: LogEntry, standing: Callable[[], Standing]) -> bytes | None:
    """The receipt of an entry, its payload disclosed unless erased; None while the log has not taken it up.

    standing : how the object stands now; asked after the checkpoint was read, so that the signed status knows at least
        what the checkpoint covers
    Raises LogFault where the stored log is damaged, SignatureRefused where its checkpoint is not ours.
    """
    held, note = keys(), LogCheckpoint.objects.order_by("-size").values_list("note", flat=True).first()
    if held is None or note is None or entry.position is None:
        return None
    shown = open_checkpoint(bytes(note), (held.log.verifier, *held.former)).checkpoint
    rests_on = _cosigned(entry.position) or bytes(note)
    # The complete subtrees of an earlier state are those of the present one, whose tiles are all there.
    tree = TileTree(shown.size, PostgresStore(shown.origin).read)
    path = tuple(inclusion_proof(entry.position, size_of(rests_on), tree.node))
    made = Receipt(bytes(entry.entry), Proof(entry.position, path, rests_on))
    if entry.payload is not None and entry.salt is not None:
        committed = bytes.fromhex(entries.read(made.entry).commitment)
        made = made.disclose(entry.payload, Commitment(committed, bytes(entry.salt)))
    return replace(made, status=_status(held, made.entry, shown.size, standing())).to_bytes()


def _cosigned(position: int) -> bytes | None:
    held = mirrored(COSIGNED)
    return held if held is not None and size_of(held) > position else None


def _status(held: DeploymentKeys, entry: bytes, size: int, standing: Standing) -> bytes:
    about = entries.read(entry).object
    return sign_status(Status(held.log.name, size, about, standing, timezone.now()), held.log)
