"""The editor of a mapping profile: what was filled in, as columns, document, and the sample tried by it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby, islice
from typing import Any

from hengliang.platform.core.errors import InputRefused, PlatformError
from hengliang.platform.core.pages.words import titled
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.benches.documents import examined
from hengliang.platform.verification.benches.editing import (
    CONSTANTS,
    Drafted,
    Slot,
    columns_of,
    document_of,
    entered,
    guessed,
    name_of,
    recalled,
    slots_of,
)
from hengliang.platform.verification.benches.files import BenchFile
from hengliang.platform.verification.benches.folding import folded
from hengliang.platform.verification.benches.layouts import Layout, Long, layout_from
from hengliang.platform.verification.benches.profile import Column, Profile
from hengliang.platform.verification.benches.profiles_of import long_headers, profiles_of
from hengliang.platform.verification.benches.row_roles import (
    RowColumn,
    entered_roles,
    first_rows,
    long_of,
    recalled_roles,
    row_columns,
)
from hengliang.platform.verification.benches.samples import opened
from hengliang.platform.verification.benches.trying import Tried, tried
from hengliang.platform.verification.forms.profiles import LayoutForm
from hengliang.platform.verification.rules import Rule, rule_for

SHOWN = 3


@dataclass
class Editor:
    """A profile that is being drawn up over a sample.

    told : what was filled in; empty on the way in; before : the document of the version before
    """

    body: Organisation
    item: CatalogueItem
    regime: str
    sample: str
    today: date
    told: Mapping[str, str]
    before: Mapping[str, Any]
    problem: str = ""

    @cached_property
    def base(self) -> Profile:
        """The shipped profile whose fields are offered."""
        fitting = [one for one in profiles_of(self.item) if one.file.long is None]
        return next((one for one in fitting if one.id == self.before.get("base")), fitting[0])

    @cached_property
    def rule(self) -> Rule:
        """The rule by which the sample is judged."""
        return rule_for(self.item, self.today)

    @cached_property
    def slots(self) -> dict[str, Slot]:
        """All that a column can be taken for."""
        return slots_of(self.base, self.rule.form(self.regime))

    @cached_property
    def layout_form(self) -> LayoutForm:
        """How the text is laid out."""
        if self.told:
            return LayoutForm(self.told)
        return LayoutForm(initial=LayoutForm.initial_of(layout_from(self.before.get("file", {}))))

    @cached_property
    def text(self) -> Layout:
        """The layout of the text, as it was filled in or as the version before has it."""
        return self.layout_form.layout() if self.told else layout_from(self.before.get("file", {}))

    @cached_property
    def layout(self) -> Layout:
        """The layout with how the rows of a meter are told, as far as that is said."""
        return replace(self.text, long=self.long)

    @property
    def is_long(self) -> bool:
        """Whether a meter has several rows."""
        return self.layout_form.is_long

    @cached_property
    def telling(self) -> dict[str, Any]:
        """How rows belong together, beside their columns."""
        if self.told:
            head = self.told.get("long-head", "").strip()
            return {"head": head, **{key: bool(self.told.get(f"long-{key}")) for key in ("carried", "repeated")}}
        long = self.text.long
        return {key: getattr(long, key) if long else "" for key in ("head", "carried", "repeated")}

    @cached_property
    def row_columns(self) -> list[RowColumn]:
        """The columns of the file as it is written, with what they say of a row."""
        file = opened(self.sample, self.text, self._names)
        found = row_columns(file.headers, first_rows(file), self.telling["head"])
        if self.told or self.text.long is None:
            return entered_roles(found, self.told)
        return recalled_roles(found, self.text.long)

    @cached_property
    def long(self) -> Long | None:
        """How the rows of a meter are told; None where each has one."""
        return long_of(self.row_columns, **self.telling) if self.is_long else None

    @cached_property
    def columns(self) -> list[Drafted]:
        """The columns of the sample; empty with the `problem` where it can't be read in this layout."""
        try:
            file = self._file()
        except PlatformError as refused:
            self.problem = str(refused)
            return []
        made = columns_of(file.headers, [cells for _at, cells in islice(file.rows, SHOWN)])
        if self.told:
            return guessed(entered(made, self.told, self.slots), self.base, only_new=True)
        return recalled(made, self.before, self.slots) if self.before else guessed(made, self.base)

    def _file(self) -> BenchFile:
        """The sample, with one row a meter."""
        file = opened(self.sample, self.text, self._names)
        if not self.is_long:
            return file
        if self.long is None:
            raise InputRefused(
                "rows_not_told",
                "Say below which column names the meter, which the load point, and which holds what was read.",
                field="rows",
            )
        own = [Column(row["key"], tuple(row["names"])) for row in self._rows]
        return folded(file, self.long, [*self.base.columns, *own], compared=False)

    @property
    def _rows(self) -> list[Mapping[str, Any]]:
        return [row for part in ("identity", "attributes", "readings") for row in self.before.get(part, ())]

    @property
    def _names(self) -> list[str]:
        return [*(name for row in self._rows for name in row["names"]), *long_headers(self.before)]

    @cached_property
    def constants(self) -> dict[str, str]:
        """What counts for all meters, where no column says it."""
        if self.told:
            given = {key: self.told.get(f"all-{key}", "").strip() for key in self._constant_keys}
        elif self.before:
            rows = [*self.before.get("identity", ()), *self.before.get("attributes", ())]
            given = {row["key"]: row.get("default", "") for row in rows}
        else:
            given = {column.key: column.default for column in self.base.attributes}
        return {key: value for key, value in given.items() if value}

    @property
    def _constant_keys(self) -> list[str]:
        return [*CONSTANTS, *(column.key for column in self.base.attributes)]

    @property
    def constant_fields(self) -> list[tuple[str, str, str]]:
        """What may be said for all meters: its key, its name, and what is said."""
        columns = [self.base.column(key) for key in self._constant_keys]
        return [(one.key, titled(name_of(one)), self.constants.get(one.key, "")) for one in columns]

    @cached_property
    def document(self) -> dict[str, Any]:
        """The document that this makes."""
        made = document_of(self.columns, self.constants, self.layout, self.base, self.slots)
        return made | {"tried": {"item": self.item.code, "regime": self.regime}}

    @cached_property
    def tried(self) -> Tried | None:
        """The sample, read and judged by the document; None with the `problem` where it is not possible yet."""
        if not self.columns:
            return None
        try:
            profile = examined(self.document, id_="own", name="-")
            return tried(self.sample, profile, self.item, self.rule, self.regime, self.today)
        except PlatformError as refused:
            self.problem = str(refused)
            return None

    @property
    def shown_rows(self) -> list[RowColumn]:
        """The columns as they are written, where the sample can be read at all."""
        try:
            return self.row_columns
        except PlatformError:
            return []

    @property
    def lines(self) -> list[tuple[Drafted, Slot | None]]:
        """Each column with what it is taken for."""
        return [(one, self.slots.get(one.holds)) for one in self.columns]

    @property
    def groups(self) -> list[tuple[str, list[Slot]]]:
        """What may be chosen, in groups."""
        return [(name, list(slots)) for name, slots in groupby(self.slots.values(), key=lambda slot: slot.group)]
