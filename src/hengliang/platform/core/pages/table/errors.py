"""Errors of tables.

TableError
├── FilterRefused      a filter in the address cannot be understood; the page says so and leaves it out
├── SelectionEmpty     an act on many was asked for with nothing ticked
└── TooManyRows        a sheet was asked for with more rows than it holds
"""

from django.utils.translation import gettext

from ..words import Words


class TableError(Exception):
    """Something was asked of a table that it can't give."""


class FilterRefused(TableError):
    """A filter's value is not understood; correct it in the address or choose again."""

    def __init__(self, label: Words, value: str) -> None:
        super().__init__(f"{label}: {value!r} is not understood; choose another value")
        self.label, self.value = label, value[:80]

    def words(self) -> str:
        """The message for the reader."""
        return gettext("%(label)s: “%(value)s” was not understood and is left out.") % {
            "label": self.label,
            "value": self.value,
        }


class SelectionEmpty(TableError):
    """Nothing is ticked; tick rows, or choose all that match, and try again."""


class TooManyRows(TableError):
    """The rows do not fit into one sheet; narrow the list or export CSV, which has no limit."""
