"""Reads a round of a comparison from our own YAML; `examples/comparison.yaml` shows every key."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from hengliang.dcc.kc import UnreadableComparison
from hengliang.metrology.arrays import Floats
from hengliang.metrology.comparison.key_comparison import Published
from hengliang.metrology.comparison.results import Result
from hengliang.metrology.comparison.round import PilotReading, Round

_LARGEST = 5_000_000  # bytes
_MOST_RESULTS = 1_000
_KEYS = {"comparison", "unit", "method", "pilot", "results", "correlations", "pilot_readings", "published"}
_RESULT_KEYS = {"laboratory", "value", "u", "U", "k", "included", "time"}


def read_round(path: Path) -> Round:
    """The round in a YAML file. Raises UnreadableComparison, naming the key and what belongs there."""
    if path.stat().st_size > _LARGEST:
        raise UnreadableComparison(f"{path.name} is larger than {_LARGEST} bytes; give a single round.")
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnreadableComparison(f"{path.name} is not YAML: {error}") from error
    _check_keys(data, _KEYS, path.name)
    rows = _list(data, "results")
    if len(rows) > _MOST_RESULTS:
        raise UnreadableComparison(f"{path.name} has {len(rows)} results; at most {_MOST_RESULTS} are taken.")
    results = tuple(_result(row, f"results[{i}]") for i, row in enumerate(rows))
    readings = _list(data, "pilot_readings") if "pilot_readings" in data else []
    return Round(
        code=str(data.get("comparison", path.stem)),
        unit=str(data.get("unit", "")),
        method=str(data.get("method", "")),
        results=results,
        pilot=None if data.get("pilot") is None else str(data["pilot"]),
        correlation=_correlation(data.get("correlations"), [r.laboratory for r in results]),
        times=tuple(_number(row, "time", "results") for row in rows) if readings else (),
        pilot_readings=tuple(_reading(row) for row in readings),
        published=_published(data.get("published")),
    )


def _result(row: Any, where: str) -> Result:
    _check_keys(row, _RESULT_KEYS, where)
    if ("u" in row) == ("U" in row):
        raise UnreadableComparison(f"{where} needs either u (k = 1) or U with k.")
    u = _number(row, "u", where) if "u" in row else _number(row, "U", where) / _number(row, "k", where)
    included = row.get("included", True)
    if not isinstance(included, bool):
        raise UnreadableComparison(f"{where}.included must be true or false.")
    if "laboratory" not in row:
        raise UnreadableComparison(f"{where} needs a laboratory.")
    return Result(str(row["laboratory"]), _number(row, "value", where), u, included)


def _reading(row: Any) -> PilotReading:
    _check_keys(row, {"time", "value", "u"}, "pilot_readings")
    return PilotReading(*(_number(row, key, "pilot_readings") for key in ("time", "value", "u")))


def _correlation(rows: Any, names: Sequence[str]) -> Floats | None:
    if rows is None:
        return None
    matrix = np.eye(len(names))
    for row in rows if isinstance(rows, list) else [rows]:
        _check_keys(row, {"between", "r"}, "correlations")
        pair = row.get("between")
        if not isinstance(pair, list) or len(pair) != 2 or not set(pair) <= set(names):
            raise UnreadableComparison(f"correlations: between must name two of {', '.join(names)}.")
        i, j = (names.index(name) for name in pair)
        matrix[i, j] = matrix[j, i] = _number(row, "r", "correlations")
    return matrix


def _published(row: Any) -> Published | None:
    if row is None:
        return None
    _check_keys(row, {"value", "u", "digits"}, "published")
    place = 10.0 ** -int(_number(row, "digits", "published"))
    return Published(_number(row, "value", "published"), _number(row, "u", "published"), place, place)


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    rows = data.get(key)
    if not isinstance(rows, list) or not rows:
        raise UnreadableComparison(f"{key} must be a list with at least one entry.")
    return rows


def _check_keys(data: Any, known: set[str], where: str) -> None:
    if not isinstance(data, Mapping):
        raise UnreadableComparison(f"{where} must be a mapping with keys {', '.join(sorted(known))}.")
    for key in data:
        if key not in known:
            raise UnreadableComparison(f"{where}: unknown key {key!r}; known are {', '.join(sorted(known))}.")


def _number(row: Mapping[str, Any], key: str, where: str) -> float:
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
        raise UnreadableComparison(f"{where}.{key} must be a number, not {value!r}.")
    return float(value)
