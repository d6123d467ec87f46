"""`hengliang prepackage`: net content of prepackages."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from hengliang.cli.mappings import number, read_mapping
from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse

app = typer.Typer(no_args_is_help=True, help=__doc__)
# Unit on the label -> measure of the table, and how many of the table's units it holds.
_UNITS = {
    "g": ("g_mL", 1.0), "kg": ("g_mL", 1000.0), "mL": ("g_mL", 1.0), "L": ("g_mL", 1000.0),
    "m": ("m", 1.0), "cm": ("m", 0.01), "m2": ("m2", 1.0), "m²": ("m2", 1.0), "count": ("count", 1.0),
}  # fmt: skip
_RULES = {"JJF 1070": "prepackage/jjf-1070", "R 87": "prepackage/r-87"}
_KEYS = {"product", "nominal", "unit", "lot", "inspected_on", "rule", "contents", "gross", "tare"}


@app.callback()
def family() -> None:
    """Prepackages."""


@app.command()
def judge(
    file: Annotated[Path, typer.Argument(help="A lot with its measured packages (YAML).")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Whether a lot of prepackages passes the tests of its mean and of its single packages."""
    from hengliang.metrology.errors import MetrologyError
    from hengliang.norms.errors import NormError

    try:
        data = read_mapping(file, _KEYS)
        document = _document(data)
    except (OSError, ValueError, MetrologyError, NormError) as error:
        refuse(error)
    if as_json:
        emit_json(document)
    else:
        _print(document, str(data.get("unit")))
    raise typer.Exit(DONE if document["verdict"] == "pass" else NEGATIVE)


def _print(document: dict[str, Any], unit: str) -> None:
    limit, deficiency = document["mean_limit"], document["tolerable_deficiency"]
    rows = [
        ("verdict", document["verdict"]),
        ("rule", f"{document['rule']} ({document['rule_status']})"),
        ("packages", document["n"]),
        ("mean", f"{document['mean']:.6g} {unit}" + ("" if limit is None else f"; at least {limit:.6g} {unit}")),
        ("standard deviation", f"{document['sd']:.3g} {unit}"),
        (f"short by more than {deficiency:g} {unit}", f"{document['short']}; allowed {document['short_allowed']}"),
        (
            f"short by more than {2 * deficiency:g} {unit}",
            f"{document['very_short']}; allowed {document['very_short_allowed']}",
        ),
        *(("note", note) for note in document["notes"]),
    ]
    emit_table(("", ""), rows)


def _document(data: dict[str, Any]) -> dict[str, Any]:
    from hengliang.metrology.conformity import Pass
    from hengliang.metrology.prepackage import judge_lot
    from hengliang.norms import norms
    from hengliang.norms.sampling_tables import plan_rows, tolerable_deficiency

    measure, scale = _choice(data, "unit", _UNITS)
    plan = norms[_choice(data, "rule", _RULES, "JJF 1070")].at(_day(data))
    limits = norms["prepackage/tolerable-deficiency"].at(_day(data))
    nominal = number(data.get("nominal"), "nominal")
    contents = [value * scale for value in _contents(data)]
    found = judge_lot(
        contents,
        nominal * scale,
        int(number(data.get("lot"), "lot")),
        plan_rows(plan),
        tolerable_deficiency(limits, measure),
        source=f"{plan.source.document}, {plan.source.clause}",
    )
    return {
        "verdict": "pass" if isinstance(found.decision, Pass) else "fail",
        "status": found.decision.status,
        "rule": found.decision.source,
        "rule_status": "draft" if plan.draft or limits.draft else plan.status,
        "n": found.n,
        "mean": found.mean / scale,
        "sd": found.sd / scale,
        "mean_limit": None if found.mean_limit is None else found.mean_limit / scale,
        "mean_passes": found.mean_passes,
        "tolerable_deficiency": found.deficiency / scale,
        "short": found.short,
        "short_allowed": found.row.allowed,
        "very_short": found.very_short,
        "very_short_allowed": found.row.allowed_double,
        "notes": _notes(plan, _day(data)),
        "provenance": [plan.provenance(), limits.provenance()],
    }


def _notes(plan: Any, day: date) -> list[str]:
    parameters = plan.content.get("parameters") or {}
    since = parameters.get("superseded_on")
    if since and day >= date.fromisoformat(str(since)):
        newer = parameters["superseded_by"]
        return [f"since {since} {newer} is in force; its table is not here, so {plan.source.document} was used"]
    return []


def _choice(data: dict[str, Any], key: str, known: Mapping[str, Any], default: str | None = None) -> Any:
    value = data.get(key, default)
    if value not in known:
        raise ValueError(f"{key} is {value!r}; choose one of {', '.join(known)}.")
    return known[str(value)]


def _contents(data: dict[str, Any]) -> list[float]:
    """Net contents as given, or gross less tare (one tare for all, or one for each)."""
    if "contents" in data:
        return [number(v, f"contents[{i}]") for i, v in enumerate(_list(data, "contents"))]
    gross = [number(v, f"gross[{i}]") for i, v in enumerate(_list(data, "gross"))]
    tare = data.get("tare", 0)
    tares = tare if isinstance(tare, list) else [tare] * len(gross)
    if len(tares) != len(gross):
        raise ValueError(f"{len(gross)} gross and {len(tares)} tare values; give one tare, or one for each.")
    return [g - number(t, f"tare[{i}]") for i, (g, t) in enumerate(zip(gross, tares, strict=True))]


def _list(data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    if not isinstance(value, list) or not value:
        raise ValueError(f"{key} must be a list of measured values (or give contents).")
    return value


def _day(data: dict[str, Any]) -> date:
    day = data.get("inspected_on")
    if not isinstance(day, date):
        raise ValueError(f"inspected_on is {day!r}; give the day of inspection as YYYY-MM-DD.")
    return day
