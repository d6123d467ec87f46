"""What was typed, in the record's JSON: one section at a time, or all that a page posted."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hengliang.platform.verification.entry.section import INSTRUMENT, LEADERS, LEFT_OUT, PARTS, Rows, Section


def merged(data: Mapping[str, Any], section: Section, typed: Rows) -> dict[str, Any]:
    """The record's JSON with one section replaced by what was typed."""
    return placed(data, section.key, section.record(typed))


def placed(data: Mapping[str, Any], key: str, content: Any) -> dict[str, Any]:
    """The record's JSON with the particulars, the parts, the reasons, or the rows of one item, replaced."""
    if key == PARTS:
        return {**data, PARTS: content, "items": _renamed(data, content)}
    if key in (INSTRUMENT, LEFT_OUT):
        return {**data, key: content}
    items = {name: rows for name, rows in (data.get("items") or {}).items() if name != key}
    return {**data, "items": items | ({key: content} if content else {})}


def _renamed(data: Mapping[str, Any], parts: Sequence[str]) -> dict[str, Any]:
    """The rows of the items when the parts get other marks: what was typed for a part stays with it."""
    before = data.get(PARTS) or []
    names = dict(zip(before, parts, strict=True)) if len(before) == len(parts) else {}
    return {
        key: [row | {"part": names.get(row["part"], row["part"])} if "part" in row else row for row in rows]
        for key, rows in (data.get("items") or {}).items()
    }


def posted(
    sections: Callable[[Mapping[str, Any]], Sequence[Section]], data: dict[str, Any], fields: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The record's JSON with all that a form posted, and the keys of the rows in which something stands.

    sections : gives the sections for the record so far; which there are hangs on those that lead
    fields : texts by the names of their fields
    """
    mine: dict[str, dict[str, Any]] = {}
    for name, text in fields.items():
        mine.setdefault(name.partition("~")[0], {})[name] = text
    for section in sections(data):
        if section.key in LEADERS:
            data = merged(data, section, section.typed(mine.get(section.key, {})))
    filled = {}
    for section in sections(data):
        typed = section.typed(mine.get(section.key, {}))
        if section.key not in LEADERS:
            data = merged(data, section, typed)
        filled[section.key] = section.filled(typed)
    return data, filled
