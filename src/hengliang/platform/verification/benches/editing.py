"""A mapping profile while it is drawn up: which column of a sample holds what, and the document that this makes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from hengliang.platform.core.pages.words import titled
from hengliang.platform.registry.imports.cells import text_of
from hengliang.platform.registry.imports.limits import MAX_COLUMNS
from hengliang.platform.registry.imports.sheet import plain
from hengliang.platform.verification.benches.conversions import COUNTS, units_for
from hengliang.platform.verification.benches.layouts import Layout, layout_told, position
from hengliang.platform.verification.benches.profile import Column, Profile, Reading
from hengliang.platform.verification.benches.shares import DAYS

OTHER = "other:"
CONSTANTS = ("maker", "model", "batch")
_PASSES, _FAILS = "合格 P", "不合格 F"


@dataclass(frozen=True)
class Drafted:
    """One column of the file: what it is taken for, and how its cells are read; new, if nobody was asked about it."""

    at: int
    header: str
    values: tuple[str, ...]
    holds: str = ""
    form: str = ""
    passes: str = ""
    fails: str = ""
    unit: str = ""
    preset: str = ""
    reversed: bool = False
    run: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    is_new: bool = False

    @property
    def name(self) -> str:
        """Its header, or its place where it has none."""
        return self.header or position(self.at)


@dataclass(frozen=True)
class Slot:
    """What a column can be taken for: its name, and of a reading the cell of the record, as the rule's form has it."""

    key: str
    title: str
    group: str
    column: Column | None = None
    reading: Reading | None = None
    cell: Mapping[str, Any] = field(default_factory=dict)
    given: tuple[Mapping[str, Any], ...] = ()
    runs: int = 0

    @property
    def units(self) -> tuple[str, ...]:
        """The units in which the bench may write it."""
        return units_for(self.cell.get("unit", "")) if self.cell.get("kind") == "number" else ()

    @property
    def yes_or_no(self) -> bool:
        """Whether it says passed or failed in words."""
        return self.key == "said" or self.cell.get("kind") == "check"

    @property
    def day(self) -> bool:
        """Whether it is a day."""
        return self.key in DAYS

    @property
    def signed(self) -> bool:
        """Whether its sign is a convention: an error, and not a volume."""
        return self.cell.get("unit") in ("%", "s/d") and self.cell.get("kind") == "number"


def slots_of(base: Profile, form: Mapping[str, Any]) -> dict[str, Slot]:
    """All that a column can be taken for, by key; `form` is the entry form of the rule."""
    items = {item["id"]: item for item in form["items"]}
    attributes = {cell["id"]: cell for cell in form["attributes"]}
    found = [Slot(c.key, c.header, _("The meter"), c) for c in base.identity]
    found += [
        Slot(c.key, titled(name_of(c)), _("Particulars that the rule needs"), c, cell=attributes.get(c.key, {}))
        for c in base.attributes
    ]
    for reading in base.readings:
        cell = _cell(items.get(reading.item, {}), reading.cell)
        found.append(
            Slot(reading.column.key, titled(name_of(reading.column)), _("Readings"), reading.column, reading, cell)
        )
    found += [_other(item) for item in form["items"] if _is_free(item)]
    return {slot.key: slot for slot in found}


def _is_free(item: Mapping[str, Any]) -> bool:
    """Whether rows of the record may be added at points that the bench chooses."""
    given = item["cells"] if item["run_cells"] else item["cells"][:-1]
    return bool(given) and not item["points"] and not item["readings"]


def _other(item: Mapping[str, Any]) -> Slot:
    written, given = (
        (item["run_cells"][0], item["cells"]) if item["run_cells"] else (item["cells"][-1], item["cells"][:-1])
    )
    title = _("%(item)s at another point") % {"item": titled(item["title"])}
    named = tuple({**cell, "name": titled(cell["title"])} for cell in given)
    return Slot(f"{OTHER}{item['id']}", title, _("Readings"), cell=written, given=named, runs=item["runs"])


def _cell(item: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    cells: list[Mapping[str, Any]] = [*item.get("cells", ()), *item.get("run_cells", ())]
    return next((cell for cell in cells if cell["id"] == key), {})


def columns_of(headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Drafted]:
    """The columns of a sample with their first values, not yet taken for anything."""
    width = max([len(headers), *(len(row) for row in rows)])
    made = []
    for at in range(width):
        values = tuple(text_of(row[at])[:30] for row in rows[:3] if at < len(row))
        made.append(Drafted(at, headers[at][:60] if at < len(headers) else "", values))
    return made


def guessed(columns: Sequence[Drafted], base: Profile, *, only_new: bool = False) -> list[Drafted]:
    """The columns taken for what their headers say in a shipped profile; each thing once."""
    known = {plain(name): column.key for column in base.columns for name in column.names}
    taken: set[str] = {one.holds for one in columns}
    made = []
    for one in columns:
        if only_new and not one.is_new:
            made.append(one)
            continue
        key = known.get(plain(one.header), "")
        key = "" if key in taken else key
        taken.add(key)
        told = key == "said"
        made.append(replace(one, holds=key, passes=_PASSES if told else "", fails=_FAILS if told else ""))
    return made


def recalled(columns: Sequence[Drafted], document: Mapping[str, Any], slots: Mapping[str, Slot]) -> list[Drafted]:
    """The columns as a document has them."""
    rows = [row for part in ("identity", "attributes", "readings") for row in document.get(part, ())]
    by_name = {plain(name): row for row in rows for name in row["names"]}
    made = []
    for one in columns:
        row = by_name.get(position(one.at)) or (by_name.get(plain(one.header)) if one.header else None)
        made.append(_recalled(one, row, slots) if row else one)
    return made


def _recalled(one: Drafted, row: Mapping[str, Any], slots: Mapping[str, Slot]) -> Drafted:
    key = row["key"] if row["key"] in slots else f"{OTHER}{row.get('item', '')}"
    words: Mapping[str, str] = row.get("words", {})
    return replace(
        one, holds=key, form=row.get("form", ""), unit=row.get("unit", ""), preset=row.get("preset", ""),
        reversed=row.get("reversed", False), run=str(row.get("run", "") or ""), given=dict(row.get("with", {})),
        passes=" ".join(word for word, meant in words.items() if meant in ("pass", "yes")),
        fails=" ".join(word for word, meant in words.items() if meant in ("fail", "no")),
    )  # fmt: skip


def entered(columns: Sequence[Drafted], told: Mapping[str, str], slots: Mapping[str, Slot]) -> list[Drafted]:
    """The columns as they were filled in: `c3` what the fourth is taken for, `c3-unit` its unit, and so on.

    `h3` is what the fourth was called when that was filled in: by another layout it may stand elsewhere now, or be none
    of these; the others are left as they are.
    """
    before = {header: at for at in range(MAX_COLUMNS) if (header := told.get(f"h{at}"))}
    made = []
    for one in columns:
        at = f"c{before.get(one.name, one.at if not before else MAX_COLUMNS)}"
        slot = slots.get(told.get(at, ""))
        if slot is None:
            made.append(replace(one, is_new=at not in told))
            continue
        given = {str(cell["id"]): told.get(f"{at}-{cell['id']}", "").strip() for cell in slot.given}
        made.append(
            replace(
                one, holds=slot.key, form=told.get(f"{at}-form", ""), passes=told.get(f"{at}-passes", ""),
                fails=told.get(f"{at}-fails", ""), unit=told.get(f"{at}-unit", ""), given=given,
                preset=told.get(f"{at}-preset", "").strip(), reversed=bool(told.get(f"{at}-reversed")),
                run=told.get(f"{at}-run", ""),
            )
        )  # fmt: skip
    return made


def document_of(
    columns: Sequence[Drafted], constants: Mapping[str, str], layout: Layout, base: Profile, slots: Mapping[str, Slot]
) -> dict[str, Any]:
    """The document that these columns make, of the shape of a shipped profile."""
    twice = Counter(plain(one.header) for one in columns)
    made: dict[str, Any] = {
        "base": base.id,
        "file": layout_told(layout),
        "identity": [],
        "attributes": [],
        "readings": [],
    }
    taken: set[str] = set()
    for one in columns:
        slot = slots.get(one.holds)
        if slot is None:
            continue
        own = layout.headers and plain(one.header) and twice[plain(one.header)] == 1
        row = _row(one, slot, one.header if own else position(one.at))
        taken.add(one.holds)
        made[_part(slot, base)].append(row)
    for row in (*made["identity"], *made["attributes"]):
        if row["key"] in constants:
            row["default"] = constants[row["key"]]
    made["identity"] += [
        _constant(key, value, {}) for key, value in constants.items() if key in CONSTANTS and key not in taken
    ]
    for column in base.attributes:
        if column.key not in taken and column.key in constants:
            made["attributes"].append(_constant(column.key, constants[column.key], _meaning(column)))
    return made


def _part(slot: Slot, base: Profile) -> str:
    if slot.column in base.identity:
        return "identity"
    return "attributes" if slot.column in base.attributes else "readings"


def _constant(key: str, value: str, more: Mapping[str, Any]) -> dict[str, Any]:
    return {"key": key, "names": [], "default": value, **more}


def _meaning(column: Column) -> dict[str, Any]:
    """What a shipped column does to its cells: the words of its choices, what stands around the value."""
    told: dict[str, Any] = {"words": dict(column.words), "prefix": column.prefix, "suffix": column.suffix}
    return {name: one for name, one in told.items() if one} | {"title": name_of(column)}


def name_of(column: Column) -> dict[str, str]:
    """What a shipped column is called in either language."""
    english = next((name for name in column.names if name.isascii()), column.names[0])
    return dict(column.title) or {"zh": column.names[0], "en": english}


def _row(one: Drafted, slot: Slot, name: str) -> dict[str, Any]:
    row: dict[str, Any] = {"key": slot.key, "names": [name]}
    if slot.reading is not None:
        reading = slot.reading
        row |= {"item": reading.item, "cell": reading.cell, "run": reading.run}
        row |= {"point": reading.point} if reading.point else {}
        row |= {"with": dict(reading.fixed)} if reading.fixed else {}
        row |= {"optional": True} if not reading.column.required else {}
        row["title"] = name_of(reading.column)
    elif slot.key.startswith(OTHER):
        row |= _at_another(one, slot)
    elif slot.column is not None and slot.cell:
        row |= _meaning(slot.column)
    if slot.day and one.form:
        row["form"] = one.form
    if slot.yes_or_no and (one.passes or one.fails):
        yes, no = ("pass", "fail") if slot.key == "said" else ("yes", "no")
        row["words"] = dict.fromkeys(one.passes.split(), yes) | dict.fromkeys(one.fails.split(), no)
    return row | _converted(one, slot)


def _at_another(one: Drafted, slot: Slot) -> dict[str, Any]:
    run = int(one.run) if one.run.isdecimal() else (1 if slot.runs else 0)
    item = slot.key.removeprefix(OTHER)
    key = ".".join([item, *(one.given[name] for name in one.given), str(run)])
    title = " ".join([item, *one.given.values()])
    return {
        "key": key[:200], "item": item, "cell": slot.cell["id"], "run": run, "title": {"zh": title, "en": title},
        "with": {name: value for name, value in one.given.items() if value},
    }  # fmt: skip


def _converted(one: Drafted, slot: Slot) -> dict[str, Any]:
    wanted = slot.cell.get("unit", "")
    unit = one.unit if one.unit in slot.units else ""
    turned = one.reversed and slot.signed
    if not (turned or (unit and unit != wanted)):
        return {}
    row: dict[str, Any] = {"unit": unit or wanted, "wanted": wanted}
    row |= {"preset": one.preset} if row["unit"] == COUNTS else {}
    return row | ({"reversed": True} if turned else {})
