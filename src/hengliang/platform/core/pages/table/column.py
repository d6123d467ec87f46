"""A column: what it is called, how it sorts, how a cell looks, and what of it is exported."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from .. import cells
from ..rows import reach
from ..viewer import Visible
from ..words import Words

Align = Literal["start", "end", "center"]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `key` names it in addresses and cookies and is the path to its value (`owner.name`), unless `get` takes it.
    `sort` is the path or paths to order by; without it the column does not sort. `cell` renders; `plain`
    gives what an export writes, where that differs from the value (a state's word, say). `opens` puts the link to the
    row here.
    """

    key: str
    label: Words
    unit: Words = ""
    align: Align = "start"
    sort: str | tuple[str, ...] = ()
    get: Callable[[Any], Any] | None = None
    cell: cells.Cell = cells.text
    plain: Callable[[Any, Any], Any] | None = None
    hidden: bool = False
    opens: bool = False
    visible: Visible | None = None

    def value(self, row: Any) -> Any:
        """The value of this column in a row."""
        return self.get(row) if self.get else reach(row, self.key)

    def exported(self, row: Any) -> Any:
        """What an export writes for a row."""
        value = self.value(row)
        return self.plain(value, row) if self.plain else value

    def order(self, falling: bool) -> tuple[str, ...]:
        """The paths to order by, all in one direction, so that one index serves both directions."""
        paths = (self.sort,) if isinstance(self.sort, str) else self.sort
        return tuple(f"-{path}" if falling else path for path in paths)

    def heading(self) -> str:
        """Label and unit in one line, as an export writes them."""
        return f"{self.label} ({self.unit})" if self.unit else str(self.label)
