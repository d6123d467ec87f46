"""`hengliang balance`: judge meters in service by the balance of their node."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse
from hengliang.cli.policy_options import Keys, parse_keys
from hengliang.cli.readings_progress import counting, stepping

app = typer.Typer(no_args_is_help=True, help=__doc__)

PASSWORD = "HENGLIANG_KEY_PASSWORD"  # noqa: S105 - the name of the variable, not a password
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
# What the document of DESIGN names; links, statistics and sums stay in the store's results.
_INNER = ("links", "energy", "statistics")


@app.callback()
def family() -> None:
    """Meters in service, judged by their data."""


@app.command()
def evaluate(
    store: Annotated[
        Path, typer.Argument(help="A store, or a folder or file of raw readings (CSV, XLSX, Parquet, ZIP).")
    ],
    domain: Annotated[
        str, typer.Option(help="electricity, ev_station, fuel_tank, water, gas or heat.")
    ] = "electricity",
    limit: Annotated[
        float, typer.Option(help="Tolerated error as a fraction: 0.02 is ±2 %.", min=0.0001, max=0.5)
    ] = 0.02,
    interval: Annotated[
        str, typer.Option(help="Length of a period: 15min, 1h, 4h, 1d … Finer is better, to about 1h.")
    ] = "1h",
    begin: Annotated[str | None, typer.Option("--from", help="First day, 2026-01-01.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Day after the last one, 2026-04-01.")] = None,
    cluster: Annotated[str | None, typer.Option(help="Address of a Dask scheduler, tcp://host:8786.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes of this machine.")] = 1,
    report: Annotated[Path | None, typer.Option(help="Folder for report.html and the work list worklist.xlsx.")] = None,
    english: Annotated[bool, typer.Option("--english", help="The report in English; in Chinese without it.")] = False,
    evidence: Annotated[Path | None, typer.Option(help="Folder for one signed evidence file per node.")] = None,
    key_file: Annotated[Path | None, typer.Option(help=f"Key that signs the evidence; password in {PASSWORD}.")] = None,
    signer: Annotated[str, typer.Option(help="Name under which the evidence is signed.")] = "utility.example",
    profile: Annotated[Path | None, typer.Option(help="Mapping of raw files, as for `readings import`.")] = None,
    as_json: Json = False,
) -> None:
    """Judge every meter: good, suspect, or undeterminable and why.

    A node (台区) is a master meter (role inflow) and the meters behind it (role outflow). Per meter: its error
    (negative: it counts too little), the standard uncertainty from the data and that which the master leaves open,
    and the probability that the error is beyond the limit. Where the data can't tell, it says so.

    Raw files need: the meter's number, a time, the register's reading or the amount, and which node and role each
    meter has (as columns node, role, or in a second file of meters): see `hengliang readings import --help`.

    Interrupted, it goes on where it was when run again on a store. Exit 0 when done, whatever the verdicts are.

        hengliang balance evaluate folder-with-csv --report out
    """
    from hengliang.metrology.errors import MetrologyError
    from hengliang.readings.errors import ReadingsError

    try:
        asked = _settings(domain, limit, interval, begin, end)
        with _opened(store, profile) as opened:
            with stepping("partitions") as progress:
                from hengliang.readings.evaluation.run import evaluate_store

                found = evaluate_store(
                    opened, asked, jobs=jobs, cluster=cluster, evidence=evidence is not None, progress=progress
                )
            if evidence is not None:
                _write_evidence(opened, found, evidence, key_file, signer)
        if report is not None:
            from hengliang.readings.report.write import write_report

            write_report(found, report, language="en" if english else "zh")
    except (ReadingsError, MetrologyError, OSError, ValueError) as error:
        refuse(str(error))
    document = found.as_json()
    document["nodes"] = [
        {name: value for name, value in node.items() if name not in _INNER} for node in document["nodes"]
    ]
    if as_json:
        emit_json(document)
    else:
        _print(document, report)
    raise typer.Exit(DONE)


@app.command()
def recompute(
    file: Annotated[Path, typer.Argument(help="Evidence of a node.", exists=True, dir_okay=False)],
    key: Keys = [],  # noqa: B006 - typer copies its defaults
    as_json: Json = False,
) -> None:
    """Compute a node's verdict again from its signed evidence, without the readings.

    Exit 0: signed by a given key, and the verdict follows. 1: it does not, or no given key signed. 2: no evidence.
    """
    from hengliang.readings.errors import ReadingsError
    from hengliang.readings.evaluation.evidence import MAX_BYTES
    from hengliang.readings.evaluation.evidence import recompute as again

    keys = parse_keys(key)
    try:
        with file.open("rb") as content:
            found = again(content.read(MAX_BYTES + 1), keys)
    except (ReadingsError, OSError) as error:
        refuse(str(error))
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
        _print_meters(found.found)
    raise typer.Exit(DONE if found.verdict == "valid" else NEGATIVE)


def _settings(domain: str, limit: float, interval: str, begin: str | None, end: str | None) -> Any:
    from hengliang.metrology.balance.domains import domain_of
    from hengliang.readings.evaluation.settings import Settings
    from hengliang.readings.grid import day_begin, parse_interval

    domain_of(domain)
    days = [None if day is None else day_begin(day) for day in (begin, end)]
    return Settings(domain, limit, parse_interval(interval), days[0], days[1])


@contextmanager
def _opened(path: Path, profile: Path | None) -> Iterator[Any]:
    """The store at `path`, or one made for this run from the raw files there."""
    from hengliang.readings.importing import import_files
    from hengliang.readings.intake.profile import read_profile
    from hengliang.readings.store.layout import STORE
    from hengliang.readings.store.store import Store

    if (path / STORE).exists():
        yield Store(path)
        return
    folder = Path(tempfile.mkdtemp(prefix="hengliang-readings-"))
    try:
        store = Store.create(folder / "store")
        with counting("readings") as progress:
            commit = import_files([path], store, said=read_profile(profile) if profile else {}, progress=progress)
        if commit.report["refused"]:
            typer.echo(f"{commit.report['refused']} rows refused; `hengliang readings import` names them", err=True)
        yield store
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_evidence(store: Any, found: Any, folder: Path, key_file: Path | None, name: str) -> None:
    import os

    from hengliang.readings.evaluation.evidence import Prover, sign, statement_of
    from hengliang.readings.evaluation.members import membership
    from hengliang.readings.store.layout import bucket_of
    from hengliang.trust.errors import TrustError
    from hengliang.trust.keys import NoteKey, open_sealed

    if key_file is None:
        refuse("--evidence needs --key-file; `hengliang key make` makes one")
    try:
        key = NoteKey(name, open_sealed(key_file.read_bytes(), os.environ.get(PASSWORD, "")))
    except TrustError as fault:
        refuse(str(fault))
    folder.mkdir(parents=True, exist_ok=True)
    prover = Prover(store)
    for node in found.nodes:
        if "statistics" in node:
            homes = membership(store, bucket_of(node["node"], store.buckets)).homes
            proofs = prover.proofs([node["node"], *{homes[link["meter"]] for link in node["links"]}])
            content = sign(statement_of(found, node, proofs), key)
            (folder / f"{_file_name(node['node'])}.evidence.json").write_bytes(content)
    typer.echo(f"signed by {key.verifier}", err=True)


def _file_name(node: str) -> str:
    """A node's name as a file name: nothing of it leads out of the folder."""
    return "".join(one if one.isalnum() or one in "-_" else "_" for one in node) or "_"


def _print(document: dict[str, Any], report: Path | None) -> None:
    states = Counter(meter["state"] for node in document["nodes"] for meter in node["meters"])
    rows = [
        (
            node["node"],
            node["state"],
            len(node["meters"]),
            *(
                sum(meter["state"] == state for meter in node["meters"])
                for state in ("good", "suspect", "undeterminable")
            ),
            node["reason"],
        )
        for node in document["nodes"]
    ]
    emit_table(("node", "state", "meters", "good", "suspect", "undeterminable", "reason"), rows)
    suspects = [(node, meter) for node in document["nodes"] for meter in node["meters"] if meter["state"] == "suspect"]
    if suspects:
        _print_suspects(suspects)
    typer.echo(f"{states['good']} good, {states['suspect']} suspect, {states['undeterminable']} undeterminable")
    if report is not None:
        typer.echo(f"report: {report / 'report.html'}, work list: {report / 'worklist.xlsx'}")


def _print_suspects(suspects: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    suspects.sort(key=lambda one: -one[1]["probability_beyond"])
    rows = [(node["node"], *_cells(meter)) for node, meter in suspects]
    emit_table(("node", "meter", "error", "u (data)", "u (master)", "P(beyond)", "reason"), rows, title="suspect")


def _print_meters(node: dict[str, Any]) -> None:
    rows = [(meter["state"], *_cells(meter)) for meter in node["meters"]]
    emit_table(("state", "meter", "error", "u (data)", "u (master)", "P(beyond)", "reason"), rows)


def _cells(meter: dict[str, Any]) -> tuple[str, ...]:
    shares = [meter[name] for name in ("error", "u_stat", "u_gauge", "probability_beyond")]
    return (meter["meter"], *("" if one is None else f"{one:.2%}" for one in shares), meter["reason"])
