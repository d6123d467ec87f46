"""Keys: who signs, kept how, and what a key is worth at a given time.

Guarantee: a software key rests only under a password (scrypt, then AES-256-GCM over the key with its public
description bound in); a wrong password or an altered file is refused alike. Hole: while a software key is
in use it lies in memory, so whoever owns the process owns the key; that is what `pkcs11.py` is for. A
software key is never a legal seal (GM/T 0028 asks for a certified module). Source: RFC 7914; RFC 8032; NIST
SP 800-38D.
"""

import base64
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from hengliang.trust import canonical, sm
from hengliang.trust.errors import KeyRefused, TrustError
from hengliang.trust.notes import COSIGNATURE, ED25519, NoteSignature, VerifierKey, cosigned_text

FORMAT = "hengliang-key-v1"
ALGORITHMS = ("ed25519", "ecdsa-p256-sha256", "sm2-sm3")
_COST = 2**15


class Signer(Protocol):
    """A private key, wherever it lives: software, hardware module, signing server (签名验签服务器).

    The port is this small on purpose: what a device can't export is never asked for.
    """

    @property
    def algorithm(self) -> str:
        """One of `ALGORITHMS`."""
        ...

    @property
    def public_key(self) -> bytes:
        """Ed25519: (32,) bytes; the others: uncompressed point, (65,) bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Signature over the whole message; Ed25519: (64,) bytes, the others: DER of (r, s)."""
        ...


class SoftwareKey:
    """A private key in memory.

    secret : Ed25519: (32,) bytes seed; the others: (32,) bytes big-endian scalar
    """

    def __init__(self, algorithm: str, secret: bytes) -> None:
        if algorithm not in ALGORITHMS or len(secret) != 32:
            raise KeyRefused(name=algorithm, reason=f"known are {', '.join(ALGORITHMS)} with 32 bytes")
        self.algorithm = algorithm
        self._secret = secret
        self.public_key, self._sign = _OPEN[algorithm](secret)

    @classmethod
    def generate(cls, algorithm: str = "ed25519") -> "SoftwareKey":
        """A fresh key from the system's random source."""
        if algorithm == "ed25519":
            return cls(algorithm, secrets.token_bytes(32))
        order = _P256_ORDER if algorithm == "ecdsa-p256-sha256" else sm.ORDER
        return cls(algorithm, (1 + secrets.randbelow(order - 2)).to_bytes(32))

    def sign(self, message: bytes) -> bytes:
        """Signature over `message`, see `Signer.sign`."""
        return self._sign(message)

    def private_key(self) -> Any:
        """The key as `cryptography` has it, for X.509 uses (XAdES, PAdES). Not for SM2."""
        if self.algorithm == "ed25519":
            return Ed25519PrivateKey.from_private_bytes(self._secret)
        if self.algorithm == "ecdsa-p256-sha256":
            return ec.derive_private_key(int.from_bytes(self._secret), ec.SECP256R1())
        raise KeyRefused(name=self.algorithm, reason="X.509 signatures with SM2 need a device that makes them")

    def seal(self, password: str, *, name: str = "", purpose: str = "") -> bytes:
        """The key as an encrypted file's content; name and purpose stay readable and are bound in."""
        head = {"format": FORMAT, "algorithm": self.algorithm, "public_key": self.public_key.hex()}
        head |= {field: told for field, told in (("name", name), ("purpose", purpose)) if told}
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        sealed = AESGCM(_stretch(password, salt)).encrypt(nonce, self._secret, canonical.write(head))
        box = base64.b64encode(salt + nonce + sealed).decode()
        return canonical.write({**head, "sealed": box})


def open_sealed(content: bytes, password: str) -> SoftwareKey:
    """The key in an encrypted file's content. Raises KeyRefused for a wrong password or an altered file."""
    try:
        fields = canonical.read(content, max_bytes=4096)
        box = base64.b64decode(fields.pop("sealed"), validate=True)
        cipher = AESGCM(_stretch(password, box[:16]))
        secret = cipher.decrypt(box[16:28], box[28:], canonical.write(fields))
        return SoftwareKey(fields["algorithm"], secret)
    except (InvalidTag, KeyError, ValueError, AttributeError, TypeError) as fault:
        raise KeyRefused(name="file", reason="wrong password, or the file was altered") from fault
    except KeyRefused:
        raise
    except TrustError as fault:
        raise KeyRefused(name="file", reason=str(fault)) from fault


@dataclass(frozen=True, slots=True)
class SealedKey:
    """What an encrypted key file says openly; whether it is true shows when it is opened.

    public_key : see `Signer.public_key`
    name, purpose : empty where the file names none
    """

    algorithm: str
    public_key: bytes
    name: str
    purpose: str


def read_sealed(content: bytes) -> SealedKey:
    """What an encrypted key file says openly. Raises KeyRefused for what is no key file."""
    try:
        fields = canonical.read(content, max_bytes=4096)
        if fields["format"] != FORMAT or fields["algorithm"] not in ALGORITHMS or "sealed" not in fields:
            raise ValueError("another format")
        told = [str(fields.get(field, "")) for field in ("name", "purpose")]
        return SealedKey(fields["algorithm"], bytes.fromhex(fields["public_key"]), *told)
    except (KeyError, ValueError, TypeError, AttributeError, TrustError) as fault:
        raise KeyRefused(name="file", reason="it is no key file; `hengliang key make` writes one") from fault


def write_key(key: SoftwareKey, path: Path, password: str, *, name: str = "", purpose: str = "") -> None:
    """Store an encrypted key, readable by its owner only. Raises KeyRefused when the file already exists."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyRefused(name=str(path.name), reason="there is one already; keys are never overwritten") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.seal(password, name=name, purpose=purpose))
        file.flush()
        os.fsync(file.fileno())


@dataclass(frozen=True, slots=True)
class NoteKey:
    """An Ed25519 signer that signs notes: a log's key.

    name : the log's origin
    """

    name: str
    signer: Signer

    @property
    def verifier(self) -> VerifierKey:
        """The public side, of type 0x01."""
        return VerifierKey(self.name, ED25519, self.signer.public_key)

    def sign_note(self, text: str) -> NoteSignature:
        """A signature line over `text`."""
        return NoteSignature(self.name, self.verifier.key_id, self.signer.sign(text.encode()))


@dataclass(frozen=True, slots=True)
class CosignerKey:
    """An Ed25519 signer that cosigns checkpoints with the time: a witness's key.

    clock : seconds since 1970 UTC
    """

    name: str
    signer: Signer
    clock: Callable[[], float]

    @property
    def verifier(self) -> VerifierKey:
        """The public side, of type 0x04."""
        return VerifierKey(self.name, COSIGNATURE, self.signer.public_key)

    def sign_note(self, text: str) -> NoteSignature:
        """A timestamped cosignature line over `text`."""
        moment = int(self.clock())
        value = moment.to_bytes(8) + self.signer.sign(cosigned_text(text, moment))
        return NoteSignature(self.name, self.verifier.key_id, value)


_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def _stretch(password: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(password.encode())


def _open_ed25519(secret: bytes) -> tuple[bytes, Callable[[bytes], bytes]]:
    key = Ed25519PrivateKey.from_private_bytes(secret)
    return key.public_key().public_bytes_raw(), key.sign


def _open_p256(secret: bytes) -> tuple[bytes, Callable[[bytes], bytes]]:
    key = ec.derive_private_key(int.from_bytes(secret), ec.SECP256R1())
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return point, lambda message: key.sign(message, ec.ECDSA(hashes.SHA256()))


def _open_sm2(secret: bytes) -> tuple[bytes, Callable[[bytes], bytes]]:
    key = sm.PrivateKey(secret)
    return key.public_key, key.sign


_OPEN: dict[str, Callable[[bytes], tuple[bytes, Callable[[bytes], bytes]]]] = {
    "ed25519": _open_ed25519,
    "ecdsa-p256-sha256": _open_p256,
    "sm2-sm3": _open_sm2,
}
