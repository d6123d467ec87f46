"""Errors of tables.

TableError             a bad request: uncaught, it becomes the page 400 with the words below
├── FilterRefused      a filter in the address cannot be understood; the page says so and leaves it out
├── SelectionEmpty     an act on many was asked for with nothing ticked
├── SelectionUnknown   what was ticked are no rows of this list
└── TooManyRows        a sheet was asked for with more rows than it holds
"""

from django.core.exceptions import BadRequest
from django.utils.translation import gettext

from ..words import Words


class TableError(BadRequest):
    """Something was asked of a table that it can't give."""

    def words(self) -> str:
        """The message for the reader."""
        return str(self)


class FilterRefused(TableError):
    """A filter's value is not understood; correct it in the address or choose again."""

    def __init__(self, label: Words, value: str) -> None:
        super().__init__(f"{label}: {value!r} is not understood; choose another value")
        self.label, self.value = label, value[:80]

    def words(self) -> str:
        """The filter, and what was not understood."""
        told = {"label": self.label, "value": self.value}
        return gettext("%(label)s: “%(value)s” was not understood and is left out.") % told


class SelectionEmpty(TableError):
    """Nothing is ticked."""

    def words(self) -> str:
        """What to do."""
        return gettext("Nothing is ticked. Go back, tick rows, and choose the act again.")


class SelectionUnknown(TableError):
    """What was ticked are no rows of this list."""

    def words(self) -> str:
        """What to do."""
        return gettext("The rows that were ticked are not known here. Go back, reload the list, and tick again.")


class TooManyRows(TableError):
    """The rows do not fit into one sheet."""

    def words(self) -> str:
        """What to do."""
        return gettext("There are more rows than a sheet holds. Narrow the list, or export CSV, which has no limit.")
