"""Pages of a list of any length. Nothing here ever counts a million rows or skips over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, QuerySet

CAP = 10_000
"""Rows counted and paged through; beyond them the reader narrows the list or exports it. Rows that are dear to count
say so: their attribute `cap` stands for this one."""


@dataclass(frozen=True)
class Page:
    """One page. `total` is exact up to the cap; `over` says that there are more."""

    rows: Sequence[Any]
    number: int
    size: int
    total: int
    over: bool = False

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1; 0 when there is none."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def pages(self) -> int:
        """How many pages can be turned to."""
        return max(1, -(-self.total // self.size))


def page_of(rows: Any, number: int, size: int, cap: int | None = None) -> Page:
    """Page `number` of ordered `rows` (queryset or Rows); a number past the end gives the last page.

    A first page that holds everything needs no count at all. Rows that join much say `keys_first`: then their first
    page is found by its keys, as later pages always are.
    """
    most: int = getattr(rows, "cap", CAP) if cap is None else cap
    if number <= 1:
        shown = _between(rows, 0, size + 1) if getattr(rows, "keys_first", False) else list(rows[: size + 1])
        if len(shown) <= size:
            return Page(shown, 1, size, len(shown))
        return Page(shown[:size], 1, size, *_counted(rows, most))
    total, over = _counted(rows, most)
    number = min(number, max(1, -(-total // size)))
    start = (number - 1) * size
    return Page(_between(rows, start, min(start + size, total)), number, size, total, over)


def _between(rows: Any, start: int, stop: int) -> list[Any]:
    """The rows of a page by their keys: what is passed over and what is sorted is not joined with what rows show."""
    if _plain(rows):
        return list(rows.filter(_OneOf(F("pk"), ArraySubquery(rows.values("pk")[start:stop]))))
    return list(rows[start:stop])


class _OneOf(Func):
    """Whether a key is among an array: the array is made once and its rows are fetched by their keys. `IN` is a join,
    and where the planner takes a filter for sharper than it is, that join compares every row with every key."""

    template, arg_joiner = "(%(expressions)s))", " = ANY("
    output_field = BooleanField()
    conditional = True
    arity = 2


def _counted(rows: Any, cap: int) -> tuple[int, bool]:
    """The keys are counted, without what each row shows besides."""
    bare = rows.order_by()
    found = (bare.values("pk") if _plain(bare) else bare)[: cap + 1].count()
    return min(found, cap), found > cap


def _plain(rows: Any) -> bool:
    """Whether the rows can be named by their keys: not those of a union, nor of a list."""
    return isinstance(rows, QuerySet) and rows.query.combinator is None
