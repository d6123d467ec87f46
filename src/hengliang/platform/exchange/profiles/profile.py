"""A mapping profile, read and found in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hengliang.platform.registry.imports import fields as ledger
from hengliang.platform.registry.imports.sheet import Vocabulary, plain
from hengliang.platform.registry.states import INSTRUMENT

# What each kind of file may say. A field that is not here can't be mapped.
LEDGER = (
    "outside_id", "code", "item", "name", "category", "model", "measuring_range", "accuracy_class", "serial_number",
    "manufacturer", "origin", "made_on", "owner", "owner_code", "market", "region", "place", "purpose", "regime",
    "mandatory", "on_site", "body", "last_on", "last_result", "due_on", "status",
)  # fmt: skip
TASKS = (
    "outside_id", "instrument_id", "code", "serial_number", "owner", "owner_code", "body", "job", "on_site",
    "wanted_on", "note",
)  # fmt: skip
RECEIPTS = ("key", "receipt", "reason", "outside_id")
INBOUND: Mapping[str, tuple[str, ...]] = {"ledger": LEDGER, "tasks": TASKS, "receipts": RECEIPTS}
NEEDED: Mapping[str, frozenset[str]] = {
    "ledger": frozenset({"outside_id", "serial_number"}),
    "tasks": frozenset({"outside_id"}),
    "receipts": frozenset({"key", "receipt"}),
}
RESULTS = (
    "key", "outside_id", "task_id", "instrument_code", "item", "name", "model", "serial_number", "manufacturer",
    "owner", "owner_code", "region", "body", "number", "kind", "verified_on", "issued_on", "result", "valid_until",
    "public_url",
)  # fmt: skip
OUTBOUND: Mapping[str, tuple[str, ...]] = {"results": RESULTS, "ledger": ("key", "instrument_code", *LEDGER)}
DAYS = frozenset({"made_on", "last_on", "due_on", "wanted_on"})
# The codes that words of other systems may stand for.
CHOICES: Mapping[str, frozenset[str]] = {
    field: frozenset(map(str, ledger.CHOICES[field]))
    for field in ("purpose", "regime", "mandatory", "on_site", "last_result")
} | {
    "status": frozenset(state.code for state in INSTRUMENT.states),
    "receipt": frozenset({"accepted", "refused"}),
}  # fmt: skip
FORMATS = ("sheet", "json_lines")


@dataclass(frozen=True)
class Column:
    """One column that is written."""

    field: str
    header: str


@dataclass(frozen=True)
class Profile:
    """What a system calls what. `values` has the words for each code that are read, `written` the one that is."""

    id: str
    title: Mapping[str, str]
    status: str
    source: str
    format: str
    code_kind: str
    inbound: Mapping[str, Mapping[str, Sequence[str]]]
    values: Mapping[str, Mapping[str, Sequence[str]]]
    outbound: Mapping[str, Sequence[Column]]
    written: Mapping[str, Mapping[str, str]]
    content: Mapping[str, Any]

    def words(self, kind: str) -> Vocabulary:
        """The headers of a kind of file, for the reader of sheets."""
        named = self.inbound.get(kind, {})
        known = {plain(name): field for field, names in named.items() for name in names}
        needed = [names[0] for field, names in named.items() if field in NEEDED[kind]]
        return Vocabulary(known, "、".join(needed))

    def codes(self, field: str) -> dict[str, str]:
        """The words of a choice that are read, in small letters, with their codes."""
        return {word.lower(): code for code, words in self.values.get(field, {}).items() for word in words}

    def word(self, field: str, code: str) -> str:
        """The word that is written for a code."""
        return self.written.get(field, {}).get(code, code)
