"""What the commands of `hengliang balance` are asked: their options, and a store made of what they are pointed at."""

import functools
import inspect
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from hengliang.cli.readings_progress import counting

if TYPE_CHECKING:
    from hengliang.readings.evaluation.settings import Settings
    from hengliang.readings.store.store import Store

Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
StorePath = Annotated[
    Path, typer.Argument(help="A store, or a folder or file of raw readings (CSV, XLSX, Parquet, ZIP).")
]
DomainName = Annotated[str, typer.Option("--domain", help="electricity, ev_station, fuel_tank, water, gas or heat.")]
Limit = Annotated[
    float | None,
    typer.Option(
        "--limit",
        help="Tolerated error as a fraction: 0.02 is ±2 %. Without it the rule of the domain: "
        "`hengliang norms show inservice/evaluation`.",
        min=0.0001,
        max=0.5,
    ),
]
Interval = Annotated[
    str, typer.Option("--interval", help="Length of a period: 15min, 1h, 4h, 1d … Finer is better, to about 1h.")
]
Begin = Annotated[str | None, typer.Option("--from", help="First day, 2026-01-01.")]
End = Annotated[str | None, typer.Option("--to", help="Day after the last one, 2026-04-01.")]
On = Annotated[datetime | None, typer.Option("--on", help="Day of the rules; today.", formats=["%Y-%m-%d"])]
Cluster = Annotated[str | None, typer.Option("--cluster", help="Address of a Dask scheduler, tcp://host:8786.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="Processes of this machine.")]
Report = Annotated[
    Path | None, typer.Option("--report", help="Folder for report.html and the work list worklist.xlsx.")
]
English = Annotated[bool, typer.Option("--english", help="The report in English; in Chinese without it.")]
ProfilePath = Annotated[Path | None, typer.Option("--profile", help="Mapping of raw files, as for `readings import`.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is evaluated, by which rules, where it runs, and the report of it."""

    domain: DomainName = "electricity"
    limit: Limit = None
    interval: Interval = "1h"
    begin: Begin = None
    end: End = None
    on: On = None
    cluster: Cluster = None
    jobs: Jobs = 1
    report: Report = None
    english: English = False
    profile: ProfilePath = None

    def day(self) -> date:
        """The day of the rules."""
        return (self.on or datetime.now()).date()  # noqa: DTZ005 - the day where the command is run

    def settings(self) -> "Settings":
        """The settings, with what the norms say. Raises MetrologyError, NormsError, ValueError."""
        from hengliang.metrology.balance.domains import domain_of
        from hengliang.norms import norms
        from hengliang.readings.evaluation.settings import Settings
        from hengliang.readings.grid import day_begin, parse_interval

        domain_of(self.domain)
        begin, end = (None if day is None else day_begin(day) for day in (self.begin, self.end))
        if begin is not None and end is not None and begin >= end:
            raise ValueError(f"--from {self.begin} is not before --to {self.end}")
        return Settings.of(
            norms,
            self.day(),
            self.domain,
            limit=self.limit,
            interval=parse_interval(self.interval),
            begin=begin,
            end=end,
        )


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """A command with a parameter `asked: Asked`, whose fields typer then reads as options one by one."""
    own, hints = inspect.signature(command).parameters, get_type_hints(command, include_extras=True)
    spread = get_type_hints(Asked, include_extras=True)
    options = [
        inspect.Parameter(one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=spread[one.name])
        for one in fields(Asked)
    ]
    taken = [
        one.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[name])
        for name, one in own.items()
        if name != "asked"
    ]

    @functools.wraps(command)
    def asked(**given: Any) -> None:
        command(**{one.name: given[one.name] for one in taken}, asked=Asked(**{o.name: given[o.name] for o in options}))

    parameters = [*taken[:1], *options, *taken[1:]]
    vars(asked)["__signature__"] = inspect.Signature(parameters)
    asked.__annotations__ = {one.name: one.annotation for one in parameters}
    return asked


@contextmanager
def opened(path: Path, profile: Path | None) -> Iterator["Store"]:
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
        _tell(commit.report)
        yield store
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tell(report: dict[str, Any]) -> None:
    for one in report["refused_files"]:
        typer.echo(f"refused: {one['file']}: {one['reason']}", err=True)
    for one in report["files"]:
        if one["ignored"]:
            typer.echo(f"columns not read: {one['file']}: {', '.join(c['column'] for c in one['ignored'])}", err=True)
    if report["refused"]:
        typer.echo(f"{report['refused']} rows refused; `hengliang readings import` names them", err=True)
