"""An edition that amends another: it takes that one's content and replaces what it names, by id."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hengliang.norms.errors import NormProblem
from hengliang.norms.gather import Edition, Gathered

BY_ID = ("attributes", "tables", "items")
Key = tuple[str, date]


def amended(gathered: Mapping[str, Gathered], problems: list[NormProblem]) -> None:
    """Fill every amending edition in place; note those that amend what is not there, or amend in a ring."""
    done: set[Key] = set()
    for norm, found in gathered.items():
        for start in found.editions:
            _fill(gathered, (norm, start), problems, done, ())


def _fill(
    gathered: Mapping[str, Gathered],
    key: Key,
    problems: list[NormProblem],
    done: set[Key],
    above: tuple[Key, ...],
) -> None:
    norm, start = key
    edition = gathered[norm].editions[start]
    target = edition.content.get("amends")
    if target is None or key in done:
        return
    done.add(key)
    base_key = (target["norm"], target["start"])
    base = gathered[base_key[0]].editions.get(base_key[1]) if base_key[0] in gathered else None
    if base is None or base_key in (*above, key):
        message = f"{norm} amends {base_key[0]} of {base_key[1]}, which is not there or amends it in turn"
        problems.append(NormProblem(edition.file, edition.line, "bad_amends", message, "Name an edition that is"))
        return
    _fill(gathered, base_key, problems, done, (*above, key))
    _merge(base, edition)


def _merge(base: Edition, edition: Edition) -> None:
    """Lay the amending content over the base. What it amended stays told under `amends`."""
    own: dict[str, Any] = edition.content
    merged = {**base.content, **own}
    for name in BY_ID:
        if name in own and name in base.content:
            by_id = {entry["id"]: entry for entry in base.content[name]}
            by_id.update({entry["id"]: entry for entry in own[name]})
            merged[name] = list(by_id.values())
    edition.content = merged
