"""What the judge refuses, in the words of whoever types: which section, row and cells, and what is wrong with them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.metrology.judge import CellProblem
from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages.values import THIN
from hengliang.platform.core.pages.words import Words, titled
from hengliang.platform.verification.entry import (
    INSTRUMENT,
    PARTS,
    VERDICT,
    Section,
    choice_words,
    unit_words,
)

PLACE = re.compile(r"^items\.(?P<item>[^.\[]+)\[(?P<row>\d+)\](?:\.runs\[(?P<run>\d+)\])?(?:\.(?P<cell>\w+))?$")
ITEM = re.compile(r"^items\.(?P<item>[^.\[]+)")
SAID: dict[str, Words] = {
    "missing": gettext_lazy("nothing is entered"),
    "missing_item": gettext_lazy("nothing of this item is entered"),
    "missing_point": gettext_lazy("nothing is entered"),
    "missing_value": gettext_lazy("no row has %(cell)s = %(value)s, which the procedure wants"),
    "too_few_rows": gettext_lazy("%(count)s rows are entered, the procedure wants at least %(wanted)s"),
    "wrong_runs": gettext_lazy("%(count)s runs are entered, the procedure wants %(wanted)s"),
    "unknown_part": gettext_lazy("“%(part)s” is not among the parts named above"),
    "doubled_part": gettext_lazy("“%(part)s” is named twice; give every part its own mark"),
    "doubled_point": gettext_lazy("this point is entered twice; keep one row"),
    "unknown_point": gettext_lazy("the procedure has no such point for this instrument"),
    "unknown_item": gettext_lazy("the procedure has no such item; remove it"),
    "unknown_cell": gettext_lazy("the procedure has no such cell; remove it"),
    "not_a_number": gettext_lazy("“%(text)s” is not a number; enter digits with a point, without unit"),
    "not_a_choice": gettext_lazy("“%(text)s” is none of the choices"),
    "not_yes_or_no": gettext_lazy("“%(text)s” is neither yes nor no"),
    "wrong_unit": gettext_lazy("the unit is %(unit)s, the procedure wants %(wanted)s; convert the reading"),
    "impossible": gettext_lazy("%(number)s is not possible here (%(range)s); check the reading"),
    "undefined": gettext_lazy("the error can't be computed: division by zero; check the reference"),
    "not_of_item": gettext_lazy(
        "%(text)s does not go with the item that the instrument is filed under (%(item)s: %(known)s); check it, or "
        "have the item in the ledger corrected"
    ),
    "no_limit": gettext_lazy("the procedure has no limit for %(given)s; check the particulars and the reading"),
}


class Where(NamedTuple):
    """The place of a fault: its section, row and cell by their keys; what is "" is not known."""

    section: str
    line: str = ""
    column: str = ""


@dataclass(frozen=True)
class Told:
    """A line of the summary: where, what, and the field that it leads to."""

    where: str
    words: str
    href: str = ""


def place_of(problem: CellProblem, sections: Mapping[str, Section], filled: Mapping[str, Sequence[str]]) -> Where:
    """Where in the form a fault lies. `filled` holds the keys of the rows that the record holds, by section."""
    head, _dot, name = problem.cell.partition(".")
    if head in (INSTRUMENT, PARTS):
        return Where(head, "0", name)
    found = PLACE.match(problem.cell)
    if found and int(found["row"]) < len(filled.get(found["item"], ())):
        column = (found["cell"] or "") + (f"#{found['run']}" if found["run"] and found["cell"] else "")
        return Where(found["item"], filled[found["item"]][int(found["row"])], column)
    item = ITEM.match(problem.cell)
    if item is None or item["item"] not in sections:
        return Where("")
    section = sections[item["item"]]
    return Where(section.key, _empty_line(section, problem.params, filled.get(section.key, ())))


def _empty_line(section: Section, wanted: Mapping[str, Any], filled: Sequence[str]) -> str:
    part, point = wanted.get("part") or "", wanted.get("point") or ""
    free = (line.key for line in section.lines if line.key not in filled)
    if not part and not point:
        return next(free, "")
    return next((one.key for one in section.lines if part in ("", one.part) and point in ("", one.point)), "")


def words_of(problem: CellProblem, form: Mapping[str, Any]) -> str:
    """What is wrong, in the reader's language, without the place."""
    if problem.cell == PARTS and problem.code == "missing":
        return _("name at least one; one row for each")
    said = SAID.get(problem.code)
    if said is None:
        return problem.template.format(**problem.params)
    return str(said) % ({key: str(value) for key, value in problem.params.items()} | _filled_in(problem, form))


def _filled_in(problem: CellProblem, form: Mapping[str, Any]) -> dict[str, str]:
    params = problem.params
    if problem.code == "impossible":
        return {"number": _with_unit(params["number"], params["unit"]), "range": _range(params)}
    if problem.code == "not_of_item":
        return {"known": listed(str(params["known"]).split(", "))}
    if problem.code == "missing_value":
        return {"cell": _titles(form).get(params["cell"], params["cell"])}
    if problem.code == "no_limit":
        names = params.get("names") or {}
        titles = _titles(form)
        given = listed(f"{titles.get(name, name)} {_choice(form, name, word)}" for name, word in names.items())
        return {"given": given or str(params.get("value", ""))}
    return {}


def _with_unit(number: Any, unit: str) -> str:
    return str(number) if unit in ("", "1") else f"{number}{THIN}{unit_words(unit)}"


def _range(params: Mapping[str, Any]) -> str:
    low, high = params["low"], params["high"]
    if low is not None and high is not None:
        return f"{low:f} … {high:f}"
    return f"≤ {high:f}" if low is None else f"≥ {low:f}"


def _cells(form: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from form["attributes"]
    for item in form["items"]:
        yield from (*item["cells"], *item["run_cells"])


def _titles(form: Mapping[str, Any]) -> dict[str, str]:
    return {cell["id"]: titled(cell["title"]) for cell in _cells(form)}


def _choice(form: Mapping[str, Any], name: str, word: Any) -> str:
    cell = next((one for one in _cells(form) if one["id"] == name and one["choices"]), None)
    return str(word) if cell is None else choice_words(cell).get(str(word), str(word))


def marks_of(
    problems: Iterable[CellProblem],
    sections: Mapping[str, Section],
    filled: Mapping[str, Sequence[str]],
    form: Mapping[str, Any],
) -> dict[str, dict[str, str]]:
    """The faults as marks on cells, by the name of the field; what lies in no cell, at the first cell of its row."""
    marks: dict[str, dict[str, str]] = {}
    for problem in problems:
        where = place_of(problem, sections, filled)
        name = _field(where, sections)
        if name:
            marks.setdefault(name, {"tone": "bad", "words": words_of(problem, form)})
    return marks


def _field(where: Where, sections: Mapping[str, Section]) -> str:
    section = sections.get(where.section)
    if section is None or not where.line:
        return ""
    typed = [column.key for column in section.columns if column.key != VERDICT]
    return f"{section.key}~{where.line}.{where.column if where.column in typed else typed[0]}"


def summary_of(
    problems: Iterable[CellProblem],
    sections: Mapping[str, Section],
    filled: Mapping[str, Sequence[str]],
    form: Mapping[str, Any],
) -> list[Told]:
    """The faults of a record in the order of the form: empty cells of one row in one line, each with its link."""
    order = {key: at for at, key in enumerate(sections)}
    by_row: dict[tuple[str, str, str], list[tuple[Where, CellProblem]]] = {}
    for problem in problems:
        where = place_of(problem, sections, filled)
        group = "" if problem.code == "missing" else problem.cell + problem.code
        by_row.setdefault((where.section, where.line, group), []).append((where, problem))
    told = [(order.get(key[0], -1), _told(found, sections, form)) for key, found in by_row.items()]
    return [one for _at, one in sorted(told, key=lambda pair: pair[0])]


def _told(found: list[tuple[Where, CellProblem]], sections: Mapping[str, Section], form: Mapping[str, Any]) -> Told:
    (where, problem), *_more = found
    section = sections.get(where.section)
    if section is None:
        return Told("", words_of(problem, form))
    row = next((line.label for line in section.lines if line.key == where.line), where.line)
    columns = {column.key: str(column.label) for column in section.columns}
    cells = listed(columns[one.column] for one, _p in found if one.column in columns)
    whole = problem.code == "missing_item"
    place = " · ".join(filter(None, [section.title, row if len(section.lines) > 1 and not whole else "", cells]))
    name = _field(where, sections)
    return Told(place, words_of(problem, form), f"#{quote(name) if name else quote(f'grid-{section.key}')}")
