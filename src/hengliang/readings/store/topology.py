"""Which meter hung on which node, from when to when, with which factor; said batch by batch, later batches win.

A meter's readings are filed under its *home*, the node at which it was first seen, and stay there. Membership is
joined when readings are read, so a corrected topology moves no reading.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hengliang.readings.errors import PartitionDamaged
from hengliang.readings.model import Link, Role
from hengliang.readings.store.layout import bucket_of

SCHEMA = pa.schema(
    [
        ("bucket", pa.int16()),
        ("node", pa.string()),
        ("meter", pa.string()),
        ("role", pa.string()),
        ("factor", pa.float64()),
        ("begin", pa.string()),
        ("end", pa.string()),
        ("maker", pa.string()),
        ("model", pa.string()),
        ("year", pa.string()),
        ("accuracy", pa.string()),
        # What was said before about these meters is replaced, except where the link was only read off the readings.
        ("said", pa.bool_()),
        ("home", pa.string()),
    ]
)


def write_links(path: Path, links: Sequence[tuple[Link, bool, str]], buckets: int) -> None:
    """Write links with (link, said by a topology file, home of the meter)."""
    buckets_of = {node: bucket_of(node, buckets) for node in {link.node for link, _, _ in links}}
    cells = zip(*(link for link, _, _ in links), strict=True)
    columns: dict[str, Sequence[object]] = dict(zip(Link._fields, cells, strict=True))
    columns["role"] = [str(link.role) for link, _, _ in links]
    columns["bucket"] = [buckets_of[link.node] for link, _, _ in links]
    columns["said"], columns["home"] = [said for _, said, _ in links], [home for _, _, home in links]
    pq.write_table(pa.table({name: columns[name] for name in SCHEMA.names}, SCHEMA), path, compression="zstd")


def read_links(paths: Iterable[Path], bucket: int | None = None) -> tuple[list[Link], dict[str, str]]:
    """The links in force after all batches, and the home of every meter among them.

    bucket : only meters that ever hung on a node of this bucket, with all their links
    """
    tables = [_read(path, None) for path in paths]
    if not tables:
        return [], {}
    return _in_force(tables, bucket)


def homes_of(paths: Iterable[Path], meters: Iterable[str]) -> dict[str, str]:
    """The home of those of `meters` that are known."""
    found: dict[str, str] = {}
    paths = list(paths)
    wanted = pa.array(set(meters) if paths else (), pa.string())
    for path in paths:
        table = _read(path, ["meter", "home"])
        table = table.filter(pc.is_in(table.column("meter"), wanted))
        for meter, home in zip(table.column("meter").to_pylist(), table.column("home").to_pylist(), strict=True):
            found.setdefault(meter, home)
    return found


def _read(path: Path, columns: list[str] | None) -> pa.Table:
    try:
        return pq.read_table(path, columns=columns)
    except (OSError, pa.ArrowException) as fault:
        raise PartitionDamaged(file=f"topology/{path.name}", batch=int(path.stem)) from fault


def _in_force(tables: Sequence[pa.Table], bucket: int | None) -> tuple[list[Link], dict[str, str]]:
    """Per meter the links of the last batch that said something; said ones before those read off the readings."""
    if bucket is not None:
        whole = pa.concat_tables(tables)
        here = whole.filter(pc.equal(whole.column("bucket"), bucket))
        meters = here.column("meter").combine_chunks().unique()
        tables = [table.filter(pc.is_in(table.column("meter"), meters)) for table in tables]
    last: dict[str, tuple[bool, int, list[Link]]] = {}
    homes: dict[str, str] = {}
    for number, table in enumerate(tables):
        columns = [table.column(name).to_pylist() for name in (*Link._fields, "said", "home")]
        for *cells, says, home in zip(*columns, strict=True):
            link = Link(*cells)._replace(role=Role(cells[2]))
            homes.setdefault(link.meter, home)
            said, batch, links = last.get(link.meter, (False, -1, []))
            if says < said:
                continue
            if (batch != number and says) or says > said:
                links = []
            if link not in links:
                last[link.meter] = (says, number, [*links, link])
    found = [link for _, _, links in last.values() for link in links]
    kept = {link.meter for link in found}
    return sorted(found, key=_place), {meter: home for meter, home in homes.items() if meter in kept}


def _place(link: Link) -> tuple[str, str, str, str]:
    return (link.node, str(link.role), link.meter, link.begin or "")
