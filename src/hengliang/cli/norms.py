"""`hengliang norms`: check, show and compare the rules."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hengliang.cli.norms_ledger import count_on_ledger, show_counted
from hengliang.cli.norms_show import chosen_language, found_rule, show_value, today
from hengliang.cli.output import NEGATIVE, emit_json, emit_table, refuse

if TYPE_CHECKING:
    from hengliang.norms import Norms
    from hengliang.norms.errors import NormProblem
    from hengliang.norms.model import Value

app = typer.Typer(no_args_is_help=True, help="The rules: limits, periods, plans, coefficients, with their sources.")

Overlays = Annotated[
    list[Path] | None,
    typer.Option("--overlay", envvar="HENGLIANG_NORMS", exists=True, file_okay=False, help="A folder of own rules."),
]
Sources = Annotated[
    Path | None,
    typer.Option(envvar="HENGLIANG_SOURCES", exists=True, file_okay=False, help="The texts that rules quote."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of a table.")]


@app.command()
def check(overlay: Overlays = None, sources: Sources = None, json: AsJson = False) -> None:
    """Examine every rule: keys, units, brackets, days, names, quotes. Exit 1 if anything is wrong."""
    from hengliang.norms.plain import norm_to_json
    from hengliang.norms.review import review

    rules = _rules(overlay)
    found = review(rules, sources)
    listed = [] if found.problems else [norm_to_json(norm) for norm in rules.values()]
    if json:
        emit_json(
            {
                "norms": listed,
                "problems": [_problem(problem) for problem in found.problems],
                "lapsed": [_problem(problem) for problem in found.lapsed],
                "quotes_found": found.quotes_found,
            }
        )
    else:
        rows = [(n["id"], n["title"]["zh"], n["kind"], *_newest(n)) for n in listed]
        emit_table(["规则 id", "名称", "kind", "最新版次", "依据", "状态"], rows)
        for problem in (*found.problems, *found.lapsed):
            typer.echo(str(problem), err=True)
        typer.echo(f"{len(listed)} rules, {len(found.problems)} problems, {found.quotes_found} quotes found")
    if found.problems:
        raise typer.Exit(NEGATIVE)


@app.command()
def show(
    norm: Annotated[
        str, typer.Argument(help="The id, or a part of id, title or document, such as “JJG 596” or 电能表.")
    ],
    on: Annotated[str | None, typer.Option(help="The day that is asked for, YYYY-MM-DD; without it, today.")] = None,
    overlay: Overlays = None,
    language: Annotated[str, typer.Option(help="zh or en; without it, that of the terminal.")] = "",
    json: AsJson = False,
) -> None:
    """Show the value of a rule on a day, with its source and status, its limits as tables."""
    from hengliang.norms.plain import value_to_json

    if language not in ("", "zh", "en"):
        refuse(f"{language!r} is no language of the rules; write zh or en")
    value = _value(norm, on or today(), overlay)
    if json:
        emit_json(value_to_json(value))
    else:
        show_value(value, chosen_language(language), _rules(overlay))


@app.command()
def diff(
    before: Annotated[str, typer.Argument(help="ID@DAY, such as procedure/fuel-dispenser@2023-01-01.")],
    after: Annotated[str, typer.Argument(help="ID@DAY of the edition to compare with.")],
    overlay: Overlays = None,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Count on the ledger of HENGLIANG_HOME or DATABASE_URL what would change.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Compare two editions of a rule, or two rules, word by word; with --ledger count what would change by it."""
    from hengliang.norms.diff import diff as compare
    from hengliang.norms.plain import plain

    first, second = (_value(*_split(given), overlay) for given in (before, after))
    changes = compare(first, second)
    counted = count_on_ledger(first, second) if ledger else None
    if json:
        emit_json(
            {
                "before": first.provenance(),
                "after": second.provenance(),
                "changes": [
                    {"place": change.place, "before": plain(change.before), "after": plain(change.after)}
                    for change in changes
                ],
                **({"ledger": counted} if ledger else {}),
            }
        )
        return
    titles = [f"{value.source.document} ({value.start})" for value in (first, second)]
    emit_table(["位置", *titles], [(c.place, _line(plain(c.before)), _line(plain(c.after))) for c in changes])
    if ledger:
        show_counted(counted)


def _rules(overlay: list[Path] | None) -> "Norms":
    """The shipped rules, the folders named, and upon them what the authority of HENGLIANG_HOME decided."""
    from hengliang.norms.load import load_norms
    from hengliang.platform.site.home import home

    own = home() / "norms"
    return load_norms(*(overlay or ()), own=own if own.is_dir() else None)


def _value(norm: str, day: str, overlay: list[Path] | None) -> "Value":
    from hengliang.norms.errors import NormError

    try:
        return found_rule(_rules(overlay), norm).at(date.fromisoformat(day))
    except ValueError:
        refuse(f"{day} is no day; write YYYY-MM-DD")
    except NormError as error:
        refuse(error)


def _split(given: str) -> tuple[str, str]:
    norm, at, day = given.rpartition("@")
    if not at:
        refuse(f"{given} names no day; write {given}@YYYY-MM-DD")
    return norm, day


def _problem(problem: "NormProblem") -> dict[str, Any]:
    return {name: getattr(problem, name) for name in ("file", "line", "code", "message", "remedy")}


def _newest(norm: dict[str, Any]) -> tuple[str, str, str]:
    edition = norm["editions"][-1]
    return edition["start"], edition["document"], edition["status"]


def _line(value: Any) -> str:
    """A value on one line, as JSON where it has parts."""
    import json

    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)
