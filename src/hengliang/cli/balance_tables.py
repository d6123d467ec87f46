"""Tables for people of what `hengliang balance` has found."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from hengliang.cli.output import emit_table

_STATES = ("good", "suspect", "undeterminable")
_METER = ("meter", "error", "u (data)", "u (master)", "P(beyond)")


def print_evaluation(document: dict[str, Any], report: Path | None) -> None:
    """Nodes, batches, suspect meters."""
    rows = []
    for node in document["nodes"]:
        states = _states([node])
        counts = [states[state] for state in _STATES]
        reasons = dict.fromkeys((node["reason"], *(one["reason"] for one in node.get("topology", ()))))
        rows.append((node["node"], node["state"], sum(counts), *counts, " ".join(reasons)))
    emit_table(("node", "state", "meters", *_STATES, "reason"), rows)
    if document["batches"]:
        print_batches(document["batches"])
    print_suspects(document["nodes"])
    states = _states(document["nodes"])
    typer.echo(", ".join(f"{states[state]} {state}" for state in _STATES))
    print_report(report)


def _states(nodes: Sequence[dict[str, Any]]) -> Counter[str]:
    """Meters by state; one that counts both ways is one meter."""
    from hengliang.readings.report.figures import counted

    return Counter(counted((node["node"], meter) for node in nodes for meter in node["meters"]))


def print_report(report: Path | None) -> None:
    """Where the report lies."""
    if report is not None:
        typer.echo(f"report: {report / 'report.html'}, work list: {report / 'worklist.xlsx'}")


def print_suspects(nodes: Sequence[dict[str, Any]]) -> None:
    """Suspect meters, the surest first, and what is to be said of one beyond its figures."""
    found = [(node, meter) for node in nodes for meter in node["meters"] if meter["state"] == "suspect"]
    if found:
        found.sort(key=lambda one: -one[1]["probability_beyond"])
        emit_table(("node", *_METER), [(node["node"], *_cells(meter)) for node, meter in found], title="suspect")
    for _, meter in found:
        if meter["reason_code"] != "beyond_limit":
            typer.echo(f"{meter['meter']}: {meter['reason']}")


def print_meters(node: dict[str, Any]) -> None:
    """All meters of a node."""
    rows = [(meter["state"], *_cells(meter), meter["reason"]) for meter in node["meters"]]
    emit_table(("state", *_METER, "reason"), rows)


def print_batches(batches: Sequence[dict[str, Any]]) -> None:
    """Batches: mean error, spread and share beyond the limit, each with 95 %."""
    rows = [
        (
            batch_name(one["batch"]),
            one["meters"],
            one["nodes"],
            *(_between(one, name) for name in ("mean", "spread", "fraction")),
            one["state"],
        )
        for one in batches
    ]
    emit_table(("batch", "meters", "nodes", "mean error", "spread", "beyond", "state"), rows, title="batches, 95 %")


def print_lots(document: dict[str, Any]) -> None:
    """Lots: what must be drawn, and what the sample says."""
    rule = document["extension"]
    quality, risk = document["rule"]["quality"], document["rule"]["risk"]
    typer.echo(f"{rule['document']}: at most {quality:.1%} beyond the limit, consumer's risk {risk:.0%} (draft rule)")
    if rule["stand_ins"]:
        typer.echo(f"not said by the rule and taken from {', '.join(rule['stand_ins'])}")
    rows = [
        (
            batch_name(lot["batch"]),
            lot["lot"],
            f"{lot['belief']['mean']:.2%}",
            f"{lot['belief']['worth']:.0f}",
            _plan(lot["plain"]),
            _plan(lot["fused"]),
            _sample(lot),
            _verdict(lot),
        )
        for lot in document["lots"]
    ]
    head = ("lot", "meters", "beyond (data)", "worth", "plain n/Ac", "with data n/Ac", "sample", "verdict")
    emit_table(head, rows)
    for lot in document["lots"]:
        if lot["verdict"] is not None:
            typer.echo(f"{batch_name(lot['batch'])}: {lot['verdict']['reason']['text']}")


def print_characteristics(document: dict[str, Any]) -> None:
    """How often each plan accepts a lot, by what it is worth."""
    for lot in document["lots"]:
        rows = [(f"{p['share']:.2%}", _chance(p["plain"]), _chance(p["fused"])) for p in lot["characteristics"]]
        emit_table(("beyond", "plain", "with data"), rows, title=f"P(accept) of {batch_name(lot['batch'])}")


def batch_name(batch: dict[str, str]) -> str:
    """Maker, model and year in one."""
    return " ".join(one for one in (batch["maker"], batch["model"], batch["year"]) if one)


def _between(batch: dict[str, Any], name: str) -> str:
    value = batch["fraction_beyond" if name == "fraction" else name]
    low, high = batch[f"{name}_interval"]
    return f"{value:.2%} ({low:.2%} … {high:.2%})"


def _plan(plan: dict[str, Any] | None) -> str:
    return "–" if plan is None else f"{plan['n']}/{plan['ac']}"


def _sample(lot: dict[str, Any]) -> str:
    return "" if lot["sample"] is None else f"{lot['sample']['beyond']} of {lot['sample']['n']}"


def _verdict(lot: dict[str, Any]) -> str:
    return "" if lot["verdict"] is None else str(lot["verdict"]["state"])


def _chance(value: float | None) -> str:
    return "" if value is None else f"{value:.1%}"


def _cells(meter: dict[str, Any]) -> tuple[str, ...]:
    shares = [meter[name] for name in ("error", "u_stat", "u_gauge", "probability_beyond")]
    return (meter["meter"], *("" if one is None else f"{one:.2%}" for one in shares))
