"""The editor of a mapping profile: what was filled in, as columns, document, and the sample tried by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from typing import Any

from hengliang.platform.core.errors import PlatformError
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
from hengliang.platform.verification.benches.layouts import Layout
from hengliang.platform.verification.benches.profile import Profile
from hengliang.platform.verification.benches.profiles_of import profiles_of
from hengliang.platform.verification.benches.samples import opened
from hengliang.platform.verification.benches.trying import Tried, tried
from hengliang.platform.verification.profile_forms import LayoutForm
from hengliang.platform.verification.rules import rule_for

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
    today: Any
    told: Mapping[str, str]
    before: Mapping[str, Any]
    problem: str = ""

    @cached_property
    def base(self) -> Profile:
        """The shipped profile whose fields are offered."""
        fitting = profiles_of(self.item)
        return next((one for one in fitting if one.id == self.before.get("base")), fitting[0])

    @cached_property
    def rule(self) -> Any:
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
        return LayoutForm(initial=LayoutForm.initial_of(Layout(**self.before.get("file", {}))))

    @cached_property
    def layout(self) -> Layout:
        """The layout as it was filled in, or as the version before has it."""
        return self.layout_form.layout() if self.told else Layout(**self.before.get("file", {}))

    @cached_property
    def columns(self) -> list[Drafted]:
        """The columns of the sample; empty with the `problem` where it can't be read in this layout."""
        try:
            names = [
                name
                for part in ("identity", "attributes", "readings")
                for row in self.before.get(part, ())
                for name in row["names"]
            ]
            file = opened(self.sample, self.layout, names)
            rows = [cells for _at, cells in islice(file.rows, SHOWN)]
        except PlatformError as refused:
            self.problem = str(refused)
            return []
        made = columns_of(file.headers, rows)
        if self.told:
            return entered(made, self.told, self.slots)
        return recalled(made, self.before, self.slots) if self.before else guessed(made, self.base)

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
    def lines(self) -> list[tuple[Drafted, Slot | None]]:
        """Each column with what it is taken for."""
        return [(one, self.slots.get(one.holds)) for one in self.columns]

    @property
    def groups(self) -> list[tuple[str, list[Slot]]]:
        """What may be chosen, in groups."""
        return [(name, list(slots)) for name, slots in groupby(self.slots.values(), key=lambda slot: slot.group)]
