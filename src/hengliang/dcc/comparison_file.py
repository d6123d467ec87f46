"""Reads a round of a comparison from our own YAML; `examples/comparison.yaml` shows every key."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from hengliang.dcc.errors import UnreadableComparison
from hengliang.dcc.plain_yaml import read_plain_yaml
from hengliang.metrology.arrays import Floats
from hengliang.metrology.comparison.key_comparison import Published
from hengliang.metrology.comparison.results import Result
from hengliang.metrology.comparison.round import PilotReading, Round

_MOST_RESULTS = 1_000
_MOST_CORRELATIONS = 20_000
_MOST_READINGS = 10_000
_LONGEST_TEXT = 200  # characters of a name, a unit, a title
_FINEST, _COARSEST = 30, -30  # powers of ten of a printed digit
_KEYS = {"comparison", "unit", "method", "pilot", "results", "correlations", "pilot_readings", "published"}
_RESULT_KEYS = {"laboratory", "value", "u", "U", "k", "included", "time"}


def read_round(path: Path) -> Round:
    """The round in a YAML file. Raises UnreadableComparison, naming the key and what belongs there."""
    data = read_plain_yaml(path)
    _check_keys(data, _KEYS, path.name)
    rows = _list(data, "results", _MOST_RESULTS)
    results = tuple(_result(row, f"results[{i}]") for i, row in enumerate(rows))
    _require_distinct(results)
    readings = _list(data, "pilot_readings", _MOST_READINGS) if "pilot_readings" in data else []
    return Round(
        code=_text(data.get("comparison", path.stem), "comparison"),
        unit=_text(data.get("unit", ""), "unit"),
        method=_text(data.get("method", ""), "method"),
        results=results,
        pilot=None if data.get("pilot") is None else _text(data["pilot"], "pilot"),
        correlation=_correlation(data, [r.laboratory for r in results]),
        times=tuple(_number(row, "time", f"results[{i}]") for i, row in enumerate(rows)) if readings else (),
        pilot_readings=tuple(_reading(row, f"pilot_readings[{i}]") for i, row in enumerate(readings)),
        published=_published(data.get("published")),
    )


def _result(row: Any, where: str) -> Result:
    _check_keys(row, _RESULT_KEYS, where)
    if ("u" in row) == ("U" in row):
        raise UnreadableComparison("no_uncertainty", where=where)
    u = _number(row, "u", where) if "u" in row else _expanded(row, where)
    included = row.get("included", True)
    if not isinstance(included, bool):
        raise UnreadableComparison("no_truth", where=f"{where}.included")
    return Result(_text(row.get("laboratory"), f"{where}.laboratory"), _number(row, "value", where), u, included)


def _expanded(row: Mapping[str, Any], where: str) -> float:
    k = _number(row, "k", where)
    if k <= 0:
        raise UnreadableComparison("no_uncertainty", where=where)
    return _number(row, "U", where) / k


def _require_distinct(results: Sequence[Result]) -> None:
    seen: set[str] = set()
    for one in results:
        if one.laboratory in seen:
            raise UnreadableComparison("twice", laboratory=one.laboratory)
        seen.add(one.laboratory)


def _reading(row: Any, where: str) -> PilotReading:
    _check_keys(row, {"time", "value", "u"}, where)
    return PilotReading(*(_number(row, key, where) for key in ("time", "value", "u")))


def _correlation(data: Mapping[str, Any], names: Sequence[str]) -> Floats | None:
    if data.get("correlations") is None:
        return None
    matrix, places = np.eye(len(names)), {name: i for i, name in enumerate(names)}
    for number, row in enumerate(_list(data, "correlations", _MOST_CORRELATIONS)):
        where = f"correlations[{number}]"
        _check_keys(row, {"between", "r"}, where)
        pair = row.get("between")
        known = isinstance(pair, list) and len(pair) == 2 and all(isinstance(n, str) and n in places for n in pair)
        if not known or pair[0] == pair[1]:
            raise UnreadableComparison("no_pair", known=", ".join(names[:20]))
        i, j = (places[name] for name in pair)
        matrix[i, j] = matrix[j, i] = _number(row, "r", where)
    return matrix


def _published(row: Any) -> Published | None:
    if row is None:
        return None
    _check_keys(row, {"value", "u", "digits"}, "published")
    digits = _number(row, "digits", "published")
    place = 10.0 ** -min(max(int(digits), _COARSEST), _FINEST)
    return Published(_number(row, "value", "published"), _number(row, "u", "published"), place, place)


def _list(data: Mapping[str, Any], key: str, most: int) -> list[Any]:
    rows = data.get(key)
    if not isinstance(rows, list) or not rows:
        raise UnreadableComparison("no_list", where=key)
    if len(rows) > most:
        raise UnreadableComparison("too_many", where=key, count=len(rows), most=most)
    return rows


def _check_keys(data: Any, known: set[str], where: str) -> None:
    if not isinstance(data, Mapping):
        raise UnreadableComparison("no_mapping", where=where, known=", ".join(sorted(known)))
    for key in data:
        if key not in known:
            raise UnreadableComparison("unknown_key", where=where, key=str(key)[:40], known=", ".join(sorted(known)))


def _text(value: Any, where: str) -> str:
    """A name or a unit; a number or a day, which YAML makes of 1999 or 2020-01-01, is taken as written."""
    if isinstance(value, bool | list | dict) or value is None or len(str(value)) > _LONGEST_TEXT:
        raise UnreadableComparison("no_text", where=where, most=_LONGEST_TEXT)
    return str(value)


def _number(row: Mapping[str, Any], key: str, where: str) -> float:
    value = row.get(key)
    try:
        number = math.nan if isinstance(value, bool) or not isinstance(value, int | float) else float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise UnreadableComparison("no_number", where=f"{where}.{key}", text=str(value)[:40])
    return number
