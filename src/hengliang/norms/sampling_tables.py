"""The sampling tables of the norms as what `metrology.sampling` and `metrology.prepackage` take."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from hengliang.metrology.prepackage import DeficiencyBand, DeficiencyTable, PlanRow
from hengliang.metrology.sampling import LotBand, Scheme
from hengliang.norms.load import Norms
from hengliang.norms.model import Value

LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
T = TypeVar("T", int, float)
Rows = list[Mapping[str, Any]]


def iso_2859_1(norms: Norms, day: date) -> tuple[Scheme, tuple[Value, ...]]:
    """The scheme in force on a day, and the values it was made of."""
    names = ("letters", "sizes", "ladder", "stages")
    values = tuple(norms[f"sampling/iso-2859-1-{name}"].at(day) for name in names)
    letters, sizes, ladder, stages = (value.content["rows"] for value in values)
    parameters = values[2].content["parameters"]
    scheme = Scheme(
        bands=tuple(_band(row) for row in letters),
        letters=tuple(row["code_letter"] for row in sizes),
        sizes={row["code_letter"]: _sizes(row) for row in sizes},
        aqls=tuple(float(a) for a in str(parameters["aqls"]).split()),
        ladders=_ladders(ladder),
        crowded_step=int(parameters["crowded_step"]),
        crowded_letter=str(parameters["crowded_letter"]),
        stages=_stages(stages),
    )
    return scheme, values


def _band(row: Mapping[str, str]) -> LotBand:
    return LotBand(int(row["lot_from"]), _whole(row["lot_to"]), {level: row[level] for level in LEVELS})


def _sizes(row: Mapping[str, str]) -> dict[str, int | None]:
    return {column: _whole(size) for column, size in row.items() if column != "code_letter"}


def _ladders(rows: Rows) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for row in rows:
        found.setdefault(row["inspection"], {})[int(row["step"])] = int(row["ac"])
    return found


def _stages(rows: Rows) -> dict[str, dict[int, tuple[tuple[int | None, int], ...]]]:
    found: dict[str, dict[int, tuple[tuple[int | None, int], ...]]] = {}
    for row in rows:
        plans = found.setdefault(row["kind"], {})
        key = int(row["single_ac"])
        plans[key] = (*plans.get(key, ()), (_whole(row["ac"]), int(row["re"])))
    return found


def tolerable_deficiency(value: Value, measure: str) -> DeficiencyTable:
    """The table of one measure: `g_mL`, `m`, `m2` or `count`.

    Counts are rounded up to a whole number; mass and volume by the steps of the rule.
    """
    bands = tuple(
        DeficiencyBand(
            float(row["over"]),
            float("inf") if row["to"] is None else float(row["to"]),
            _optional(row.get("percent"), float),
            _optional(row.get("absolute"), float),
        )
        for row in value.content["rows"]
        if row["measure"] == measure
    )
    if measure == "count":
        return DeficiencyTable(bands, 1.0, 1.0, round_up=True)
    if measure != "g_mL":
        return DeficiencyTable(bands)
    parameters = value.content["parameters"]
    fine, coarse, up_to = (float(parameters[key]) for key in ("fine_step", "coarse_step", "fine_up_to"))
    return DeficiencyTable(bands, fine, coarse, up_to, round_up=parameters["rounding"] == "up")


def plan_rows(value: Value) -> tuple[PlanRow, ...]:
    """The rows of a prepackage plan."""
    return tuple(
        PlanRow(
            int(row["lot_from"]),
            _optional(row["lot_to"], int),
            _optional(row["n"], int),
            _optional(row["factor"], float),
            int(row["allowed"]),
            int(row["allowed_double"]),
        )
        for row in value.content["rows"]
    )


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _optional(value: Any, kind: Callable[[Any], T]) -> T | None:
    return None if value is None else kind(value)
