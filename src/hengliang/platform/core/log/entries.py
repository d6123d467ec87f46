"""The log entry of an act: what it says openly, what it commits to, and what stays in the ledger.

The commitment opens to the act's content and to a second, separate commitment `ledger`: who acted, why, and the rows
that the act wrote. So a receipt can disclose what a certificate says without disclosing who reviewed it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from hengliang.platform.core.log.rows import Rows, rows_of_each, tables_of
from hengliang.platform.core.models import Act, LogEntry
from hengliang.trust.commitment import commit
from hengliang.trust.entries import LEDGER, TYPES, Entry
from hengliang.trust.merkle import leaf_hash

OTHER = "act.performed"

_types: dict[str, str] = {}


def register_entry_types(kinds: Mapping[str, str]) -> None:
    """Say as which type of log entry an app's acts are logged; called once from its `AppConfig.ready`."""
    if unknown := sorted(set(kinds.values()) - set(TYPES)):
        raise ValueError(f"unknown types of log entries: {unknown}")
    _types.update(kinds)


def type_of(kind: str) -> str:
    """The type of log entry of an act; what has none of its own is logged as an act, whose kind the payload names."""
    return _types.get(kind, OTHER)


def object_of(subject_type: str, subject_id: str, act_id: int) -> str:
    """The object as the log names it, `certificates_certificate:7`; an act about nothing stands for itself."""
    return f"{subject_type.replace('.', '_')}:{subject_id}" if subject_type else f"act:{act_id}"


def enter_each(acts: Sequence[tuple[Act, bool]]) -> None:
    """Write the outbox rows of acts in their transaction; beside each act, whether it names the entry before it.

    Raises MalformedEntry, NotEncodable.
    """
    rows = rows_of_each([act for act, _named in acts])
    before = _newest([act for act, named in acts if named])
    made = []
    for (act, named), own in zip(acts, rows, strict=True):
        about = (act.subject_type, act.subject_id)
        made.append(_entered(act, own, before.get(about) if named else None))
        before[about] = leaf_hash(
            bytes(made[-1].entry)
        ).hex()  # where two acts are about the same object, the first is before
    LogEntry.objects.bulk_create(made)


def _entered(act: Act, rows: Rows, prev: str | None) -> LogEntry:
    ledger: dict[str, Any] = facts_of(act) | {"rows": rows, "tables": tables_of(act)}
    sealed = commit(ledger)
    payload = {**(act.content or {}), LEDGER: sealed.digest.hex()}
    opened = commit(payload)
    entry = Entry(
        type=type_of(act.kind),
        object=object_of(act.subject_type, act.subject_id, act.pk),
        prev=prev,
        time=act.at,
        actor=answerable(act),
        commitment=opened.digest.hex(),
    )
    return LogEntry(
        act=act,
        entry=entry.to_bytes(),
        payload=payload,
        salt=opened.salt,
        ledger=ledger,
        ledger_salt=sealed.salt,
    )


def facts_of(act: Act) -> dict[str, Any]:
    """The act's own row, as text."""
    return {
        "kind": act.kind,
        "on": act.on.isoformat(),
        "at": act.at.isoformat(),
        "account": act.account_id,
        "name": act.account_name,
        "organisation": act.organisation_id,
        "region": act.region_id,
        "reason": act.reason,
        "subject": [act.subject_type, act.subject_id],
    }


def answerable(act: Act) -> str:
    """Who is answerable in the open part: an organisation or region; people stay in the ledger."""
    if act.organisation_id:
        return f"organisation:{act.organisation_id}"
    return f"region:{act.region_id}" if act.region_id else "platform:hengliang"


def _newest(acts: Sequence[Act]) -> dict[tuple[str, str], str]:
    """Leaf hash of the newest entry before these about each object that they are about.

    Two acts that run at once may both name the same one: then neither had seen the other.
    """
    wanted: dict[str, list[str]] = {}
    for act in acts:
        wanted.setdefault(act.subject_type, []).append(act.subject_id)
    found: dict[tuple[str, str], str] = {}
    for kind, keys in wanted.items():
        before = LogEntry.objects.filter(act__subject_type=kind, act__subject_id__in=keys).exclude(act__in=acts)
        newest = before.order_by("act__subject_id", "-act__at", "-act_id").distinct("act__subject_id")
        for key, entry in newest.values_list("act__subject_id", "entry"):
            found[kind, key] = leaf_hash(bytes(entry)).hex()
    return found
