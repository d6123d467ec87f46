"""From a trust list to whom a checker believes: log keys, witnesses, and how many of them each log needs.

Guarantee: only keys that the list holds in force count without further proof; a key that was retired, revoked or
compromised counts for checkpoints that a witness of another authority saw before. An authority's own witness never
counts for its own log. Hole: the list says who is trusted, and not that they deserve it.
Source: C2SP tlog-policy in spirit; research, certificates and trust, 6.2.
"""

from collections.abc import Iterator
from datetime import datetime

from hengliang.trust.errors import KeyRefused
from hengliang.trust.notes import VerifierKey
from hengliang.trust.receipt_check import LogPolicy
from hengliang.trust.trust_list import Authority, ListedKey, TrustList, judge_key
from hengliang.trust.verdicts import Valid

LOG, WITNESS = "log", "witness"


def policy_of(listed: TrustList, *, now: datetime) -> LogPolicy:
    """Whom to believe by the list. Authorities that are suspended or withdrawn vouch for nothing new.

    now : moment of asking, UTC
    Raises KeyRefused for a listed log or witness key that is no key line.
    """
    active = [one for one in listed.authorities if one.standing == "active"]
    ended = {key: since for one in listed.authorities for key, since in _ended(one, now)}
    logs = [key for one in active for key in _in_force(one, LOG, now)]
    witnesses = {one.id: list(_in_force(one, WITNESS, now)) for one in active}
    return LogPolicy(
        log_keys=[*logs, *(key for key in ended if key not in logs)],
        witness_keys=[key for keys in witnesses.values() for key in keys],
        quorums={one.log_origin: one.quorum for one in listed.authorities},
        barred={one.log_origin: frozenset(witnesses.get(one.id, ())) for one in listed.authorities},
        ended=ended,
    )


def _in_force(authority: Authority, purpose: str, now: datetime) -> Iterator[VerifierKey]:
    for listed in authority.keys:
        if listed.purpose == purpose and isinstance(judge_key(listed, now=now), Valid):
            yield _line(authority, listed)


def _ended(authority: Authority, now: datetime) -> Iterator[tuple[VerifierKey, datetime]]:
    for listed in authority.keys:
        if listed.purpose != LOG:
            continue
        if listed.state != "active" and listed.since is not None and listed.since <= now:
            yield _line(authority, listed), listed.since
        elif listed.valid_until < now:
            yield _line(authority, listed), listed.valid_until


def _line(authority: Authority, listed: ListedKey) -> VerifierKey:
    key = VerifierKey.parse(listed.public)
    if listed.purpose == LOG and key.name != authority.log_origin:
        raise KeyRefused(name=key.name, reason=f"{authority.id} is listed with the log {authority.log_origin}")
    return key
