"""`hengliang balance nozzles` and `compare`: what is judged by tests of one point, beside the balance of a node."""

from collections.abc import Callable
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hengliang.cli.balance_options import Json
from hengliang.cli.mappings import known_mapping, number, read_mapping
from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse
from hengliang.metrology.errors import MetrologyError

if TYPE_CHECKING:
    from hengliang.metrology.balance import MeteringPoint

_STATION = {"station", "limit", "common", "step", "favours", "nozzles"}
_POINT = {"point", "limit", "tan_phi", "resolution", "main", "check", "energies"}
_SET = {"meter", "ratio_current", "ratio_voltage", "phase_current", "phase_voltage", "lead_drop", "uncertainty"}
_SIDES = ("positive", "negative")


def nozzles(
    file: Annotated[Path, typer.Argument(help="A station with the errors of its nozzles (YAML).")],
    as_json: Json = False,
) -> None:
    """Whether the nozzles of a station all lean to the seller's side, each by itself within the limit.

    The file names `limit` and `nozzles` (each with its errors as fractions, 0.002 is 0.2 %), and may name `station`,
    `common` (standard uncertainty shared by all), `step` (smallest step of adjustment) and `favours` (sign of an error
    from which the seller gains; positive where the dispenser shows more than it gives).

    Exit 0: good. 1: suspect or undeterminable. 2: not usable. `examples/nozzles.yaml` is one.
    """
    _judge(file, _STATION, _adjustment, _print_nozzles, as_json=as_json)


def compare(
    file: Annotated[Path, typer.Argument(help="A metering point with main and check set (YAML).")],
    as_json: Json = False,
) -> None:
    """Whether the main set of a bulk-trade point agrees with the check set, combined errors of both taken off.

    The file names `limit`, `tan_phi`, `energies` (main and check of each period, same unit) and, as known, `main` and
    `check`: errors of the meter, of the transformers' ratios and of the leads as fractions, phase displacements in
    minutes, and the standard `uncertainty` of these together; `resolution` is the smallest step of each register.

    Exit 0: good. 1: suspect or undeterminable. 2: not usable. `examples/main-check.yaml` is one.
    """
    _judge(file, _POINT, _comparison, _print_comparison, as_json=as_json)


def _judge(
    file: Path, keys: set[str], judged: Callable[[dict[str, Any]], dict[str, Any]],
    shown: Callable[[dict[str, Any]], None], *, as_json: bool,
) -> None:  # fmt: skip
    """Read a file, judge it, print table or document, and leave with the code of the verdict."""
    try:
        document = judged(read_mapping(file, keys))
    except (OSError, ValueError, MetrologyError) as fault:
        refuse(fault)
    if as_json:
        emit_json(document)
    else:
        shown(document)
        typer.echo(document["reason"]["text"])
    raise typer.Exit(DONE if document["state"] == "good" else NEGATIVE)


def _print_nozzles(document: dict[str, Any]) -> None:
    rows = [(one["nozzle"], f"{one['error']:+.3%}", one["tests"]) for one in document["nozzles"]]
    emit_table(("nozzle", "mean error", "tests"), rows, title=f"{document['station']}: {document['state']}")


def _print_comparison(document: dict[str, Any]) -> None:
    rows = [
        ("combined error of main", f"{document['combined_error']['main']:+.4%}"),
        ("combined error of check", f"{document['combined_error']['check']:+.4%}"),
        ("difference that remains", f"{document['difference']:+.4%} ± {2 * document['u']:.4%} (k = 2)"),
        ("drift between the halves", f"{document['drift']:+.4%}"),
    ]
    emit_table(("", ""), rows, title=f"{document['point']}: {document['state']}")


def _adjustment(data: dict[str, Any]) -> dict[str, Any]:
    from hengliang.metrology.balance import one_sided_adjustment

    given = data.get("nozzles")
    if not isinstance(given, dict) or not given:
        raise ValueError("nozzles must name each nozzle with the list of its errors.")
    errors = {str(name): _numbers(found, f"nozzles {name}") for name, found in given.items()}
    favours = data.get("favours", "positive")
    if favours not in _SIDES:
        raise ValueError(f"favours is {favours!r}; choose one of {', '.join(_SIDES)}.")
    found = one_sided_adjustment(
        [fmean(tests) for tests in errors.values()],
        limit=_above_zero(data, "limit"),
        common=number(data.get("common", 0.0), "common"),
        step=number(data.get("step", 0.0), "step"),
        favours=favours,
    )
    return {
        "station": str(data.get("station", "")),
        "state": found.state,
        "reason": _told(found.reason),
        "mean": found.mean,
        "u_mean": found.u_mean,
        "p_mean": found.p_mean,
        "p_signs": found.p_signs,
        "nozzles": [{"nozzle": name, "error": fmean(tests), "tests": len(tests)} for name, tests in errors.items()],
    }


def _comparison(data: dict[str, Any]) -> dict[str, Any]:
    from hengliang.metrology.balance import compare_main_check

    pairs = [_numbers(pair, f"energies[{at}]") for at, pair in enumerate(_listed(data.get("energies"), "energies"))]
    for at, pair in enumerate(pairs):
        if len(pair) != 2:
            raise ValueError(f"energies[{at}] must hold two numbers: main and check.")
    points = _point(data, "main"), _point(data, "check")
    steps = known_mapping(data.get("resolution", {}), "resolution", {"main", "check"})
    tan_phi = number(data.get("tan_phi"), "tan_phi")
    found = compare_main_check(
        [main for main, _check in pairs],
        [check for _main, check in pairs],
        points=points,
        limit=_above_zero(data, "limit"),
        tan_phi=tan_phi,
        resolution=(number(steps.get("main", 0.0), "resolution main"), number(steps.get("check", 0.0), "check")),
    )
    main, check = (point.combined_error(tan_phi) for point in points)
    return {
        "point": str(data.get("point", "")),
        "state": found.state,
        "reason": _told(found.reason),
        "difference": found.difference,
        "u": found.u,
        "drift": found.drift,
        "p_drift": found.p_drift,
        "periods": len(pairs),
        "combined_error": {"main": main, "check": check},
    }


def _point(data: dict[str, Any], name: str) -> "MeteringPoint":
    from hengliang.metrology.balance import MeteringPoint

    told = known_mapping(data.get(name, {}), name, _SET)
    return MeteringPoint(**{key: number(value, f"{name} {key}") for key, value in told.items()})


def _told(reason: Any) -> dict[str, Any]:
    return {"code": reason.code, "text": str(reason), **reason.params}


def _above_zero(data: dict[str, Any], key: str) -> float:
    value = number(data.get(key), key)
    if value <= 0.0:
        raise ValueError(f"{key} is {value:g}; it must be above zero.")
    return value


def _listed(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValueError(f"{name} must be a list that is not empty.")
    return value


def _numbers(value: Any, name: str) -> list[float]:
    return [number(one, f"{name}[{at}]") for at, one in enumerate(_listed(value, name))]
