"""The mapping profile: which column of a file is what. Found from the headers, or written as YAML.

form: long            # long | wide | matrix | topology
columns: {meter: 表号, time: 数据时间, register: 正向有功总}
slots: [R1, R2, ...]  # wide: the columns of one day, first slot first
interval: 15min       # between slots, or auto
first_slot: "00:00"   # wide: time of the first slot
kind: register        # register | interval | level | auto
label: begin          # interval energy: the time names the begin or the end of its interval
unit: kWh             # where no column says it
role: outflow         # where neither a column nor a topology file says it
node: ""              # where no column says it; "{file}" takes the file's name
zone: "+08:00"        # of times without zone; an IANA name is allowed
decimals: auto        # digits after the point that are kept
counts_per_unit: 0    # pulses of one unit
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import yaml

from hengliang.readings.errors import ProfileRefused
from hengliang.readings.model import CONDITIONS

FORMS = ("long", "wide", "matrix", "topology")
KINDS = ("auto", "register", "interval", "level")
MAX_BYTES = 1 << 20
MOST_COUNTS = 1e9
_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Profile:
    """How one file is read; see the module's head for each field."""

    form: str = "long"
    columns: Mapping[str, str] = field(default_factory=dict)
    slots: tuple[str, ...] = ()
    interval: str = "auto"
    first_slot: str = "00:00"
    kind: str = "auto"
    label: str = "begin"
    unit: str = "kWh"
    role: str = ""
    node: str = ""
    zone: str = "+08:00"
    decimals: str = "auto"
    counts_per_unit: float = 0.0

    def has(self, name: str) -> bool:
        """Whether the file has a column for `name`."""
        return name in self.columns

    @property
    def conditions(self) -> bool:
        """Whether a column holds pressures or temperatures, which need no meter."""
        return not CONDITIONS.isdisjoint(self.columns)


def read_profile(path: Path, base: Profile | None = None) -> dict[str, Any]:
    """What a YAML profile says, checked field by field. Raises ProfileRefused."""
    try:
        with path.open("rb") as file:
            content = yaml.safe_load(file.read(MAX_BYTES))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as fault:
        raise ProfileRefused(file=path.name, reason=f"not a YAML profile ({fault})") from None
    if not isinstance(content, dict):
        raise ProfileRefused(file=path.name, reason="a profile is a mapping of fields")
    known = {one.name for one in fields(Profile)}
    for name in content:
        if name not in known:
            raise ProfileRefused(
                file=path.name, reason=f"there is no field {name}; known are {', '.join(sorted(known))}"
            )
    return _checked(content, path.name)


def laid_upon(found: Profile, said: Mapping[str, Any]) -> Profile:
    """The profile found from the headers, with what was said by hand laid upon it."""
    if not said:
        return found
    columns = {**found.columns, **said.get("columns", {})}
    rest = {name: value for name, value in said.items() if name != "columns"}
    return replace(found, columns=columns, **rest)


def _checked(content: dict[str, Any], file: str) -> dict[str, Any]:
    for name, choices in (("form", FORMS), ("kind", KINDS), ("label", ("begin", "end"))):
        if name in content and content[name] not in choices:
            raise ProfileRefused(file=file, reason=f"{name} is one of {', '.join(choices)}")
    said = dict(content)
    for name in ("interval", "first_slot", "decimals", "unit", "role", "node", "zone"):
        if name in said:
            said[name] = str(said[name])
    for name, (fits, reason) in _FITS.items():
        if name in said and not fits(said[name]):
            raise ProfileRefused(file=file, reason=f"{name} {reason}")
    if "slots" in said:
        said["slots"] = tuple(str(one) for one in said["slots"])
    return said


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for pair in value.items() for one in pair)


def _is_positive(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < MOST_COUNTS


_FITS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "columns": (_is_mapping, "maps our names to the file's headers, {meter: 表号}"),
    "slots": (lambda value: isinstance(value, list), "lists the columns of a day, first slot first, [R1, R2]"),
    "first_slot": (lambda value: bool(_CLOCK.fullmatch(value)), "is a time of day, 00:15"),
    "decimals": (lambda value: value == "auto" or value.isdigit(), "is auto or a number of digits"),
    "counts_per_unit": (_is_positive, "is how many pulses make one unit, a positive number"),
}
