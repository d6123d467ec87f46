"""The ledger rows of an act as the log commits to them, so that a row changed behind our back can be named.

Columns that later acts may change (`LedgerRow.changing`) are left out; long values stand as their digest. Rows that
were written as a set (an import) stand as one digest a table. Hole: of tables whose rows later acts take over
(`registry_instrument`), rows written as a set are named only, not digested: the import's root over its sheet is all.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from hengliang.platform.core.models import Act, LedgerRow

LONG = 256  # characters from which on a value stands as its digest
Rows = dict[str, dict[str, str | None]]


def ledger_models() -> dict[str, type[LedgerRow]]:
    """Every model of ledger rows by its table."""
    return {m._meta.db_table: m for m in apps.get_models() if issubclass(m, LedgerRow)}


def rows_of_each(acts: Sequence[Act]) -> list[Rows]:
    """The rows that each act wrote, but for those it wrote as a set: `{"registry_instrument:42": {column: text}}`.

    One query, however many acts there are.
    """
    own = [_written(act) for act in acts]
    wanted: dict[type[models.Model], list[int]] = {}
    for model, pk in sorted(set().union(*own), key=lambda one: (one[0]._meta.db_table, one[1])):
        wanted.setdefault(model, []).append(pk)
    found = read_rows(wanted)
    named = [[f"{model._meta.db_table}:{pk}" for model, pk in rows] for rows in own]
    return [{name: found[name] for name in sorted(names) if name in found} for names in named]


def _written(act: Act) -> set[tuple[type[models.Model], int]]:
    made = {(type(row), row.pk) for row in act.made or () if row.pk is not None and type(row) not in act.tables}
    return (act.written or set()) | made


def read_rows(wanted: dict[type[models.Model], list[int]]) -> Rows:
    """The rows as they stand now, in one query."""
    if not wanted:
        return {}
    one = sql.SQL("SELECT {name}, {key}, to_jsonb(t)::text FROM {table} t WHERE {key} = ANY(%s)")
    parts = [
        one.format(
            name=sql.Literal(model._meta.db_table),
            key=sql.Identifier(_key(model)),
            table=sql.Identifier(model._meta.db_table),
        )
        for model in wanted
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(parts), list(wanted.values()))
        found = cursor.fetchall()
    changing: dict[str, frozenset[str]] = {
        model._meta.db_table: getattr(model, "changing", frozenset()) for model in wanted
    }
    return {f"{table}:{pk}": _texts(json.loads(text, parse_float=str), changing[table]) for table, pk, text in found}


def tables_of(act: Act) -> dict[str, dict[str, Any]]:
    """The rows that an act wrote as a set, a digest for each table."""
    return {
        model._meta.db_table: {} if "act_id" in model.changing else table_digest(model, act.pk) for model in act.tables
    }


def table_digest(model: type[LedgerRow], act_id: int, columns: list[str] | None = None) -> dict[str, Any]:
    """Count and digest of the rows of one act in one table, over the columns that never change."""
    named = columns or sorted(str(f.column) for f in model._meta.concrete_fields if f.column not in model.changing)
    query = sql.SQL(
        "SELECT count(*), encode(sha256(coalesce(string_agg(sha256(convert_to(jsonb_build_array({columns})::text,"
        " 'UTF8')), ''::bytea ORDER BY id), ''::bytea)), 'hex') FROM {table} WHERE act_id = %s"
    ).format(
        columns=sql.SQL(", ").join(map(sql.Identifier, named)),
        table=sql.Identifier(model._meta.db_table),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [act_id])
        count, digest = cursor.fetchone()
    return {"columns": named, "count": count, "digest": digest}


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)


def _texts(row: dict[str, Any], changing: frozenset[str]) -> dict[str, str | None]:
    return {name: _short(value) for name, value in row.items() if name not in changing}


def _short(value: Any) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= LONG else f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
