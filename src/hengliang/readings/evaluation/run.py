"""Runs an evaluation over all partitions: here, on processes of this machine, or on a Dask cluster.

The line that differs is the backend. Results are the same to the last bit, since every partition is computed by one
thread from the same bytes and they are put together by number.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib

from hengliang.readings.checks.finding import Tally
from hengliang.readings.errors import EvaluationRefused, PartitionFailed
from hengliang.readings.evaluation.partition import MAX_RESULT, Task, evaluate_partition
from hengliang.readings.evaluation.settings import Settings, run_name
from hengliang.readings.grid import day_name
from hengliang.readings.store.store import Store
from hengliang.trust import canonical
from hengliang.trust.errors import TrustError

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A whole evaluation.

    name : of the run; nodes : sorted by name; tally : what the checks found
    resumed : partitions that an earlier, interrupted run had finished
    """

    name: str
    settings: Settings
    nodes: tuple[dict[str, Any], ...]
    tally: dict[str, Any]
    resumed: int
    period: tuple[str, str]

    def as_json(self) -> dict[str, Any]:
        """The document of `balance evaluate`."""
        return {
            "run": self.name,
            "settings": self.settings.as_json(),
            "period": list(self.period),
            "nodes": list(self.nodes),
            "readings": self.tally,
        }


def evaluate_store(
    store: Store,
    settings: Settings,
    *,
    jobs: int = 1,
    cluster: str | None = None,
    evidence: bool = False,
    results: Path | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Evaluation:
    """Evaluate every node of a store.

    jobs : processes of this machine; 1: in this one
    cluster : address of a Dask scheduler, whose workers reach the store under the same path
    results : where partition results are kept, by default in the store
    Raises EvaluationRefused, PartitionFailed.
    """
    if not store.commits:
        raise EvaluationRefused(reason="the store is empty; import readings first")
    name = run_name(store.state, settings) + ("-evidence" if evidence else "")
    folder = (results or store.folder / "results") / name
    tasks = [
        Task(
            str(store.folder.resolve()),
            bucket,
            settings,
            str((folder / f"bucket={bucket:02d}.json").resolve()),
            evidence,
        )
        for bucket in range(store.buckets)
    ]
    missing = [task for task in tasks if not Path(task.target).exists()]
    done = len(tasks) - len(missing)
    progress(done, len(tasks))
    for _ in _computed(missing, jobs, cluster):
        done += 1
        progress(done, len(tasks))
    return _gathered(name, store, settings, tasks, resumed=len(tasks) - len(missing))


def _computed(tasks: list[Task], jobs: int, cluster: str | None) -> Iterator[str]:
    if cluster is not None:
        with _cluster(cluster):
            yield from _parallel(tasks, -1)
    elif jobs == 1 or len(tasks) < 2:
        yield from map(evaluate_partition, tasks)
    else:
        with joblib.parallel_config(backend="loky", inner_max_num_threads=1):
            yield from _parallel(tasks, jobs)


def _parallel(tasks: list[Task], jobs: int) -> Iterator[str]:
    try:
        yield from joblib.Parallel(n_jobs=jobs, return_as="generator_unordered", batch_size=1)(
            joblib.delayed(evaluate_partition)(task) for task in tasks
        )
    except PartitionFailed:
        raise
    except Exception as fault:
        # A killed process of this machine: joblib says so in several ways; what was finished is kept.
        raise PartitionFailed(partition="a worker", reason=f"{type(fault).__name__}: {fault}") from fault


@contextmanager
def _cluster(address: str) -> Iterator[None]:
    try:
        from distributed import Client
    except ImportError:
        raise EvaluationRefused(
            reason="--cluster needs the extra `cluster`: pip install 'hengliang[cluster]'"
        ) from None
    try:
        client: Any = Client(address, timeout="20s", set_as_default=True)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as fault:
        raise EvaluationRefused(reason=f"no Dask scheduler answers at {address} ({fault})") from None
    with client, joblib.parallel_config(backend="dask", wait_for_workers_timeout=60):
        yield


def _gathered(name: str, store: Store, settings: Settings, tasks: list[Task], *, resumed: int) -> Evaluation:
    nodes: list[dict[str, Any]] = []
    tally = Tally()
    for task in tasks:
        try:
            found = canonical.read(Path(task.target).read_bytes(), max_bytes=MAX_RESULT)
        except (OSError, TrustError) as fault:
            Path(task.target).unlink(missing_ok=True)
            raise PartitionFailed(
                partition=f"bucket {task.bucket:02d}", reason=f"its result can't be read ({fault})"
            ) from None
        nodes += found["nodes"]
        tally.merge(Tally.of_json(found["tally"]))
    nodes.sort(key=lambda node: str(node["node"]))
    return Evaluation(name, settings, tuple(nodes), tally.as_json(), resumed, _period(nodes, settings, store.offset))


def _period(nodes: list[dict[str, Any]], settings: Settings, offset: int) -> tuple[str, str]:
    starts = [node["start"] for node in nodes if "start" in node]
    ends = [node["start"] + node["periods"] * settings.interval for node in nodes if "start" in node]
    if not starts:
        return ("", "")
    return (day_name(min(starts) + offset), day_name(max(ends) + offset))
