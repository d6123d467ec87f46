"""`hengliang validate`: published examples re-run, with the digits of agreement."""

from pathlib import Path
from typing import Annotated, Any

import typer

from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse


def register(app: typer.Typer) -> None:
    """Mount the command `validate`."""
    app.command()(validate)


def validate(
    paths: Annotated[list[Path], typer.Argument(help="Vector files, or folders of them.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Re-run published examples and print to how many digits the results agree. Nothing re-run is no success."""
    from hengliang.metrology.validation import validate_paths

    try:
        report = validate_paths(paths)
    except FileNotFoundError as error:
        refuse(f"{error} is not there; give a vector file or a folder of vector files.")
    if as_json:
        emit_json(report.document())
    else:
        _print(report.document())
    raise typer.Exit(DONE if report.checks and not report.failed else NEGATIVE)


def _print(document: dict[str, Any]) -> None:
    rows = [
        (
            r["name"],
            _number(r["expected"]),
            _number(r["computed"]),
            _digits(r["digits"]),
            _digits(r["required"]),
            "yes" if r["pass"] else "NO",
        )
        for r in document["results"]
    ]
    emit_table(("name", "expected", "computed", "digits", "required", "pass"), rows)
    if document["skipped"]:
        emit_table(("skipped", "reason"), [(s["name"], s["reason"]) for s in document["skipped"]])
    typer.echo(f"passed {document['passed']}, failed {document['failed']}, skipped {len(document['skipped'])}")


def _number(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _digits(value: float | None) -> str | None:
    return None if value is None else f"{value:.1f}"
