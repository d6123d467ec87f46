"""What a receipt shows, part by part.

Guarantee: `overall` is valid only when the log's trusted key signed the checkpoint, the entry leads to its
root, whatever is disclosed opens the commitment, and enough trusted witnesses have cosigned. Hole: see
`receipt.LIMITS`, which every answer carries. Source: C2SP tlog-proof; ETSI EN 319 102-1 for the words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from hengliang.trust import entries
from hengliang.trust.checkpoint import OpenedCheckpoint, open_checkpoint, read_text
from hengliang.trust.errors import CommitmentMismatch, ProofRefused, SignatureRefused, TrustError
from hengliang.trust.merkle import check_inclusion, leaf_hash
from hengliang.trust.notes import Signed, VerifierKey, check_note, read_note
from hengliang.trust.receipt import LIMITS, Receipt
from hengliang.trust.status import Status, open_status
from hengliang.trust.verdicts import Indeterminate, Invalid, Sub, Valid, Verdict, worst


@dataclass(frozen=True, slots=True)
class LogPolicy:
    """Whom to believe.

    log_keys : keys of the logs that are trusted; after a rotation the former ones too
    witness_keys : keys of trusted witnesses
    quorum : how many of them must have cosigned; 0 accepts the log's word alone
    quorums : origin -> how many for that log, where more are asked than `quorum`
    barred : origin -> witnesses that belong to the log's own authority and so prove nothing about it
    ended : keys of `log_keys` that are no longer in force -> since when; they count for what is proven to be earlier
    """

    log_keys: Sequence[VerifierKey]
    witness_keys: Sequence[VerifierKey] = ()
    quorum: int = 0
    quorums: Mapping[str, int] = field(default_factory=dict)
    barred: Mapping[str, frozenset[VerifierKey]] = field(default_factory=dict)
    ended: Mapping[VerifierKey, datetime] = field(default_factory=dict)

    def witnesses_of(self, origin: str) -> list[VerifierKey]:
        """Whose cosignatures count for the log `origin`."""
        return [key for key in self.witness_keys if key not in self.barred.get(origin, ())]

    def needed(self, origin: str) -> int:
        """How many witnesses must have cosigned a checkpoint of the log `origin`."""
        return max(self.quorum, self.quorums.get(origin, 0))


@dataclass(frozen=True, slots=True)
class ReceiptAnswer:
    """The parts of the answer; `overall` is the worst of them."""

    overall: Verdict
    signature: Verdict
    inclusion: Verdict
    payload: Verdict | None
    witnesses: tuple[Signed, ...]
    status: Status | None
    status_verdict: Verdict | None
    origin: str
    size: int
    index: int
    limits: tuple[str, ...] = LIMITS


def check_receipt(receipt: Receipt, policy: LogPolicy, *, now: datetime) -> ReceiptAnswer:
    """Every part of `receipt` under `policy`; raises nothing that a hostile receipt could cause.

    now : moment the answer speaks of when no witness has stated one
    """
    shown = read_text(read_note(receipt.proof.checkpoint).text)
    opened, signature = _signature(receipt, policy, now)
    witnesses = opened.witnesses if opened else ()
    inclusion = _inclusion(receipt, shown.size, shown.root, now)
    payload = _payload(receipt, now)
    status, status_verdict = _status(receipt, policy, shown.origin, now)
    quorum = _quorum(witnesses, policy.needed(shown.origin), now)
    parts = [part for part in (signature, inclusion, payload, status_verdict, quorum) if part is not None]
    return ReceiptAnswer(
        overall=worst(*parts),
        signature=signature,
        inclusion=inclusion,
        payload=payload,
        witnesses=witnesses,
        status=status,
        status_verdict=status_verdict,
        origin=shown.origin,
        size=shown.size,
        index=receipt.proof.index,
    )


def _signature(receipt: Receipt, policy: LogPolicy, now: datetime) -> tuple[OpenedCheckpoint | None, Verdict]:
    origin = read_text(read_note(receipt.proof.checkpoint).text).origin
    if not any(key.name == origin for key in policy.log_keys):
        reason = f"no key of {origin} is trusted here; ask the authority for its key line"
        return None, Indeterminate(Sub.NO_SIGNING_CERTIFICATE_FOUND, reason)
    try:
        opened = open_checkpoint(receipt.proof.checkpoint, policy.log_keys, policy.witnesses_of(origin))
    except SignatureRefused as fault:
        return None, Invalid(Sub.SIG_CRYPTO_FAILURE, str(fault))
    at = now if opened.witnessed_at is None else datetime.fromtimestamp(opened.witnessed_at, UTC)
    if (late := out_of_force(opened, policy)) is not None:
        return opened, late
    return opened, Valid(at, f"{origin} has signed size {opened.checkpoint.size}")


def out_of_force(opened: OpenedCheckpoint, policy: LogPolicy) -> Indeterminate | None:
    """Why a checkpoint does not count although it is signed: its key was out of force, and no witness saw it before."""
    since = _ended(opened.note, policy)
    if since is None:
        return None
    if opened.witnessed_at is not None and datetime.fromtimestamp(opened.witnessed_at, UTC) < since:
        return None
    reason = f"its key is out of force since {since:%Y-%m-%d}, and no trusted witness saw the signature before"
    return Indeterminate(Sub.REVOKED_NO_POE, reason)


def _ended(checkpoint: bytes, policy: LogPolicy) -> datetime | None:
    """Since when the keys that signed the checkpoint are out of force; None when one of them still is in force."""
    note, ended = read_note(checkpoint), policy.ended
    if not ended or check_note(note, [key for key in policy.log_keys if key not in ended]):
        return None
    return min((since for key, since in ended.items() if check_note(note, [key])), default=None)


def _inclusion(receipt: Receipt, size: int, root: bytes, now: datetime) -> Verdict:
    proof = receipt.proof
    try:
        entries.read(receipt.entry)
        check_inclusion(proof.index, size, leaf_hash(receipt.entry), proof.path, root)
    except ProofRefused as fault:
        return Invalid(Sub.HASH_FAILURE, str(fault))
    except TrustError as fault:
        return Invalid(Sub.FORMAT_FAILURE, str(fault))
    return Valid(now, f"entry {proof.index} is one of the {size}")


def _payload(receipt: Receipt, now: datetime) -> Verdict | None:
    try:
        opened = receipt.check_payload()
    except CommitmentMismatch as fault:
        return Invalid(Sub.HASH_FAILURE, str(fault))
    except TrustError as fault:
        return Invalid(Sub.FORMAT_FAILURE, str(fault))
    return Valid(now, "the disclosed content is what was recorded") if opened else None


def _quorum(witnesses: Sequence[Signed], needed: int, now: datetime) -> Verdict | None:
    if needed == 0:
        return None
    names = {one.name for one in witnesses}
    if len(names) < needed:
        return Indeterminate(Sub.NO_POE, f"{len(names)} of the {needed} witnesses asked for have cosigned")
    return Valid(now, f"cosigned by {', '.join(sorted(names))}")


def _status(receipt: Receipt, policy: LogPolicy, origin: str, now: datetime) -> tuple[Status | None, Verdict | None]:
    if receipt.status is None:
        return None, None
    try:
        status = open_status(receipt.status, policy.log_keys)
        about = entries.read(receipt.entry).object
    except SignatureRefused as fault:
        return None, Indeterminate(Sub.NO_SIGNING_CERTIFICATE_FOUND, str(fault))
    except TrustError as fault:
        return None, Invalid(Sub.FORMAT_FAILURE, str(fault))
    if (status.origin, status.object) != (origin, about) or status.size <= receipt.proof.index:
        return None, Invalid(Sub.SIG_CONSTRAINTS_FAILURE, "the status speaks of another object, log or time")
    if status.standing != "stands":
        return status, Invalid(Sub.REVOKED, f"{about} was {status.standing} as of size {status.size}")
    return status, Valid(status.time, f"{about} stood as of size {status.size}")
