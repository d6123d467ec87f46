"""A staged file beside the ledger: as sets, and without writing anything of ours."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Count

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.pages.table.export import escape_formula
from hengliang.platform.core.progress import Told, silent
from hengliang.platform.core.rights import REGIONAL, Actor, Role
from hengliang.platform.core.selectors import regions_under
from hengliang.platform.exchange.models import InboundBatch, InboundRow
from hengliang.platform.exchange.profiles import Profile
from hengliang.platform.exchange.profiles.profile import LEDGER
from hengliang.platform.exchange.sql import statement
from hengliang.platform.registry.imports.fields import BY_KEY, CHOICES, word_of
from hengliang.platform.registry.services import import_drop, import_read, import_receive

Outcome = InboundRow.Outcome
_AT_ONCE = 2_000
# From here on the database looks at what came before it plans; smaller files must not wait for each other's look.
_MANY = 2_000
# What is compared: all that a file of a ledger may say, but for the numbers by which it is found.
COMPARED = tuple(field for field in LEDGER if field not in ("outside_id", "code"))


def compare(batch: InboundBatch, profile: Profile, actor: Actor, told: Told = silent) -> None:
    """Say of each staged row what it is: new, same, different, in conflict, perhaps the same, refused."""
    asked = parameters(batch, profile, actor)
    with connection.cursor() as cursor:
        look_again(batch, "exchange_inboundrow")
        if batch.kind == InboundBatch.Kind.LEDGER:
            cursor.execute(statement("match"), asked)
            cursor.execute(statement("differ"), asked)
        else:
            cursor.execute(statement(str(batch.kind)), asked)
    if batch.kind == InboundBatch.Kind.LEDGER:
        _check_filing(batch, profile, actor, told)


def look_again(batch: InboundBatch, *tables: str) -> None:
    """Let the database look at tables that a large file has just changed: what it knew of them would make it plan for a
    handful of rows, and compare each with each. Not by ANALYZE: that the database skips for who owns no table."""
    if batch.rows > _MANY:
        with connection.cursor() as cursor:
            cursor.execute("SELECT hengliang_look_again(VARIADIC %s::regclass[])", [list(tables)])


def parameters(batch: InboundBatch, profile: Profile, actor: Actor) -> dict[str, Any]:
    """What the statements ask for: the regions are those of the system that the actor reaches too."""
    regions = reach(batch, actor)
    codes = RegionVersion.objects.on(actor.today).filter(region__in=regions).values_list("code", flat=True)
    return {
        "batch": batch.pk, "system": batch.system_id, "stated_on": batch.stated_on,
        "regions": sorted(regions), "region_codes": list(codes),
        "code_kind": profile.code_kind, "fields": list(COMPARED), "on": actor.today,
        "organisation": batch.organisation_id, "all": actor.has(*REGIONAL, Role.ADMINISTRATOR),
    }  # fmt: skip


def reach(batch: InboundBatch, actor: Actor) -> frozenset[int]:
    """The regions of the system; for a regional role only those that it holds as well."""
    regions = regions_under([batch.system.region_id], actor.today)
    held = actor.regions(REGIONAL)
    return regions & held if held else regions


def counted(batch: InboundBatch) -> dict[str, int]:
    """How many rows have which outcome."""
    rows = InboundRow.objects.filter(batch=batch).values_list("outcome").annotate(n=Count("pk")).order_by()
    return {outcome: n for outcome, n in rows if outcome}


def _check_filing(batch: InboundBatch, profile: Profile, actor: Actor, told: Told) -> None:
    """Let the ledger's own import check the new rows; what it refuses, or takes for an entry it has, is not new."""
    batch.filing = None
    rows = InboundRow.objects.filter(batch=batch, outcome=Outcome.NEW).order_by("number")
    while rows.exists():
        lines = ((row.outside_id, row.cells) for row in rows.iterator(chunk_size=_AT_ONCE))
        filing = import_receive(
            actor=actor, file_name=batch.file_name, chunks=sheet_of(lines, profile.code_kind)
        )  # fmt: skip
        import_read(actor=actor, batch=filing, told=lambda _step, done: told("checking", done))
        if filing.problem:
            raise InputRefused(filing.problem["code"], filing.problem["template"], **filing.problem["params"])
        if not _take_known(batch):
            with connection.cursor() as cursor:
                cursor.execute(statement("faults"), {"batch": batch.pk, "filing": filing.pk})
            batch.filing = filing
            return
        import_drop(actor=actor, batch=filing)


def _take_known(batch: InboundBatch) -> int:
    """Rows that the import would write into an entry that is there: a person says first whether it is the same."""
    with connection.cursor() as cursor:
        cursor.execute(statement("filing"), {"batch": batch.pk})
        cursor.execute(statement("known"))
        return int(cursor.rowcount)


def sheet_of(rows: Iterable[tuple[str, dict[str, str]]], code_kind: str) -> Iterator[bytes]:
    """Rows, each with its number there, under the headers of the ledger's own import; piece by piece."""
    keys = [key for key in BY_KEY if key in LEDGER and key != "code"]
    with_code = ["ecqs"] if code_kind == "ecqs" else []
    yield _lines([[BY_KEY[key].header for key in [*with_code, *keys]]])
    lines = ([number] * len(with_code) + [_cell(key, cells) for key in keys] for number, cells in rows)
    while piece := list(islice(lines, _AT_ONCE)):
        yield _lines(piece)


def _lines(rows: Iterable[list[str]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([escape_formula(cell) for cell in row] for row in rows)
    return file.getvalue().encode()


def _cell(key: str, cells: dict[str, str]) -> str:
    text = cells.get(key, "")
    return word_of(key).get(text, text) if key in CHOICES else text
