"""ISO 2859-1 (GB/T 2828.1): from lot, AQL and level to a plan; the tables come as arguments."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hengliang.metrology.sampling.errors import BadLot, NoPlan, UnknownEntry
from hengliang.metrology.sampling.plans import Plan, Stage

Inspection = Literal["normal", "tightened", "reduced"]
Kind = Literal["single", "double", "multiple"]


@dataclass(frozen=True, slots=True)
class LotBand:
    """Lot sizes `low` to `high` (None: no end) with their letter by inspection level."""

    low: int
    high: int | None
    letters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scheme:
    """The tables of the standard, folded along their diagonals.

    Acceptance numbers depend only on the place of the letter plus the place of the AQL; so one ladder
    replaces each of tables 2-A to 2-C, and arrows are steps without a number.
    """

    bands: tuple[LotBand, ...]
    letters: tuple[str, ...]
    sizes: Mapping[str, Mapping[str, int | None]]
    """Sample size of one stage by letter: normal, tightened, reduced, double, multiple."""
    aqls: tuple[float, ...]
    ladders: Mapping[str, Mapping[int, int]]
    """By inspection: step -> acceptance number."""
    crowded_step: int
    """From this step on the acceptance numbers exist for small samples only …"""
    crowded_letter: str
    """… up to this letter."""
    stages: Mapping[str, Mapping[int, tuple[tuple[int | None, int], ...]]]
    """double, multiple: single acceptance number -> (Ac, Re) of each stage."""

    def code_letter(self, lot: int, level: str = "II") -> str:
        """Letter of table 1. Raises BadLot, UnknownEntry."""
        for band in self.bands:
            if lot >= band.low and (band.high is None or lot <= band.high):
                if level not in band.letters:
                    raise UnknownEntry(what="inspection level", value=level, known=", ".join(band.letters))
                return band.letters[level]
        raise BadLot(lot=lot, least=self.bands[0].low)

    def plan(
        self,
        lot: int,
        aql: float,
        *,
        level: str = "II",
        inspection: Inspection = "normal",
        kind: Kind = "single",
    ) -> Plan:
        """The plan for a lot, arrows followed; a sample as large as the lot means every item.

        Raises BadLot, UnknownEntry, NoPlan.

        Source: ISO 2859-1:1999, clause 10, tables 1 to 4; GB/T 2828.1-2012.
        """
        letter = self.code_letter(lot, level)
        position, ac = self._follow(letter, aql, inspection)
        used = self.letters[position]
        if kind == "single":
            n = min(self._size(used, inspection, kind, ac), lot)
            return Plan((Stage(n, ac, ac + 1),), letter, used)
        if inspection == "reduced" or ac not in self.stages[kind]:
            raise NoPlan(kind=f"{inspection} {kind}", letter=used, ac=ac)
        n = self._size(used, kind, kind, ac)
        numbers = self.stages[kind][ac]
        return Plan(tuple(Stage(n, a, r) for a, r in numbers), letter, used)

    def _size(self, letter: str, column: str, kind: str, ac: int) -> int:
        n = self.sizes[letter].get(column)
        if n is None:
            raise NoPlan(kind=kind, letter=letter, ac=ac)
        return n

    def _follow(self, letter: str, aql: float, inspection: str) -> tuple[int, int]:
        if aql not in self.aqls:
            known = ", ".join(f"{a:g}" for a in self.aqls)
            raise UnknownEntry(what="AQL", value=f"{aql:g}", known=known)
        if inspection not in self.ladders:
            raise UnknownEntry(what="inspection", value=inspection, known=", ".join(self.ladders))
        ladder, column = self.ladders[inspection], self.aqls.index(aql)
        place = self.letters.index(letter)
        for candidate in self._arrows(place, column, ladder):
            if candidate + column in ladder and not self._crowded(candidate, column):
                return candidate, ladder[candidate + column]
        raise NoPlan(kind=inspection, letter=letter, ac=None)

    def _arrows(self, place: int, column: int, ladder: Mapping[int, int]) -> list[int]:
        """Letters in the order in which the arrows lead to them.

        Below the ladder's foot and in the second half of its gap arrows point down (larger sample), above its
        head and in the first half of the gap up; at the edge of the table there is only one way.
        """
        step = place + column
        foot, head = min(ladder), max(ladder)
        gap_end = min(s for s in ladder if s > foot)
        down = list(range(place, len(self.letters)))
        up = list(range(place, -1, -1))
        if step < foot or foot + 1 < step < gap_end:
            return down + up
        missing = step > head or foot < step < gap_end or self._crowded(place, column)
        return up + down if missing else [place]

    def _crowded(self, place: int, column: int) -> bool:
        return place + column >= self.crowded_step and place > self.letters.index(self.crowded_letter)
