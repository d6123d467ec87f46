"""What this utility's meters are like, learnt from a draw of its nodes before any is judged.

A prior is the same for all nodes, so that verdicts do not depend on the order or the cut of the work; some hundred
nodes tell shares and spreads to a few percent, and more would only cost time. The draw is by the digest of the name.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from hengliang.metrology.balance import NodeFacts, Prior, evaluate_kept, learn_from, statistics
from hengliang.metrology.errors import MetrologyError
from hengliang.readings.errors import PartitionDamaged, PartitionFailed, ReadingsError
from hengliang.readings.evaluation.binding import bind, digest, fits, unbind
from hengliang.readings.evaluation.blas import one_thread
from hengliang.readings.evaluation.engines import Spread
from hengliang.readings.evaluation.facts_file import read_facts, write_facts
from hengliang.readings.evaluation.members import Windows, membership
from hengliang.readings.evaluation.partition import Task, read_node
from hengliang.readings.store.layout import write_whole
from hengliang.readings.store.store import Store

DRAWN = 120  # nodes
# With fewer judged meters than these the standing prior is better than what they would tell.
FEWEST_NODES = 4
FEWEST_METERS = 300


@dataclass(frozen=True, slots=True)
class Draw:
    """The drawn nodes of one partition."""

    task: Task
    nodes: int
    target: str

    @property
    def source(self) -> str:
        """What is drawn follows from."""
        return digest(self.task.source, self.nodes)


def learnt(folder: Path, tasks: Sequence[Task], spread: Spread, *, anew: bool = False) -> Prior:
    """The prior of a store: as an interrupted run has left it, or learnt now.

    anew : learn it in any case
    """
    path, source = folder / "prior.json", digest("prior", [task.source for task in tasks])
    if not anew and fits([path], source):
        return Prior(**json.loads(path.read_bytes()))
    draws = [Draw(task, -(-DRAWN // len(tasks)), str(folder / f"bucket={task.bucket:02d}.drawn.npz")) for task in tasks]
    for _ in spread(draw_partition, [draw for draw in draws if anew or not fits([Path(draw.target)], draw.source)]):
        pass
    facts = [one for draw in draws for one in read_facts(Path(draw.target))]
    prior = prior_of(facts)
    write_whole(path, lambda target: target.write_text(json.dumps(asdict(prior)), encoding="utf-8"))
    bind([path], source)
    for draw in draws:
        unbind(Path(draw.target))
    return prior


def prior_of(facts: Sequence[NodeFacts]) -> Prior:
    """The prior that drawn nodes teach; the standing one where they are too few."""
    if len(facts) < FEWEST_NODES or sum(len(one.b) for one in facts) < FEWEST_METERS:
        return Prior()
    one_thread()
    return learn_from(facts)


def draw_partition(draw: Draw) -> str:
    """Estimate the drawn nodes of a partition; gives the path of what was kept of them. Raises PartitionFailed."""
    one_thread()
    draw.task.same_software()
    try:
        write_facts(Path(draw.target), _drawn(draw))
        bind([Path(draw.target)], draw.source)
    except PartitionDamaged:
        raise
    except (ReadingsError, MetrologyError, OSError) as fault:
        raise PartitionFailed(partition=f"bucket {draw.task.bucket:02d}", reason=str(fault)) from fault
    return draw.target


def _drawn(draw: Draw) -> list[NodeFacts]:
    """Of the drawn nodes those that can be judged: a wrong topology teaches nothing of meters."""
    settings = draw.task.settings
    store = Store(Path(draw.task.folder))
    members = membership(store, draw.task.bucket, settings.until)
    windows = Windows(store, draw.task.bucket, settings.until)
    found = []
    for node in sorted(members.links, key=lambda name: hashlib.sha256(name.encode()).digest())[: draw.nodes]:
        data = read_node(windows, members, node, members.links[node], settings).data
        if data is None:
            continue
        _, kept = evaluate_kept(statistics(data), limit=settings.limit, prior=Prior())
        found += [kept] if kept else []
    return found
