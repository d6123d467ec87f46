"""Receipts: everything one needs, in one small file, to check an entry without our software or network.

A receipt is canonical JSON with text fields only, so that the smallest checker can hash the very characters:
`entry` (the log entry), `proof` (C2SP tlog-proof with the checkpoint and its cosignatures), and optionally
`payload` with `salt` (what was committed to) and `status` (a signed statement, see `status.py`).

Guarantee: a receipt that checks shows that the entry stood in the log that this key signs, at the latest at
the witnesses' time. Hole, and every answer says so (`LIMITS`): the log proves what was said and when, not
that the measurement was right, and not that nothing was said later. Source: C2SP tlog-proof.
"""

from dataclasses import dataclass, replace
from typing import Any

from hengliang.trust import canonical, entries
from hengliang.trust.checkpoint import read_text
from hengliang.trust.commitment import SALT_BYTES, Commitment, digest_of
from hengliang.trust.errors import CommitmentMismatch, MalformedReceipt
from hengliang.trust.log import Log
from hengliang.trust.merkle import MAX_SIZE
from hengliang.trust.notes import read_hashes, read_note, write_hashes

FORMAT = "hengliang-receipt-v1"
PROOF_HEADER = "c2sp.org/tlog-proof@v1"
MAX_RECEIPT_BYTES = 16 * 1024 * 1024
MAX_PATH = 63

LIMITS = (
    "The log proves what was said and when. It does not prove that the measurement was right.",
    "A receipt cannot prove that nothing was said later: a withdrawal after this checkpoint is not in it.",
    "Without a witness you trust, the authority could show you another log than it shows others.",
)


@dataclass(frozen=True, slots=True)
class Proof:
    """Where an entry stands, and under which checkpoint.

    index : place in the log, from 0
    path : (n, 32) bytes inclusion proof
    checkpoint : the signed note, byte for byte
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes

    def text(self) -> str:
        """The proof as a C2SP tlog-proof."""
        return f"{PROOF_HEADER}\nindex {self.index}\n{write_hashes(self.path)}\n{self.checkpoint.decode()}"


@dataclass(frozen=True, slots=True)
class Receipt:
    """An entry with its proof and what its holder may disclose.

    payload, salt : canonical text and (32,) bytes; both or neither
    status : signed status note, or None
    """

    entry: bytes
    proof: Proof
    payload: str | None = None
    salt: bytes | None = None
    status: bytes | None = None

    def to_bytes(self) -> bytes:
        """The receipt as a file."""
        fields: dict[str, Any] = {
            "format": FORMAT,
            "entry": self.entry.decode(),
            "proof": self.proof.text(),
        }
        if self.payload is not None and self.salt is not None:
            fields |= {"payload": self.payload, "salt": self.salt.hex()}
        if self.status is not None:
            fields["status"] = self.status.decode()
        return canonical.write(fields)

    def disclose(self, payload: Any, commitment: Commitment) -> "Receipt":
        """The receipt that also opens its commitment. Raises CommitmentMismatch or SaltErased."""
        commitment.check(payload)
        opened = replace(self, payload=canonical.write(payload).decode(), salt=commitment.salt)
        opened.check_payload()
        return opened

    def check_payload(self) -> bool:
        """True when a payload is disclosed and opens the entry's commitment, False when none is disclosed.

        Raises CommitmentMismatch.
        """
        if self.payload is None or self.salt is None:
            return False
        committed = entries.read(self.entry).commitment
        if digest_of(self.payload.encode(), self.salt).hex() != committed:
            raise CommitmentMismatch(digest=committed)
        return True


def make_receipt(log: Log, index: int) -> Receipt:
    """Receipt for entry `index` under the log's present checkpoint, with whatever cosignatures it carries."""
    return Receipt(log.entry(index), Proof(index, tuple(log.inclusion(index)), log.checkpoint))


def read_receipt(content: bytes) -> Receipt:
    """The receipt in `content`, nothing of it checked yet.

    Raises NotCanonical, MalformedReceipt, MalformedNote.
    """
    fields = canonical.read(content, max_bytes=MAX_RECEIPT_BYTES)
    optional = {"payload", "salt", "status"}
    if not isinstance(fields, dict) or not {"format", "entry", "proof"} <= set(fields):
        raise MalformedReceipt(reason="format, entry and proof are expected")
    if set(fields) - {"format", "entry", "proof"} - optional or ("payload" in fields) != ("salt" in fields):
        raise MalformedReceipt(reason="unknown fields, or payload without salt")
    if not all(isinstance(value, str) for value in fields.values()) or fields["format"] != FORMAT:
        raise MalformedReceipt(reason=f"all fields are text and the format is {FORMAT}")
    return Receipt(
        entry=fields["entry"].encode(),
        proof=read_proof(fields["proof"]),
        payload=fields.get("payload"),
        salt=_salt(fields["salt"]) if "salt" in fields else None,
        status=fields["status"].encode() if "status" in fields else None,
    )


def read_proof(text: str) -> Proof:
    """The proof in a C2SP tlog-proof. Raises MalformedReceipt or MalformedNote.

    An `extra` line is refused: nothing of ours writes one, and it is not authenticated.
    """
    head, gap, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not gap or len(lines) < 2 or lines[0] != PROOF_HEADER or len(lines) > 2 + MAX_PATH:
        raise MalformedReceipt(reason="it holds no tlog-proof of version 1")
    word, _, digits = lines[1].partition(" ")
    if word != "index" or not digits.isascii() or not digits.isdigit() or len(digits) > 19:
        raise MalformedReceipt(reason="the index line is malformed")
    if str(int(digits)) != digits or int(digits) > MAX_SIZE:
        raise MalformedReceipt(reason="the index is not in its canonical form")
    note = checkpoint.encode()
    read_text(read_note(note).text)
    return Proof(int(digits), tuple(read_hashes(lines[2:])), note)


def payload_of(receipt: Receipt) -> Any:
    """The disclosed payload as a value, None without one. Raises NotCanonical: text of others may be anything."""
    return None if receipt.payload is None else canonical.read(receipt.payload.encode())


def _salt(digits: str) -> bytes:
    try:
        salt = bytes.fromhex(digits)
    except ValueError:
        raise MalformedReceipt(reason="the salt is not hexadecimal") from None
    if salt.hex() != digits or len(salt) != SALT_BYTES:
        raise MalformedReceipt(reason=f"the salt has {SALT_BYTES} bytes in lower-case hexadecimal")
    return salt
