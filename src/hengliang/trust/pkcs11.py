"""Keys in a hardware module, spoken to by PKCS#11.

Guarantee: the private key never leaves the module; the digest is made here and the module signs it. One
handle per signer, one request at a time. Hole: whoever holds the PIN and the module's socket can sign; keep
the module's own audit log. No package is needed: the few calls that signing takes are made through the
function list that every module exports. Source: OASIS PKCS #11 v2.40, sections 5 (functions), 2.3 (ECDSA);
v3.0, 2.3.14 (EdDSA).
"""

import ctypes
import hashlib
import threading
from collections.abc import Callable
from ctypes import POINTER, byref, c_ubyte, c_ulong, c_void_p
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from hengliang.trust.errors import KeyRefused, MechanismUnavailable

_OPEN, _LOGIN, _ATTRIBUTE, _FIND_INIT, _FIND, _FIND_FINAL = 12, 18, 24, 26, 27, 28
_INITIALIZE, _SLOTS, _TOKEN, _CLOSE, _SIGN_INIT, _SIGN = 0, 4, 6, 13, 42, 43
_FUNCTIONS = 68
_ALREADY_INITIALIZED, _ALREADY_LOGGED_IN = 0x191, 0x100
_CLASS, _LABEL, _EC_POINT = 0x000, 0x003, 0x181
_PUBLIC, _PRIVATE = 2, 3
_MECHANISMS = {"ecdsa-p256-sha256": 0x1041, "ed25519": 0x1057}


class _FunctionList(ctypes.Structure):
    _fields_ = (("version", c_ubyte * 2), ("functions", c_void_p * _FUNCTIONS))


class _Attribute(ctypes.Structure):
    _fields_ = (("kind", c_ulong), ("value", c_void_p), ("length", c_ulong))


class _Mechanism(ctypes.Structure):
    _fields_ = (("kind", c_ulong), ("parameter", c_void_p), ("length", c_ulong))


class HardwareKey:
    """A key pair in a module, found by its label: a `Signer`.

    module : the vendor's library, for instance libsofthsm2.so
    token : label of the token
    pin : user PIN
    label : label of the private and the public key
    Raises MechanismUnavailable for the module, KeyRefused for token, PIN or key.
    """

    def __init__(self, module: Path, token: str, pin: str, label: str, algorithm: str) -> None:
        if algorithm not in _MECHANISMS:
            raise KeyRefused(name=label, reason=f"known here are {', '.join(_MECHANISMS)}")
        self.algorithm = algorithm
        self._label = label
        self._lock = threading.Lock()
        self._calls = _function_list(module)
        self._handle = self._log_in(token, pin)
        self._private = self._find(_PRIVATE)
        self.public_key = self._point(self._find(_PUBLIC))

    def sign(self, message: bytes) -> bytes:
        """Signature over `message`, Ed25519 as 64 bytes, ECDSA as DER. Raises KeyRefused."""
        content = message if self.algorithm == "ed25519" else hashlib.sha256(message).digest()
        mechanism = _Mechanism(_MECHANISMS[self.algorithm], None, 0)
        value = (c_ubyte * 256)()
        length = c_ulong(len(value))
        with self._lock:
            self._call(_SIGN_INIT, self._handle, byref(mechanism), self._private)
            self._call(_SIGN, self._handle, content, c_ulong(len(content)), value, byref(length))
        raw = bytes(value[: length.value])
        if self.algorithm == "ed25519":
            return raw
        return encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))

    def close(self) -> None:
        """End the connection to the token."""
        self._call(_CLOSE, self._handle)

    def _log_in(self, token: str, pin: str) -> c_ulong:
        handle = c_ulong()
        # Flag 4 (serial); read-only access is enough to sign.
        self._call(_OPEN, self._slot(token), c_ulong(4), None, None, byref(handle))
        secret = pin.encode()
        self._call(_LOGIN, handle, c_ulong(1), secret, c_ulong(len(secret)), allow=_ALREADY_LOGGED_IN)
        return handle

    def _slot(self, token: str) -> c_ulong:
        count = c_ulong(64)
        slots = (c_ulong * 64)()
        self._call(_SLOTS, c_ubyte(1), slots, byref(count))
        for slot in slots[: count.value]:
            description = ctypes.create_string_buffer(256)
            self._call(_TOKEN, c_ulong(slot), description)
            if description.raw[:32].decode("utf-8", "replace").rstrip() == token:
                return c_ulong(slot)
        raise KeyRefused(name=self._label, reason=f"the module has no token {token!r}")

    def _find(self, kind: int) -> c_ulong:
        wanted, label = c_ulong(kind), self._label.encode()
        template = (_Attribute * 2)(
            _Attribute(_CLASS, ctypes.cast(byref(wanted), c_void_p), ctypes.sizeof(wanted)),
            _Attribute(_LABEL, ctypes.cast(ctypes.c_char_p(label), c_void_p), len(label)),
        )
        handles, count = (c_ulong * 2)(), c_ulong()
        self._call(_FIND_INIT, self._handle, template, c_ulong(2))
        self._call(_FIND, self._handle, handles, c_ulong(2), byref(count))
        self._call(_FIND_FINAL, self._handle)
        if count.value != 1:
            raise KeyRefused(name=self._label, reason=f"{count.value} keys carry this label; one is needed")
        return c_ulong(handles[0])

    def _point(self, handle: c_ulong) -> bytes:
        value = ctypes.create_string_buffer(256)
        attribute = _Attribute(_EC_POINT, ctypes.cast(value, c_void_p), len(value))
        self._call(_ATTRIBUTE, self._handle, handle, byref(attribute), c_ulong(1))
        # DER OCTET STRING around the point, as PKCS #11 v2.40 has it; short form length.
        point = value.raw[: attribute.length]
        return point[2:] if point[:1] == b"\x04" and point[1] == len(point) - 2 else point

    def _call(self, function: int, *arguments: object, allow: int = 0) -> None:
        outcome = _prototype(self._calls.functions[function])(*arguments)
        if outcome not in (0, allow):
            raise KeyRefused(name=self._label, reason=f"the module answers {outcome:#x} (CKR) to call {function}")


def _prototype(address: int) -> Callable[..., int]:
    return ctypes.CFUNCTYPE(c_ulong)(address)


def _function_list(module: Path) -> _FunctionList:
    try:
        library = ctypes.CDLL(str(module))
        listing = POINTER(_FunctionList)()
        outcome = library.C_GetFunctionList(byref(listing))
    except (OSError, AttributeError) as fault:
        raise MechanismUnavailable(mechanism="PKCS #11", reason=str(fault)) from fault
    if outcome:
        raise MechanismUnavailable(mechanism="PKCS #11", reason=f"the module answers {outcome:#x}")
    calls: _FunctionList = listing.contents
    begun = _prototype(calls.functions[_INITIALIZE])(None)
    if begun not in (0, _ALREADY_INITIALIZED):
        raise MechanismUnavailable(mechanism="PKCS #11", reason=f"the module does not start: {begun:#x}")
    return calls
