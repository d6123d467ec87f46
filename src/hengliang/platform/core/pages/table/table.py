"""A list of things: declared once as a class, then full page, htmx part, or export, as the request asks."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.safestring import SafeString

from hengliang.platform.core.rights import Actor

from ..viewer import actor_of, sees
from ..words import Words
from . import asked as asking
from . import export
from .acts import Selection
from .asked import Asked, Taste
from .declaration import Declaration
from .errors import SelectionEmpty, SelectionUnknown
from .paging import page_of
from .view import TableView


class Table(Declaration):
    """A list. Subclass it, name its columns, and give it the rows an actor may see:
    `InstrumentTable().respond(request, instruments_of(actor))`.

    The rows are a queryset or a `Rows`, already scoped to the actor: the table narrows and never widens them.
    """

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
                "actions": [one for one in actions if sees(one.visible, actor_of(request))],
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

        Raises SelectionEmpty when nothing was ticked, SelectionUnknown for ids that can't be.
        """
        selection = Selection.from_post(request)
        if not selection:
            raise SelectionEmpty("nothing is ticked; tick rows and try again")
        if selection.all_matching:
            return self.narrowed(rows, self._asked(QueryDict(selection.query), actor_of(request)))
        try:
            return rows.filter(**{f"{self.pk_path}__in": selection.ids})
        except (ValueError, ValidationError):
            raise SelectionUnknown("ids were posted that this list cannot have") from None

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
