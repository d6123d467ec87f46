"""Judging a batch of records on one core, beside plain float arithmetic that does the same comparisons.

The floor is the least that any program must do: the errors in floats and a comparison with limits already
found, no reading of cells, no exact decimals, no provenance. `python benchmarks/norms/judging.py [--quick]`
"""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from hengliang.metrology.judge import BadRecord, Procedure, Record, Row, judge, record_from_json
from hengliang.norms import norms, procedure_of
from hengliang.norms.examples import Example, examples

TARGET_SECONDS = 1.0  # for 10,000 records
BATCH = 10_000
POOL = 420  # different records, twenty of each kind
ROUNDS = 5  # the best counts: the machine may be shared


def main() -> None:
    """Print, for each kind of instrument, records a second, and the time of the mixed batch."""
    count = BATCH // 10 if "--quick" in sys.argv else BATCH
    found = [example for example in examples() if example.verdict == "pass"]
    first = {example.procedure: example for example in reversed(found)}
    print(f"{'procedure':38} {'readings':>8} {'records/s':>10} {'s per 10,000':>13}")
    for example in first.values():
        judging, readings = _prepared(example)
        seconds = _timed(judging, count // 10) * BATCH / (count // 10)
        print(f"{example.procedure:38} {readings:8} {BATCH / seconds:10.0f} {seconds:13.2f}")
    _batch([first["procedure/fuel-dispenser"]], count, "fuel dispensers, two nozzles")
    _batch(list(first.values()), count, "all kinds mixed")
    floor = _timed(_floor, count) * BATCH / count
    print(f"floor: 15 relative errors in floats, compared        {floor:8.3f} s per 10,000")


def _varied(record: Record, seed: int) -> Record:
    """The record with other last digits in its readings, as no two instruments read alike."""
    shift = random.Random(seed)

    def reading(text: object) -> object:
        if isinstance(text, str) and "." in text and text[-1] in "1234567":
            return text[:-1] + shift.choice("01234567")
        return text

    def row(given: Row) -> Row:
        runs = [{name: reading(value) for name, value in run.items()} for run in given.runs]
        return replace(given, cells={name: reading(value) for name, value in given.cells.items()}, runs=runs)

    return replace(record, items={name: [row(each) for each in rows] for name, rows in record.items.items()})


def _prepared(example: Example) -> tuple[Callable[[], object], int]:
    procedure, record = _both(example)
    return (lambda: judge(procedure, record)), _readings(record)


def _both(example: Example) -> tuple[Procedure, Record]:
    value = next(v for v in norms[example.procedure].values if str(v.start) == example.edition)
    return procedure_of(value), record_from_json(example.record)


def _readings(record: Record) -> int:
    rows = [row for rows in record.items.values() for row in rows]
    return sum(len(row.cells) + sum(len(run) for run in row.runs) for row in rows)


def _batch(chosen: list[Example], count: int, title: str) -> None:
    pool = [(*_both(chosen[number % len(chosen)]), number) for number in range(POOL)]
    batch = [(procedure, _varied(record, number)) for procedure, record, number in pool]
    times = []
    for _ in range(ROUNDS):
        refused = 0
        started = time.process_time()
        for number in range(count // ROUNDS):
            procedure, record = batch[number % POOL]
            try:
                judge(procedure, record)
            except BadRecord:  # a changed digit may carry a reading out of its range
                refused += 1
        times.append((time.process_time() - started) * BATCH * ROUNDS / count)
    print(f"ours: {title:45} {min(times):8.3f} s per 10,000 (target {TARGET_SECONDS}), {refused} refused")


def _varied(record: Record, seed: int) -> Record:
    """The record with other last digits in its readings, as no two instruments read alike."""
    shift = random.Random(seed)

    def reading(text: object) -> object:
        if isinstance(text, str) and "." in text and text[-1] in "1234567":
            return text[:-1] + shift.choice("01234567")
        return text

    def row(given: Row) -> Row:
        runs = [{name: reading(value) for name, value in run.items()} for run in given.runs]
        return replace(given, cells={name: reading(value) for name, value in given.cells.items()}, runs=runs)

    return replace(record, items={name: [row(each) for each in rows] for name, rows in record.items.items()})


def _prepared(example: Example) -> tuple[Callable[[], object], int]:
    procedure, record = _both(example)
    return (lambda: judge(procedure, record)), _readings(record)


def _both(example: Example) -> tuple[Procedure, Record]:
    value = next(v for v in norms[example.procedure].values if str(v.start) == example.edition)
    return procedure_of(value), record_from_json(example.record)


def _readings(record: Record) -> int:
    rows = [row for rows in record.items.values() for row in rows]
    return sum(len(row.cells) + sum(len(run) for run in row.runs) for row in rows)


def _batch(chosen: list[Example], count: int, title: str) -> None:
    batch: list[tuple[Procedure, Record]] = []
    for number in range(count):
        procedure, record = _both(chosen[number % len(chosen)])
        batch.append((procedure, _varied(record, number)))
    refused = 0
    started = time.process_time()
    for procedure, record in batch:
        try:
            judge(procedure, record)
        except BadRecord:  # a changed digit may carry a reading out of its range
            refused += 1
    seconds = (time.process_time() - started) * BATCH / count
    print(f"ours: {title:45} {seconds:8.3f} s per 10,000 (target {TARGET_SECONDS}), {refused} refused")


def _floor() -> bool:
    return all(abs((20.0 - 19.98 - i * 0.001) / (19.98 + i * 0.001) * 100) <= 0.3 for i in range(15))


def _timed(run: Callable[[], object], count: int) -> float:
    run()
    started = time.process_time()
    for _ in range(count):
        run()
    return time.process_time() - started


if __name__ == "__main__":
    main()
