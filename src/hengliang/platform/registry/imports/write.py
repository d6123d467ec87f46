"""Writes what was planned into the ledger, as sets, under one act."""

from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db import connection

from hengliang.platform.core.models import Act
from hengliang.platform.core.search import initials
from hengliang.platform.registry.codes import new_codes
from hengliang.platform.registry.imports.lookups import fill
from hengliang.platform.registry.imports.sql import statement
from hengliang.platform.registry.states import INSTRUMENT
from hengliang.trust.merkle import Tree

# The acts that change a dated row; the others change the identity or the codes.
DATED = [
    "instrument_move", "instrument_transfer", "instrument_assign_body", "instrument_reclassify",
    "earlier_result_enter", *sorted({move.act for move in INSTRUMENT.moves}),
]  # fmt: skip


def prepare() -> None:
    """Make import_write: the rows that will be written, with keys, codes and search texts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM import_plan WHERE entry_id IS NULL")
        new = cursor.fetchone()[0]
        cursor.execute(statement("words"))
        words = [row[0] for row in cursor.fetchall()]
    fill("import_newcode", "place_in_kind bigint, code text", enumerate(new_codes(new), start=1))
    fill("import_initials", "word text, initials text", ((word, initials_of(word)) for word in words))


def choose(import_id: int) -> None:
    """Fill import_write from the plan, without the rows that have faults."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE import_initials; ANALYZE import_newcode")
        cursor.execute(statement("write"), {"id": import_id})


def write(act: Act, on: date, source: str) -> str:
    """Write import_write into the ledger; gives the Merkle root over its rows in hexadecimal."""
    told: dict[str, Any] = {"act": act.pk, "on": on, "at": act.at, "source": source[:200], "dated": DATED}
    with connection.cursor() as cursor:
        cursor.execute(statement("apply"), told)
        cursor.execute(statement("revise"), told)
        cursor.execute(statement("follow"))
        cursor.execute(statement("revise"), told)
        cursor.execute(statement("leaves"))
        return Tree(bytes(row[0]) for row in cursor.fetchall()).root().hex()


def initials_of(word: str) -> str:
    """The pinyin initials of a word, run by run: sheets repeat the Chinese around ever new numbers."""
    runs = groupby(word, key=str.isascii)
    return "".join(text if ascii_ else _run(text) for ascii_, text in ((k, "".join(g)) for k, g in runs)).lower()


@lru_cache(maxsize=50_000)
def _run(text: str) -> str:
    return initials(text)
