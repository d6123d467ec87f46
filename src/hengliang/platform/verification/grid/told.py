"""What the judge says of a row: marks on its cells, what was found at each point, and what it comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from hengliang.metrology.judge import Preview
from hengliang.platform.verification.entry import Section, posted
from hengliang.platform.verification.grid.sheet import Layouts, SheetRow, fields_of, names_of
from hengliang.platform.verification.judging import previewed
from hengliang.platform.verification.problem_words import summary_of
from hengliang.platform.verification.rules import Rule
from hengliang.platform.verification.verdicts import conclusion, marks_and_fill

FEW = 3  # places that are named one by one beside the verdict; before, the row says how many


@dataclass(frozen=True)
class Examined:
    """A row as the judge sees it.

    data : the record's JSON with what stands in the fields
    shape : the place of its fields among the shapes of the grid
    cells, found : marks on fields, and what was found at a point, by the names of the single entry form
    comes_to : tone, words, and the coarser class that is proposed where it misses its own
    rest : the last places that are missing or wrong, once they are few
    complete : whether it can be submitted as it stands
    """

    data: dict[str, Any]
    shape: int
    cells: Mapping[str, Any]
    found: Mapping[str, Any]
    comes_to: Mapping[str, str]
    rest: Sequence[str]
    complete: bool


def examined(rule: Rule, layouts: Layouts, row: SheetRow, typed: Mapping[str, str] | None = None) -> Examined:
    """What the rule says of a row, with what was typed laid over what stands: the same judge as at submission."""
    data, filled = posted(layouts.sections, dict(row.data), standing(layouts, row, typed or {}))
    sections = layouts.sections(data)
    record, seen = previewed(rule, row.task.instrument.item, data)
    told = conclusion(rule.procedure, record, seen)
    cells, found = _marks(sections, filled, seen, layouts.form)
    rest = _rest(seen, sections, filled, layouts.form)
    complete = not seen.problems and not told["proposed"]
    return Examined(data, layouts.fields(sections), cells, found, told, rest, complete)


def _rest(
    seen: Preview, sections: Sequence[Section], filled: Mapping[str, list[str]], form: Mapping[str, Any]
) -> list[str]:
    if len(seen.problems) > FEW:
        return []
    told = summary_of(seen.problems, {section.key: section for section in sections}, filled, form)
    label = pgettext("label", ": ")
    return [f"{one.where}{label}{one.words}" if one.where else one.words for one in told]


def standing(layouts: Layouts, row: SheetRow, typed: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields of a row; what was typed goes before what was kept."""
    kept = [section for section in layouts.sections(row.data) if not names_of(section) <= typed.keys()]
    return fields_of(kept, row.data) | dict(typed)


def _marks(
    sections: Sequence[Section], filled: Mapping[str, list[str]], seen: Preview, form: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    cells: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for section in sections:
        marks, fill = marks_and_fill(section, filled[section.key], seen, form)
        cells |= marks
        found |= fill
    return cells, found


def row_json(row: SheetRow, seen: Examined) -> dict[str, Any]:
    """A row as the page takes it after it was judged."""
    return {
        "task": row.task.pk, "version": row.version, "shape": seen.shape, "cells": seen.cells, "found": seen.found,
        "comes_to": seen.comes_to, "rest": seen.rest, "complete": seen.complete,
    }  # fmt: skip
