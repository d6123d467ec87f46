"""The content of a rule as a page shows it: lines, tables and parts, whatever its kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hengliang.norms.plain import plain
from hengliang.platform.core.pages.words import Words
from hengliang.platform.site.rules.words import VALUES, key_words, titled

MOST_ROWS = 500
LEFT_OUT = frozenset({"amends", "csv"})


@dataclass(frozen=True)
class Sheet:
    """A table: its heading, its columns, its rows; `left_out` counts the rows that are not shown."""

    title: str
    head: Sequence[Words]
    rows: Sequence[Sequence[str]]
    left_out: int = 0


@dataclass(frozen=True)
class Lines:
    """A description list."""

    title: str
    lines: Sequence[tuple[Words, str]]


Part = Sheet | Lines


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
