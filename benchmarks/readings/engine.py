"""Import, size and dense matrices of a store, each beside bare DuckDB or PyArrow in the same run.

    python benchmarks/readings/engine.py [--quick | --full] [--at FOLDER [--size SIZE] [STEP ...]]

Readings are synthetic cumulative registers in 0.01 kWh (gamma loads, log-normal sizes), one node per 200 meters.
Rates are by wall clock and by CPU of this process with its threads: on a machine that others use the second says more.

  import, lean     meter, time, register (topology in its own file): the form of a utility's export
  import, long     the eight columns of the long form
  import, wide     one row per meter and day, 96 columns
  peers            PyArrow parses the same file and drops it; DuckDB reads it and writes sorted zstd Parquet: neither
                   checks anything or keeps a root
  matrices         every node of the store as a dense integer matrix, by threads over partitions
  peer             PyArrow decodes the same columns of the same files, nothing else
"""

import argparse
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from benchmarks.readings.faults import BEGIN, loads
from hengliang.readings.grid import DAY
from hengliang.readings.importing import import_files
from hengliang.readings.store.store import Store
from hengliang.readings.store.window import BucketReader

PER_NODE = 200


def report(label: str, count: int, run: Callable[[], Any]) -> Any:
    """Print millions a second, by wall clock and by CPU."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = run()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"{label:44} {count / wall / 1e6:8.2f} M/s wall {count / cpu / 1e6:8.2f} M/s per CPU second", flush=True)
    return result


def registers(meters: int, days: int, interval: int) -> np.ndarray:
    """(meters, slots) registers in 0.01 kWh."""
    rng = np.random.default_rng(1)
    slots = days * DAY // interval
    shapes = np.stack([loads(rng, slots, interval) for _ in range(min(meters, 64))])
    sizes = rng.lognormal(0, 0.4, meters)[:, None]
    rows = np.empty((meters, slots), np.int64)
    for begin in range(0, meters, 64):
        part = shapes[rng.permutation(len(shapes))][: min(64, meters - begin)] * sizes[begin : begin + 64]
        rows[begin : begin + 64] = rng.integers(10**4, 10**7, (len(part), 1)) + np.cumsum(part, axis=1)
    return rows


def write_files(folder: Path, numbers: np.ndarray, interval: int, forms: tuple[str, ...]) -> dict[str, Path]:
    """The same readings in several forms."""
    meters, slots = numbers.shape
    names = pa.array([f"M{at:08d}" for at in range(meters)])
    times = pa.array([str(np.datetime64(BEGIN + at * interval, "s")).replace("T", " ") for at in range(slots)])
    nodes = [f"N{at // PER_NODE:05d}" for at in range(meters)]
    roles = ["inflow" if at % PER_NODE == 0 else "outflow" for at in range(meters)]
    files = {"topology": folder / "topology.csv"}
    pacsv.write_csv(pa.table({"node": nodes, "meter": names, "role": roles}), files["topology"], _plain())
    for form in forms:
        files[form] = folder / f"{form}.csv"
        with _writer(files[form], form, slots) as write:
            for begin in range(0, meters, 256):
                write(
                    _rows(
                        form,
                        numbers[begin : begin + 256] / 100,
                        names[begin : begin + 256],
                        times,
                        nodes[begin],
                        roles[begin:],
                    )
                )
    return files


def _plain() -> pacsv.WriteOptions:
    return pacsv.WriteOptions(quoting_style="none")


@contextmanager
def _writer(path: Path, form: str, slots: int) -> Iterator[Callable[[pa.Table], None]]:
    made: list[pacsv.CSVWriter] = []

    def write(table: pa.Table) -> None:
        if not made:
            made.append(pacsv.CSVWriter(path, table.schema, write_options=_plain()))
        made[0].write_table(table)

    yield write
    made[0].close()


def _rows(form: str, numbers: np.ndarray, names: pa.Array, times: pa.Array, node: str, roles: list[str]) -> pa.Table:
    count, slots = numbers.shape
    if form == "wide":
        cells = np.round(numbers, 2).reshape(count * slots // 96, 96)
        days = pa.array([one.as_py()[:10] for one in times[::96]] * count)
        columns = {f"R{at + 1}": cells[:, at] for at in range(96)}
        return pa.table({"meter": names.take(np.repeat(np.arange(count), slots // 96)), "date": days, **columns})
    owner = np.repeat(np.arange(count), slots)
    lean = {
        "meter": names.take(owner),
        "time": times.take(np.tile(np.arange(slots), count)),
        "register": np.round(numbers.reshape(-1), 2),
    }
    if form == "lean":
        return pa.table(lean)
    constant = {"unit": "kWh", "multiplier": "1", "direction": "import"}
    more = {name: pa.array([word]).take(np.zeros(len(owner), int)) for name, word in constant.items()}
    first = {"node": pa.array([node]).take(np.zeros(len(owner), int)), "role": pa.array(roles[:count]).take(owner)}
    return pa.table({**first, **lean, **more})


def peer_import(path: Path, target: Path) -> None:
    """DuckDB alone: read, sort, write."""
    order = "meter, time" if path.stem != "wide" else "meter, date"
    duckdb.sql(
        f"copy (select * from read_csv('{path}') order by {order}) to '{target}' (format parquet, compression zstd)"  # noqa: S608
    )


def matrices(store: Store) -> int:
    """Every node as a dense matrix; gives the number of slots."""

    def bucket(number: int) -> int:
        reader = BucketReader(store, number)
        found = (reader.window(node) for node in reader.nodes)
        return sum(one.values.size for one in found if one is not None)

    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(bucket, range(store.buckets)))


def peer_matrices(store: Store) -> int:
    """PyArrow decodes the same files by the same two threads."""

    def bucket(number: int) -> int:
        total = 0
        for files in store.partitions(number).values():
            for one in files:
                file = pq.ParquetFile(store.folder / one.path)
                for group in range(file.num_row_groups):
                    total += file.read_row_group(group, columns=["first", "delta"], use_threads=False).num_rows
        return total

    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(bucket, range(store.buckets)))


def peer_parse(path: Path) -> None:
    """PyArrow alone: every cell parsed as the import does, and dropped."""
    words = dict.fromkeys(("meter", "time", "date"), pa.dictionary(pa.int32(), pa.string()))
    for batch in pacsv.open_csv(path, convert_options=pacsv.ConvertOptions(column_types=words)):
        batch.validate()


@dataclass(frozen=True, slots=True)
class Size:
    """Readings of one kind, as files in a folder that is kept between runs."""

    title: str
    meters: int
    days: int
    interval: int
    forms: tuple[str, ...]

    @property
    def count(self) -> int:
        """Readings."""
        return self.meters * self.days * DAY // self.interval

    def make(self, folder: Path) -> None:
        """Write the files, unless they are there."""
        if not (folder / "topology.csv").exists():
            folder.mkdir(parents=True)
            write_files(folder, registers(self.meters, self.days, self.interval), self.interval, self.forms)

    def imports(self, folder: Path, form: str) -> None:
        """One form, beside DuckDB and PyArrow."""
        file, target, place = folder / f"{form}.csv", folder / f"{form}.parquet", folder / f"store-{form}"
        shutil.rmtree(place, ignore_errors=True)
        store = Store.create(place)
        paths = [file] if form == "long" else [file, folder / "topology.csv"]
        report(f"  PyArrow parses, {form}", self.count, lambda: peer_parse(file))
        report(f"  hengliang import, {form}", self.count, lambda: import_files(paths, store))
        print(f"  peak memory up to here {peak():.2f} GB")
        report(f"  DuckDB to sorted Parquet, {form}", self.count, lambda: peer_import(file, target))
        size = sum((store.folder / one.path).stat().st_size for commit in store.commits for one in commit.partitions)
        text, bare = file.stat().st_size / self.count, target.stat().st_size / self.count
        print(f"  bytes a reading: text {text:.1f}, store {size / self.count:.2f}, DuckDB's file {bare:.2f}")

    def matrices(self, folder: Path) -> None:
        """Dense matrices from the store of the first form, beside PyArrow."""
        store = Store(folder / f"store-{self.forms[0]}")
        for _ in range(2):
            report("  PyArrow decodes the same columns", self.count, lambda: peer_matrices(store))
            report("  hengliang node matrices", self.count, lambda: matrices(store))
        print(f"  peak memory {peak():.2f} GB")


def peak() -> float:
    """The most memory that this process had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


def sizes(asked: argparse.Namespace) -> dict[str, Size]:
    """What is asked for."""
    # At the full size only the lean and the wide form: the long one would be 8 GB of text.
    quarter = 1_000 if asked.quick else 33_600 if asked.full else 4_000
    forms = ("lean", "wide") if asked.full else ("lean", "long", "wide")
    return {
        "quarter": Size("quarter-hourly", quarter, 31, 900, forms),
        "daily": Size("daily", 100_000 if asked.quick else 400_000, 31, DAY, ("lean",)),
    }


def run(size: Size, folder: Path, steps: Sequence[str]) -> None:
    """The steps that are asked for, of one size: `make`, a form, `matrices`."""
    print(f"\n{size.title}: {size.meters:,} meters, {size.days} days, {size.count:,} readings")
    for step in steps or ("make", *size.forms, "matrices"):
        if step in size.forms:
            size.imports(folder, step)
        else:
            {"make": size.make, "matrices": size.matrices}[step](folder)


def main() -> None:
    """Run quarter-hourly and daily readings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="3 M readings of each")
    parser.add_argument("--full", action="store_true", help="100 M quarter-hourly readings")
    parser.add_argument("--at", type=Path, help="keep the files in this folder, so that steps can run one by one")
    parser.add_argument("--size", choices=("quarter", "daily"), help="this one only")
    parser.add_argument("steps", nargs="*", help="make, lean, long, wide, matrices; all without")
    asked = parser.parse_args()
    # PyArrow looks for pandas at its first conversion and loads it where it is there; no part of what is measured.
    pa.array(np.zeros(1))
    with tempfile.TemporaryDirectory() as name:
        for label, size in sizes(asked).items():
            if asked.size in (None, label):
                run(size, (asked.at or Path(name)) / label, asked.steps)


if __name__ == "__main__":
    main()
