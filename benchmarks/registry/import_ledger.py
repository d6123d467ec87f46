"""Importing a ledger from XLSX with all checks, beside reading the sheet and a bare COPY of its cells.

The floor is what nobody can spare: reading the sheet with the same reader, and copying its cells as text into a table
without index, constraint or check. Ours does both, and resolves names, finds duplicates, asks rights, plans, and
writes entries with search index, history and Merkle root. Target: at most four times the floor, in the same run.
"""

import argparse
import sys
import tempfile
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.registry import own_database
from benchmarks.timing import timed

TARGET = 4.0
ALL_CHECKS, AND_WRITING = "all checks", "all checks and writing"


def main() -> None:
    """Print floor, ours, and the ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="10,000 rows instead of 100,000")
    rows = 10_000 if parser.parse_args().quick else 100_000
    with own_database("hengliang_bench_import"), tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "ledger.xlsx"
        actor = _city()
        _write(sheet, rows)
        read, cells = timed("read the sheet (calamine)", lambda: _read(sheet))
        copy, _ = timed("bare COPY of its cells", partial(_copy, cells))
        ours = _import(sheet, actor, rows)
    floor = read + copy
    print(f"{'floor (read + COPY)':<42}{floor:8.2f} s")
    for what, seconds in ours.items():
        print(f"{what:<42}{seconds:8.2f} s  {seconds / floor:5.2f} x floor")
    for what in (ALL_CHECKS, AND_WRITING):
        print(f"target: {what} at most {TARGET:g} x floor: {'met' if ours[what] <= TARGET * floor else 'MISSED'}")


def _city() -> Any:
    """Regions, a thousand organisations, the catalogue, and an authority."""
    from tests.platform.cast import make_cast, make_organisation

    from hengliang.platform.core.rights import Actor
    from hengliang.platform.registry.services import catalogue_load

    cast = make_cast()
    for n in range(1000):
        make_organisation(f"第{n}号加油站", cast.county)
    catalogue_load(actor=Actor.system("bench"))
    return cast.actor("authority")


def _write(path: Path, rows: int) -> None:
    import xlsxwriter

    from hengliang.platform.registry.imports.fields import FIELDS

    items = ("燃油加油机", "电子计价秤", "单相电子式交流电能表", "膜式燃气表（天然气）")
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, [field.header for field in FIELDS])
        for n in range(rows):
            day = date(2025, 1, 1) + timedelta(days=n % 365)
            told = {
                "ecqs": f"E{n:08d}", "item": items[n % 2], "name": items[n % 2],
                "model": f"M-{n % 40}", "measuring_range": "(5～50) L/min", "accuracy_class": "0.3级",
                "serial_number": f"SN{n:08d}", "manufacturer": f"示例仪器第{n % 300}厂", "origin": "中国",
                "made_on": "2024-03-05", "quantity": "1", "owner": f"第{n % 1000}号加油站", "region": "990121",
                "place": f"{n % 9}号岛", "purpose": "贸易结算", "regime": "周期检定", "mandatory": "是",
                "on_site": "现场", "body": "衡城市计量检定所", "last_on": day.strftime("%Y/%m/%d"),
                "last_result": "合格", "due_on": (day + timedelta(days=364)).isoformat(),
            }  # fmt: skip
            sheet.write_row(n + 1, 0, [told.get(field.key, "") for field in FIELDS])


def _read(path: Path) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return list(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows())


def _copy(cells: list[list[Any]]) -> None:
    from django.db import connection, transaction

    columns = ", ".join(f"c{at} text" for at in range(len(cells[0])))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({columns})")
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for row in cells:
                copy.write_row(row)


def _import(path: Path, actor: Any, rows: int) -> dict[str, float]:
    from django.db import connection, transaction

    from hengliang.platform.registry.models import Instrument
    from hengliang.platform.registry.services import import_at_once, import_read, import_receive

    told = {"actor": actor, "file_name": path.name, "chunks": [path.read_bytes()], "on": date(2026, 1, 1)}
    batch = import_receive(**told)
    checks, batch = timed("ours: read, stage, check", lambda: import_read(actor=actor, batch=batch))
    assert (batch.new, batch.refused) == (rows, 0), (batch.new, batch.refused, batch.problem)

    def whole() -> Any:
        with transaction.atomic():
            return import_at_once(**told)

    wholly, batch = timed("ours: read, stage, check, write", whole)
    assert (batch.state, Instrument.objects.count()) == ("applied", rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    again = import_receive(**told | {"on": None})
    twice, again = timed("ours: the same sheet again", lambda: import_read(actor=actor, batch=again))
    assert again.unchanged == rows, (again.new, again.changed, again.refused)
    return {ALL_CHECKS: checks, AND_WRITING: wholly, "the same sheet again: nothing to do": twice}


if __name__ == "__main__":
    main()
