"""`hengliang comparison`: reference values and degrees of equivalence."""

from pathlib import Path
from typing import Annotated, Any

import typer

from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse

app = typer.Typer(no_args_is_help=True, help=__doc__)


@app.callback()
def family() -> None:
    """Comparisons between laboratories."""


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="A BIPM key comparison (XML) or a round (YAML).")],
    release: Annotated[str | None, typer.Option(help="Id, year or DOI; the latest without it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Compute the reference value and the degrees of equivalence anew."""
    from hengliang.dcc.errors import UnreadableComparison
    from hengliang.metrology.errors import MetrologyError

    try:
        document = _document(file, release)
    except (OSError, UnreadableComparison, MetrologyError) as error:
        refuse(error)
    if as_json:
        emit_json(document)
    else:
        _print(document)
    raise typer.Exit(NEGATIVE if document["agrees"] is False else DONE)


def _document(file: Path, release: str | None) -> dict[str, Any]:
    from hengliang.dcc.comparison_file import read_round
    from hengliang.dcc.kc import is_key_comparison, read_key_comparison
    from hengliang.metrology.comparison.release import evaluate_release
    from hengliang.metrology.comparison.round import evaluate_round

    if is_key_comparison(file):
        comparison = read_key_comparison(file)
        found = evaluate_release(comparison, release)
        unit = comparison.unit
        published = found.release.published if found.release else None
    else:
        round_ = read_round(file)
        found, unit, published = evaluate_round(round_), round_.unit, round_.published
    return {
        "reference_value": found.reference.value,
        "u": found.reference.u,
        "unit": unit,
        "method": found.reference.method,
        "release": found.release.id if found.release else None,
        "published": None if published is None else {"value": published.value, "u": published.u},
        "agrees": found.agrees,
        "degrees_of_equivalence": [
            {"laboratory": d.laboratory, "value": d.value, "U": d.expanded_u} for d in found.degrees
        ],
        "notes": [str(n) for n in found.notes],
    }


def _print(document: dict[str, Any]) -> None:
    unit = document["unit"]
    typer.echo(f"{document['method']}: {document['reference_value']:.8g} {unit}, u = {document['u']:.3g} {unit}")
    if document["published"]:
        verdict = "agrees" if document["agrees"] else "DIFFERS"
        printed = document["published"]
        typer.echo(f"published ({document['release']}): {printed['value']:g}, u = {printed['u']:g}: {verdict}")
    rows = [
        (
            d["laboratory"],
            f"{d['value']:.4g}",
            f"{d['U']:.3g}",
            f"{d['value'] / d['U']:.2f}" if d["U"] else "",
        )
        for d in document["degrees_of_equivalence"]
    ]
    emit_table(("laboratory", f"D / {unit}", f"U(D) / {unit}, k = 2", "D / U"), rows)
    for remark in document["notes"]:
        typer.echo(f"note: {remark}")
