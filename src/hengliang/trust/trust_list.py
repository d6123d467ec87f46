"""The trust list: which authority may say what, with which keys, from when to when.

A signed note whose text is one line of canonical JSON. Scope is what general public key infrastructures lack:
a valid signature of an authority outside its scope is still not a valid certificate. Keys are never removed
from a list; they get a state with a date, so that what they signed before can still be judged.

Guarantee: `open_trust_list` returns only what the list's own keys have signed and no older version than the
one already seen. Hole: the first list one gets must come by a trusted way.
Source: in spirit ETSI TS 119 612; research, certificates and trust, 6.2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from hengliang.trust import canonical
from hengliang.trust.chain import ProofOfTime
from hengliang.trust.entries import time_text
from hengliang.trust.errors import KeyRefused, MalformedNote, RolledBack, SignatureRefused
from hengliang.trust.notes import Note, NoteSigner, VerifierKey, check_note, read_note
from hengliang.trust.verdicts import Indeterminate, Sub, Valid, Verdict

FORMAT = "hengliang-trust-list-v1"
MAX_BYTES = 16 * 1024 * 1024
MAX_QUORUM = 64  # as many signatures as a note holds
KeyState = Literal["active", "retired", "revoked", "compromised"]
Standing = Literal["active", "suspended", "withdrawn"]


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A key of an authority.

    purpose : log, witness, certificate, seal …
    public : key line for notes, else hexadecimal public key or certificate digest
    since : from when `state` holds; a compromise may be dated back
    """

    purpose: str
    public: str
    valid_from: datetime
    valid_until: datetime
    state: KeyState = "active"
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What an authority may certify.

    category : of instruments or quantities
    lower, upper, unit : range as decimal text, so that no digit is lost
    best_uncertainty : expanded uncertainty as decimal text in `unit`, with its k
    basis : legal basis or accreditation
    """

    category: str
    lower: str
    upper: str
    unit: str
    best_uncertainty: str
    k: str
    basis: str
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority or institute, with its standing.

    quorum : how many witnesses of other authorities must have cosigned a checkpoint of its log before it counts
    """

    id: str
    log_origin: str
    standing: Standing
    keys: tuple[ListedKey, ...]
    scopes: tuple[Scope, ...]
    quorum: int = 0


@dataclass(frozen=True, slots=True)
class TrustList:
    """A version of the list."""

    issuer: str
    version: int
    issued: datetime
    authorities: tuple[Authority, ...]

    def text(self) -> str:
        """The text that is signed."""
        return f"{FORMAT}\n{canonical.write(_plain(asdict(self))).decode()}\n"


def sign_trust_list(listed: TrustList, signers: Sequence[NoteSigner]) -> bytes:
    """The list as a signed note."""
    text = listed.text()
    return Note(text, tuple(signer.sign_note(text) for signer in signers)).to_bytes()


def open_trust_list(content: bytes, keys: Iterable[VerifierKey], *, seen: int = 0) -> TrustList:
    """The list in `content`, signed by one of `keys` under its issuer's name.

    seen : version seen last; an older one is a replay
    Raises MalformedNote, NotCanonical, SignatureRefused, RolledBack.
    """
    note = read_note(content, max_bytes=MAX_BYTES)
    head, _, body = note.text.partition("\n")
    if head != FORMAT or not body.endswith("\n"):
        raise MalformedNote(reason=f"it is no {FORMAT}")
    listed = _read(canonical.read(body[:-1].encode(), max_bytes=MAX_BYTES))
    if not check_note(note, [key for key in keys if key.name == listed.issuer]):
        raise SignatureRefused(name=listed.issuer, reason="none of its trusted keys has signed the list")
    if listed.version < seen:
        raise RolledBack(origin=f"trust list of {listed.issuer}", shown=listed.version, seen=seen)
    return listed


def list_of(value: Any) -> TrustList:
    """The list in plain data, as `TrustList.text` writes it. Raises MalformedNote for other fields or words."""
    return _read(value)


def judge_key(key: ListedKey, *, now: datetime, proofs: Iterable[ProofOfTime] = ()) -> Verdict:
    """Whether a signature by `key` counts, given when it is known to have existed.

    A retired, revoked or compromised key still counts for what it is proven to have signed before.
    """
    for moment, source in ((now, "now"), *sorted((one.time, one.source) for one in proofs)):
        ended = key.since is not None and key.state != "active" and moment >= key.since
        if key.valid_from <= moment <= key.valid_until and not ended:
            return Valid(moment, f"the key was in force ({source})")
    if key.state == "active":
        return Indeterminate(Sub.OUT_OF_BOUNDS_NO_POE, "the key is outside its time, and no proof shows it earlier")
    reason = f"the key is {key.state} since {key.since}, and no proof shows that it signed before"
    return Indeterminate(Sub.REVOKED_NO_POE, reason)


def scopes_at(authority: Authority, category: str, on: datetime) -> tuple[Scope, ...]:
    """The scopes of an authority for a category on a day; none while it is suspended or withdrawn."""
    if authority.standing != "active":
        return ()
    return tuple(
        one for one in authority.scopes if one.category == category and one.valid_from <= on <= one.valid_until
    )


def rotate(authority: Authority, old: str, new: ListedKey, *, at: datetime) -> Authority:
    """The authority with key `old` retired at `at` and `new` in force beside it. Raises KeyRefused."""
    return _with_key(_marked(authority, old, "retired", at), new)


def revoke(authority: Authority, public: str, *, at: datetime, compromised_since: datetime | None = None) -> Authority:
    """The authority with a key revoked, or compromised from a moment that may lie back. Raises KeyRefused."""
    if compromised_since is None:
        return _marked(authority, public, "revoked", at)
    return _marked(authority, public, "compromised", compromised_since)


def _marked(authority: Authority, public: str, state: KeyState, since: datetime) -> Authority:
    if not any(key.public == public for key in authority.keys):
        raise KeyRefused(name=public[:40], reason=f"{authority.id} has no such key")
    marked = (replace(key, state=state, since=since) if key.public == public else key for key in authority.keys)
    return replace(authority, keys=tuple(marked))


def _with_key(authority: Authority, key: ListedKey) -> Authority:
    if any(one.public == key.public for one in authority.keys):
        raise KeyRefused(name=key.public[:40], reason="a key comes into a list once")
    return replace(authority, keys=(*authority.keys, key))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, dict):
        # A quorum of 0 is not written, so that lists from before there was one keep their bytes.
        return {name: _plain(member) for name, member in value.items() if (name, member) != ("quorum", 0)}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    return value


def _read(value: Any) -> TrustList:
    try:
        listed: TrustList = _build(TrustList, value)
        for authority in listed.authorities:
            _one_of(authority.standing, Standing)
            if type(authority.quorum) is not int or not 0 <= authority.quorum <= MAX_QUORUM:
                raise ValueError("a quorum is a whole number of witnesses")
            for key in authority.keys:
                _one_of(key.state, KeyState)
        same = _plain(asdict(listed)) == value
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise MalformedNote(reason=f"{type(fault).__name__}: {fault}") from fault
    if not same or type(listed.version) is not int:
        raise MalformedNote(reason="a field of the trust list has another type than it should")
    return listed


_NESTED: dict[str, Any] = {"authorities": Authority, "keys": ListedKey, "scopes": Scope}
_TIMES = ("issued", "valid_from", "valid_until", "since")


def _build(kind: Any, value: dict[str, Any]) -> Any:
    if set(value) | {"quorum"} != {field.name for field in fields(kind)} | {"quorum"}:
        raise ValueError(f"{kind.__name__} has other fields")
    made: dict[str, Any] = {}
    for name, member in value.items():
        if name in _NESTED:
            made[name] = tuple(_build(_NESTED[name], one) for one in member)
        elif name in _TIMES and member is not None:
            made[name] = datetime.strptime(member, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        else:
            made[name] = member
    return kind(**made)


def _one_of(word: str, kind: Any) -> None:
    if word not in get_args(kind):
        raise ValueError(f"{word!r} is none of {', '.join(get_args(kind))}")
