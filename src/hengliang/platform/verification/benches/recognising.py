"""Which profile a file follows, by its headers; and what is missing where none fits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports.sheet import plain
from hengliang.platform.verification.benches.layouts import position
from hengliang.platform.verification.benches.long_columns import missing_columns
from hengliang.platform.verification.benches.profile import Profile


@dataclass(frozen=True)
class Fit:
    """How far the headers of a file fit a profile: the place of each column, and what is missing."""

    profile: Profile
    columns: Mapping[str, int]
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every column that it needs is there."""
        return not self.missing


def fit(profile: Profile, headers: Sequence[str], chosen: Mapping[str, int] | None = None) -> Fit:
    """The columns of a file by a profile; what was `chosen` by hand goes before what the headers say.

    Errors: `InputRefused` if two columns claim to be the same.
    """
    known = {plain(name): column.key for column in profile.columns for name in column.names}
    found: dict[str, int] = {}
    for at, header in enumerate(headers):
        key = known.get(plain(header)) or known.get(position(at))
        if key is None or (chosen and key in chosen):
            continue
        if key in found:
            raise InputRefused(
                "header_twice",
                "Two columns hold the same field: “%(first)s” and “%(second)s”. Rename or remove one of them.",
                field="file",
                first=headers[found[key]],
                second=header,
            )
        found[key] = at
    found |= chosen or {}
    missing = tuple(column.key for column in profile.columns if column.required and column.key not in found)
    return Fit(profile, found, missing)


def fit_as_written(profile: Profile, headers: Sequence[str]) -> Fit:
    """How far the headers of a file as it is written fit a profile; of one with several rows a meter, before its rows
    are folded: its readings become columns only then.
    """
    long = profile.file.long
    if long is None:
        return fit(profile, headers)
    readings = {reading.column.key for reading in profile.readings}
    found = fit(profile, headers)
    missing = [key for key in found.missing if key not in readings and not _is_in_heads(profile, key)]
    return Fit(profile, found.columns, (*missing, *missing_columns(long, headers)))


def _is_in_heads(profile: Profile, key: str) -> bool:
    return any(name.startswith("^") for name in profile.column(key).names)


def best_fit(profiles: Iterable[Profile], headers: Sequence[str]) -> Fit:
    """The profile that fits best: the fewest columns missing, then the most found.

    One with several rows a meter, of which not even the columns of the rows are there, comes last: the columns of a
    file that nobody knows are matched by hand, as those of one row a meter.
    """
    fits = [fit_as_written(profile, headers) for profile in profiles]
    return min(fits, key=lambda one: (_lacks_rows(one, headers), len(one.missing), -len(one.columns)))


def _lacks_rows(found: Fit, headers: Sequence[str]) -> bool:
    long = found.profile.file.long
    return long is not None and bool(missing_columns(long, headers))


def require_complete(found: Fit, headers: Sequence[str]) -> None:
    """Refuse a layout that lacks columns; says which, and what was seen instead."""
    if found.complete:
        return
    headings = {column.key: column.header for column in found.profile.columns}
    missing = [headings.get(key, key) for key in found.missing]
    taken = set(found.columns.values())
    unknown = [header[:40] for at, header in enumerate(headers) if header and at not in taken]
    raise InputRefused(
        "layout_unknown",
        "By the profile “%(profile)s” these columns are missing: %(missing)s. Not understood: %(unknown)s. Match the "
        "columns by hand; the mapping can be kept for this bench.",
        field="file",
        profile=found.profile.title,
        missing="、".join(missing[:30]),
        unknown="、".join(unknown[:30]) or "—",
    )
