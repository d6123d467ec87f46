"""What an import found, and the ledger in the form that an import reads."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.imports.faults import Fault
from hengliang.platform.registry.imports.fields import CHOICES, KEYS, word_of
from hengliang.platform.registry.models import InstrumentCode, InstrumentImport, InstrumentStateQuerySet


def import_list(actor: Actor) -> "QuerySet[InstrumentImport]":
    """The imports that the actor may see, newest first."""
    return InstrumentImport.objects.visible_to(actor).select_related("organisation", "act").order_by("-pk")


def faults_of(batch: InstrumentImport, first: int = 0, count: int = 200) -> list[Fault]:
    """The faults of a sheet by row, a page of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, field, code, value, hint FROM registry_importfault WHERE import_id = %s"
            " ORDER BY number, field, code OFFSET %s LIMIT %s",
            [batch.pk, first, count],
        )
        return [Fault(*row) for row in cursor.fetchall()]


def fault_counts(batch: InstrumentImport) -> list[tuple[str, str, int]]:
    """How often each fault occurs in each column, most often first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT field, code, count(*) FROM registry_importfault WHERE import_id = %s"
            " GROUP BY field, code ORDER BY count(*) DESC, field, code",
            [batch.pk],
        )
        return list(cursor.fetchall())


def refused_rows(batch: InstrumentImport) -> Iterator[list[str]]:
    """The refused rows as they were sent, each with its columns at fault, reasons and remedies."""
    faults: dict[int, list[Fault]] = {}
    for fault in faults_of(batch, 0, 10**7):
        faults.setdefault(fault.number, []).append(fault)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number, {', '.join(KEYS)} FROM registry_importrow WHERE import_id = %s ORDER BY number",  # noqa: S608 - our own columns
            [batch.pk],
        )
        for number, *cells in cursor:
            if found := faults.get(number):
                yield [
                    str(number),
                    *(_as_sent(key, cell) for key, cell in zip(KEYS, cells, strict=True)),
                    *_told(found),
                ]


def _told(found: list[Fault]) -> list[str]:
    return [
        "；".join(dict.fromkeys(f.column for f in found if f.column)),
        "；".join(f.reason for f in found),
        "；".join(dict.fromkeys(f.remedy for f in found)),
    ]


def _as_sent(key: str, cell: str) -> str:
    if cell.startswith("?"):
        return cell[1:]
    return word_of(key).get(cell, cell) if key in CHOICES else cell


def export_rows(rows: InstrumentStateQuerySet) -> Iterator[list[str]]:
    """Entries in the form that an import reads: importing them again changes nothing."""
    own = InstrumentCode.objects.known().filter(instrument=OuterRef("instrument"), valid_to__isnull=True)
    regions = RegionVersion.objects.known().filter(region=OuterRef("region"), valid_to__isnull=True)

    def code(kind: str) -> Subquery:
        return Subquery(own.filter(kind=kind).values("value").order_by("-pk")[:1])

    read = rows.order_by("instrument__part_of", "instrument").annotate(
        x_ecqs=code("ecqs"), x_asset=code("asset"), x_region=Subquery(regions.values("code")[:1])
    )
    for row in read.values_list(*_PATHS).iterator(chunk_size=2000):
        yield [_as_text(key, value) for key, value in zip(KEYS, row, strict=True)]


_PATHS = tuple(
    {
        "code": "instrument__code", "ecqs": "x_ecqs", "asset": "x_asset", "item": "instrument__item__name",
        "part_of": "instrument__part_of__code", "owner": "owner__name", "owner_code": "owner__credit_code",
        "market": "market__name", "region": "x_region", "body": "body__name",
    }.get(key, key if key in {
        "place", "purpose", "regime", "mandatory", "on_site", "last_on", "last_result", "due_on", "status"
    } else f"instrument__{key}")
    for key in KEYS
)  # fmt: skip


def _as_text(key: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return word_of(key)["t" if value else "f"]
    return word_of(key).get(str(value), str(value)) if key in CHOICES else str(value)
