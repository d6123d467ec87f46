"""`hengliang balance`: judge meters in service by the balance of their node."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hengliang.cli import balance_options as options
from hengliang.cli.balance_points import compare, nozzles
from hengliang.cli.balance_tables import (
    print_characteristics,
    print_evaluation,
    print_lots,
    print_meters,
    print_report,
)
from hengliang.cli.output import DONE, NEGATIVE, emit_json, refuse
from hengliang.cli.policy_options import Keys, parse_keys
from hengliang.cli.readings_progress import stepping

if TYPE_CHECKING:
    from hengliang.readings.evaluation.run import Evaluation
    from hengliang.readings.store.store import Store

app = typer.Typer(no_args_is_help=True, help=__doc__)

PASSWORD = "HENGLIANG_KEY_PASSWORD"  # noqa: S105 - the name of the variable, not a password
# What the document of DESIGN names; links, statistics and sums stay in the store's results.
_INNER = ("links", "energy", "statistics", "alone")


@app.callback()
def family() -> None:
    """Meters in service, judged by their data."""


@app.command()
@options.asking
def evaluate(
    store: options.StorePath,
    asked: options.Asked,
    evidence: Annotated[Path | None, typer.Option(help="Folder for one signed evidence file per node.")] = None,
    key_file: Annotated[Path | None, typer.Option(help=f"Key that signs the evidence; password in {PASSWORD}.")] = None,
    signer: Annotated[str, typer.Option(help="Name under which the evidence is signed.")] = "utility.example",
    as_json: options.Json = False,
) -> None:
    """Judge every meter: good, suspect, or undeterminable and why; and every batch of maker, model and year.

    A node (台区) is a master meter (role inflow) and the meters behind it (role outflow). Per meter: its error
    (negative: it counts too little), the standard uncertainty from the data and that which the master leaves open,
    and the probability that the error is beyond the limit. Where the data can't tell, it says so.

    Raw files need: the meter's number, a time, the register's reading or the amount, and which node and role each
    meter has (as columns node, role, or in a second file of meters): see `hengliang readings import --help`.
    Water, gas, heat and tanks are judged more sharply with their pressure or temperature beside.

    Interrupted, it goes on where it was when run again on a store. Exit 0 when done, whatever the verdicts are.

        hengliang balance evaluate folder-with-csv --report out
    """
    with _refusing(), options.opened(store, asked.profile) as held:
        found = _evaluated(held, asked, evidence=evidence is not None)
        if evidence is not None:
            _write_evidence(held, found, evidence, key_file, signer)
        _write_report(found, asked)
    document = _document(found)
    if as_json:
        emit_json(document)
    else:
        print_evaluation(document, asked.report)
    raise typer.Exit(DONE)


@app.command()
@options.asking
def lot(
    store: options.StorePath,
    asked: options.Asked,
    rule: Annotated[
        str, typer.Option(help="Regulation: a row of `hengliang norms show inservice/extensions`.")
    ] = "electricity-shanghai",
    sample: Annotated[
        Path | None,
        typer.Option(help="Results of tested meters: columns 表号 (meter), 误差 (error, %) or 结论 (合格, 不合格)."),
    ] = None,
    size: Annotated[
        list[str] | None,
        typer.Option(help="Meters of a lot that has more than the store knows: 'maker/model/year=12000'."),
    ] = None,
    characteristics: Annotated[bool, typer.Option(help="Also how often each plan accepts a lot.")] = False,
    as_json: options.Json = False,
) -> None:
    """Plan the samples by which lots may stay in service, and judge lots by their samples and their balance.

    A lot is all meters of one maker, model and year. The plain plan (limiting quality, exact for the lot) stands by
    itself; the second one counts what the balance knows of the lot, within what the rule allows, and is smaller. A
    sample that contradicts the balance sets it aside. Errors are also judged by variables (ISO 3951-1).

    Exit 0: plans, or all sampled lots may stay. 1: one may not, or can't be told. 2: bad input.

        hengliang balance lot store --rule electricity-shanghai --sample tested.csv
    """
    with _refusing(), options.opened(store, asked.profile) as held:
        document = _lots(held, asked, rule, sample, _sizes(size or []))
    if as_json:
        emit_json(document)
    else:
        print_lots(document)
        if characteristics:
            print_characteristics(document)
        print_report(asked.report)
    states = [one["verdict"]["state"] for one in document["lots"] if one["verdict"] is not None]
    raise typer.Exit(DONE if all(state == "accept" for state in states) else NEGATIVE)


@app.command()
def recompute(
    file: Annotated[Path, typer.Argument(help="Evidence of a node.", exists=True, dir_okay=False)],
    key: Keys = [],  # noqa: B006 - typer copies its defaults
    as_json: options.Json = False,
) -> None:
    """Compute a node's verdict again from its signed evidence, without the readings.

    Exit 0: signed by a given key, and the verdict follows. 1: it does not, or no given key signed. 2: no evidence.
    """
    from hengliang.readings.evaluation.evidence import MAX_BYTES
    from hengliang.readings.evaluation.evidence import recompute as again

    keys = parse_keys(key)
    with _refusing(), file.open("rb") as content:
        found = again(content.read(MAX_BYTES + 1), keys)
    document = {
        "verdict": found.verdict,
        "reason": found.reason,
        "node": found.node,
        "signed_by": list(found.signed_by),
        "differences": list(found.differences),
        "recomputed": found.found,
    }
    if as_json:
        emit_json(document)
    else:
        typer.echo(f"{found.node}: {found.verdict}: {found.reason}")
        if found.found:
            print_meters(found.found)
    raise typer.Exit(DONE if found.verdict == "valid" else NEGATIVE)


app.command()(nozzles)
app.command()(compare)


@contextmanager
def _refusing() -> Iterator[None]:
    """Tells on stderr what can't be done, and why, with exit code 2."""
    from hengliang.metrology.errors import MetrologyError
    from hengliang.norms.errors import NormError
    from hengliang.readings.errors import ReadingsError

    try:
        yield
    except (ReadingsError, MetrologyError, NormError, OSError, ValueError) as fault:
        refuse(fault)


def _evaluated(store: "Store", asked: options.Asked, *, evidence: bool) -> "Evaluation":
    from hengliang.readings.evaluation.run import evaluate_store

    with stepping("partitions") as progress:
        found = evaluate_store(
            store, asked.settings(), jobs=asked.jobs, cluster=asked.cluster, evidence=evidence, progress=progress
        )
    if found.distrusted:
        named = ", ".join(found.distrusted)
        typer.echo(f"kept results were altered or of another run, and were computed again: {named}", err=True)
    return found


def _lots(
    store: "Store", asked: options.Asked, rule: str, sample: Path | None, sizes: dict[tuple[str, str, str], int]
) -> dict[str, Any]:
    from hengliang.norms import norms
    from hengliang.readings.evaluation.lot_rules import extension
    from hengliang.readings.evaluation.lots import lots_of
    from hengliang.readings.intake.sample_file import read_sample

    regulation = extension(norms, rule, asked.day())
    tested = read_sample(sample) if sample is not None else []
    found = _evaluated(store, asked, evidence=False)
    document: dict[str, Any] = {
        "run": found.name,
        "extension": regulation.as_json(),
        "rule": asdict(regulation.rule),
        "lots": lots_of(found, regulation.rule, tested, sizes),
    }
    _write_report(found, asked, lots=document)
    return document


def _document(found: "Evaluation") -> dict[str, Any]:
    document = found.as_json()
    nodes = [{name: value for name, value in node.items() if name not in _INNER} for node in document["nodes"]]
    return {**document, "nodes": nodes}


def _sizes(written: list[str]) -> dict[tuple[str, str, str], int]:
    sizes = {}
    for one in written:
        name, _, count = one.rpartition("=")
        parts = [part.strip() for part in name.split("/")]
        if not name or not count.isdigit() or len(parts) > 3:
            raise ValueError(f"--size {one}: write maker/model/year=12000")
        maker, model, year = (*parts, "", "")[:3]
        sizes[(maker, model, year)] = int(count)
    return sizes


def _write_report(found: "Evaluation", asked: options.Asked, lots: dict[str, Any] | None = None) -> None:
    from hengliang.readings.report.write import write_report

    if asked.report is not None:
        write_report(found, asked.report, language="en" if asked.english else "zh", lots=lots)


def _write_evidence(store: "Store", found: "Evaluation", folder: Path, key_file: Path | None, name: str) -> None:
    import os

    from hengliang.readings.evaluation.evidence import write_evidence
    from hengliang.trust.errors import TrustError
    from hengliang.trust.keys import NoteKey, open_sealed

    if key_file is None:
        refuse("--evidence needs --key-file; `hengliang key make` makes one")
    try:
        key = NoteKey(name, open_sealed(key_file.read_bytes(), os.environ.get(PASSWORD, "")))
    except TrustError as fault:
        refuse(fault)
    write_evidence(store, found, folder, key)
    typer.echo(f"signed by {key.verifier}", err=True)
