"""What the judge says of a section, on the cells of its grid."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hengliang.metrology.judge import ItemResult, Judgement, PointResult, Preview, Procedure, Verdict, judge
from hengliang.metrology.judge import Record as MeasuredRecord
from hengliang.metrology.judge.decide import overall, verdict_at
from hengliang.platform.core.pages.values import MINUS, THIN
from hengliang.platform.core.pages.words import Words
from hengliang.platform.verification.entry import VERDICT, Section, plain, unit_words
from hengliang.platform.verification.problem_words import PLACE, marks_of

TONES = {"pass": "good", "fail": "bad", "not_applicable": "muted", "indeterminate": "open"}
NOT_YET = frozenset({"missing", "missing_item", "missing_point", "missing_value", "too_few_rows", "wrong_runs"})
VERDICTS: dict[str, Words] = {
    "pass": gettext_lazy("Pass"),
    "fail": gettext_lazy("Fail"),
    "not_applicable": gettext_lazy("Not applicable"),
    "indeterminate": gettext_lazy("Indeterminate"),
}
MOST_DECIMALS = 6  # where a rule rounds nothing and limits nothing


def grid_verdict(
    section: Section, lines: Sequence[str], seen: Preview, form: Mapping[str, Any], *, strict: bool = False
) -> dict[str, Any]:
    """The verdict as the grid kit takes it: marks on cells, a line for each thing judged in a row, one summary.

    `lines` are the keys of the rows in which something stands. What is not typed yet is a fault only when `strict`.
    """
    cells, fill = marks_and_fill(section, lines, seen, form, strict=strict)
    return {"cells": cells, "fill": fill, "summary": _summary(_judged_in(section, seen)) if lines else None}


def marks_and_fill(
    section: Section, lines: Sequence[str], seen: Preview, form: Mapping[str, Any], *, strict: bool = False
) -> tuple[dict[str, dict[str, str]], dict[str, list[dict[str, str]]]]:
    """The marks on cells, and what was found beside each row, by the names of fields."""
    begun = [problem for problem in seen.problems if strict or problem.code not in NOT_YET]
    place = {section.key: section}
    cells = {
        name: told | {"tone": "warning"} for name, told in marks_of(begun, place, {section.key: lines}, form).items()
    }
    fill: dict[str, list[dict[str, str]]] = {}
    for result in _judged_in(section, seen):
        for name, found in _found(section, lines, result):
            fill.setdefault(name, []).append(found)
    return cells | {name: _worst(found) for name, found in fill.items()}, fill


def _judged_in(section: Section, seen: Preview) -> list[ItemResult]:
    return [result for result in seen.items if result.item in section.judges]


def _found(section: Section, lines: Sequence[str], result: ItemResult) -> Iterator[tuple[str, dict[str, str]]]:
    """What a judged item says beside each row: its name if several things are judged there, figure and limit."""
    places = [(point, place) for point in result.points if (place := PLACE.match(point.cell))]
    own = [one for one in places if one[1]["item"] == section.key and int(one[1]["row"]) < len(lines)]
    if not own:
        return
    digits = shown_digits((point.rounded for point in result.points), _limits(result))
    of_limits = limit_digits(_limits(result))
    for point, place in own:
        run = f"{int(place['run']) + 1}" if place["run"] else ""
        title = " ".join(filter(None, [section.judges[result.item] if len(section.judges) > 1 else "", run]))
        text = _figure(point, result.unit, digits, of_limits)
        name = f"{section.key}~{lines[int(place['row'])]}.{VERDICT}"
        yield name, {"title": title, "text": text, "tone": TONES[point.verdict], "verdict": point.verdict}


def _worst(found: list[dict[str, str]]) -> dict[str, str]:
    verdict = overall([cast("Verdict", one["verdict"]) for one in found])
    return {"tone": TONES[verdict], "words": verdict_words(verdict)}


def _limits(result: ItemResult) -> Iterator[Decimal]:
    return (side for point in result.points for side in (point.low, point.high) if side is not None)


def shown_digits(found: Iterable[Any], limits: Iterable[Any]) -> int:
    """How many decimals a column of figures shows: as many as the longest of them, at most two more than the limits."""
    most = max((_decimals(one) for one in limits), default=MOST_DECIMALS) + 2
    return min(most, max((_decimals(one) for one in found if not isinstance(one, bool)), default=0))


def _decimals(number: Any) -> int:
    exponent = Decimal(str(number)).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def limit_digits(limits: Iterable[Any]) -> int | None:
    """How many decimals limits that differ from row to row need to stand under each other; None: as written."""
    sizes = {abs(Decimal(one)).normalize() for one in limits}
    return max(map(_decimals, sizes)) if len(sizes) > 1 else None


def _figure(point: PointResult, unit: str, digits: int, of_limits: int | None) -> str:
    if point.low is None and point.high is None:
        return ""
    limit = limit_words(point.low, point.high, unit, of_limits)
    return f"{found_words(in_digits(point.rounded, digits, point), '')} ({limit})"


class Sides(NamedTuple):
    """A lower and an upper limit; None: open."""

    low: Decimal | None
    high: Decimal | None


def in_digits(value: Any, digits: int, sides: PointResult | Sides) -> Any:
    """A figure with a fixed number of decimals, unless that would show it on the other side of its limit."""
    if isinstance(value, bool):
        return value
    exact = Decimal(value)
    shown = exact.quantize(Decimal(1).scaleb(-digits))
    return shown if verdict_at(shown, sides.low, sides.high) == verdict_at(exact, sides.low, sides.high) else exact


def _summary(results: list[ItemResult]) -> dict[str, str] | None:
    if not results:
        return None
    if any(result.reason == "incomplete" for result in results) and all(r.verdict != "fail" for r in results):
        return {"tone": "muted", "words": _("Not complete yet")}
    verdict = overall([result.verdict for result in results])
    return {"tone": TONES[verdict], "words": verdict_words(verdict)}


def conclusion(procedure: Procedure, record: MeasuredRecord, seen: Preview) -> dict[str, str]:
    """What the whole record comes to so far, and the coarser class that is proposed where it misses its own."""
    if seen.problems:
        rest = {problem.cell for problem in seen.problems}
        count = ngettext("%(n)s place is still missing or wrong", "%(n)s places are still missing or wrong", len(rest))
        return {"tone": "muted", "words": count % {"n": len(rest)}, "proposed": ""}
    judged = judge(procedure, replace(record, accepted_class=None), seen)
    told = {"tone": TONES[judged.verdict], "words": _by_class(procedure, record, judged), "proposed": ""}
    if judged.proposed_class is None:
        return told
    return told | {"proposed": judged.proposed_class, "question": proposal_words(judged, procedure, record)}


def _by_class(procedure: Procedure, record: MeasuredRecord, judged: Judgement) -> str:
    if not procedure.downgrade or procedure.class_by is None:
        return verdict_words(judged.verdict)
    declared = plain(record.instrument[procedure.class_by])
    return _("%(verdict)s at class %(class)s") % {"verdict": verdict_words(judged.verdict), "class": declared}


def proposal_words(judged: Judgement, procedure: Procedure, record: MeasuredRecord) -> str:
    """The question that a missed class puts to the verifier."""
    declared = plain(record.instrument[procedure.class_by or ""])
    return _("It misses class %(declared)s and meets class %(proposed)s. Is it lowered to class %(proposed)s?") % {
        "declared": declared,
        "proposed": judged.proposed_class,
    }


def verdict_words(verdict: str) -> str:
    """A verdict in words."""
    return str(VERDICTS[verdict])


def judged_lines(item: Mapping[str, Any], title: str, points: Mapping[str, str]) -> list[dict[str, str]]:
    """The points of one judged item as a table shows them: what, what was found, within which limit, the verdict.

    `points` gives the titles of the item's points by their ids.
    """
    if not item["points"]:
        found = reason_words(item["reason"])
        return [{"title": title, "found": found, "limit": "", **_told(item["verdict"])}]
    limits = [side for point in item["points"] for side in (point["low"], point["high"]) if side is not None]
    digits = shown_digits((point["rounded"] for point in item["points"]), limits)
    several = len(item["points"]) > 1
    return [
        {
            "title": " ".join(filter(None, [title, point["part"], points.get(point["point"], point["point"])]))
            + (f" {number}" if several and not point["part"] and not point["point"] else ""),
            "found": found_words(in_digits(point["rounded"], digits, _sides(point)), item["unit"]),
            "limit": limit_words(point["low"], point["high"], item["unit"], limit_digits(limits)),
            **_told(point["verdict"]),
        }
        for number, point in enumerate(item["points"], start=1)
    ]


def _told(verdict: str) -> dict[str, str]:
    return {"tone": TONES[verdict], "words": verdict_words(verdict)}


def _sides(point: Mapping[str, Any]) -> Sides:
    low, high = (None if point[side] is None else Decimal(point[side]) for side in ("low", "high"))
    return Sides(low, high)


def reason_words(reason: str | None) -> str:
    """Why an item was not judged: the rule's own reasons in words, the verifier's as written."""
    known = {"regime": _("not part of this kind of verification"), "conditions": _("not for such an instrument")}
    return known.get(reason or "", reason or "")


def found_words(value: Any, unit: str) -> str:
    """What was found, with its unit; what was looked at and not measured, in words."""
    if str(value) in {"True", "False"}:
        return _("conforms") if str(value) == "True" else _("does not conform")
    return "" if value in (None, "") else f"{signed(value)}{_behind(unit)}"


def limit_words(low: Any, high: Any, unit: str, digits: int | None = None) -> str:
    """A limit as it is written on paper: ±5 g, not more than 5 g, 2 g to 5 g; with so many decimals, or as written."""
    low, high = (_written(side, digits) for side in (low, high))
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"{'≥' if high is None else '≤'} {signed(low if high is None else high)}{_behind(unit)}"
    if Decimal(str(low)) == -Decimal(str(high)):
        return f"±{high}{_behind(unit)}"
    return f"{signed(low)} … {signed(high)}{_behind(unit)}"


def _written(side: Any, digits: int | None) -> Any:
    if side is None or digits is None:
        return side
    return Decimal(str(side)).quantize(Decimal(1).scaleb(-digits))


def signed(value: Any) -> str:
    """A number as text, with the sign of minus that print has."""
    text = str(value)
    return text.removeprefix("-") if not text.strip("-0.") else text.replace("-", MINUS)  # zero has no sign


def _behind(unit: str) -> str:
    return "" if unit in ("", "1", None) else f"{THIN}{unit_words(unit)}"
