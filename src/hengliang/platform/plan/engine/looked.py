"""What other rows of the same thing say of a row: whether a verification replaced it, when it was tested first.

For the question of one day it is a condition of the statement. For many days at once those other rows are read once
and matched as arrays: asked of each of 100,000 entries, it costs a second.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

import numpy as np
from django.db import connection
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

Ints = NDArray[np.int64]
EPOCH = date(1970, 1, 1)
NEVER = 2**31 - 1
_DAY_BITS = 18  # 358 years to either side of 1970; leaves room for 134 million things in a key of two days
_FARTHEST = 2 ** (_DAY_BITS - 1) - 1


class Looked(ABC):
    """A bound or a condition that other rows of the same thing decide; `needs` names the columns of the row that are
    compared with them. Equal questions compare equal, so that a sweep answers each once."""

    needs: ClassVar[tuple[str, ...]]

    @abstractmethod
    def on_day(self, on: date) -> Q:
        """The condition for one day: of a bound, that it lies not after it."""

    @abstractmethod
    def over(self, columns: Mapping[str, Ints]) -> NDArray[Any]:
        """For each row of the columns: the number of the day, `NEVER` where there is none; or whether it holds."""


def keys(things: Ints, *days: Ints) -> Ints:
    """One number for a thing and one or two days: equal for equal ones, in the order of thing, then days."""
    found = things
    for one in days:
        found = (found << _DAY_BITS) | (np.clip(one, -_FARTHEST, _FARTHEST) + _FARTHEST)
    return found


def things_of(found: Ints) -> Ints:
    """The things of keys with one day."""
    things: Ints = found >> _DAY_BITS
    return things


def days_of(found: Ints) -> Ints:
    """The days of keys with one day."""
    days: Ints = (found & (2**_DAY_BITS - 1)) - _FARTHEST
    return days


def times(sought: Ints, among: Ints) -> Ints:
    """How often each number stands in an ascending array."""
    found: Ints = np.searchsorted(among, sought, side="right") - np.searchsorted(among, sought, side="left")
    return found


def packed(inner: str, params: Sequence[Any], columns: Sequence[str]) -> Ints:
    """The columns of a statement, one to a row of the array; the database packs each into one value."""
    packing = ", ".join(f"string_agg(int4send({one}), '')" for one in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {packing} FROM ({inner}) AS packed", params)  # noqa: S608 - the text is our own
        found = cursor.fetchone()
    return np.array([np.frombuffer(one or b"", ">i4") for one in found], np.int64)


def column(name: str) -> str:
    """A key as it is, a day as a number; a day that is not set never comes."""
    return f"{name}::int" if name.endswith("_id") else f"coalesce({name} - DATE '1970-01-01', {NEVER})"


def read(rows: "QuerySet[Any]", *names: str) -> Ints:
    """Keys and days of some rows, in no order."""
    inner, params = rows.order_by().values_list(*names).query.sql_with_params()
    return packed(inner, params, [column(name) for name in names])
