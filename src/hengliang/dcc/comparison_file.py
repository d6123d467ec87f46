"""Reads a round of a comparison from our own YAML; `examples/comparison.yaml` shows every key."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

try:  # ten times as fast; the Python one reads the same where libyaml is absent
    from yaml import CSafeLoader as _Loader
except ImportError:
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

from hengliang.dcc.kc import UnreadableComparison
from hengliang.metrology.arrays import Floats
from hengliang.metrology.comparison.key_comparison import Published
from hengliang.metrology.comparison.results import Result
from hengliang.metrology.comparison.round import PilotReading, Round

_LARGEST = 2_000_000  # bytes; the largest round taken has a tenth of it
_MOST_RESULTS = 1_000
_DEEPEST = 10  # lists and mappings within each other; a round has four
_HUGE = 1e300  # beyond it squares overflow
_MOST_DIGITS = 300
_KEYS = {"comparison", "unit", "method", "pilot", "results", "correlations", "pilot_readings", "published"}
_RESULT_KEYS = {"laboratory", "value", "u", "U", "k", "included", "time"}


def read_round(path: Path) -> Round:
    """The round in a YAML file. Raises UnreadableComparison, naming the key and what belongs there."""
    if path.stat().st_size > _LARGEST:
        raise UnreadableComparison(f"{path.name} is larger than {_LARGEST} bytes; give a single round.")
    data = _load(path)
    _check_keys(data, _KEYS, path.name)
    rows = _list(data, "results")
    if len(rows) > _MOST_RESULTS:
        raise UnreadableComparison(f"{path.name} has {len(rows)} results; at most {_MOST_RESULTS} are taken.")
    results = tuple(_result(row, f"results[{i}]") for i, row in enumerate(rows))
    readings = _list(data, "pilot_readings") if "pilot_readings" in data else []
    return Round(
        code=_text(data, "comparison", path.name) or path.stem,
        unit=_text(data, "unit", path.name),
        method=_text(data, "method", path.name),
        results=results,
        pilot=_text(data, "pilot", path.name) or None,
        correlation=_correlation(data.get("correlations"), [r.laboratory for r in results]),
        times=tuple(_number(row, "time", "results") for row in rows) if readings else (),
        pilot_readings=tuple(_reading(row) for row in readings),
        published=_published(data.get("published")),
    )


def _load(path: Path) -> Any:
    """The data in a file; aliases are refused before anything is built, since a few bytes can stand for gigabytes."""
    try:
        text, depth = path.read_text(encoding="utf-8"), 0
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise UnreadableComparison(f"{path.name} uses anchors or aliases (& or *); write the values out.")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise UnreadableComparison(f"{path.name} is nested too deeply; see examples/comparison.yaml.")
        return yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableComparison(f"{path.name} is not YAML: {error}") from error


def _text(data: Mapping[str, Any], key: str, where: str) -> str:
    value = data.get(key)
    if isinstance(value, list | Mapping):
        raise UnreadableComparison(f"{where}: {key} must be text.")
    return "" if value is None else str(value)


def _result(row: Any, where: str) -> Result:
    _check_keys(row, _RESULT_KEYS, where)
    if ("u" in row) == ("U" in row):
        raise UnreadableComparison(f"{where} needs either u (k = 1) or U with k.")
    u = _number(row, "u", where) if "u" in row else _number(row, "U", where) / _number(row, "k", where)
    included = row.get("included", True)
    if not isinstance(included, bool):
        raise UnreadableComparison(f"{where}.included must be true or false.")
    if not _text(row, "laboratory", where):
        raise UnreadableComparison(f"{where} needs a laboratory.")
    return Result(_text(row, "laboratory", where), _number(row, "value", where), u, included)


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
        if not isinstance(pair, list) or len(pair) != 2 or not all(name in names for name in pair):
            raise UnreadableComparison(f"correlations: between must name two of {', '.join(names)}.")
        i, j = (names.index(name) for name in pair)
        matrix[i, j] = matrix[j, i] = _number(row, "r", "correlations")
    return matrix


def _published(row: Any) -> Published | None:
    if row is None:
        return None
    _check_keys(row, {"value", "u", "digits"}, "published")
    digits = _number(row, "digits", "published")
    if abs(digits) > _MOST_DIGITS or digits != int(digits):
        raise UnreadableComparison(f"published.digits must be a whole number, at most {_MOST_DIGITS} either way.")
    place = 10.0 ** -int(digits)
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
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_HUGE < value < _HUGE:
        raise UnreadableComparison(f"{where}.{key} must be a number, not {str(value)[:40]!r}.")
    return float(value)
