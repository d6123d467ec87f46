"""A table of one request, as its template reads it: headings, lines, filters with what was typed, chips, the pager."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from ..viewer import actor_of, sees, signed_in
from . import saved
from .asked import Asked, Taste
from .body import body_html
from .column import Column
from .declaration import Declaration
from .filters import ChoiceFilter, Filter
from .paging import CAP, Page


@dataclass(frozen=True)
class Heading:
    """The head of a column."""

    column: Column
    sorted: str = ""
    url: str = ""


@dataclass(frozen=True)
class Chip:
    """A filter at work, in words, and the address without it."""

    label: str
    words: str
    url: str


@dataclass(frozen=True)
class Field:
    """A filter's form field with what the address holds."""

    filter: Filter
    typed: list[str]
    options: list[tuple[str, str]]
    words: str = ""


class TableView:
    """What a template sees of a table."""

    def __init__(
        self, table: Declaration, request: HttpRequest, rows: Any, asked: Asked, taste: Taste, page: Page
    ) -> None:
        self.table, self.request, self.asked, self.taste, self.page = table, request, asked, taste, page
        self.matching = rows
        self.actor = actor_of(request)
        self.columns = table.shown_columns(self.actor, taste)
        self.cap = getattr(rows, "cap", CAP)

    @property
    def id(self) -> str:
        """The id of the table's element, which htmx replaces."""
        return f"table-{self.table.name}"

    @cached_property
    def headings(self) -> list[Heading]:
        """The heads of the columns shown, each with the address that sorts by it."""
        return [self._heading(column) for column in self.columns]

    def _heading(self, column: Column) -> Heading:
        if not column.sort:
            return Heading(column)
        now = self.asked.sort
        rising, falling = now == column.key, now == f"-{column.key}"
        url = self.asked.address(sort=f"-{column.key}" if rising else column.key)
        return Heading(column, "ascending" if rising else "descending" if falling else "none", url)

    def body(self) -> SafeString:
        """The rows of the page, rendered."""
        return body_html(self.table, self.columns, self.page.rows, ticks=bool(self.acts()))

    @cached_property
    def fields(self) -> list[Field]:
        """The filters above the table."""
        return [self._field(one) for one in self.table.filters if not one.more]

    @cached_property
    def more_fields(self) -> list[Field]:
        """The filters behind “More filters”."""
        return [self._field(one) for one in self.table.filters if one.more]

    def more_in_use(self) -> int:
        """How many filters behind “More filters” are at work."""
        return sum(one.filter.key in self.asked.values for one in self.more_fields)

    def _field(self, one: Filter) -> Field:
        value = self.asked.values.get(one.key)
        return Field(
            one,
            [self.asked.query.get(name, "") for name in one.params()]
            if not isinstance(one, ChoiceFilter)
            else self.asked.query.getlist(one.key),
            getattr(one, "options", lambda _actor: [])(self.actor),
            one.says(value, self.actor) if value is not None else "",
        )

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters at work."""
        return [
            Chip(
                str(one.label), one.says(self.asked.values[one.key], self.actor), self.asked.address(drop=one.params())
            )
            for one in self.table.filters
            if one.key in self.asked.values
        ]

    def here(self) -> str:
        """The address of this very view, without empty parameters."""
        return self.asked.address(page=str(self.page.number) if self.page.number > 1 else "")

    def clear_url(self) -> str:
        """The address without any filter."""
        return self.asked.address(drop=tuple(name for one in self.table.filters for name in one.params()))

    def carried(self) -> list[tuple[str, str]]:
        """What the filter form carries on beside the filters: the order, and parameters that belong to the page."""
        own = {name for one in self.table.filters for name in one.params()} | {"page", "export"}
        return [(name, value) for name, values in self.asked.query.lists() if name not in own for value in values]

    def page_urls(self) -> dict[str, str]:
        """The addresses of the pages one can turn to."""
        number, last = self.page.number, self.page.pages
        turns = {"first": 1, "previous": number - 1, "next": number + 1, "last": last}
        return {
            name: self.asked.address(page=str(to))
            for name, to in turns.items()
            if 1 <= to <= last and to != number and not (name == "last" and self.page.over)
        }

    def exports(self) -> list[tuple[str, str]]:
        """Name and address of each export."""
        if not self.table.may_export(self.actor):
            return []
        return [(name.upper(), self.asked.address() + f"&export={name}") for name in ("xlsx", "csv")]

    def acts(self) -> list[tuple[Any, str]]:
        """The acts on many that this actor may do, with their addresses."""
        return [(act, self.table.act_url(act)) for act in self.table.acts if sees(act.visible, self.actor)]

    def all_columns(self) -> list[tuple[Column, bool]]:
        """Every column this actor may see, and whether it is shown."""
        return [(one, one in self.columns) for one in self.table.columns if sees(one.visible, self.actor)]

    def keeps_filters(self) -> bool:
        """Whether filters can be saved here."""
        return saved.store() is not None and signed_in(self.actor)

    def saved_filters(self) -> list[saved.SavedFilter]:
        """The actor's saved filters."""
        kept = saved.store()
        return list(kept.list(self.actor, self.table.name)) if kept and signed_in(self.actor) else []

    def query(self) -> str:
        """The filters and the order of this page, without the question mark."""
        return self.asked.address()[1:]
