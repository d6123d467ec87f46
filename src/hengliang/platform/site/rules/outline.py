"""The content of a rule as a page shows it: lines, tables and parts, whatever its kind."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language

from hengliang.norms import Value
from hengliang.norms.catalogue import catalogue_of
from hengliang.norms.changes import procedure_changes
from hengliang.norms.diff import diff
from hengliang.norms.outline_reader import OutlineSheet
from hengliang.norms.plain import plain
from hengliang.norms.procedure_outline import procedure_outline
from hengliang.platform.core.rules import rules
from hengliang.platform.registry.tables import MARKS
from hengliang.platform.site.rules.indicator_outline import indicator_parts
from hengliang.platform.site.rules.outline_parts import Lines, Part, Sheet
from hengliang.platform.site.rules.words import VALUES, key_words, place_words, titled

MOST_ROWS = 500
LEFT_OUT = frozenset({"amends", "csv"})


def outline_of(value: Value) -> list[Part]:
    """The parts of a rule in the reader's language: a procedure in its tables of limits, an indicator by what it
    counts, periods by the names of their items, others as they are written."""
    if value.repealed:
        return outline(value.content)
    if value.kind == "procedure":
        return [_part(sheet) for sheet in procedure_outline(value, language(), item_names(value))]
    if value.kind == "indicator":
        return indicator_parts(value)
    return [_period_sheet(value)] if value.kind == "period" else outline(value.content)


def _period_sheet(value: Value) -> Sheet:
    """The periods, each with its item's name; an item that the catalogue does not have keeps its code."""
    names = item_names(value)
    keys = ("item", "mode", "months", "document", "mark")
    marks = {code: str(words) for code, words in MARKS.items()}
    rows = [
        [
            " ".join(filter(None, [names.get(row["item"]), row["item"], text_of(row.get("when"))])),
            *(text_of(row.get(key)) for key in keys[1:-1]),
            marks.get(row.get("mark", ""), row.get("mark", "")),
        ]
        for row in value.content["rows"]
    ]
    return Sheet("", [key_words(key) for key in keys], rows[:MOST_ROWS], max(0, len(rows) - MOST_ROWS), keys=1)


def _part(sheet: OutlineSheet) -> Part:
    if not sheet.head:
        return Lines(sheet.title, [(row[0], row[1]) for row in sheet.rows])
    return Sheet(
        sheet.title, sheet.head, sheet.rows[:MOST_ROWS], max(0, len(sheet.rows) - MOST_ROWS), sheet.note, sheet.keys
    )


def language() -> str:
    """The reader's language, as the rules' own words know it."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def item_names(value: Value) -> dict[str, str]:
    """What the catalogue of the day calls its codes."""
    found = rules()["catalogue/mandatory"]
    edition = found.value_at(value.start) or found.values[0]
    return {code: item.zh if language() == "zh" else item.en for code, item in catalogue_of(edition).items()}


def changes_of(before: Value, after: Value) -> list[tuple[str, str, str]]:
    """What differs between two values, in words: where, what it was, what it is."""
    raw = [
        (change.place, text_of(plain(change.before)), text_of(plain(change.after))) for change in diff(before, after)
    ]
    told = [(place_words(place), was, would) for place, was, would in raw if place.startswith(("source/", "unit"))]
    if before.kind == after.kind == "procedure" and not before.repealed and not after.repealed:
        worded = procedure_changes(before, after, language(), item_names(after))
        if worded is not None:
            return told + [(" › ".join(filter(None, one.place)), one.before, one.after) for one in worded]
    return [(place_words(place), was, would) for place, was, would in raw]


def outline(content: Mapping[str, Any]) -> list[Part]:
    """The parts of a rule's content, single values first."""
    plain_content = {key: inner for key, inner in plain(content).items() if key not in LEFT_OUT}
    return list(_parts("", plain_content))


def _parts(title: str, content: Mapping[str, Any]) -> Iterator[Part]:
    single = [(key_words(key), text_of(inner)) for key, inner in content.items() if not _large(inner)]
    if single:
        yield Lines(title, single)
    for key, inner in content.items():
        if not _large(inner):
            continue
        words = " · ".join(filter(None, [title, str(key_words(key))]))
        if isinstance(inner, Mapping):
            yield from _parts(words, inner)
        elif all(isinstance(entry, Mapping) and "brackets" not in entry for entry in inner) and _even(inner):
            yield _sheet(words, inner)
        else:
            for entry in inner:
                yield from _parts(f"{words} {_name(entry)}".strip(), _rest(entry))


def _large(value: Any) -> bool:
    if isinstance(value, Mapping):
        return not _is_title(value) and any(isinstance(inner, (Mapping, list)) for inner in value.values())
    return isinstance(value, list) and any(isinstance(entry, Mapping) for entry in value)


def _even(entries: Sequence[Mapping[str, Any]]) -> bool:
    return not any(_large(inner) for entry in entries for inner in entry.values())


def _is_title(value: Mapping[str, Any]) -> bool:
    return set(value) == {"zh", "en"}


def _name(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return text_of(entry)
    named = entry.get("title") or entry.get("id") or entry.get("when") or ""
    return text_of(named)


def _rest(entry: Any) -> Mapping[str, Any]:
    if not isinstance(entry, Mapping):
        return {}
    return {key: inner for key, inner in entry.items() if key not in {"title", "when"}}


def _sheet(title: str, entries: Sequence[Mapping[str, Any]]) -> Sheet:
    keys = list(dict.fromkeys(key for entry in entries for key in entry))
    shown = entries[:MOST_ROWS]
    rows = [[text_of(entry.get(key)) for key in keys] for entry in shown]
    return Sheet(title, [key_words(key) for key in keys], rows, len(entries) - len(shown))


def text_of(value: Any) -> str:
    """A value of a rule in one line."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        if _is_title(value):
            return titled(value)
        return "；".join(f"{key_words(key)} {text_of(inner)}" for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return "、".join(text_of(entry) for entry in value)
    return str(VALUES.get(str(value), value))
