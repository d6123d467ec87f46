"""`hengliang policy`: read policy documents into clauses, units and targets."""

from pathlib import Path
from typing import Annotated

import typer

from hengliang.cli.output import emit_json, emit_table, refuse

app = typer.Typer(no_args_is_help=True, help="Policy documents read into clauses, units and targets.")


@app.callback()
def policy() -> None:
    """Policy documents read into clauses, units and targets."""


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="TXT, HTML, DOCX or PDF with text")],
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document on stdout")] = False,
    full: Annotated[bool, typer.Option("--full", help="with --json: places, measures, refusals, repairs")] = False,
) -> None:
    """Find clauses, responsible units, targets and milestones in FILE."""
    from hengliang import policy  # the package is only loaded when it is called

    try:
        document = policy.extract_file(file)
    except policy.PolicyError as error:
        refuse(f"{file}: {error}")
    except OSError as error:
        refuse(f"{file}: {error.strerror or error}")
    if as_json:
        emit_json(policy.as_full_json(document) if full else policy.as_json(document))
        return
    emit_table(
        ("metric", "is", "value", "unit", "by", "mode", "firmness", "clause"),
        [
            (
                t.metric,
                t.comparator,
                _value(t.value, t.upper),
                t.unit,
                t.deadline,
                t.mode,
                t.firmness,
                t.clause,
            )
            for t in document.targets
        ],
        title=f"{document.title or '—'} · {document.region or '—'} · {len(document.clauses)} clauses",
    )
    emit_table(("milestone", "by"), [(m.text, m.deadline) for m in document.milestones])
    emit_table(("not understood", "why", "clause"), [(u.text, u.reason, u.clause) for u in document.unparsed])


def _value(value: float, upper: float | None) -> str:
    return f"{value:g}" if upper is None else f"{value:g}–{upper:g}"
