"""Judging a batch of records on one core, beside plain float arithmetic that does the same comparisons.

The floor is the least that any program must do: the errors in floats and a comparison with limits already
found, no reading of cells, no exact decimals, no provenance. `python benchmarks/norms/judging.py [--quick]`
"""

import random
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from hengliang.metrology.judge import BadRecord, Procedure, Record, Row, judge, record_from_json
from hengliang.norms import norms, procedure_of
from hengliang.norms.examples import Example, examples

TARGET_SECONDS = 1.0  # for 10,000 records
BATCH = 10_000
POOL = 420  # different records, twenty of each kind
ROUNDS = 10  # the best counts, for the machine may be shared
Judgeable = tuple[Procedure, Record]


def main() -> None:
    """Print records a second for each kind of instrument, and the time of the mixed batch."""
    count = BATCH // 5 if "--quick" in sys.argv else BATCH
    passing = [example for example in examples() if example.verdict == "pass"]
    first = {example.procedure: example for example in reversed(passing)}
    print(f"{'procedure':38} {'readings':>8} {'records/s':>10} {'s per 10,000':>13}")
    for example in first.values():
        batch = [_varied(_judgeable(example), seed) for seed in range(POOL // len(first))]
        seconds = _best(batch, count // 10)
        print(f"{example.procedure:38} {_readings(batch[0][1]):8} {BATCH / seconds:10.0f} {seconds:13.2f}")
    kinds = list(first.values())
    mixed = [_varied(_judgeable(kinds[seed % len(kinds)]), seed) for seed in range(POOL)]
    readings = sum(_readings(record) for _, record in mixed) / POOL
    seconds = _best(mixed, count)
    title = f"all kinds mixed, {readings:.0f} readings each"
    print(f"ours: {title}   {seconds:8.3f} s per 10,000 (target {TARGET_SECONDS})")
    print(f"floor: 15 relative errors in floats   {_floor(count):8.3f} s per 10,000")


def _judgeable(example: Example) -> Judgeable:
    value = next(v for v in norms[example.procedure].values if str(v.start) == example.edition)
    return procedure_of(value), record_from_json(example.record)


def _readings(record: Record) -> int:
    rows = [row for rows in record.items.values() for row in rows]
    return sum(len(row.cells) + sum(len(run) for run in row.runs) for row in rows)


def _varied(given: Judgeable, seed: int) -> Judgeable:
    """The record with other last digits, as no two read alike; the original where that is refused."""
    procedure, record = given
    dice = random.Random(seed)
    items = {name: [_row(row, dice) for row in rows] for name, rows in record.items.items()}
    varied = replace(record, items=items)
    try:
        judge(procedure, varied)
    except BadRecord:
        return given
    return procedure, varied


def _row(row: Row, dice: random.Random) -> Row:
    return replace(row, cells=_cells(row.cells, dice), runs=[_cells(run, dice) for run in row.runs])


def _cells(cells: Mapping[str, object], dice: random.Random) -> dict[str, object]:
    return {name: _reading(value, dice) for name, value in cells.items()}


def _reading(value: object, dice: random.Random) -> object:
    if isinstance(value, str) and "." in value and value[-1] in "1234567":
        return value[:-1] + str(int(value[-1]) + dice.choice((-1, 0, 1)))
    return value


def _best(batch: list[Judgeable], count: int) -> float:
    return min(_seconds(lambda number: judge(*batch[number % len(batch)]), count // ROUNDS) for _ in range(ROUNDS))


def _floor(count: int) -> float:
    def errors(_: int) -> bool:
        return all(abs((20.0 - 19.98 - i * 0.001) / (19.98 + i * 0.001) * 100) <= 0.3 for i in range(15))

    return min(_seconds(errors, count // ROUNDS) for _ in range(ROUNDS))


def _seconds(run: Callable[[int], object], count: int) -> float:
    """Seconds of the processor for a whole batch, from `count` runs."""
    started = time.process_time()
    for number in range(count):
        run(number)
    return (time.process_time() - started) * BATCH / count


if __name__ == "__main__":
    main()
