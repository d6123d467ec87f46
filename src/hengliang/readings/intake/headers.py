"""Finding a profile from the headers and the first rows of a file."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from hengliang.readings.errors import ProfileRefused
from hengliang.readings.intake.profile import Profile
from hengliang.readings.model import CONDITIONS

_NUMBERED = re.compile(r"([a-zA-Z_]*?)_?(\d{1,4})")
_CLOCK = re.compile(r"[a-zA-Z_]*(\d{1,2})[:：时点]?(\d{2})分?")
_VALUES = ("register", "energy", "level", "register_export", "energy_export", *sorted(CONDITIONS))
_PER_DAY = {24: "1h", 48: "30min", 96: "15min", 144: "10min", 288: "5min", 1440: "1min"}


@cache
def _data(name: str) -> Mapping[str, Any]:
    text = (resources.files("hengliang.readings.intake") / name).read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def aliases() -> Mapping[str, str]:
    """Field of each known header, in its compared form."""
    return {plain(alias): field for field, known in _data("headers.yaml").items() for alias in known}


@cache
def meaning(kind: str) -> Mapping[str, str]:
    """Our word for each known value of `role`, `direction`, `tariff`, `quality`, in its compared form."""
    return {plain(alias): word for word, known in _data("values.yaml")[kind].items() for alias in known}


@cache
def units() -> Mapping[str, tuple[str, int]]:
    """Base unit and power of ten of each known unit, in its compared form."""
    table = _data("values.yaml")["unit"].values()
    return {plain(name): (one["base"], one["exponent"]) for one in table for name in one["names"]}


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A header or value as it is compared: lower case, no spaces, nothing in brackets."""
    bare = re.sub(r"[(（\[【].*?[)）\]】]", "", text).strip().lower()
    return re.sub(r"[\s\-]+", "_", bare) if bare.isascii() else re.sub(r"\s+", "", bare)


def find_profile(headers: Sequence[str], file: str) -> Profile:
    """The profile that fits a file's headers. Raises ProfileRefused, naming what is missing."""
    columns: dict[str, str] = {}
    for header in headers:
        field = aliases().get(plain(header))
        if field and field not in columns:
            columns[field] = header
    rest = [one for one in headers if one not in columns.values()]
    unit = _unit_in([one for one in headers if aliases().get(plain(one)) not in CONDITIONS])
    for form in (_wide, _long, _topology, _matrix):
        profile = form(columns, rest)
        if profile is not None:
            return Profile(**{**profile, "unit": unit} if unit else profile)
    raise ProfileRefused(file=file, reason=_missing(columns, headers))


def _wide(columns: dict[str, str], rest: Sequence[str]) -> dict[str, Any] | None:
    if "meter" not in columns or not ("date" in columns or "time" in columns):
        return None
    slots = _slots(rest)
    if not slots:
        return None
    day = {"date": columns.get("date", columns.get("time", ""))}
    kept = {name: header for name, header in columns.items() if name not in ("time", "clock", *_VALUES)}
    return {"form": "wide", "columns": {**kept, **day}, "slots": tuple(slots), "interval": _PER_DAY[len(slots)]}


def _slots(rest: Sequence[str]) -> list[str]:
    """The columns of a day, in order: R1..R96, 00:00..23:45, 0000..2345."""
    clocks = [(header, found) for header in rest if (found := _CLOCK.fullmatch(header.strip()))]
    if len(clocks) in _PER_DAY:
        return [header for header, _ in sorted(clocks, key=lambda one: (int(one[1][1]), int(one[1][2])))]
    families: dict[str, list[tuple[int, str]]] = {}
    for header in rest:
        if found := _NUMBERED.fullmatch(header.strip()):
            families.setdefault(found[1].lower(), []).append((int(found[2]), header))
    for numbered in families.values():
        if len(numbered) in _PER_DAY:
            return [header for _, header in sorted(numbered)]
    return []


def _long(columns: dict[str, str], rest: Sequence[str]) -> dict[str, Any] | None:
    timed = "time" in columns or "date" in columns
    named = "meter" in columns or any(name in columns for name in CONDITIONS)
    if named and timed and any(name in columns for name in _VALUES):
        kept = dict(columns)
        if "date" in kept and "time" in kept:
            # A date beside a time: the time is of the day, unless the date merely repeats it.
            kept["clock"] = kept.pop("time")
        return {"form": "long", "columns": kept}
    return None


def _topology(columns: dict[str, str], rest: Sequence[str]) -> dict[str, Any] | None:
    if "meter" in columns and "node" in columns and not any(name in columns for name in ("time", "date", *_VALUES)):
        return {"form": "topology", "columns": columns}
    return None


def _matrix(columns: dict[str, str], rest: Sequence[str]) -> dict[str, Any] | None:
    if ("time" in columns or "date" in columns) and "meter" not in columns and len(rest) >= 2:
        at = {"time": columns.get("time", columns.get("date", ""))}
        return {"form": "matrix", "columns": at, "slots": tuple(rest)}
    return None


def _unit_in(headers: Sequence[str]) -> str:
    return next((found for header in headers if (found := unit_of(header))), "")


def unit_of(header: str) -> str:
    """The unit that stands in brackets behind a header: 示数(kWh)."""
    inside = re.findall(r"[(（\[]([^)）\]]+)[)）\]]", header)
    return next((str(one) for one in inside if plain(one) in units()), "")


def _missing(columns: Mapping[str, str], headers: Sequence[str]) -> str:
    wanted = [name for name in ("meter", "time") if name not in columns and not (name == "time" and "date" in columns)]
    if not any(name in columns for name in _VALUES):
        wanted.append("register or energy")
    if "node" in columns and "meter" not in columns and not any(_NUMBERED.fullmatch(one) for one in headers):
        # A list of meters that lacks but this one.
        wanted = ["meter"]
    shown = ", ".join(headers[:12]) + (" …" if len(headers) > 12 else "")
    listed = " (or, in a list of meters, as node)" if "meter" in columns and "time" in wanted else ""
    return f"no column is understood as {', '.join(wanted)}{listed} among: {shown}"
