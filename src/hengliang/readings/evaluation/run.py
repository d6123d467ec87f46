"""Runs an evaluation over all partitions of a store: prior, verdicts, topology, batches; resumed where it was left."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from hengliang.metrology.balance import Prior
from hengliang.readings.checks.finding import Tally
from hengliang.readings.errors import EvaluationRefused, PartitionDamaged, PartitionFailed, StoreDamaged
from hengliang.readings.evaluation.batching import batches_of
from hengliang.readings.evaluation.binding import bind, digest, fits
from hengliang.readings.evaluation.engines import Spread, engine
from hengliang.readings.evaluation.learning import learnt
from hengliang.readings.evaluation.network import settled
from hengliang.readings.evaluation.partition import COARSE, MAX_RESULT, Task, evaluate_partition
from hengliang.readings.evaluation.settings import Settings, run_name
from hengliang.readings.grid import day_name
from hengliang.readings.store.layout import digest_of, write_whole
from hengliang.readings.store.store import Store
from hengliang.trust import canonical
from hengliang.trust.errors import TrustError

NAMED = 5
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A whole evaluation.

    name : of the run; nodes : sorted by name; batches : by maker, model and year; tally : what the checks found
    prior : what is believed of the utility's meters, as learnt; resumed : partitions that an earlier run had finished
    distrusted : kept results that did not fit this run, or were altered, and were computed again
    """

    name: str
    settings: Settings
    nodes: tuple[dict[str, Any], ...]
    tally: dict[str, Any]
    resumed: int
    period: tuple[str, str]
    prior: Prior = field(default_factory=Prior)
    batches: tuple[dict[str, Any], ...] = ()
    distrusted: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The document of `balance evaluate`."""
        return {
            "run": self.name,
            "settings": self.settings.as_json(),
            "period": list(self.period),
            "prior": asdict(self.prior),
            "nodes": list(self.nodes),
            "batches": list(self.batches),
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
    """Evaluate every node of a store, and every batch over its nodes.

    jobs : processes of this machine; 1: in this one
    cluster : address of a Dask scheduler, whose workers reach the store under the same path
    results : where partition results are kept, by default in the store
    Raises EvaluationRefused, PartitionFailed, StoreDamaged.
    """
    if not store.commits:
        raise EvaluationRefused(reason="the store is empty; import readings first")
    name = run_name(store.state, settings) + ("-evidence" if evidence else "")
    folder = ((results or store.folder / "results") / name).resolve()
    with engine(jobs, cluster) as spread, _naming_damage(store, settings):
        blank = _tasks(store, settings, folder, Prior(), evidence=False)
        prior = learnt(folder, blank, spread, anew=evidence)
        tasks = _tasks(store, settings, folder, prior, evidence=evidence)
        # What is signed is computed in this run: a digest beside a result shows damage, not who wrote it.
        missing = [task for task in tasks if evidence or not task.done]
        distrusted = () if evidence else tuple(Path(one.target).name for one in missing if Path(one.target).exists())
        resumed = len(tasks) - len(missing)
        _refuse_damage(store, settings, {task.bucket for task in tasks} - {task.bucket for task in missing})
        progress(resumed, len(tasks))
        for done, _ in enumerate(spread(evaluate_partition, missing), resumed + 1):
            progress(done, len(tasks))
        nodes, tally = _gathered(tasks)
        _refuse_coarse(nodes)
        nodes = settled(store, settings, prior, nodes)
        batches = _batches(folder, tasks, prior, settings, spread, anew=evidence)
    period = _period(nodes, settings, store.offset)
    return Evaluation(name, settings, tuple(nodes), tally.as_json(), resumed, period, prior, tuple(batches), distrusted)


@contextmanager
def _naming_damage(store: Store, settings: Settings) -> Iterator[None]:
    """One damaged file stops the run; who has to restore it wants to know of all."""
    try:
        yield
    except PartitionDamaged:
        _refuse_damage(store, settings, range(store.buckets))
        raise


def _refuse_damage(store: Store, settings: Settings, buckets: Collection[int]) -> None:
    """Readings that a finished partition follows from are held against their digests as if they were read again."""
    damaged = store.damaged(buckets, until=settings.until) if buckets else []
    if damaged:
        more = f" and {len(damaged) - NAMED} more" if len(damaged) > NAMED else ""
        raise StoreDamaged(files=", ".join(damaged[:NAMED]) + more)


def _refuse_coarse(nodes: Sequence[dict[str, Any]]) -> None:
    """One node that is read too seldom is its own matter; all of them are the question's."""
    coarse = [node for node in nodes if node.get("reason_code") == COARSE]
    if coarse and not any("start" in node for node in nodes):
        names = coarse[0]["reason_params"]
        reason = (
            f"periods of {names['period']} are shorter than the readings are apart; use --interval {names['apart']}"
        )
        raise EvaluationRefused(reason=reason)


def _tasks(store: Store, settings: Settings, folder: Path, prior: Prior, *, evidence: bool) -> list[Task]:
    return [
        Task(
            str(store.folder.resolve()),
            bucket,
            settings,
            str(folder / f"bucket={bucket:02d}.json"),
            evidence,
            prior,
            folder.name,
        )
        for bucket in range(store.buckets)
    ]


def _gathered(tasks: Sequence[Task]) -> tuple[list[dict[str, Any]], Tally]:
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
    return nodes, tally


def _batches(
    folder: Path, tasks: Sequence[Task], prior: Prior, settings: Settings, spread: Spread, *, anew: bool
) -> list[dict[str, Any]]:
    path, source = folder / "batches.json", digest("batches", [(task.source, digest_of(task.facts)) for task in tasks])
    if anew or not fits([path], source):
        found = batches_of([task.facts for task in tasks], prior, settings.lot_share, spread)
        write_whole(path, lambda target: target.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8"))
        bind([path], source)
    read: list[dict[str, Any]] = json.loads(path.read_bytes())
    return read


def _period(nodes: Sequence[dict[str, Any]], settings: Settings, offset: int) -> tuple[str, str]:
    starts = [node["start"] for node in nodes if "start" in node]
    ends = [node["start"] + node["periods"] * settings.interval for node in nodes if "start" in node]
    if not starts:
        return ("", "")
    return (day_name(min(starts) + offset), day_name(max(ends) + offset))
