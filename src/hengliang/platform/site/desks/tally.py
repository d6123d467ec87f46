"""The ledger of today as a desk sums it up: standings by region, item and body."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.selectors import Standing, standings


@dataclass(frozen=True)
class Tally:
    """All that a desk counts of the ledger."""

    cells: tuple[Standing, ...]

    def count(self, standing: str = "") -> int:
        """How many, in a standing: `overdue`, `failed`, `soon`, `later`, `filed`; without one, all under control."""
        return sum(cell.count for cell in self._of(standing))

    def oldest(self, standing: str) -> date | None:
        """The earliest day due in a standing."""
        return min((cell.oldest for cell in self._of(standing) if cell.oldest), default=None)

    def _of(self, standing: str) -> Iterator[Standing]:
        wanted = {standing} if standing else {"overdue", "failed", "soon", "later"}
        return (cell for cell in self.cells if cell.standing in wanted)

    def tested(self) -> tuple[int, int]:
        """Passed and all of those whose last verification lies in this year."""
        found = [cell for cell in self.cells if cell.tested]
        return sum(cell.count for cell in found if cell.result == "pass"), sum(cell.count for cell in found)

    def by(self, key: Callable[[Standing], object]) -> dict[object, "Tally"]:
        """Split by region, item or body, those with most overdue first."""
        parts: dict[object, list[Standing]] = {}
        for cell in self.cells:
            parts.setdefault(key(cell), []).append(cell)
        tallies = {name: Tally(tuple(cells)) for name, cells in parts.items()}
        return dict(sorted(tallies.items(), key=lambda pair: -pair[1].count("overdue") - pair[1].count("failed")))


def tally_of(actor: Actor) -> Tally:
    """The tally of the entries that the actor may see."""
    return Tally(standings(actor))
