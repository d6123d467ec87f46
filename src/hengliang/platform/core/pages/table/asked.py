"""What one request asks of a table: filters, order, page, columns, density; from the address and the table's cookie."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

from django.http import HttpRequest, HttpResponse, QueryDict

from hengliang.platform.core.rights import Actor

from .errors import FilterRefused

RESERVED = frozenset({"sort", "page", "size", "columns", "density", "export", "keep"})
DENSITIES = ("comfortable", "compact")
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Taste:
    """How a reader likes one table: columns (empty: as designed), density, rows to a page."""

    columns: tuple[str, ...] = ()
    density: str = "comfortable"
    size: int = 0

    @classmethod
    def from_mapping(cls, asked: Mapping[str, list[str]]) -> "Taste":
        """A taste from form fields or a cookie; whatever is strange in it falls back to the design."""
        size = (asked.get("size") or ["0"])[-1]
        density = (asked.get("density") or [""])[-1]
        columns = tuple(key for part in asked.get("columns", []) for key in part.split(".") if key)
        return cls(
            columns[:60],
            density if density in DENSITIES else DENSITIES[0],
            int(size) if size.isascii() and size.isdigit() and len(size) < 5 else 0,
        )

    @classmethod
    def from_cookie(cls, request: HttpRequest, table: str) -> "Taste":
        """The taste kept for a table."""
        return cls.from_mapping(parse_qs(request.COOKIES.get(f"table.{table}", "")[:2000]))

    def keep(self, response: HttpResponse, table: str, secure: bool) -> None:
        """Keep this taste in the reader's browser."""
        text = urlencode({"columns": ".".join(self.columns), "density": self.density, "size": self.size})
        response.set_cookie(f"table.{table}", text, max_age=YEAR, samesite="Lax", secure=secure, httponly=True)


@dataclass(frozen=True)
class Asked:
    """What the address asks for, read against a table's filters and columns."""

    query: QueryDict
    values: dict[str, Any] = field(default_factory=dict)
    refused: tuple[FilterRefused, ...] = ()
    sort: str = ""
    page: int = 1

    def address(self, drop: tuple[str, ...] = (), **changes: str) -> str:
        """The address with parameters changed or dropped; every change but turning the page leads to page 1."""
        query = self.query.copy()
        for name in (*drop, "export", *(() if "page" in changes else ("page",))):
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
        for name in [name for name in query if not any(query.getlist(name))]:
            del query[name]
        return f"?{query.urlencode()}"


def read(query: QueryDict, filters: tuple[Any, ...], sorts: frozenset[str], default_sort: str, actor: Actor) -> Asked:
    """What `query` asks of a table with these filters and sortable column keys."""
    values, refused = {}, []
    for one in filters:
        try:
            value = one.read(query, actor)
        except FilterRefused as fault:
            refused.append(fault)
            continue
        if value is not None:
            values[one.key] = value
    sort = query.get("sort", "")
    page = query.get("page", "1")
    return Asked(
        query,
        values,
        tuple(refused),
        sort if sort.removeprefix("-") in sorts else default_sort,
        int(page) if page.isascii() and page.isdigit() and len(page) < 8 else 1,
    )
