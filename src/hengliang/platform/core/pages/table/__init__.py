"""The table kit: one class per list, and every list behaves the same."""

from .acts import BulkAct, Selection
from .column import Column
from .empty import Empty
from .errors import FilterRefused, SelectionEmpty, SelectionUnknown, TableError, TooManyRows
from .filters import BooleanFilter, ChoiceFilter, DateFilter, Filter, LookupFilter, TextFilter
from .saved import SavedFilter, SavedFilters, use_store
from .table import Table

__all__ = [
    "BooleanFilter",
    "BulkAct",
    "ChoiceFilter",
    "Column",
    "DateFilter",
    "Empty",
    "Filter",
    "FilterRefused",
    "LookupFilter",
    "SavedFilter",
    "SavedFilters",
    "Selection",
    "SelectionEmpty",
    "SelectionUnknown",
    "Table",
    "TableError",
    "TextFilter",
    "TooManyRows",
    "use_store",
]
