"""What stands in the log: one line of canonical JSON per act, `{v,type,object,prev,time,actor,commitment}`.

Guarantee: an entry holds no personal data by grammar: `object` and `actor` are opaque ASCII identifiers of
the form `kind:id`, the content is only committed to. Every version ever released keeps its reader in
`_READERS` and its stored example in the tests. Hole: an authority that puts a name into an identifier in
Latin letters is not stopped. Source: DESIGN section 6; canonical form RFC 8785; time RFC 3339.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from hengliang.trust import canonical
from hengliang.trust.errors import MalformedEntry, UnknownVersion

VERSION = 1
MAX_ENTRY_BYTES = 2048
# The one name in a payload that content never uses: a further commitment, to what the entry covers and a receipt does
# not disclose (who acted, which ledger rows were written).
LEDGER = "ledger"
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,31}:[A-Za-z0-9][A-Za-z0-9._~:/-]{0,191}")
_TYPE = re.compile(r"[a-z][a-z_]{0,31}\.[a-z][a-z_]{0,31}")
_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z")

# What each type says of its object. New types are added, none is ever renamed or removed: an old log must
# stay readable. Rejected: free text types, since a misspelt withdrawal would pass as harmless.
TYPES: Mapping[str, str] = MappingProxyType(
    {
        "certificate.issued": "a certificate was issued; commits to the canonical JSON of its content",
        "certificate.rendered": "the final file of a certificate; commits to the digest of its bytes",
        "certificate.withdrawn": "a certificate was withdrawn, with the reason in the payload",
        "certificate.replaced": "a certificate was replaced by another one named in the payload",
        "ledger.changed": "an instrument, its owner, place, state or purpose changed",
        "ledger.imported": "many ledger rows at once; commits to the Merkle root over the rows",
        "measurement_standard.changed": "a measurement standard, its certificate or its state changed",
        "rule.approved": "a rule was approved by two people against a text of a given date",
        "rule.withdrawn": "the approval of a rule was withdrawn",
        "draw.committed": "lists, strata, recusals and rule of a draw, before its public value exists",
        "draw.drawn": "the public value and the outcome of a draw",
        "draw.abandoned": "a committed draw that will not be made, with the reason in the payload",
        "comparison.published": "the reference value and results of a comparison",
        "readings.batch": "the Merkle root of one batch of meter readings",
        "software.deployed": "the digest of the legally relevant modules now in force",
        "trust.changed": "a key, an authority's scope or the trust list changed",
        "recognition.decided": "a foreign result was recognised, or not, by the receiving authority",
        "inspection.recorded": "an inspection, finding, order or decision of a case",
        "party.changed": "an organisation, a role, an account or a token changed",
        "authorisation.changed": "an authorisation of a body or a qualification of a person changed",
        "verification.recorded": "an application, task, record or review of a verification",
        "act.performed": "any other act of the ledger; what it was stands in what it commits to",
        "salt.erased": "the salt of an earlier entry was deleted; nobody can open it any more",
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, version 1, as it is written today.

    type : name from `TYPES`; an unknown one of the right form may be read but not written
    object : what the entry speaks of, `kind:id`
    prev : (64,) hex leaf hash of the entry before it about the same object, or None for the first
    time : UTC, when the act was done by the authority's clock
    actor : who is answerable, `kind:id`
    commitment : (64,) hex, SHA-256(salt ‖ canonical payload)
    """

    type: str
    object: str
    prev: str | None
    time: datetime
    actor: str
    commitment: str
    v: int = VERSION

    @property
    def known(self) -> bool:
        """Whether this software knows what the type means."""
        return self.type in TYPES

    def to_bytes(self) -> bytes:
        """Canonical bytes, the leaf of the tree. Raises MalformedEntry for a refused type or field."""
        if not self.known:
            raise MalformedEntry(field="type", reason=f"{self.type!r} is not one of {', '.join(TYPES)}")
        return _encode(self)

    def leaf_hash(self) -> str:
        """(64,) hex leaf hash, which the next entry about the same object carries as `prev`."""
        return hashlib.sha256(b"\x00" + self.to_bytes()).hexdigest()


def read(content: bytes) -> Entry:
    """The entry of `content`, whatever released version it has.

    content : (n,) bytes, at most MAX_ENTRY_BYTES
    Raises NotCanonical, MalformedEntry, or UnknownVersion for a version newer than this software.
    """
    fields = canonical.read(content, max_bytes=MAX_ENTRY_BYTES)
    if not isinstance(fields, dict):
        raise MalformedEntry(field="", reason="an entry is a JSON object")
    version = fields.get("v")
    if type(version) is not int or version not in _READERS:
        raise UnknownVersion(version=version, format="log entry")
    return _READERS[version](fields)


def time_text(moment: datetime) -> str:
    """`moment` as `2026-01-31T08:00:00.000000Z`, always with microseconds so that one moment has one form."""
    if moment.tzinfo is None:
        raise MalformedEntry(field="time", reason="give the time zone; UTC is stored")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _encode(entry: Entry) -> bytes:
    fields = {**asdict(entry), "time": time_text(entry.time)}
    _check_v1(fields)
    return canonical.write(fields)


def _read_v1(fields: dict[str, Any]) -> Entry:
    _check_v1(fields)
    try:
        moment = datetime.strptime(fields["time"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError as fault:
        raise MalformedEntry(field="time", reason=str(fault)) from fault
    return Entry(**{**fields, "time": moment})


def _check_v1(fields: dict[str, Any]) -> None:
    names = {"v", "type", "object", "prev", "time", "actor", "commitment"}
    if set(fields) != names:
        odd = sorted(names ^ set(fields))
        raise MalformedEntry(field=odd[0], reason="it is missing or unknown in version 1")
    _match(fields, "type", _TYPE, "two lower-case words joined by a point")
    _match(fields, "object", _IDENTIFIER, "`kind:id` in ASCII")
    _match(fields, "actor", _IDENTIFIER, "`kind:id` in ASCII")
    _match(fields, "commitment", _HASH, "64 lower-case hexadecimal digits")
    _match(fields, "time", _TIME, "UTC with microseconds, such as 2026-01-31T08:00:00.000000Z")
    if fields["prev"] is not None:
        _match(fields, "prev", _HASH, "64 lower-case hexadecimal digits or null")


def _match(fields: dict[str, Any], name: str, pattern: re.Pattern[str], form: str) -> None:
    value = fields[name]
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise MalformedEntry(field=name, reason=f"it must be {form}")


_READERS: Mapping[int, Callable[[dict[str, Any]], Entry]] = MappingProxyType({1: _read_v1})
