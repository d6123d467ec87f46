"""Opens the files of an import: what each is, and by which profile it is read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from hengliang.readings.errors import NoTable, ProfileRefused, ReadingsError, SourceRefused
from hengliang.readings.grid import DAY
from hengliang.readings.intake.files import Source
from hengliang.readings.intake.head import Head, read_head
from hengliang.readings.intake.headers import find_profile, meaning, plain
from hengliang.readings.intake.profile import Profile, laid_upon

# What a table of each form can't be read without.
NEEDED = {
    "long": ("meter",),
    "wide": ("meter", "date", "slots"),
    "matrix": ("time", "slots"),
    "topology": ("meter", "node"),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A table among the sources, with its first rows and its profile."""

    source: Source
    head: Head
    profile: Profile


def open_all(
    sources: Iterable[Source],
    connection: duckdb.DuckDBPyConnection,
    said: Mapping[str, Any],
    faults: list[ReadingsError],
) -> list[Opened]:
    """The tables among the sources; `faults` takes what is none (notes, cover sheets) or can’t be understood.

    Raises SourceRefused, ProfileRefused for a file that was pointed at, or where there is no table at all.
    """
    opened: list[Opened] = []
    for source in sources:
        try:
            opened.append(_opened(source, connection, said))
        except (SourceRefused, ProfileRefused) as fault:
            if source.named and not source.sheet:
                raise
            # A sheet beside others that is no table of readings is the workbook's own matter.
            faults.append(NoTable(**fault.parameters) if source.sheet else fault)
    if faults and not opened:
        raise faults[0]
    if opened:
        _refuse_unknown(opened, said)
    return opened


def _opened(source: Source, connection: duckdb.DuckDBPyConnection, said: Mapping[str, Any]) -> Opened:
    head = read_head(source, connection)
    absent = [one for one in _spoken_of(said) if one[1] not in head.headers]
    try:
        profile = _profile(head, source.name, _without(said, head) if absent else said)
        _check(profile, head, source.name)
    except ProfileRefused:
        if not absent:
            raise
        raise _not_there(source.name, *absent[0]) from None
    return Opened(source, head, profile)


def _spoken_of(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The columns that a profile by hand speaks of, with our names."""
    return [*said.get("columns", {}).items(), *(("slots", one) for one in said.get("slots", ()))]


def _without(said: Mapping[str, Any], head: Head) -> dict[str, Any]:
    """What of a profile by hand holds for a file that lacks some of its columns: the form is then the file's own."""
    rest = {name: value for name, value in said.items() if name not in ("form", "slots", "columns")}
    return {**rest, "columns": {name: one for name, one in said.get("columns", {}).items() if one in head.headers}}


def _refuse_unknown(opened: Sequence[Opened], said: Mapping[str, Any]) -> None:
    """A column that no file has is a slip of the profile. Raises SourceRefused."""
    known = {header for one in opened for header in one.head.headers}
    for name, header in _spoken_of(said):
        if header not in known:
            raise _not_there(opened[0].source.name, name, header)


def _not_there(file: str, name: str, header: str) -> SourceRefused:
    return SourceRefused(file=file, reason=f"the profile's column {header} ({name}) is not in the file")


def _profile(head: Head, file: str, said: Mapping[str, Any]) -> Profile:
    columns = said.get("columns", {})
    if said.get("form") and columns:
        return laid_upon(Profile(), said)
    names = {header: name for name, header in columns.items()}
    profile = laid_upon(find_profile([names.get(one, one) for one in head.headers], file), {})
    mapped = {name: columns.get(name, header) for name, header in profile.columns.items()}
    return laid_upon(profile, {**said, "columns": {**mapped, **columns}})


def _check(profile: Profile, head: Head, file: str) -> None:
    """Whether the file can be read by its profile. Raises SourceRefused, ProfileRefused."""
    for name, header in (*profile.columns.items(), *(("slots", one) for one in profile.slots)):
        if header not in head.headers:
            raise _not_there(file, name, header)
    if profile.role and plain(profile.role) not in meaning("role"):
        raise ProfileRefused(file=file, reason=f"the role {profile.role} is none of inflow, outflow, stock")
    told = {*profile.columns, *(("slots",) if profile.slots else ()), *(("meter",) if profile.conditions else ())}
    lacking = [name for name in NEEDED[profile.form] if name not in told]
    if lacking:
        raise ProfileRefused(file=file, reason=f"the form {profile.form} needs {' and '.join(lacking)}")
    if profile.form == "wide" and DAY % len(profile.slots):
        raise ProfileRefused(file=file, reason=f"{len(profile.slots)} slots do not divide a day")
