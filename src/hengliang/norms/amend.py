"""An edition that amends another: it takes that one's content and replaces what it names, by id."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hengliang.norms.errors import NormProblem

BY_ID = ("attributes", "tables", "items")
Editions = Mapping[str, Mapping[date, dict[str, Any]]]


def amended(editions: Editions, problems: list[NormProblem]) -> None:
    """Fill every amending edition in place; note those that amend what is not there, or amend in a ring."""
    for norm, dated in editions.items():
        for start in dated:
            _fill(editions, norm, start, problems, ())


def _fill(editions: Editions, norm: str, start: date, problems: list[NormProblem], above: tuple[Any, ...]) -> None:
    content = editions[norm][start]
    target = content.get("amends")
    if target is None or "amended" in content:
        return
    base = editions.get(target["norm"], {}).get(target["start"])
    if base is None or (norm, start) in above:
        message = f"{norm} of {start} amends {target['norm']} of {target['start']}, which is not there or amends it"
        problems.append(NormProblem(norm, 1, "bad_amends", message, "Name an edition that exists"))
        return
    _fill(editions, target["norm"], target["start"], problems, (*above, (norm, start)))
    merged = _merge(base, content)
    content.clear()
    content.update(merged, amended=True)


def _merge(base: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    merged = {**{key: value for key, value in base.items() if key != "amended"}, **content}
    for key in BY_ID:
        if key in content and key in base:
            by_id = {entry["id"]: entry for entry in base[key]}
            by_id.update({entry["id"]: entry for entry in content[key]})
            merged[key] = list(by_id.values())
    return merged
