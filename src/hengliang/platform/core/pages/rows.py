"""A list that answers the few questions which tables ask a queryset, for rows that are computed and not stored."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, overload

from django.db.models import Q
from django.utils import timezone

_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda have, want: have == want,
    "icontains": lambda have, want: str(want).casefold() in str(have).casefold(),
    "istartswith": lambda have, want: str(have).casefold().startswith(str(want).casefold()),
    # What a form posts are texts; a database turns them into its own type, and so does this.
    "in": lambda have, want: have in want or str(have) in want,
    "gte": lambda have, want: have >= want,
    "gt": lambda have, want: have > want,
    "lte": lambda have, want: have <= want,
    "lt": lambda have, want: have < want,
    "date": lambda have, want: _date(have) == want,
    "date__gte": lambda have, want: _date(have) >= want,
    "date__lte": lambda have, want: _date(have) <= want,
}


def reach(row: Any, path: str) -> Any:
    """What a path (`owner.name`, `owner__name`) leads to in an object or a mapping; None where a step is missing."""
    for step in path.replace("__", ".").split("."):
        if row is None:
            return None
        row = row.get(step) if isinstance(row, dict) else getattr(row, step, None)
        if callable(row):
            row = row()
    return row


class Rows(Sequence[Any]):
    """An immutable list of rows (objects or mappings) with `filter`, `order_by`, `count` and slices."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = list(rows)

    def filter(self, *conditions: Q, **lookups: Any) -> "Rows":
        """The rows that meet all conditions, in the lookups that tables use."""
        wanted = Q(*conditions, **lookups)
        return Rows(row for row in self._rows if _meets(row, wanted))

    def order_by(self, *paths: str) -> "Rows":
        """The rows by these paths, each falling with `-`; rows without the value come last."""
        rows = list(self._rows)
        for path in reversed(paths):
            name, falling = path.lstrip("-"), path.startswith("-")
            known = [row for row in rows if reach(row, name) is not None]
            rows = sorted(known, key=lambda row: reach(row, name), reverse=falling) + [
                row for row in rows if reach(row, name) is None
            ]
        return Rows(rows)

    def count(self, *_: Any) -> int:
        """How many rows there are."""
        return len(self._rows)

    def iterator(self, chunk_size: int = 0) -> Iterator[Any]:
        """The rows one by one; they are in memory already, so the chunk size is of no effect."""
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> "Rows": ...
    def __getitem__(self, index: int | slice) -> Any:
        return Rows(self._rows[index]) if isinstance(index, slice) else self._rows[index]


def _date(have: Any) -> Any:
    """The day of a moment as it is here, as the database has it too."""
    if not isinstance(have, dt.datetime):
        return have
    return timezone.localdate(have) if timezone.is_aware(have) else have.date()


def _meets(row: Any, wanted: Q) -> bool:
    verdicts = (_meets(row, one) if isinstance(one, Q) else _holds(row, one) for one in wanted.children)
    return (any(verdicts) if wanted.connector == Q.OR else all(verdicts)) != wanted.negated


def _holds(row: Any, condition: Any) -> bool:
    lookup, want = condition
    path, test = _split(lookup)
    have = reach(row, "id" if path == "pk" else path)
    if test == "isnull":
        return bool((have is None) == want)
    return have is not None and bool(_TESTS[test](have, want))


def _split(lookup: str) -> tuple[str, str]:
    for test in sorted([*_TESTS, "isnull"], key=len, reverse=True):
        if lookup.endswith(f"__{test}"):
            return lookup[: -len(test) - 2], test
    return lookup, "exact"
