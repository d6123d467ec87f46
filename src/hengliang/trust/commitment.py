"""Salted commitments: the log says *that* something was recorded and when, never what about whom.

commitment = SHA-256(salt ‖ canonical payload), salt of 32 random bytes kept beside the payload.

Guarantee: whoever holds payload and salt can prove that exactly this payload was recorded; without the salt
the commitment tells nothing, not even to one who guesses the payload. Deleting the salt therefore erases the
record (Personal Information Protection Law, article 47) while the tree stays whole. The salt has a fixed
length, so salt and payload cannot be shifted into one another. Hole: whoever copied the salt before can still
open it; erasure binds only the copies we control. Source: DESIGN section 6.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from typing import Any

from hengliang.trust.canonical import write
from hengliang.trust.errors import CommitmentMismatch, MalformedInput, SaltErased

SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment with the salt that opens it, or without one once it was erased.

    digest : (32,) bytes, what stands in the log
    salt : (32,) bytes, or None after erasure
    """

    digest: bytes
    salt: bytes | None

    @property
    def erased(self) -> bool:
        """Whether the salt is gone for good."""
        return self.salt is None

    def erase(self) -> "Commitment":
        """The same commitment without its salt. The caller deletes the stored salt and payload."""
        return replace(self, salt=None)

    def check(self, payload: Any) -> None:
        """Return when `payload` is what was committed to.

        payload : JSON value
        Raises SaltErased when nothing can be said any more, CommitmentMismatch when it is not the payload.
        """
        if self.salt is None:
            raise SaltErased(digest=self.digest.hex())
        if not hmac.compare_digest(digest_of(write(payload), self.salt), self.digest):
            raise CommitmentMismatch(digest=self.digest.hex())


def commit(payload: Any, *, salt: bytes | None = None) -> Commitment:
    """Commitment to `payload`.

    payload : JSON value
    salt : (32,) bytes; drawn at random when absent. Never use one salt for two payloads.
    Raises NotEncodable when the payload is no canonical JSON value.

    >>> commit({"a": 1}, salt=bytes(32)).digest.hex()[:16]
    'b06a229070741292'
    """
    chosen = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    return Commitment(digest=digest_of(write(payload), chosen), salt=chosen)


def digest_of(payload: bytes, salt: bytes) -> bytes:
    """SHA-256(salt ‖ payload), (32,) bytes.

    payload : canonical bytes
    salt : (32,) bytes; any other length is refused, since salt and payload could then be shifted
    """
    if len(salt) != SALT_BYTES:
        raise MalformedInput(reason=f"A salt has {SALT_BYTES} bytes, this one {len(salt)}")
    return hashlib.sha256(salt + payload).digest()
