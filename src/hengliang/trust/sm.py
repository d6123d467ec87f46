"""SM2 signatures and SM3 digests through the system's OpenSSL.

Guarantee: the arithmetic is OpenSSL's, patched by the distribution; this module only hands bytes over. Hole:
it is a software implementation, not a module certified under GM/T 0028, and gives no legal seal; for that
fill the `Signer` port with a device or a signing server. Rejected: gmssl (pure Python, not constant time) and
tongsuopy (bundles an old library); the first is the tests' oracle.
Source: GB/T 32918.2-2016 (SM2 signature), GB/T 32905-2016 (SM3), GB/T 35276-2017 (identifier, DER form).
"""

import ctypes
import ctypes.util
import hashlib
from ctypes import POINTER, byref, c_char_p, c_int, c_long, c_size_t, c_void_p
from functools import cache
from typing import Any

from hengliang.trust.errors import KeyRefused, MechanismUnavailable, SignatureRefused

# The identifier that GB/T 35276 prescribes when none was agreed.
DEFAULT_ID = b"1234567812345678"
ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123

# AlgorithmIdentifier {id-ecPublicKey, sm2p256v1 (1.2.156.10197.1.301)}
_ALGORITHM = bytes.fromhex("301306072a8648ce3d020106082a811ccf5501822d")
_SPKI = bytes.fromhex("3059") + _ALGORITHM + bytes.fromhex("034200")
_PKCS8 = bytes.fromhex("3041020100") + _ALGORITHM + bytes.fromhex("042730250201010420")


def sm3(message: bytes) -> bytes:
    """SM3 digest, (32,) bytes. Raises MechanismUnavailable."""
    try:
        return hashlib.new("sm3", message).digest()
    except ValueError as fault:
        raise MechanismUnavailable(mechanism="SM3", reason="this Python's OpenSSL was built without it") from fault


class PrivateKey:
    """An SM2 private key.

    secret : (32,) bytes big-endian scalar in [1, n-2]
    identifier : who signs, as the verifier also knows it
    """

    def __init__(self, secret: bytes, identifier: bytes = DEFAULT_ID) -> None:
        if len(secret) != 32 or not 1 <= int.from_bytes(secret) <= ORDER - 2:
            raise KeyRefused(name="SM2", reason="the scalar is outside its range")
        self._identifier = identifier
        self._key = _load(b"private", _PKCS8 + secret)
        self.public_key = _export_point(self._key)

    def sign(self, message: bytes) -> bytes:
        """SM2 with SM3 over `message`, DER of (r, s), up to 72 bytes."""
        library = _library()
        with _Context(self._key, self._identifier) as context:
            _need(library.EVP_DigestSignInit(context, None, library.EVP_sm3(), None, self._key), "SM2 signing")
            value = ctypes.create_string_buffer(80)
            length = c_size_t(len(value))
            _need(library.EVP_DigestSign(context, value, byref(length), message, len(message)), "SM2 signing")
            return value.raw[: length.value]

    def __del__(self) -> None:
        if key := getattr(self, "_key", None):
            _library().EVP_PKEY_free(key)


def check_signature(public_key: bytes, message: bytes, signature: bytes, identifier: bytes = DEFAULT_ID) -> None:
    """Return when `signature` is by `public_key` over `message`.

    public_key : uncompressed point, (65,) bytes
    signature : DER of (r, s)
    Raises SignatureRefused, KeyRefused for a point off the curve, MechanismUnavailable.
    """
    if len(public_key) != 65 or public_key[0] != 4:
        raise KeyRefused(name="SM2", reason="65 bytes of an uncompressed point are expected")
    if len(signature) > 80:
        raise SignatureRefused(name="SM2", reason="it is longer than any SM2 signature")
    library = _library()
    key = _load(b"public", _SPKI + public_key)
    try:
        with _Context(key, identifier) as context:
            _need(library.EVP_DigestVerifyInit(context, None, library.EVP_sm3(), None, key), "SM2 checking")
            if library.EVP_DigestVerify(context, signature, len(signature), message, len(message)) != 1:
                library.ERR_clear_error()
                raise SignatureRefused(name="SM2", reason="the text was altered or another key signed")
    finally:
        library.EVP_PKEY_free(key)


class _Context:
    """Digest context with the signer's identifier set, freed on leaving."""

    def __init__(self, key: int, identifier: bytes) -> None:
        library = _library()
        self._digest = library.EVP_MD_CTX_new()
        self._parameters = library.EVP_PKEY_CTX_new(key, None)
        _need(library.EVP_PKEY_CTX_set1_id(self._parameters, identifier, len(identifier)), "SM2 identifier")
        library.EVP_MD_CTX_set_pkey_ctx(self._digest, self._parameters)

    def __enter__(self) -> int:
        return int(self._digest)

    def __exit__(self, *_: object) -> None:
        _library().EVP_MD_CTX_free(self._digest)
        _library().EVP_PKEY_CTX_free(self._parameters)


def _load(side: bytes, der: bytes) -> int:
    library = _library()
    cursor = c_char_p(der)
    read = library.d2i_AutoPrivateKey if side == b"private" else library.d2i_PUBKEY
    key = read(None, byref(cursor), len(der))
    if not key:
        library.ERR_clear_error()
        raise KeyRefused(name="SM2", reason="OpenSSL does not accept it as a point or scalar of sm2p256v1")
    return int(key)


def _export_point(key: int) -> bytes:
    library = _library()
    buffer = ctypes.create_string_buffer(256)
    cursor = ctypes.cast(buffer, c_void_p)
    length = library.i2d_PUBKEY(key, byref(cursor))
    return buffer.raw[max(0, length - 65) : length]


def _need(outcome: int, step: str) -> None:
    if outcome != 1:
        _library().ERR_clear_error()
        raise MechanismUnavailable(mechanism=step, reason="the system's OpenSSL refused it")


_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "ERR_clear_error": (None, []),
    "EVP_sm3": (c_void_p, []),
    "EVP_MD_CTX_new": (c_void_p, []),
    "EVP_MD_CTX_free": (None, [c_void_p]),
    "EVP_MD_CTX_set_pkey_ctx": (None, [c_void_p, c_void_p]),
    "EVP_PKEY_CTX_new": (c_void_p, [c_void_p, c_void_p]),
    "EVP_PKEY_CTX_free": (None, [c_void_p]),
    "EVP_PKEY_CTX_set1_id": (c_int, [c_void_p, c_char_p, c_int]),
    "EVP_PKEY_free": (None, [c_void_p]),
    "EVP_DigestSignInit": (c_int, [c_void_p] * 5),
    "EVP_DigestVerifyInit": (c_int, [c_void_p] * 5),
    "EVP_DigestSign": (c_int, [c_void_p, c_void_p, POINTER(c_size_t), c_char_p, c_size_t]),
    "EVP_DigestVerify": (c_int, [c_void_p, c_char_p, c_size_t, c_char_p, c_size_t]),
    "d2i_AutoPrivateKey": (c_void_p, [c_void_p, POINTER(c_char_p), c_long]),
    "d2i_PUBKEY": (c_void_p, [c_void_p, POINTER(c_char_p), c_long]),
    "i2d_PUBKEY": (c_int, [c_void_p, POINTER(c_void_p)]),
}


@cache
def _library() -> ctypes.CDLL:
    name = ctypes.util.find_library("crypto")
    if not name:
        raise MechanismUnavailable(mechanism="SM2", reason="install OpenSSL 3 (libcrypto) on this system")
    library = ctypes.CDLL(name)
    try:
        for function, (result, arguments) in _SIGNATURES.items():
            entry = getattr(library, function)
            entry.restype, entry.argtypes = result, arguments
    except AttributeError as fault:
        raise MechanismUnavailable(mechanism="SM2", reason=f"{name} lacks it: {fault}") from fault
    return library
