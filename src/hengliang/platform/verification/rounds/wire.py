"""The two files of a round: the package that a verifier takes out and the results that a device brings back.

Guarantee: both are canonical (RFC 8785), so a digest over the bytes is one over the value. Results carry a seal (HMAC
with the secret of their package), so that a file altered, or made by a device that never had the package, is refused.
Hole: whoever has the unlocked device has the secret; what a device says is then vouched for by its verifier alone.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Any

from hengliang.trust import canonical
from hengliang.trust.errors import NotCanonical

PACKAGE, RESULTS = "hengliang-round-package-1", "hengliang-round-results-1"
MOST_ENTRIES = 5_000
_HEAD = {"format": str, "deployment": str, "round": int, "package": str, "device": str, "person": int}
_ENTRY = {"sequence": int, "subject": str, "kind": str, "day": str, "made_at": str}
_DEVICE = re.compile(r"[0-9a-f-]{8,64}")
SAID = (
    "kind",
    "data",
    "day",
    "unknown",
    "standards",
    "label",
)  # what an entry says; when and how it was typed says nothing


class WireFault(Exception):
    """A file that can't be taken: `code` says why, `params` the particulars."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Results:
    """A file of results, read; nothing in it has been held against the platform yet."""

    deployment: str
    round: int
    package: str
    device: str
    person: int
    entries: tuple[dict[str, Any], ...]
    signature: dict[str, Any] | None
    value: dict[str, Any]


def is_device(name: str) -> bool:
    """Whether a name is one that a device gives itself: hexadecimal digits and dashes."""
    return _DEVICE.fullmatch(name) is not None


def digest(value: Any) -> str:
    """SHA-256 over the canonical form, hexadecimal."""
    return hashlib.sha256(canonical.write(value)).hexdigest()


def said(entry: dict[str, Any]) -> str:
    """The digest of what an entry says, by which two devices are compared."""
    return digest({key: entry[key] for key in SAID if entry.get(key) not in (None, "", [], {})})


def sealed(value: dict[str, Any], secret: str) -> dict[str, Any]:
    """The results with their seal."""
    return value | {"seal": seal_of(value, secret)}


def seal_of(value: dict[str, Any], secret: str) -> str:
    """HMAC-SHA-256 over all but the seal itself."""
    bare = {key: one for key, one in value.items() if key != "seal"}
    return hmac.new(secret.encode(), canonical.write(bare), hashlib.sha256).hexdigest()


def is_sealed(results: Results, secret: str) -> bool:
    """Whether the seal is that of the package's secret."""
    return hmac.compare_digest(str(results.value.get("seal", "")), seal_of(results.value, secret))


def read_results(content: bytes) -> Results:
    """The results in a file.

    Raises WireFault: `damaged` where it is not canonical or lacks a part, `not_results` where it is something else.
    """
    try:
        value = canonical.read(content)
    except NotCanonical as fault:
        raise WireFault("damaged", why=str(fault)) from fault
    if b"\\u0000" in content:
        raise WireFault("damaged", why="NUL")  # no database holds it
    if not isinstance(value, dict) or value.get("format") != RESULTS:
        raise WireFault("not_results", found=str(value.get("format", ""))[:60] if isinstance(value, dict) else "")
    _require(value, _HEAD)
    entries = value.get("entries")
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
        raise WireFault("damaged", why="entries")
    if not is_device(value["device"]):
        raise WireFault("damaged", why="device")
    for entry in entries:
        if not isinstance(entry, dict):
            raise WireFault("damaged", why="entries")
        _require(entry, _ENTRY)
    if len({entry["sequence"] for entry in entries}) != len(entries):
        raise WireFault("damaged", why="a running number occurs twice")
    signature = value.get("signature")
    if signature is not None:
        _require(signature, {"name": str, "png": str, "at": str})
    return Results(
        value["deployment"], value["round"], value["package"], value["device"], value["person"], tuple(entries),
        signature, value,
    )  # fmt: skip


def _require(value: Any, parts: dict[str, type]) -> None:
    for name, kind in parts.items():
        if not isinstance(value, dict) or not isinstance(value.get(name), kind) or isinstance(value[name], bool):
            raise WireFault("damaged", why=name)
