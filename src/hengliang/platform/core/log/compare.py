"""The ledger held against the log: what was changed or deleted behind the acts, named object by object.

Guarantee: with a log that checks (`hengliang log check`), every act, its content and each row it wrote still are what
the log committed to; no row stands there that no act wrote; each state is the one that its last recorded change gave.
The database's superuser can silence triggers, and still can't make the log say otherwise. Hole: columns named in
`LedgerRow.changing`, links between rows (many-to-many), and rows whose salt was erased (they are counted) are not
covered; for rows written as a set see `rows`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, models
from psycopg import sql

from hengliang.platform.core.log.entries import facts_of
from hengliang.platform.core.log.keys import key_lines
from hengliang.platform.core.log.rows import Rows, ledger_models, read_rows, table_digest
from hengliang.platform.core.log.store import PostgresStore
from hengliang.platform.core.models import LedgerRow, LogCheckpoint, LogEntry
from hengliang.trust import entries
from hengliang.trust.audit import audit
from hengliang.trust.checkpoint import open_checkpoint
from hengliang.trust.commitment import Commitment
from hengliang.trust.disk import DiskStore
from hengliang.trust.errors import TrustError
from hengliang.trust.tiles import WIDTH, TileTree

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One object that is not what the log committed to."""

    object: str
    position: int | None
    reason: str


@dataclass
class Comparison:
    """What was compared and found; `rows` maps each row to the last entry that recorded it."""

    entries: int = 0
    waiting: int = 0
    erased: set[int] = field(default_factory=set)
    broken: set[int] = field(default_factory=set)
    found: list[Discrepancy] = field(default_factory=list)
    rows: dict[str, tuple[int, dict[str, str | None]]] = field(default_factory=dict)
    sets: dict[tuple[str, int], int] = field(default_factory=dict)

    def note(self, named: str, position: int | None, reason: str) -> None:
        """Keep a discrepancy."""
        self.found.append(Discrepancy(named, position, reason))


def compare(tree: TileTree, progress: Callable[[int], None] = lambda done: None) -> Comparison:
    """Hold every act and ledger row against the log.

    tree : the log's files at its checkpoint, which were audited
    progress : called with the number of entries compared
    """
    seen = Comparison(waiting=LogEntry.objects.filter(position=None).count())
    for bundle in range((tree.size + WIDTH - 1) // WIDTH):
        _compare_bundle(seen, tree.bundle(bundle), bundle * WIDTH)
        progress(seen.entries)
    for row in LogEntry.objects.filter(position__gte=tree.size).order_by("position"):
        seen.note(f"act:{row.pk}", row.position, "the outbox says that it is in the log; the log does not hold it")
        _record(seen, row, None)
    for row in LogEntry.objects.filter(position=None).iterator(BATCH):
        _record(seen, row, None)  # what waits is not proven yet, but its rows have their act
    _compare_rows(seen)
    for name, model in ledger_models().items():
        seen.found.extend(_unwritten(seen, name, model))
        seen.found.extend(_states(name, model))
    return seen


def compare_ledger(folder: Path, progress: Callable[[int], None] = lambda done: None) -> Comparison:
    """Hold the ledger against this home's log, which is audited first: the database's, and its copy in `folder`.

    Raises SignatureRefused, CorruptObject, MissingObject naming the file, SplitView, RolledBack.
    """
    known, note = key_lines(), LogCheckpoint.objects.order_by("-size").values_list("note", flat=True).first()
    if note is None:
        return Comparison(waiting=LogEntry.objects.filter(position=None).count())
    opened = open_checkpoint(bytes(note), known)
    store, copied = PostgresStore(opened.checkpoint.origin), DiskStore(folder).checkpoint()
    copy = open_checkpoint(copied, known) if copied else None
    # The copy may be ahead by a batch that was published since we read the database.
    ahead = copy is not None and copy.checkpoint.size > opened.checkpoint.size
    audit(opened, store.read, seen=None if ahead else copy)
    return compare(TileTree(opened.checkpoint.size, store.read), progress)


def _compare_bundle(seen: Comparison, logged: list[bytes], first: int) -> None:
    rows = LogEntry.objects.filter(position__gte=first, position__lt=first + len(logged)).select_related("act")
    known = {row.position: row for row in rows}
    for position, entry in enumerate(logged, first):
        seen.entries += 1
        named, row = _object(entry), known.get(position)
        if row is None:
            seen.note(named, position, "its act is in the log and was deleted from the ledger")
        elif bytes(row.entry) != entry:
            seen.note(named, position, f"the outbox row of act {row.pk} is not what the log holds")
            seen.broken.add(row.pk)
        else:
            _compare_act(seen, row, named, position)


def _compare_act(seen: Comparison, row: LogEntry, named: str, position: int) -> None:
    if row.payload is None or row.salt is None or row.ledger is None or row.ledger_salt is None:
        seen.erased.add(row.pk)
        return
    try:
        Commitment(bytes.fromhex(entries.read(bytes(row.entry)).commitment), bytes(row.salt)).check(row.payload)
        Commitment(bytes.fromhex(row.payload[entries.LEDGER]), bytes(row.ledger_salt)).check(row.ledger)
    except (TrustError, KeyError, ValueError):
        seen.note(named, position, f"what is kept of act {row.pk} is not what the log committed to")
        seen.broken.add(row.pk)
        return
    changed = [name for name, value in facts_of(row.act).items() if row.ledger[name] != value]
    if changed:
        seen.note(named, position, f"act {row.pk} was changed: {', '.join(changed)}")
    _record(seen, row, position)


def _record(seen: Comparison, row: LogEntry, position: int | None) -> None:
    ledger = row.ledger or {}
    for name, columns in ledger.get("rows", {}).items():
        seen.rows[name] = (-1 if position is None else position, columns)
    models_by_table = ledger_models()
    for table, told in ledger.get("tables", {}).items():
        seen.sets[table, row.pk] = -1 if position is None else position
        if told and position is not None and (model := models_by_table.get(table)):
            now = table_digest(model, row.pk, told["columns"])
            if now["digest"] != told["digest"]:
                seen.note(
                    f"{table} of act:{row.pk}",
                    position,
                    f"{told['count']} rows were written together, {now['count']} stand there, and they differ",
                )


def _compare_rows(seen: Comparison) -> None:
    by_table: dict[str, list[int]] = {}
    for name in seen.rows:
        table, _, pk = name.partition(":")
        by_table.setdefault(table, []).append(int(pk))
    known = ledger_models()
    for table, pks in by_table.items():
        for at in range(0, len(pks), BATCH):
            batch = pks[at : at + BATCH]
            if table in known:
                _compare_batch(seen, known[table], batch, read_rows({known[table]: batch}))


def _compare_batch(seen: Comparison, model: type[LedgerRow], pks: list[int], now: Rows) -> None:
    table = model._meta.db_table
    for name in (f"{table}:{pk}" for pk in pks):
        position, recorded = seen.rows[name]
        place = None if position < 0 else position
        if name not in now:
            seen.note(name, place, "the row was deleted")
            continue
        changed = [one for one, value in recorded.items() if one in now[name] and now[name][one] != value]
        if changed and not _taken_over(seen, model, name):
            seen.note(name, place, f"the row was changed: {', '.join(sorted(changed))}")


def _taken_over(seen: Comparison, model: type[LedgerRow], name: str) -> bool:
    """Whether a later act wrote the row as one of a set (an import that corrects what it finds)."""
    table, _, pk = name.partition(":")
    rows: models.QuerySet[LedgerRow] = model._default_manager.filter(pk=pk)
    later = seen.sets.get((table, rows.values_list("act_id", flat=True).get()))
    return "act_id" in model.changing and later is not None and (later < 0 or later > seen.rows[name][0])


def _unwritten(seen: Comparison, table: str, model: type[LedgerRow]) -> Iterator[Discrepancy]:
    rows: models.QuerySet[LedgerRow] = model._default_manager.order_by("pk")
    for pk, act in rows.values_list("pk", "act_id").iterator(BATCH):
        if f"{table}:{pk}" not in seen.rows and (table, act) not in seen.sets and act not in seen.erased | seen.broken:
            yield Discrepancy(f"{table}:{pk}", None, f"no act wrote this row; it names act {act}")


def _states(table: str, model: type[LedgerRow]) -> Iterator[Discrepancy]:
    if not any(one.column == "state" for one in model._meta.concrete_fields):
        return
    query = sql.SQL(
        "SELECT t.id, t.state, c.target FROM {table} t CROSS JOIN LATERAL (SELECT target FROM core_statechange"
        " WHERE subject_type = %s AND subject_id = t.id ORDER BY id DESC LIMIT 1) c WHERE c.target <> t.state"
    ).format(table=sql.Identifier(table))
    with connection.cursor() as cursor:
        cursor.execute(query, [model._meta.label_lower])
        for pk, state, target in cursor.fetchall():
            yield Discrepancy(f"{table}:{pk}", None, f"its state is {state}, its last recorded change led to {target}")


def _object(entry: bytes) -> str:
    try:
        return entries.read(entry).object
    except TrustError:
        return "an entry that can't be read"
