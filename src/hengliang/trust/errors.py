"""What can go wrong with proofs, and what to do next.

    TrustError
    ├── MalformedInput            bytes that no released format allows
    │   ├── NotCanonical          JSON that is not in its one canonical form
    │   ├── MalformedEntry        a log entry that breaks its grammar
    │   ├── MalformedNote         a signed note or checkpoint
    │   ├── MalformedTile         a tile or entry bundle
    │   ├── MalformedReceipt      a receipt
    │   └── MalformedDraw         a draw file
    ├── NotEncodable              a value that canonical JSON cannot hold
    ├── UnknownVersion            a format newer than this software
    ├── CommitmentMismatch        payload and commitment do not belong together
    ├── SaltErased                the salt was deleted, nothing can be opened any more
    ├── LogFault                  the log contradicts itself
    │   ├── ProofRefused          an inclusion or consistency proof does not hold
    │   ├── CorruptObject         a stored tile, bundle or entry was altered
    │   ├── MissingObject         a stored tile or bundle is absent
    │   ├── RolledBack            an older checkpoint than the one already seen
    │   ├── SplitView             two different trees under one name and size
    │   ├── LogMoved              somebody else appended meanwhile
    │   └── ProofFromElsewhere    a witness was sent a proof that starts at another size than it knows
    ├── SignatureRefused          a signature does not hold, or its key is not trusted
    ├── KeyRefused                a key cannot be used (password, state, format)
    ├── MechanismUnavailable      the system lacks SM2, PKCS#11 …
    ├── TimestampRefused          an RFC 3161 token does not hold
    ├── DocumentRefused           an XML or PDF that we refuse to sign or to examine
    └── DrawRefused               a draw that cannot be made or does not replay

Every error carries `code`, `parameters` and an English `template`, so that the platform can translate it.
"""

from typing import Any

from hengliang.errors import CodedError


class TrustError(CodedError):
    """Root of the package's errors."""


class MalformedInput(TrustError):
    """Bytes that no released format allows."""

    template = "{reason}. Get the file again from where it was issued."


class NotCanonical(MalformedInput):
    """JSON that is not in its one canonical form (RFC 8785)."""

    template = "Not canonical JSON: {reason}. Use the bytes exactly as issued."


class MalformedEntry(MalformedInput):
    """A log entry that breaks its grammar."""

    template = "Field {field!r} of the log entry is refused: {reason}."


class MalformedNote(MalformedInput):
    """A signed note or checkpoint that breaks its grammar."""

    template = "Not a signed note: {reason}. Fetch the checkpoint again, byte for byte."


class MalformedTile(MalformedInput):
    """A tile or entry bundle that breaks its grammar."""

    template = "{name}: {reason}. Fetch the file again; if it stays so, the log's store is damaged."


class MalformedReceipt(MalformedInput):
    """A receipt that breaks its grammar."""

    template = "Not a receipt: {reason}. Ask the issuing authority for the receipt again."


class MalformedDraw(MalformedInput):
    """A draw file that breaks its grammar."""

    template = "Not a draw file: {reason}. Use the file as the authority published it."


class NotEncodable(TrustError):
    """A value that canonical JSON cannot hold."""

    template = "{reason}. Canonical JSON holds text, finite numbers, whole numbers to 2^53 - 1, lists, objects."


class UnknownVersion(TrustError):
    """A format newer than this software."""

    template = "Version {version!r} of {format} is not known here. Update the software and try again."


class CommitmentMismatch(TrustError):
    """Payload and commitment do not belong together: the payload was altered, or it is another one."""

    template = "The payload does not open commitment {digest}. It was altered or is another's."


class SaltErased(TrustError):
    """The salt was deleted; the commitment stays in the log and says nothing any more."""

    template = "The salt of commitment {digest} was erased. The entry stands; its content is gone."


class LogFault(TrustError):
    """The log contradicts itself."""


class ProofRefused(LogFault):
    """An inclusion or consistency proof does not hold."""

    template = "The {proof} proof does not hold: {reason}. Keep both files and ask the log's witnesses."


class CorruptObject(LogFault):
    """A stored object was altered after the log had signed it."""

    template = "{name} does not hash to what the log has signed. Restore a copy; keep the altered file."


class MissingObject(LogFault):
    """A stored object is absent though the checkpoint covers it."""

    template = "{name} is missing from the log's store. Restore it from a copy of the log."


class RolledBack(LogFault):
    """The log shows an older state than one it has already signed."""

    template = "{origin} shows size {shown}, but size {seen} was already seen. An old one was replayed."


class SplitView(LogFault):
    """The log has signed two different histories. Both notes together are the proof of it."""

    template = "{origin} has signed two different trees at size {size}: {first} and {second}. Publish both."

    def __init__(self, *, notes: tuple[bytes, bytes] = (b"", b""), **parameters: Any) -> None:
        super().__init__(**parameters)
        self.notes = notes


class LogMoved(LogFault):
    """Somebody else appended between our reading and our writing."""

    template = "{origin} is no longer at the state that was read. Run one sequencer only; open the log again."


class ProofFromElsewhere(LogFault):
    """A witness was sent a proof that starts at another size than the one it cosigned last."""

    template = "This witness cosigned {origin} last at size {size}. Send a consistency proof from there."


class SignatureRefused(TrustError):
    """A signature does not hold, or no trusted key made it."""

    template = "Signature of {name} refused: {reason}."


class KeyRefused(TrustError):
    """A key that can't be used for this."""

    template = "Key {name} can't be used: {reason}."


class MechanismUnavailable(TrustError):
    """The system lacks a library or a mechanism."""

    template = "{mechanism} is not available here: {reason}."


class TimestampRefused(TrustError):
    """A time stamp that does not hold."""

    template = "Time stamp refused: {reason}."


class DocumentRefused(TrustError):
    """An XML or PDF that is refused before it is examined or signed."""

    template = "Document refused: {reason}."


class DrawRefused(TrustError):
    """A draw that can't be made, or that doesn't replay."""

    template = "Draw {draw} refused: {reason}."
