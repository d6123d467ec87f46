"""The one pure function over a partition: readings of a bucket in, a small file of verdicts out.

It runs in this process, in another one or on another machine alike. Nothing is sent but names: the store and the
results lie where every worker reaches them. Its file is renamed into place when it is whole, so a worker that is
lost costs its partition and no other, and a partition that is computed twice is written twice with equal bytes.
"""

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from hengliang.metrology.balance import (
    TEMPLATES,
    NodeFacts,
    NodeStatistics,
    NodeVerdict,
    Prior,
    evaluate,
    evaluate_kept,
    statistics,
    to_bytes,
    verdict_to_dict,
)
from hengliang.metrology.errors import MetrologyError
from hengliang.readings.checks.finding import Tally
from hengliang.readings.errors import PartitionDamaged, PartitionFailed, ReadingsError
from hengliang.readings.evaluation.binding import bind, digest, fits, software
from hengliang.readings.evaluation.blas import one_thread
from hengliang.readings.evaluation.facts_file import write_facts
from hengliang.readings.evaluation.members import Membership, Windows, membership
from hengliang.readings.evaluation.node_data import Prepared, prepare
from hengliang.readings.evaluation.settings import Settings
from hengliang.readings.grid import interval_name
from hengliang.readings.model import Link, Role
from hengliang.readings.store.layout import write_whole
from hengliang.readings.store.store import Store
from hengliang.trust import canonical

FORMAT = "hengliang-evaluation-v1"
MAX_RESULT = 1 << 30
COARSE = "readings_coarse"


@dataclass(frozen=True, slots=True)
class Task:
    """One partition of an evaluation.

    folder : of the store; target : where its result goes
    evidence : keep each node's sufficient statistics in the result
    run : name of the evaluation
    software : version and code of who asked
    """

    folder: str
    bucket: int
    settings: Settings
    target: str
    evidence: bool = False
    prior: Prior = field(default_factory=Prior)
    run: str = ""
    software: str = field(default_factory=software)

    def same_software(self) -> None:
        """Raises PartitionFailed on a worker whose software is another: its results would be, too."""
        if self.software != software():
            reason = f"a worker has version {software()} of this software, not {self.software}: install the same"
            raise PartitionFailed(partition=f"bucket {self.bucket:02d}", reason=reason)

    @property
    def facts(self) -> Path:
        """Where what is kept of the nodes goes; it is there before the result is."""
        return Path(self.target).with_suffix(".facts.npz")

    @property
    def files(self) -> tuple[Path, Path]:
        """What is kept of the partition."""
        return Path(self.target), self.facts

    @property
    def source(self) -> str:
        """What the result follows from."""
        return digest(self.run, self.bucket, self.evidence, asdict(self.prior), self.software)

    @property
    def done(self) -> bool:
        """Whether the result is there and is what this task would write."""
        return fits(self.files, self.source)


def evaluate_partition(task: Task) -> str:
    """Evaluate the nodes of a bucket and write the result; gives the result's path.

    Raises PartitionFailed with the partition's name, PartitionDamaged with the file's.
    """
    one_thread()
    task.same_software()
    try:
        content = canonical.write(_result(task))
    except PartitionDamaged:
        raise
    except (ReadingsError, MetrologyError, OSError) as fault:
        raise PartitionFailed(partition=f"bucket {task.bucket:02d}", reason=str(fault)) from fault
    write_whole(Path(task.target), lambda path: path.write_bytes(content))
    bind(task.files, task.source)
    return task.target


def _result(task: Task) -> dict[str, Any]:
    store = Store(Path(task.folder))
    members = membership(store, task.bucket, task.settings.until)
    windows = Windows(store, task.bucket, task.settings.until)
    tally, nodes, facts = Tally(), [], []
    for node, links in members.links.items():
        prepared = read_node(windows, members, node, links, task.settings)
        prepared.count(tally)
        tally.add(members.clashes(node))
        found, kept = judge(prepared, links, task)
        nodes.append(found)
        facts += kept
    write_facts(task.facts, facts)
    return {"format": FORMAT, "bucket": task.bucket, "nodes": nodes, "tally": tally.as_json()}


def read_node(
    windows: Windows,
    members: Membership,
    node: str,
    links: list[Link],
    settings: Settings,
    candidates: Mapping[str, tuple[Link, str]] | None = None,
) -> Prepared:
    """The readings of a node's meters, checked and brought to the boundaries of the periods.

    candidates : by meter, a link to this node that is only to be tried, and where its readings are filed
    """
    tried = candidates or {}
    homes = {members.homes.get(link.meter, node) for link in links} | {home for _, home in tried.values()}
    found = windows.of(node, sorted(homes - {node}), settings.begin, settings.end)
    both = [*links, *(link for link, _ in tried.values())]
    return prepare(node, found, both, settings, windows.store.offset, frozenset(tried))


def judge(prepared: Prepared, links: list[Link], task: Task) -> tuple[dict[str, Any], list[NodeFacts]]:
    """The verdict of a node as JSON, with what the report shows beside it; and what is kept of a judged one."""
    ends = [{link.meter for link in links if link.role is role} for role in (Role.INFLOW, Role.OUTFLOW)]
    if prepared.data is None or ends[0] & ends[1]:
        return {**_unread(prepared, links, task.settings), "links": [link.as_json() for link in links]}, []
    stats = statistics(prepared.data)
    verdict, kept = evaluate_kept(stats, limit=task.settings.limit, prior=task.prior)
    found, data = result_of(verdict), prepared.data
    found["links"] = [link.as_json() for link in links]
    found["energy"] = {
        meter.id: round(float(row.sum()), 6) for meter, row in zip(data.meters, data.increments, strict=True)
    }
    found["inflow"] = None if data.inflow is None else round(float(data.inflow.sum()), 6)
    found["start"], found["periods"] = data.start, data.periods
    if task.evidence:
        found["statistics"] = base64.b64encode(to_bytes(stats)).decode()
    return found, [kept] if kept and kept.batches else []


def as_result(stats: NodeStatistics, limit: float, prior: Prior) -> dict[str, Any]:
    """The verdict that follows from a node's statistics, in the form of `balance evaluate`."""
    return result_of(evaluate(stats, limit=limit, prior=prior))


def result_of(verdict: NodeVerdict) -> dict[str, Any]:
    """A verdict in the form of `balance evaluate`: reasons as text, with their codes and parameters beside."""
    found = verdict_to_dict(verdict)
    found["topology"] = [_said(one) for one in found["topology"]]
    for one in (found, *found["meters"]):
        one.update(_said(one.pop("reason")))
    return found


def _said(reason: dict[str, Any]) -> dict[str, Any]:
    return {"reason": reason["text"], "reason_code": reason["code"], "reason_params": reason["params"]}


def _unread(prepared: Prepared, links: list[Link], settings: Settings) -> dict[str, Any]:
    """A node without readings that could be judged."""
    why = _why("no_readings", "No readings of this node lie in the window: import them, or widen the window.")
    roles = {role: {link.meter for link in links if link.role == role} for role in Role}
    both = sorted(roles[Role.INFLOW] & roles[Role.OUTFLOW])
    if not roles[Role.OUTFLOW]:
        why = _why("no_meters", TEMPLATES["no_meters"])
    elif both:
        why = _why("own_master", "Meter {meter} is listed as master and as meter of this node.", meter=both[0])
    elif prepared.apart:
        names = {"apart": interval_name(prepared.apart), "period": interval_name(settings.interval)}
        why = _why(COARSE, "This node is read every {apart}, not every {period}: use --interval {apart}.", **names)
    numbers = dict.fromkeys(("error", "u_stat", "u_gauge", "probability_beyond"))
    meters = [
        {"meter": meter, **numbers, "state": "undeterminable", **why}
        for meter in sorted({link.meter for link in links if link.role == "outflow"})
    ]
    return {"node": prepared.node, "state": "undeterminable", **why, "meters": meters}


def _why(code: str, template: str, **params: str) -> dict[str, Any]:
    return {"reason": template.format(**params), "reason_code": code, "reason_params": params}
