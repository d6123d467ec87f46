"""`hengliang readings`: bring meter readings into a store, and check them."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse
from hengliang.cli.readings_progress import counting, stepping

app = typer.Typer(no_args_is_help=True, help=__doc__)

Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


@app.callback()
def family() -> None:
    """Meter readings: import, check, store."""


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="CSV, XLSX, Parquet, ZIP, or folders of these.")],
    into: Annotated[Path, typer.Option("--into", help="Folder of the store; made when it is absent.")],
    profile: Annotated[
        Path | None, typer.Option(help="YAML that says which column is what, where headers are not understood.")
    ] = None,
    buckets: Annotated[int, typer.Option(min=1, max=4096, help="Of a new store: parts that are evaluated alone.")] = 16,
    as_json: Json = False,
) -> None:
    """Import files as one batch: everything that can be read, or, when interrupted, nothing.

    Headers may be Chinese or English, the text UTF-8 or GB 18030. Long form: one row per reading, with columns
    node 台区, meter 表号, role 角色 (inflow 总表 | outflow 户表 | stock 库存), time 时间, register 示数 or energy 电量,
    unit 单位, and, as you have them, multiplier 倍率, direction 方向, tariff 费率, quality 质量. Wide form: meter,
    date 日期 and 24, 48, 96 … columns of a day (R1 … R96, 00:00 … 23:45). A file with node and meter but without
    readings (档案) says which meter hangs where: node, meter, role, multiplier, begin 投运日期, end 拆除日期, maker,
    model, year.

    Pressure 压力 and temperature 温度, 供水温度, 回水温度, 地温 explain what water, gas, heat and tanks lose: columns
    of the master's rows, or a file of their own with node, time and these; units in brackets: 压力(kPa), 油温(℃).

    Rows that can't be read are refused one by one and kept, with reason and remedy, in STORE/refused/. A file of a
    folder or archive that can't be read is told with its reason, and the rest is read; columns that nothing is read
    from are named. Exit 2 where nothing can be read, or not a file that was pointed at.
    A profile needs only what differs, e.g.:  columns: {meter: 编号, register: 表底}, zone: "+08:00", unit: kWh
    """
    from hengliang.readings.errors import ReadingsError
    from hengliang.readings.importing import import_files
    from hengliang.readings.intake.profile import read_profile
    from hengliang.readings.store.store import Store

    try:
        store = Store.create(into, buckets=buckets)
        said = read_profile(profile) if profile else {}
        with counting("readings") as progress:
            commit = import_files(files, store, said=said, progress=progress)
    except (ReadingsError, OSError) as error:
        refuse(error)
    document = {"batch": commit.batch, "root": commit.root, "partitions": len(commit.partitions), **commit.report}
    if as_json:
        emit_json(document)
    else:
        _print_import(document, into, commit.files.get("refused"))
    raise typer.Exit(DONE)


@app.command("check")
def check(
    store: Annotated[Path, typer.Argument(help="Folder of a store.", exists=True, file_okay=False)],
    as_json: Json = False,
) -> None:
    """Check a store: that its files are what was committed, what each batch is worth (grade A to D), and what is
    wrong in the readings: gaps, duplicates, rollovers, resets, standstill, spikes, clocks, units, falls, topology.

    Exit 1 when the whole is worth no more than grade D.
    """
    from hengliang.readings.checking import check_store
    from hengliang.readings.errors import ReadingsError
    from hengliang.readings.store.store import Store

    try:
        with stepping("partitions") as progress:
            found = check_store(Store(store), progress=progress)
    except (ReadingsError, OSError) as error:
        refuse(error)
    document = found.as_json()
    if as_json:
        emit_json(document)
    else:
        _print_check(document)
    raise typer.Exit(NEGATIVE if found.grade.grade == "D" else DONE)


@app.command("compact")
def compact_(
    store: Annotated[Path, typer.Argument(help="Folder of a store.", exists=True, file_okay=False)],
    drop: Annotated[
        bool, typer.Option("--drop", help="Give up the files replaced, and what was known before the last batch.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Lay what several batches said of a month together, so that one file is read instead of many.

    Every reading stays, and every root; corrections lie over what they corrected. Without --drop the older files stay
    too, and with them the answer to what was known when. Interrupted at any moment, the store is the old or the new.
    """
    from hengliang.readings.errors import ReadingsError
    from hengliang.readings.store.compaction import compact
    from hengliang.readings.store.store import Store

    try:
        with stepping("partitions") as progress:
            found = compact(Store(store), drop=drop, progress=progress)
    except (ReadingsError, OSError) as error:
        refuse(error)
    if as_json:
        emit_json(asdict(found))
    else:
        typer.echo(f"{found.files_before} files are now {found.files_after}; {found.written} written")
        typer.echo(f"{found.bytes_before:,} bytes are now {found.bytes_after:,}")
    raise typer.Exit(DONE)


def _print_import(document: dict[str, Any], into: Path, refused: str | None) -> None:
    columns = ("file", "form", "interval", "rows", "readings", "empty", "refused")
    emit_table(
        columns, [[one[name] for name in columns] for one in document["files"]], title=f"batch {document['batch']}"
    )
    for one in document["files"]:
        if one["ignored"]:
            named = ", ".join(f"{c['column']} (near {c['near']})" if c["near"] else c["column"] for c in one["ignored"])
            typer.echo(f"columns not read: {one['file']}: {named}")
    if document["refused_files"]:
        typer.echo(f"files refused: {len(document['refused_files'])}")
    for one in document["refused_files"]:
        typer.echo(f"refused: {one['file']}: {one['reason']}")
    for one in document["passed_over"]:
        typer.echo(f"passed over: {one['file']}: {one['reason']}")
    repeats = document["duplicates"]
    if repeats["identical"] or repeats["conflicting"]:
        typer.echo(f"repeated: {repeats['identical']} alike, {repeats['conflicting']} with another number (first kept)")
    if document["skewed"]["count"]:
        typer.echo(f"off the raster of the clock: {document['skewed']['count']} (kept, not evaluated)")
    if document["refused"]:
        rows = [
            [one[k] for k in ("file", "row", "column", "value", "reason", "remedy", "count")]
            for one in document["refusals"]
        ]
        emit_table(("file", "first row", "column", "value", "reason", "remedy", "rows"), rows, title="refused")
        typer.echo(f"every refused row: {into / str(refused)}")
    typer.echo(f"{document['readings']:,} readings in {into}; root {document['root'][:16]}…")


def _print_check(document: dict[str, Any]) -> None:
    rows = [
        (
            one["batch"],
            one["grade"],
            f"{one['readings']:,}",
            one["refused"],
            f"{one['shares']['collected']:.2%}",
            ", ".join(one["damaged"]),
        )
        for one in document["batches"]
    ]
    emit_table(("batch", "grade", "readings", "refused", "usable", "damaged"), rows)
    checks: list[tuple[Any, ...]] = []
    for name, one in document["checks"].items():
        example = one["examples"][0] if one["examples"] else {}
        shown = f"{example['meter']} {example['time']} {example['detail']}" if example else ""
        checks.append((name, one["events"], one["slots"], one["meters"], shown))
    emit_table(("check", "events", "readings", "meters", "first"), checks)
    typer.echo(
        f"grade {document['grade']}: {document['usable']:,} of {document['expected']:,} expected readings can be used"
    )
