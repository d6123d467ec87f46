"""Meters that hang on another node than the list says: nodes in trouble are held against each other.

A node whose balance does not close is judged again with the meters that other such nodes have too many as
candidates: one that belongs here has coefficient one, and two that belong to each other's node were swapped.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from hengliang.metrology.balance import NodeStatistics, Prior, evaluate_network, statistics
from hengliang.readings.evaluation.members import Windows, membership
from hengliang.readings.evaluation.partition import read_node, result_of
from hengliang.readings.evaluation.settings import Settings
from hengliang.readings.model import Role
from hengliang.readings.store.layout import bucket_of
from hengliang.readings.store.store import Store

TROUBLE = frozenset({"foreign_meter", "residual_large", "residual_step", "balance_open"})
MOST_NODES = 200  # that are held against each other; more trouble than that is of another kind
MOST_CANDIDATES = 60

Node = dict[str, Any]


def settled(store: Store, settings: Settings, prior: Prior, nodes: Sequence[Node]) -> list[Node]:
    """The nodes, those in trouble with the meters named that belong to another of them."""
    troubled = [str(node["node"]) for node in nodes if node.get("reason_code") in TROUBLE][:MOST_NODES]
    strangers = {
        str(one["reason_params"]["meter"]): str(node["node"])
        for node in nodes
        for one in node.get("topology", ())
        if one["reason_code"] == "foreign_meter"
    }
    if len(troubled) < 2 or not strangers:
        return list(nodes)
    found = _held_together(store, settings, troubled, strangers)
    verdicts = evaluate_network([found[name] for name in found], limit=settings.limit, prior=prior)
    renewed = {one.node: result_of(one) for one in verdicts}
    return [_with(node, renewed.get(str(node["node"]))) for node in nodes]


def _with(node: Node, renewed: Node | None) -> Node:
    """A node as it looks beside the others; `alone` keeps what follows from its own statistics, for its evidence."""
    if renewed is None:
        return node
    return {**node, **renewed, "alone": {name: node[name] for name in renewed if name in node}}


def _held_together(
    store: Store, settings: Settings, troubled: Sequence[str], strangers: Mapping[str, str]
) -> dict[str, NodeStatistics]:
    """Statistics of the nodes in trouble, with the others' strangers as candidates."""
    members = {
        bucket: membership(store, bucket, settings.until)
        for bucket in {bucket_of(name, store.buckets) for name in (*troubled, *strangers.values())}
    }
    windows = {bucket: Windows(store, bucket, settings.until) for bucket in members}
    links = {
        meter: link
        for meter, home in strangers.items()
        for link in members[bucket_of(home, store.buckets)].links[home]
        if link.meter == meter and link.role is Role.OUTFLOW
    }
    found = {}
    for name in troubled:
        bucket = bucket_of(name, store.buckets)
        others = [links[meter] for meter in sorted(links) if strangers[meter] != name][:MOST_CANDIDATES]
        homes = {one.meter: members[bucket_of(one.node, store.buckets)].homes[one.meter] for one in others}
        candidates = {one.meter: (one._replace(node=name), homes[one.meter]) for one in others}
        data = read_node(windows[bucket], members[bucket], name, members[bucket].links[name], settings, candidates).data
        if data is not None:
            found[name] = statistics(data)
    return found
