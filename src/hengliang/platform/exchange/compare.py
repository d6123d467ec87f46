"""A staged file beside the ledger: as sets, and without writing anything of ours."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from django.db.models import Count

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.pages.table.export import escape_formula
from hengliang.platform.core.rights import REGIONAL, Actor, Role
from hengliang.platform.core.selectors import regions_under
from hengliang.platform.exchange.models import InboundBatch, InboundRow
from hengliang.platform.exchange.profiles import Profile
from hengliang.platform.exchange.profiles.profile import LEDGER
from hengliang.platform.exchange.sql import statement
from hengliang.platform.registry.imports.faults import Fault
from hengliang.platform.registry.imports.fields import BY_KEY, CHOICES, word_of
from hengliang.platform.registry.imports.told import faults_of
from hengliang.platform.registry.models import InstrumentImport
from hengliang.platform.registry.services import import_drop, import_read, import_receive

Outcome = InboundRow.Outcome
# The number of the first row below the headers of a sheet.
FIRST_ROW = 2
# What is compared: all that a file of a ledger may say, but for the numbers by which it is found.
COMPARED = tuple(field for field in LEDGER if field not in ("outside_id", "code"))


def compare(batch: InboundBatch, profile: Profile, actor: Actor) -> None:
    """Say of each staged row what it is: new, same, different, in conflict, perhaps the same, refused."""
    told = parameters(batch, profile, actor)
    with connection.cursor() as cursor:
        if batch.kind == InboundBatch.Kind.LEDGER:
            cursor.execute(statement("match"), told)
            cursor.execute(statement("differ"), told)
        else:
            cursor.execute(statement(str(batch.kind)), told)
    if batch.kind == InboundBatch.Kind.LEDGER:
        _check_filing(batch, profile, actor)


def parameters(batch: InboundBatch, profile: Profile, actor: Actor) -> dict[str, Any]:
    """What the statements ask for: the regions are those of the system that the actor reaches too."""
    regions = reach(batch, actor)
    codes = RegionVersion.objects.on(actor.today).filter(region__in=regions).values_list("code", flat=True)
    return {
        "batch": batch.pk, "system": batch.system_id, "regions": sorted(regions), "region_codes": list(codes),
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


def _check_filing(batch: InboundBatch, profile: Profile, actor: Actor) -> None:
    """Let the ledger's own import check the new rows; what it refuses, or takes for an entry it has, is not new."""
    batch.filing = None
    while rows := list(_new(batch)):
        sheet = sheet_of(((row.outside_id, row.cells) for row in rows), profile.code_kind)
        filing = import_receive(actor=actor, file_name=batch.file_name, chunks=[sheet])
        import_read(actor=actor, batch=filing)
        if filing.problem:
            raise InputRefused(filing.problem["code"], filing.problem["template"], **filing.problem["params"])
        if not _take_known(rows):
            _take_faults(filing, rows)
            batch.filing = filing
            return
        import_drop(actor=actor, batch=filing)


def _take_known(rows: list[InboundRow]) -> bool:
    """Rows that the import would write into an entry that is there: a person says first whether it is the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, instrument_id FROM import_plan WHERE entry_id IS NOT NULL")
        known = dict(cursor.fetchall())
    for at, row in enumerate(rows, start=FIRST_ROW):
        if at in known:
            row.outcome, row.code, row.matched_by = Outcome.PROPOSED, "to_confirm", "identity"
            row.proposed_id = known[at]
            row.save(update_fields=["outcome", "code", "matched_by", "proposed"])
    return bool(known)


def _take_faults(filing: InstrumentImport, rows: list[InboundRow]) -> None:
    found: dict[int, list[Fault]] = {}
    for fault in faults_of(filing, 0, 10**7):
        found.setdefault(fault.number, []).append(fault)
    refused = []
    for at, row in enumerate(rows, start=FIRST_ROW):
        if at in found:
            row.outcome, row.code = Outcome.REFUSED, "filing_refused"
            row.params = {"faults": [[f.field, f.code, f.value, f.hint] for f in found[at]]}
            refused.append(row)
    InboundRow.objects.bulk_update(refused, ["outcome", "code", "params"], batch_size=1000)


def _new(batch: InboundBatch) -> Iterator[InboundRow]:
    return InboundRow.objects.filter(batch=batch, outcome=Outcome.NEW).order_by("number").iterator()


def sheet_of(rows: Iterable[tuple[str, dict[str, str]]], code_kind: str) -> bytes:
    """Rows, each with its number there, under the headers of the ledger's own import."""
    keys = [key for key in BY_KEY if key in LEDGER and key != "code"]
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    with_code = ["ecqs"] if code_kind == "ecqs" else []
    writer.writerow([BY_KEY[key].header for key in [*with_code, *keys]])
    for number, cells in rows:
        line = [number] * len(with_code) + [_cell(key, cells) for key in keys]
        writer.writerow([escape_formula(cell) for cell in line])
    return file.getvalue().encode()


def _cell(key: str, cells: dict[str, str]) -> str:
    text = cells.get(key, "")
    return word_of(key).get(text, text) if key in CHOICES else text
