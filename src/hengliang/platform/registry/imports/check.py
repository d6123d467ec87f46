"""All checks of a staged sheet, and what it would do: the same statements for preview and for the import itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.imports.fields import FIELDS
from hengliang.platform.registry.imports.lookups import hint, look_up, mark_visible
from hengliang.platform.registry.imports.sql import statement
from hengliang.platform.registry.states import FORBIDDEN

_UNCLEAR = {"date": "date_unclear", "count": "count_unclear", "choice": "choice_unclear"}


@dataclass(frozen=True)
class Counts:
    """What a sheet would do to the ledger."""

    rows: int
    new: int
    changed: int
    unchanged: int
    refused: int


def check(import_id: int, actor: Actor, on: date, organisation_id: int | None) -> Counts:
    """Plan a staged sheet and find its faults; leaves the temporary table import_plan to the transaction."""
    told: dict[str, Any] = {"id": import_id, "on": on, "organisation": organisation_id}
    with connection.cursor() as cursor:
        cursor.execute(statement("clean"))
        cursor.execute("DELETE FROM registry_importfault WHERE import_id = %(id)s", told)
        look_up(actor)
        cursor.execute(statement("resolve"), told)
        cursor.execute("ANALYZE import_staged; ANALYZE import_read; ANALYZE import_party")
        cursor.execute(statement("match"), told)
        mark_visible(actor)
        cursor.execute(statement("plan"), told)
        hint()
        cursor.execute(faults_statement(), told | {"held": sorted(FORBIDDEN)})
        return counts(import_id)


def faults_statement() -> str:
    """The statement that finds faults, with the bounds of the fields."""
    text = ", ".join(f"('{f.key}', s.{f.key}, {f.longest})" for f in FIELDS if f.kind == "text")
    typed = ", ".join(f"('{f.key}', s.{f.key}, '{_UNCLEAR[f.kind]}')" for f in FIELDS if f.kind != "text")
    return statement("faults").format(text_cells=text, typed_cells=typed)


def counts(import_id: int) -> Counts:
    """How many rows are new, changed, unchanged, refused."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE f.number IS NULL AND p.entry_id IS NULL),"
            " count(*) FILTER (WHERE f.number IS NULL AND p.entry_id IS NOT NULL AND p.kinds <> '{}'),"
            " count(*) FILTER (WHERE f.number IS NULL AND p.entry_id IS NOT NULL AND p.kinds = '{}'),"
            " count(f.number) FROM import_plan p LEFT JOIN"
            " (SELECT DISTINCT number FROM registry_importfault WHERE import_id = %s) f USING (number)",
            [import_id],
        )
        return Counts(*cursor.fetchone())
