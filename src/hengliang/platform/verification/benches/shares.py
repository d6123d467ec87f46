"""What rows of a file have in common, understood once: maker, model, batch, days, attributes."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hengliang.metrology.judge import CellProblem
from hengliang.platform.registry.imports.cells import UNCLEAR, day_of, text_of
from hengliang.platform.verification.benches.conversions import day_in
from hengliang.platform.verification.benches.profile import Column, Profile

COMMON = ("maker", "model", "batch", "made_on", "verified_on", "said")
DAYS = ("made_on", "verified_on")
LONGEST = {"serial": 60, "label": 60, "maker": 200, "model": 100, "batch": 60}
SAID = {"合格": "p", "pass": "p", "passed": "p", "不合格": "f", "fail": "f", "failed": "f"}

Misfits = Callable[[Mapping[str, Any]], list[CellProblem]]
"""What contradicts, in the attributes of a meter, the item that the lot is of."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What rows have in common, and what is wrong with it: `(column, code, value)`."""

    key: int
    maker: str
    model: str
    batch: str
    made_on: date | None
    verified_on: date | None
    attributes: tuple[str, ...]
    said: str
    faults: list[tuple[str, str, str]]
    maker_key: str

    def attributes_json(self, names: Sequence[str]) -> str:
        """The attributes as JSON, in the order of the profile."""
        told = {name: value for name, value in zip(names, self.attributes, strict=True) if value}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


class Shares:
    """Finds or makes what a row shares with others, from its cells in the order of `COMMON` and the attributes."""

    def __init__(self, profile: Profile, today: date, misfits: Misfits) -> None:
        self._attributes: Sequence[Column] = profile.attributes
        self._common = [profile.column(key) for key in COMMON]
        self._today, self._misfits = today, misfits
        self._by_text: dict[tuple[str, ...], Shared] = {}
        self._by_cells: dict[tuple[str, ...], Shared] = {}

    def of(self, cells: Sequence[tuple[str, ...]]) -> list[Shared]:
        """What each row shares."""
        found = list(map(self._by_cells.get, cells))
        if None in found:
            return [one or self._found(own) for one, own in zip(found, cells, strict=True)]
        return found  # type: ignore[return-value]

    def all(self) -> list[Shared]:
        """All that were made, by their keys."""
        return list(self._by_text.values())

    def _found(self, cells: tuple[str, ...]) -> Shared:
        """The same words differ by blanks only: they are one."""
        if cells not in self._by_cells:
            texts = tuple(map(text_of, cells))
            if texts not in self._by_text:
                self._by_text[texts] = self._made(texts[: len(COMMON)], texts[len(COMMON) :])
            self._by_cells[cells] = self._by_text[texts]
        return self._by_cells[cells]

    def _made(self, common: tuple[str, ...], given: tuple[str, ...]) -> Shared:
        maker, model, batch, made, verified, said = (
            column.meant(text) for column, text in zip(self._common, common, strict=True)
        )
        faults: list[tuple[str, str, str]] = []
        made_on, verified_on = self._day("made_on", made, faults), self._day("verified_on", verified, faults)
        if not maker:
            faults.append(("maker", "missing", ""))
        if verified_on is None and not verified:
            faults.append(("verified_on", "missing", ""))
        if made_on and verified_on and made_on > verified_on:
            faults.append(("made_on", "made_after", made_on.isoformat()))
        for key, text in (("maker", maker), ("model", model), ("batch", batch)):
            if len(text) > LONGEST[key]:
                faults.append((key, "too_long", text[:40]))
        attributes = tuple(column.meant(text) for column, text in zip(self._attributes, given, strict=True))
        faults += self._not_of_item(attributes)
        return Shared(
            len(self._by_text), maker, model, batch, made_on, verified_on, attributes, SAID.get(said.lower(), ""),
            faults, maker.lower(),
        )  # fmt: skip

    def _not_of_item(self, attributes: tuple[str, ...]) -> list[tuple[str, str, str]]:
        given = {column.key: value for column, value in zip(self._attributes, attributes, strict=True)}
        names = [
            (problem.cell.removeprefix("instrument."), problem) for problem in self._misfits({"instrument": given})
        ]
        return [(name, f"judge_{problem.code}", given.get(name, "")) for name, problem in names]

    def _day(self, key: str, text: str, faults: list[tuple[str, str, str]]) -> date | None:
        told = day_read(self._common[COMMON.index(key)], text)
        if told.startswith(UNCLEAR):
            faults.append((key, "date_unclear", told[1:][:40]))
            return None
        if not told:
            return None
        day = date.fromisoformat(told)
        if day > self._today:
            faults.append((key, "day_ahead", told))
        return day


def day_read(column: Column, text: str) -> str:
    """A day as its column has it, as 2026-03-05; unclear where it is none."""
    return day_in(text, column.form) if column.form else day_of(float(text) if _is_serial_day(text) else text)


def _is_serial_day(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == 5
