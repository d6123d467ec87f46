"""Comparing a file of another system with the ledger and taking it in, beside reading it and a bare COPY and join.

The floor is what nobody can spare: reading the sheet with the same reader, copying its cells as text into a table
without index or check, and joining that with a like table of ours by number, cell by cell. Ours does that, and maps
words to codes, finds instruments by four keys, tells who changed what since both agreed, has the ledger's own import
check what is new, and, taking it in, files, links, keeps what was agreed, and puts up the differences. It does so as
the role of the running product, which owns no table, so that it meets the plans that the product meets.
Target: comparing a file of which one row in a hundred differs takes at most eight times the floor of the same run, and
the process grows by at most 300 MB. The memory of the database server is not counted.
"""

import argparse
import os
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.registry import own_database
from benchmarks.timing import timed

TARGET, MOST_MEGABYTES = 8.0, 300
HEADERS = (
    "强检器具编号", "器具类别", "器具名称", "型号规格", "出厂编号", "生产厂家", "使用单位", "使用地点行政区划",
    "安装/使用地点", "用途", "器具状态",
)  # fmt: skip
COMPARED = "ours: compare, 1 % differs"


def main() -> None:
    """Print floor, ours, the ratio, and by how much the process grew."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="10,000 rows instead of 100,000")
    rows = 10_000 if parser.parse_args().quick else 100_000
    with own_database("hengliang_bench_reconcile"), tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "first.xlsx", Path(folder) / "second.xlsx"
        _write(first, rows, 0)
        _write(second, rows, 100)
        floor = _floor(first, second)
        before = _peak()
        _as_the_product()
        spent = _ours(Path(folder), first, second, rows)
    grown = _peak() - before
    print(f"{'floor: read, COPY, join':<42}{floor:8.2f} s")
    for what, seconds in spent.items():
        print(f"{what:<42}{seconds:8.2f} s  {seconds / floor:5.2f} x floor")
    ratio = spent[COMPARED] / floor
    print(f"target: {COMPARED} at most {TARGET:g} x floor: {'met' if ratio <= TARGET else 'MISSED'}")
    print(f"the process grew by {grown} MB; target: at most {MOST_MEGABYTES}: "
          f"{'met' if grown <= MOST_MEGABYTES else 'MISSED'}")  # fmt: skip


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _write(path: Path, rows: int, every: int) -> None:
    """A ledger as the other side exports it; with `every` n-th place another one."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, HEADERS)
        for n in range(rows):
            place = "另一处" if every and n % every == 0 else f"{n % 9}号岛"
            sheet.write_row(
                n + 1, 0,
                [f"3401{n:08d}", "燃油加油机", "加油机", f"M-{n % 40}", f"SN{n:08d}", f"示例仪器第{n % 300}厂",
                 f"第{n % 1000}号加油站", "量县", place, "贸易结算", "在用"],
            )  # fmt: skip


def _floor(first: Path, second: Path) -> float:
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    def read(path: Path) -> list[list[Any]]:
        return list(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows())

    def copied(table: str, cells: list[list[Any]]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {table} ({', '.join(f'c{at} text' for at in range(len(HEADERS)))})")
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in cells:
                    copy.write_row(row)

    def joined() -> int:
        differs = " OR ".join(f"o.c{at} IS DISTINCT FROM t.c{at}" for at in range(1, len(HEADERS)))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ours o JOIN theirs t USING (c0) WHERE {differs}")  # noqa: S608
            return int(cursor.fetchone()[0])

    with transaction.atomic():
        copied("ours", read(first))
        seconds_read, cells = timed("read the sheet (calamine)", lambda: read(second))
        seconds_copy, _ = timed("bare COPY of its cells", lambda: copied("theirs", cells))
        seconds_join, found = timed("bare join by number", joined)
        assert found == (len(cells) - 1) // 100, found
        transaction.set_rollback(True)
    return seconds_read + seconds_copy + seconds_join


def _as_the_product() -> None:
    """Connect as the product does. On a server of somebody else's, the role of its address is that of the product."""
    from django.db import connection

    from hengliang.platform.site.database.credentials import APP, credentials, passwords

    home = Path(os.environ["HENGLIANG_HOME"])
    if passwords(home).exists():
        connection.close()
        connection.settings_dict |= {"USER": APP, "PASSWORD": credentials(home).app}
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        print(f"as the role {cursor.fetchone()[0]}", flush=True)


def _ours(folder: Path, first: Path, second: Path, rows: int) -> dict[str, float]:
    from django.conf import settings
    from tests.platform.cast import make_cast, make_organisation

    from hengliang.platform.core.rights import Actor
    from hengliang.platform.exchange.models import Discrepancy
    from hengliang.platform.exchange.services import batch_accept, batch_read, batch_receive, system_enter
    from hengliang.platform.registry.models import Instrument
    from hengliang.platform.registry.services import catalogue_load

    settings.MEDIA_ROOT = folder / "media"
    cast = make_cast()
    for n in range(1000):
        make_organisation(f"第{n}号加油站", cast.county)
    catalogue_load(actor=Actor.system("bench"))
    actor = cast.actor("authority")
    system = system_enter(
        actor=actor, code="ecqs", name="e-CQS", kind="national", owner=cast.authority, region=cast.city,
        profile="ecqs-sheet", adapter="sheet_file",
    )  # fmt: skip

    def brought(path: Path) -> Any:
        with path.open("rb") as file:
            chunks = iter(lambda: file.read(1 << 20), b"")
            return batch_receive(actor=actor, system=system, kind="ledger", file_name=path.name, chunks=chunks)

    spent: dict[str, float] = {}
    one, two = brought(first), brought(second)
    spent["ours: compare, all new"], one = timed("compare, all new", lambda: batch_read(actor=actor, batch=one))
    assert one.counts == {"new": rows}, (one.counts, one.problem)
    spent["ours: take in, all new"], _ = timed("take in, all new", lambda: batch_accept(actor=actor, batch=one))
    assert Instrument.objects.count() == rows
    spent[COMPARED], two = timed("compare, 1 % differs", lambda: batch_read(actor=actor, batch=two))
    assert two.counts == {"same": rows - rows // 100, "different": rows // 100}, (two.counts, two.problem)
    spent["ours: take in, 1 % differs"], _ = timed(
        "take in, 1 % differs", lambda: batch_accept(actor=actor, batch=two)
    )  # fmt: skip
    assert Discrepancy.objects.count() == rows // 100
    return spent


if __name__ == "__main__":
    main()
