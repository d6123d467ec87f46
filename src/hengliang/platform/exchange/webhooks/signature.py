"""The signature of a delivery, as Standard Webhooks has it, and the secret behind it.

    webhook-id: msg_…          the same for every attempt of one delivery
    webhook-timestamp: …       seconds since 1970 of this attempt
    webhook-signature: v1,…    base64 of HMAC-SHA256 over `id.timestamp.body`; one for each secret in force

Source: Standard Webhooks specification, "Signature scheme", "Secret rotation".
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.fernet import Fernet
from django.conf import settings

PREFIX = "whsec_"
KEY_BYTES = 32


def new_secret() -> str:
    """A new secret, as its receiver keeps it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def sign(secret: str, message_id: str, timestamp: int, body: str) -> str:
    """The signature of one attempt with one secret."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.new(key, f"{message_id}.{timestamp}.{body}".encode(), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def headers(known: Sequence[str], message_id: str, timestamp: int, body: str) -> dict[str, str]:
    """The three headers; while secrets overlap there is a signature of each, separated by a blank."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(sign(secret, message_id, timestamp, body) for secret in known),
    }


def seal(secret: str) -> bytes:
    """The secret as it lies in the database: encrypted with a key that is derived from that of the deployment."""
    return _box().encrypt(secret.encode())


def unseal(sealed: bytes) -> str:
    """The way back. Raises `InvalidToken` where the key of the deployment is another one."""
    return _box().decrypt(bytes(sealed)).decode()


def _box() -> Fernet:
    key = hashlib.sha256(b"hengliang webhook secrets\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
