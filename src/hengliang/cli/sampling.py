"""`hengliang sampling`: acceptance sampling plans."""

from datetime import date, datetime
from typing import Annotated, Any

import typer

from hengliang.cli.output import emit_json, emit_table, refuse

app = typer.Typer(no_args_is_help=True, help=__doc__)
_POINTS = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2)


@app.callback()
def family() -> None:
    """Acceptance sampling."""


@app.command()
def plan(
    lot: Annotated[int, typer.Option(help="Items in the lot.", min=1)],
    aql: Annotated[float | None, typer.Option(help="AQL in percent nonconforming (ISO 2859-1).")] = None,
    lq: Annotated[float | None, typer.Option(help="Limiting quality in percent (isolated lot).")] = None,
    ac: Annotated[int, typer.Option(help="Acceptance number of the limiting-quality plan.", min=0)] = 0,
    beta: Annotated[float, typer.Option(help="Consumer's risk at the limiting quality.")] = 0.10,
    level: Annotated[str, typer.Option(help="Inspection level: I, II, III, S-1 to S-4.")] = "II",
    inspection: Annotated[str, typer.Option(help="normal, tightened or reduced.")] = "normal",
    kind: Annotated[str, typer.Option(help="single, double or multiple.")] = "single",
    on: Annotated[datetime | None, typer.Option(help="Day of the rule.", formats=["%Y-%m-%d"])] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """The plan for a lot, by AQL from the tables or by limiting quality computed exactly."""
    from hengliang.metrology.errors import MetrologyError
    from hengliang.norms.errors import NormError

    if (aql is None) == (lq is None):
        refuse("Give either --aql (series of lots) or --lq (isolated lot).")
    for name, value, known in (
        ("inspection", inspection, ("normal", "tightened", "reduced")),
        ("kind", kind, ("single", "double", "multiple")),
    ):
        if value not in known:
            refuse(f"There is no {name} {value}; choose one of {', '.join(known)}.")
    try:
        if aql is not None:
            document = _by_aql(lot, aql, level, inspection, kind, (on or datetime.now()).date())  # noqa: DTZ005 - the day where the command is run
        else:
            document = _by_limiting_quality(lot, (lq or 0.0) / 100, ac, beta)
    except (MetrologyError, NormError) as error:
        refuse(error)
    if as_json:
        emit_json(document)
    else:
        _print(document)


def _by_aql(lot: int, aql: float, level: str, inspection: Any, kind: Any, day: date) -> dict[str, Any]:
    from hengliang.norms import norms
    from hengliang.norms.sampling_tables import iso_2859_1

    scheme, values = iso_2859_1(norms, day)
    found = scheme.plan(lot, aql, level=level, inspection=inspection, kind=kind)
    return {
        "lot": lot,
        "aql": aql,
        "level": level,
        "inspection": inspection,
        "kind": kind,
        "code_letter": found.code_letter,
        "used_letter": found.used_letter,
        "rule": values[2].source.document,
        "status": "draft" if any(v.draft for v in values) else values[2].status,
        "provenance": [v.provenance() for v in values],
        **_described(found, None),
    }


def _by_limiting_quality(lot: int, quality: float, ac: int, beta: float) -> dict[str, Any]:
    from hengliang.metrology.sampling import limiting_quality_plan

    found = limiting_quality_plan(lot, quality, ac, beta=beta)
    return {
        "lot": lot,
        "limiting_quality": quality * 100,
        "beta": beta,
        "nonconforming_at_limit": found.nonconforming,
        "accept_at_limit": found.accept_at_limit,
        "rule": "exact hypergeometric (ISO 2859-2:2020 principle)",
        "status": "computed",
        **_described(found.plan, lot),
    }


def _described(found: Any, lot: int | None) -> dict[str, Any]:
    from hengliang.metrology.sampling import curve

    points = curve(found, _POINTS, lot=lot)
    return {
        "stages": [{"n": s.n, "ac": s.ac, "re": s.re} for s in found.stages],
        "operating_characteristic": [
            {"nonconforming": p.quality, "accept": p.accept, "average_n": p.average_n} for p in points
        ],
    }


def _print(document: dict[str, Any]) -> None:
    typer.echo(f"{document['rule']} ({document['status']})")
    if document.get("code_letter"):
        typer.echo(f"code letter {document['code_letter']}, plan of {document['used_letter']}")
    stages = [(i, s["n"], "#" if s["ac"] is None else s["ac"], s["re"]) for i, s in enumerate(document["stages"], 1)]
    emit_table(("sample", "n", "Ac", "Re"), stages)
    rows = [
        (f"{p['nonconforming']:.2%}", f"{p['accept']:.4f}", f"{p['average_n']:.1f}")
        for p in document["operating_characteristic"]
    ]
    emit_table(("nonconforming", "P(accept)", "average n"), rows)
