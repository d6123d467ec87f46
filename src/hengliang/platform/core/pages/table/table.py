"""A list of things: declared once as a class, then full page, htmx part, or export, as the request asks."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.safestring import SafeString

from hengliang.platform.core.rights import Actor

from ..viewer import actor_of, sees
from ..words import Words
from . import asked as asking
from . import export
from .acts import BulkAct, Selection
from .asked import Asked, Taste
from .column import Column
from .empty import Empty
from .errors import SelectionEmpty
from .filters import Filter
from .paging import page_of
from .view import TableView


class Table:
    """A list. Subclass it, name its columns, and give it the rows an actor may see:
    `InstrumentTable().respond(request, instruments_of(actor))`.

    The rows are a queryset or a `Rows`, already scoped to the actor: the table narrows and never widens them.
    """

    name: ClassVar[str]
    title: ClassVar[Words]
    columns: ClassVar[tuple[Column, ...]]
    filters: ClassVar[tuple[Filter, ...]] = ()
    acts: ClassVar[tuple[BulkAct, ...]] = ()
    default_sort: ClassVar[str] = ""
    sizes: ClassVar[tuple[int, ...]] = (50, 100, 200)
    empty: ClassVar[Empty] = Empty()
    pk_path: ClassVar[str] = "pk"
    template: ClassVar[str] = "core/table/page.html"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        names = [name for one in cls.filters for name in one.params()]
        clash = {name for name in names if names.count(name) > 1 or name in asking.RESERVED}
        if clash:
            raise TypeError(f"{cls.__name__}: filter names {sorted(clash)} are taken; choose others")

    def row_url(self, row: Any) -> str:
        """The address a row opens; empty when it opens nothing."""
        return ""

    def row_id(self, row: Any) -> str:
        """What a row's checkbox posts."""
        key = row.get("id", "") if isinstance(row, dict) else getattr(row, "pk", getattr(row, "id", ""))
        return str(key)

    def row_name(self, row: Any) -> str:
        """What a screen reader calls the row's checkbox: its first column, which costs no query as `str(row)` may."""
        return str(self.columns[0].value(row))

    def may_export(self, actor: Actor) -> bool:
        """Whether `actor` may take the rows away as a file; whoever sees them, unless a list says otherwise."""
        return True

    def respond(
        self,
        request: HttpRequest,
        rows: Any,
        *,
        title: Words = "",
        crumbs: Sequence[Any] = (),
        actions: Sequence[Any] = (),
        context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        """The answer to a request for this list: the page, the part htmx asked for, or the export."""
        inside = self.embed(request, rows)
        if isinstance(inside, HttpResponseBase):
            return inside
        response = render(
            request,
            self.template,
            {
                "title": title or self.title,
                "crumbs": crumbs,
                "actions": actions,
                "table_html": inside,
                **(context or {}),
            },
        )
        patch_vary_headers(response, ["HX-Request"])
        return response

    def embed(self, request: HttpRequest, rows: Any) -> SafeString | HttpResponseBase:
        """The table as a part of another page, or the response that its controls asked for."""
        if request.GET.get("keep"):
            return self._keep_taste(request)
        view = self.view(request, rows)
        wanted = request.GET.get("export")
        if wanted in ("csv", "xlsx") and self.may_export(view.actor):
            return self._export(wanted, view)
        html = SafeString(render_to_string("core/table/table.html", {"view": view}, request))
        if request.headers.get("HX-Target") != view.id:
            return html
        response = HttpResponse(html)
        response.headers["HX-Push-Url"] = f"{request.path}{view.here()}"
        # The browser must not show this part for the whole page when the reader goes back to the address.
        add_never_cache_headers(response)
        return response

    def view(self, request: HttpRequest, rows: Any) -> TableView:
        """What the templates read."""
        asked = self._asked(request.GET, actor_of(request))
        taste = Taste.from_cookie(request, self.name)
        matching = self.ordered(self.narrowed(rows, asked), asked.sort)
        size = taste.size if taste.size in self.sizes else self.sizes[0]
        return TableView(self, request, matching, asked, taste, page_of(matching, asked.page, size))

    def narrowed(self, rows: Any, asked: Asked) -> Any:
        """The rows that meet the filters."""
        for one in self.filters:
            if one.key in asked.values:
                rows = one.narrow(rows, asked.values[one.key])
        return rows

    def ordered(self, rows: Any, sort: str) -> Any:
        """The rows in the order asked for, made total by the key; in one direction, so that one index serves both."""
        falling = sort.startswith("-")
        column = next((one for one in self.columns if sort and one.key == sort.removeprefix("-")), None)
        paths = column.order(falling) if column else ()
        tie = f"-{self.pk_path}" if falling else self.pk_path
        return rows.order_by(*paths, tie)

    def selected(self, request: HttpRequest, rows: Any) -> Any:
        """The rows a POST from this table ticked, within the rows given: ids outside them are not found.

        Raises SelectionEmpty when nothing was ticked.
        """
        selection = Selection.from_post(request)
        if not selection:
            raise SelectionEmpty("nothing is ticked; tick rows and try again")
        if selection.all_matching:
            return self.narrowed(rows, self._asked(QueryDict(selection.query), actor_of(request)))
        return rows.filter(**{f"{self.pk_path}__in": selection.ids})

    def shown_columns(self, actor: Actor, taste: Taste) -> tuple[Column, ...]:
        """The columns this actor sees, as chosen, in the designed order."""
        allowed = [one for one in self.columns if sees(one.visible, actor)]
        chosen = [one for one in allowed if one.key in taste.columns]
        return tuple(chosen or [one for one in allowed if not one.hidden])

    def act_url(self, act: BulkAct) -> str:
        """The address an act posts to."""
        try:
            return reverse(act.url)
        except NoReverseMatch:
            if act.url.startswith("/"):
                return act.url
            raise

    def _asked(self, query: QueryDict, actor: Actor) -> Asked:
        sorts = frozenset(one.key for one in self.columns if one.sort and sees(one.visible, actor))
        return asking.read(query, self.filters, sorts, self.default_sort, actor)

    def _keep_taste(self, request: HttpRequest) -> HttpResponse:
        back = request.GET.copy()
        for name in ("keep", "columns", "density", "size", "export"):
            back.pop(name, None)
        response = HttpResponseRedirect(f"{request.path}?{back.urlencode()}")
        taste = Taste.from_mapping(dict(request.GET.lists())) if request.GET["keep"] == "1" else Taste()
        taste.keep(response, self.name, request.is_secure())
        return response

    def _export(self, kind: str, view: TableView) -> HttpResponseBase:
        name = f"{self.title}-{timezone.localdate():%Y%m%d}"
        write = export.csv_response if kind == "csv" else export.xlsx_response
        return write(name, view.columns, view.matching)
