"""Acts on many rows: their buttons, and the selection that arrives at the act's address."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from ..viewer import Visible
from ..words import Words


@dataclass(frozen=True)
class BulkAct:
    """A button above the ticked rows. It posts the selection to `url` (a path, or the name of an address)."""

    verb: Words
    url: str
    danger: bool = False
    visible: Visible | None = None


@dataclass(frozen=True)
class Selection:
    """What was ticked: ids, or everything that matches the filters in `query` (those the list was seen with)."""

    ids: tuple[str, ...] = ()
    all_matching: bool = False
    query: str = ""

    @classmethod
    def from_post(cls, request: HttpRequest) -> "Selection":
        """The selection in a POST from a table, or from the confirmation page that carried it on."""
        post = request.POST
        if post.get("all") == "1":
            return cls(all_matching=True, query=post.get("query", ""))
        return cls(ids=tuple(dict.fromkeys(post.getlist("ids"))), query=post.get("query", ""))

    def fields(self) -> Sequence[tuple[str, str]]:
        """Names and values to carry the selection on in a form."""
        if self.all_matching:
            return [("all", "1"), ("query", self.query)]
        return [("ids", one) for one in self.ids] + ([("query", self.query)] if self.query else [])

    def back(self, url: str) -> str:
        """The list at `url` as it was seen when rows were ticked."""
        return f"{url}?{self.query}" if self.query else url

    def __bool__(self) -> bool:
        return self.all_matching or bool(self.ids)
