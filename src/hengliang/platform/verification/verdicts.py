"""What the judge says of a section, on the cells of its grid."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hengliang.metrology.judge import CellProblem, ItemResult, Preview
from hengliang.platform.core.pages.values import MINUS, THIN
from hengliang.platform.verification.entry import INSTRUMENT, VERDICT, Rows, Section, unit_words

TONES = {"pass": "good", "fail": "bad", "not_applicable": "muted", "indeterminate": "open"}
_PLACE = re.compile(r"^items\.(?P<item>[^.\[]+)\[(?P<row>\d+)\](?:\.runs\[(?P<run>\d+)\])?(?:\.(?P<cell>\w+))?")


def grid_verdict(section: Section, typed: Rows, seen: Preview) -> dict[str, Any]:
    """The verdict as the grid kit takes it: tone and words for cells, figures beside rows, one summary."""
    lines = section.filled(typed)
    cells = dict(_problems(section, lines, seen.problems))
    results = [result for result in seen.items if result.item == section.key]
    fill = {f"{section.key}~{line}.{VERDICT}": words for line, words in _figures(lines, results)}
    for result in results:
        cells |= _marks(section, lines, result)
    return {"cells": cells, "fill": fill, "summary": _summary(results) if lines else None}


def _problems(
    section: Section, lines: list[str], problems: Iterable[CellProblem]
) -> Iterable[tuple[str, dict[str, str]]]:
    for problem in problems:
        told = {"tone": "warning", "words": words_of(problem)}
        if section.key == INSTRUMENT and problem.cell.startswith("instrument."):
            yield f"{INSTRUMENT}~0.{problem.cell.partition('.')[2]}", told
        place = _PLACE.match(problem.cell)
        if place and place["item"] == section.key and int(place["row"]) < len(lines) and place["cell"]:
            column = place["cell"] + (f"#{place['run']}" if place["run"] else "")
            if problem.code != "missing":  # what is not typed yet is no mistake while one types
                yield f"{section.key}~{lines[int(place['row'])]}.{column}", told


def words_of(problem: CellProblem) -> str:
    """What is wrong with a cell, in the reader's language."""
    return _(problem.template).format(**problem.params)


def _figures(lines: list[str], results: list[ItemResult]) -> Iterable[tuple[str, str]]:
    for result in results:
        for point in result.points:
            place = _PLACE.match(point.cell)
            if place and place["item"] == result.item and int(place["row"]) < len(lines):
                yield lines[int(place["row"])], _figure(point, result.unit)


def _figure(point: Any, unit: str) -> str:
    if point.low is None and point.high is None:
        return ""
    return f"{found_words(point.rounded, '')} ({limit_words(point.low, point.high, unit)})"


def _marks(section: Section, lines: list[str], result: ItemResult) -> Mapping[str, dict[str, str]]:
    marks = {}
    for point in result.points:
        place = _PLACE.match(point.cell)
        if place and place["item"] == section.key and int(place["row"]) < len(lines):
            name = f"{section.key}~{lines[int(place['row'])]}.{VERDICT}"
            marks[name] = {"tone": TONES[point.verdict], "words": verdict_words(point.verdict)}
    return marks


def _summary(results: list[ItemResult]) -> dict[str, str] | None:
    if not results:
        return None
    verdict = results[0].verdict
    return {"tone": TONES[verdict], "words": verdict_words(verdict)}


def verdict_words(verdict: str) -> str:
    """A verdict in words."""
    return {
        "pass": _("Pass"),
        "fail": _("Fail"),
        "not_applicable": _("Not applicable"),
        "indeterminate": _("Indeterminate"),
    }[verdict]


def judged_lines(item: Mapping[str, Any], title: str) -> list[dict[str, str]]:
    """The points of one judged item as a table shows them: what, what was found, within which limit, the verdict."""
    points = item["points"] or [{"rounded": item["reason"], "verdict": item["verdict"]}]
    lines = []
    for number, point in enumerate(points, start=1):
        named = " ".join(filter(None, [point.get("part"), point.get("point")]))
        lines.append(
            {
                "title": f"{title} {named or (number if len(points) > 1 else '')}".strip(),
                "found": found_words(point.get("rounded"), item["unit"]),
                "limit": limit_words(point.get("low"), point.get("high"), item["unit"]),
            }
        )
    return lines


def found_words(value: Any, unit: str) -> str:
    """What was found, with its unit; what was looked at and not measured, in words."""
    if str(value) in {"True", "False"}:
        return _("conforms") if str(value) == "True" else _("does not conform")
    return "" if value in (None, "") else f"{_signed(value)}{_behind(unit)}"


def limit_words(low: Any, high: Any, unit: str) -> str:
    """A limit as it is written on paper: ±5 g, not more than 5 g, 2 g to 5 g."""
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"{'≥' if high is None else '≤'} {_signed(low if high is None else high)}{_behind(unit)}"
    if Decimal(str(low)) == -Decimal(str(high)):
        return f"±{high}{_behind(unit)}"
    return f"{_signed(low)} … {_signed(high)}{_behind(unit)}"


def _signed(value: Any) -> str:
    return str(value).replace("-", MINUS)


def _behind(unit: str) -> str:
    return "" if unit in ("", "1", None) else f"{THIN}{unit_words(unit)}"
