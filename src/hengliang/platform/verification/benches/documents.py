"""A mapping profile as a document, of the shape of the files in `profiles/`, held against its schema."""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports.limits import MAX_COLUMNS
from hengliang.platform.registry.imports.sheet import plain
from hengliang.platform.verification.benches.conversions import COUNTS, DATE_FORMS, FACTORS, units_for
from hengliang.platform.verification.benches.layouts import COMMA, ENCODINGS, MOST_SKIPPED, POINT, SEPARATORS
from hengliang.platform.verification.benches.profile import Profile, profile_from, shipped

_TOP = frozenset({"base", "file", "identity", "attributes", "readings", "tried"})
_COLUMN = frozenset({"key", "names", "title", "default", "words", "prefix", "suffix", "required"})
_CONVERTED = frozenset({"unit", "wanted", "preset", "reversed"})
_READING = _COLUMN | _CONVERTED | {"item", "cell", "point", "run", "with", "optional"}
_LONGEST = 200
_MOST_KEYS = 12


def examined(document: Any, *, id_: str, name: str) -> Profile:
    """The profile of a document that a body wrote, under its own id and name.

    Errors: `InputRefused` that names the place, for a document that is not of the shape of a profile.
    """
    told = _mapping(document, "profile", _TOP)
    base = shipped().get(str(told.get("base")))
    if base is None or base.file.long:
        raise _unfit("base", gettext_noop("is none of the shipped profiles"))
    _file(told.get("file", {}))
    tried = told.get("tried", {})
    if not isinstance(tried, Mapping) or not all(_is_text(one) for pair in tried.items() for one in pair):
        raise _unfit("tried", gettext_noop("is no list of texts"))
    identity = _columns(told, "identity", _COLUMN | {"form"})
    attributes = _columns(told, "attributes", _COLUMN | _CONVERTED)
    readings = _columns(told, "readings", _READING)
    _require_keys(identity, {column.key for column in base.identity}, "identity")
    _require_keys(attributes, {column.key for column in base.attributes}, "attributes")
    for row in readings:
        _reading(row)
    if not readings:
        raise _unfit("readings", gettext_noop("no column holds a reading"))
    keys = [row["key"] for row in (*identity, *attributes, *readings)]
    _once(keys, "key")
    _once([name for row in (*identity, *attributes, *readings) for name in row["names"]], "header")
    return profile_from(
        {
            "id": id_, "title": {"zh": name, "en": name}, "items": list(base.items), "base": base.id,
            "file": dict(told.get("file", {})), "identity": _whole(identity, base), "attributes": attributes,
            "readings": readings,
        }
    )  # fmt: skip


def _whole(identity: list[dict[str, Any]], base: Profile) -> list[dict[str, Any]]:
    """What a bench does not write of a meter's identity stays without a column; what is required stays required."""
    own = {row["key"]: row for row in identity}
    made = []
    for column in base.identity:
        row = own.get(column.key, {"key": column.key, "names": []})
        required = column.required and "default" not in row
        made.append({**row, "title": dict(column.title), "required": required})
    return made


def _mapping(told: Any, place: str, keys: Collection[str]) -> dict[str, Any]:
    if not isinstance(told, Mapping) or not set(told) <= set(keys):
        raise _unfit(place, gettext_noop("has keys that a profile has not"))
    return dict(told)


def _columns(told: Mapping[str, Any], place: str, keys: Collection[str]) -> list[dict[str, Any]]:
    rows = told.get(place, [])
    if not isinstance(rows, list) or len(rows) > MAX_COLUMNS:
        raise _unfit(place, gettext_noop("is no list of columns"))
    return [_column(_mapping(row, place, keys), place) for row in rows]


def _column(row: dict[str, Any], place: str) -> dict[str, Any]:
    names = row.get("names")
    at = f"{place}.{row.get('key', '?')}"
    if not _is_text(row.get("key")) or not isinstance(names, list) or not all(map(_is_text, names)):
        raise _unfit(at, gettext_noop("wants a key, and headers"))
    if not names and "default" not in row:
        raise _unfit(at, gettext_noop("has neither a header nor a value for all meters"))
    for key in ("default", "prefix", "suffix"):
        if key in row and not _is_text(row[key]):
            raise _unfit(f"{at}.{key}", gettext_noop("is no short text"))
    for key in ("words", "title"):
        words = row.get(key, {})
        if not isinstance(words, Mapping) or not all(_is_text(one) for pair in words.items() for one in pair):
            raise _unfit(f"{at}.{key}", gettext_noop("is no list of words"))
    if row.get("form", "") not in ("", *DATE_FORMS):
        raise _unfit(f"{at}.form", gettext_noop("is none of ymd, dmy, mdy"))
    if not isinstance(row.get("required", False), bool):
        raise _unfit(f"{at}.required", gettext_noop("is neither true nor false"))
    if not _CONVERTED.isdisjoint(row):
        _converted(row, at)
    return row


def _converted(row: Mapping[str, Any], at: str) -> None:
    wanted = row.get("wanted")
    if not isinstance(wanted, str) or row.get("unit") not in (*units_for(wanted), wanted):
        raise _unfit(f"{at}.unit", gettext_noop("can’t be converted into the unit of the record"))
    if not isinstance(row.get("reversed", False), bool):
        raise _unfit(f"{at}.reversed", gettext_noop("is neither true nor false"))
    if row["unit"] != COUNTS and wanted not in FACTORS and row["unit"] != wanted:
        raise _unfit(f"{at}.unit", gettext_noop("is not known"))
    if (row["unit"] == COUNTS) != ("preset" in row) or not _is_preset(row.get("preset", "1")):
        raise _unfit(
            f"{at}.preset",
            gettext_noop("is the number of pulses for a meter without error, with the unit “counts” only"),
        )


def _reading(row: Mapping[str, Any]) -> None:
    at = f"readings.{row['key']}"
    fixed = row.get("with", {})
    if not _is_text(row.get("item")) or not _is_text(row.get("cell")) or not _is_text(row.get("point") or "-"):
        raise _unfit(at, gettext_noop("wants the item and the cell of the record"))
    if not isinstance(fixed, Mapping) or not all(_is_text(one) for pair in fixed.items() for one in pair):
        raise _unfit(f"{at}.with", gettext_noop("is no list of texts"))
    run = row.get("run", 0)
    if not isinstance(run, int) or isinstance(run, bool) or not 0 <= run <= 20:
        raise _unfit(f"{at}.run", gettext_noop("is a number from 0 to 20"))
    if not isinstance(row.get("optional", False), bool):
        raise _unfit(f"{at}.optional", gettext_noop("is neither true nor false"))


def _file(told: Any) -> None:
    file = _mapping(told, "file", {"encoding", "separator", "skip", "headers", "decimal", "long"})
    if "long" in file:
        _long(file["long"])
    skip = file.get("skip")
    checks: dict[str, Callable[[], bool]] = {
        "encoding": lambda: file.get("encoding", "") in ("", *ENCODINGS),
        "separator": lambda: file.get("separator", "") in ("", *SEPARATORS),
        "skip": lambda: skip is None or (type(skip) is int and 0 <= skip <= MOST_SKIPPED),
        "headers": lambda: isinstance(file.get("headers", True), bool),
        "decimal": lambda: file.get("decimal", POINT) in (POINT, COMMA),
    }
    for key, good in checks.items():
        try:
            fits = good()
        except TypeError:  # a list or a mapping where a word is wanted
            fits = False
        if not fits:
            raise _unfit(f"file.{key}", gettext_noop("is not possible"))


def _long(told: Any) -> None:
    """How the rows of a meter are told."""
    long = _mapping(told, "file.long", {"meter", "point", "value", "run", "repeated", "carried", "head"})
    for key in ("meter", "point", "value"):
        columns = long.get(key)
        if not isinstance(columns, list) or not 0 < len(columns) <= _MOST_KEYS or not all(map(_is_names, columns)):
            raise _unfit(f"file.long.{key}", gettext_noop("wants one column at least, each as a list of headers"))
    if "run" in long and not _is_names(long["run"]):
        raise _unfit("file.long.run", gettext_noop("is no list of headers"))
    if not _is_text(long.get("head", "-")):
        raise _unfit("file.long.head", gettext_noop("is no short text"))
    for key in ("repeated", "carried"):
        if not isinstance(long.get(key, False), bool):
            raise _unfit(f"file.long.{key}", gettext_noop("is neither true nor false"))
    names = [plain(name) for key in ("meter", "point", "value") for one in long[key] for name in one]
    _once([*names, *map(plain, long.get("run", ()))], "header")
    if long.get("run") and long.get("repeated"):
        raise _unfit("file.long.repeated", gettext_noop("says the runs twice: take the column of the run, or this"))


def _is_names(told: Any) -> bool:
    return isinstance(told, list) and 0 < len(told) <= _MOST_KEYS and all(map(_is_text, told))


def _require_keys(rows: list[dict[str, Any]], known: Collection[str], place: str) -> None:
    for row in rows:
        if row["key"] not in known:
            raise _unfit(f"{place}.{row['key']}", gettext_noop("is no field of the shipped profile"))


def _once(found: list[str], what: str) -> None:
    for one in found:
        if found.count(one) > 1:
            raise InputRefused(
                "profile_twice",
                "Two columns are the same in this mapping: “%(which)s”. Assign each field to one column.",
                field=what, which=one,
            )  # fmt: skip


def _is_text(told: Any) -> bool:
    return isinstance(told, str) and 0 < len(told) <= _LONGEST


def _is_preset(told: Any) -> bool:
    try:
        return isinstance(told, str) and 0 < Decimal(told) < Decimal(10) ** 9
    except InvalidOperation:
        return False


def _unfit(place: str, why: str) -> InputRefused:
    return InputRefused(
        "profile_unfit", "This is no mapping profile: “%(place)s” %(why)s.", field=place, place=place, why=_(why)
    )
