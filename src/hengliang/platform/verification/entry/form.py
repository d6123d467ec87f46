"""The sections of a record that a rule asks of one instrument, in the order of the rule."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages.grid import GridColumn
from hengliang.platform.core.pages.words import titled
from hengliang.platform.verification.entry.section import (
    INSTRUMENT,
    LEFT_OUT,
    PART,
    PARTS,
    REASON,
    VERDICT,
    Line,
    Section,
)
from hengliang.platform.verification.entry.words import choice_words, plain, unit_words
from hengliang.platform.verification.stated import STATED

SPARE_ROWS = 2
PLAIN_MARK = re.compile(r"[\w-]*")  # a mark that can stand in the name of a field


def sections_of(
    form: Mapping[str, Any], data: Mapping[str, Any], parts: Sequence[str], *, concludes: bool = True
) -> list[Section]:
    """The sections to be filled in, in the order of the rule. `parts` are the parts of this instrument so far.

    Where the kind of job does not conclude, each row takes its uncertainty instead of showing a verdict.
    """
    attributes = [_column(cell) for cell in form["attributes"]]
    found = [Section(INSTRUMENT, _("Particulars of the instrument"), [Line("0", label="")], attributes)]
    if form["part"]:
        found.append(_parts(titled(form["part"]), parts))
    given = given_particulars(form, data)
    asked = [item for item in form["items"] if _asked(item, given)]
    own = [item for item in asked if item["readings"] is None]
    found.extend(_section(item, form, data, parts, given, concludes=concludes) for item in own)
    if optional := [Line(item["id"], label=titled(item["title"])) for item in asked if item["optional"]]:
        found.append(Section(LEFT_OUT, _("Left out, with the reason"), optional, [_text(REASON, _("Reason"))]))
    return [section for section in found if section.columns]


def given_particulars(form: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, str]:
    """The particulars of the instrument as typed, and what the rule assumes where nothing is."""
    assumed = {cell["id"]: str(cell["default"]) for cell in form["attributes"] if cell["default"] is not None}
    return assumed | {key: plain(value) for key, value in (data.get(INSTRUMENT) or {}).items()}


def _asked(item: Mapping[str, Any], given: Mapping[str, str]) -> bool:
    """Whether an item is asked of this instrument; while its particulars are not typed yet, it is."""
    return all(given.get(name, allowed[0]) in allowed for name, allowed in item["when"].items())


def _parts(title: str, parts: Sequence[str]) -> Section:
    lines = [Line(str(at), part, label=str(at + 1)) for at, part in enumerate([*parts, ""])]
    heading = _("%(part)s: how many, and their marks") % {"part": title}
    return Section(PARTS, heading, lines, [_text(PART, title)], free=True)


def _text(key: str, title: str) -> GridColumn:
    return GridColumn(key, title, kind="text")


def _section(
    item: Mapping[str, Any],
    form: Mapping[str, Any],
    data: Mapping[str, Any],
    parts: Sequence[str],
    given: Mapping[str, str],
    *,
    concludes: bool,
) -> Section:
    runs = int(item["runs"] or 0)
    columns = [_column(cell) for cell in item["cells"]]
    for at in range(runs):
        columns += [_column(cell, f"#{at}", f" {at + 1}") for cell in item["run_cells"]]
    if any(cell["kind"] != "check" for cell in [*item["cells"], *item["run_cells"]]):
        verdict = GridColumn(VERDICT, _("Verdict"), given=True, stays=True)
        columns.append(verdict if concludes else _uncertainty(item))
    typed = (data.get("items") or {}).get(item["id"]) or []
    lines = list(_lines(item, parts, given, len(typed)))
    judges = {one["id"]: titled(one["title"]) for one in form["items"] if item["id"] in (one["id"], one["readings"])}
    return Section(item["id"], listed(judges.values()), lines, columns, runs, _free(item, lines), judges)


def _free(item: Mapping[str, Any], lines: Sequence[Line]) -> bool:
    """Whether rows may be added: no points are set, no part has a row of its own, and it is more than one question."""
    return not item["points"] and not any(line.part for line in lines) and len(lines) > 1


def _uncertainty(item: Mapping[str, Any]) -> GridColumn:
    return GridColumn(STATED, _("U (k = 2)"), "" if item["unit"] in (None, "1") else unit_words(item["unit"]))


def _lines(item: Mapping[str, Any], parts: Sequence[str], given: Mapping[str, str], typed: int) -> Iterator[Line]:
    points = [p for p in item["points"] if all(given.get(k) in v for k, v in p["when"].items())]
    for at, part in enumerate(parts if item["per_part"] and parts else [""]):
        key = part if PLAIN_MARK.fullmatch(part) else f"§{at}"
        for point in points:
            label = " ".join(filter(None, [part, titled(point["title"])]))
            yield Line(f"{key}-{point['id']}", part, point["id"], label, point["values"] | point["texts"])
        if not points and part:
            yield Line(key, part, label=part)
    if not points and not (item["per_part"] and parts):
        least = max(int(item["at_least"] or 1), typed)
        once = least == 1 and not item["include"] and all(cell["kind"] == "check" for cell in item["cells"])
        spare = 0 if once else SPARE_ROWS
        yield from (Line(str(at), label=str(at + 1)) for at in range(least + spare))


def _column(cell: Mapping[str, Any], suffix: str = "", numbered: str = "") -> GridColumn:
    unit = "" if cell["unit"] in (None, "1") else unit_words(cell["unit"])
    title = titled(cell["title"]) + numbered
    if cell["kind"] == "check":
        return GridColumn(cell["id"] + suffix, title, unit, "choice", choices=[("yes", _("yes")), ("no", _("no"))])
    if cell["kind"] == "choice":
        return GridColumn(cell["id"] + suffix, title, unit, "choice", choices=list(choice_words(cell).items()))
    return GridColumn(cell["id"] + suffix, title, unit)
