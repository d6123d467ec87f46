"""Columns of a file that nothing is read from: told, so that what was not understood does not pass for read."""

from difflib import get_close_matches

from hengliang.readings.intake.head import Head
from hengliang.readings.intake.headers import aliases, plain
from hengliang.readings.intake.profile import Profile
from hengliang.readings.intake.tables import columns_of
from hengliang.readings.intake.topology_file import FIELDS

_NEAR = 0.6  # of 1; two of three characters in common


def ignored(head: Head, profile: Profile) -> list[dict[str, str]]:
    """The columns of a file that its profile does not read, in the file's order.

    Each with `near`: a known header that looks like it, or the one that is read in its place, with our name.
    """
    read = _read(profile)
    headers = {*read.values(), *profile.slots}
    unread = [one for one in dict.fromkeys(head.headers) if one and one not in headers]
    return [{"column": one, "near": _near(one, read)} for one in unread]


def _read(profile: Profile) -> dict[str, str]:
    if profile.form == "topology":
        return {name: header for name, header in profile.columns.items() if name in FIELDS}
    columns = columns_of(profile)
    names = (*columns.texts, *(name for name in columns.values if profile.has(name)))
    return {name: profile.columns[name] for name in names if profile.has(name)}


def _near(header: str, read: dict[str, str]) -> str:
    field = aliases().get(plain(header))
    if field is not None:
        return f"{read[field]}, {field}" if field in read else ""
    found = get_close_matches(plain(header), aliases(), n=1, cutoff=_NEAR)
    return f"{found[0]}, {aliases()[found[0]]}" if found else ""
