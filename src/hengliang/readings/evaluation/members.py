"""Which meters belong to a node in a window: links joined with the readings, wherever these are filed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hengliang.readings.checks.finding import Fault, Finding
from hengliang.readings.grid import day_begin
from hengliang.readings.model import Link, Role
from hengliang.readings.store.layout import bucket_of
from hengliang.readings.store.store import Store
from hengliang.readings.store.topology import read_links
from hengliang.readings.store.window import BucketReader, NodeWindow

_FAR = 1 << 60
NO_MASTER = "the node has no master meter"


@dataclass(slots=True)
class Membership:
    """The links of a bucket's nodes, and where each meter's readings are filed.

    links : by node of this bucket; elsewhere : by meter, with its links at any node
    """

    links: dict[str, list[Link]]
    elsewhere: dict[str, list[Link]]
    homes: dict[str, str]

    def clashes(self, node: str) -> list[Finding]:
        """What can't be in the topology of a node."""
        links = self.links[node]
        meters = sorted({link.meter for link in links})
        return clashes(links, [link for meter in meters for link in self.elsewhere[meter]])


def membership(store: Store, bucket: int, until: int | None = None) -> Membership:
    """The topology of a bucket after all batches, or after batch `until`."""
    links, homes = read_links(store.files("topology", until=until), bucket)
    by_node: dict[str, list[Link]] = defaultdict(list)
    by_meter: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_meter[link.meter].append(link)
        if bucket_of(link.node, store.buckets) == bucket:
            by_node[link.node].append(link)
    return Membership(dict(sorted(by_node.items())), dict(by_meter), homes)


@dataclass(slots=True)
class Windows:
    """Reads the windows of one bucket, and of meters that are filed elsewhere."""

    store: Store
    bucket: int
    until: int | None = None
    check: bool = True
    _readers: dict[int, BucketReader] = field(default_factory=dict)

    def of(self, node: str, homes: Iterable[str], begin: int | None, end: int | None) -> list[NodeWindow]:
        """The windows of a node and of the other homes of its meters."""
        found = (self.reader(bucket_of(home, self.store.buckets)).window(home, begin, end) for home in [node, *homes])
        return [window for window in found if window is not None]

    def reader(self, bucket: int) -> BucketReader:
        """The reader of a bucket, opened once."""
        if bucket not in self._readers:
            self._readers[bucket] = BucketReader(self.store, bucket, until=self.until, check=self.check)
        return self._readers[bucket]


def span_of(link: Link) -> tuple[int, int]:
    """First local second of a link, and the one after its last."""
    return (day_begin(link.begin) if link.begin else -_FAR, day_begin(link.end) if link.end else _FAR)


def clashes(links: Sequence[Link], everywhere: Iterable[Link]) -> list[Finding]:
    """Topology that can't be: a meter on two nodes at once, with two factors at once, a node without inflow.

    links : of one node; everywhere : the links of those meters at any node
    """
    found: list[Finding] = []
    by_meter: dict[str, list[Link]] = defaultdict(list)
    for link in everywhere:
        by_meter[link.meter].append(link)
    for meter in sorted({link.meter for link in links}):
        pairs = _overlapping(by_meter[meter])
        # Both nodes see it; the first by name says it.
        found += [_clash(meter, *pair) for pair in pairs if min(one.node for one in pair) == links[0].node]
    if links and not any(link.role is Role.INFLOW for link in links):
        found.append(Finding(Fault.TOPOLOGY, links[0].node, 0, 1, NO_MASTER))
    return found


def _overlapping(links: Sequence[Link]) -> list[tuple[Link, Link]]:
    pairs = []
    for at, one in enumerate(links):
        for other in links[at + 1 :]:
            (a, b), (c, d) = span_of(one), span_of(other)
            # A master of a node is often a meter below the node above it: that is a tree and no clash.
            tree = one.node != other.node and {one.role, other.role} == {Role.INFLOW, Role.OUTFLOW}
            if max(a, c) < min(b, d) and not tree and Role.CONDITION not in (one.role, other.role):
                pairs.append((one, other))
    return pairs


def _clash(meter: str, one: Link, other: Link) -> Finding:
    begin = max(span_of(one)[0], span_of(other)[0], 0)
    return Finding(Fault.TOPOLOGY, meter, begin, 1, f"{one.node} (×{one.factor:g}) ↔ {other.node} (×{other.factor:g})")
