"""What the author of a list declares: its columns, filters and acts, and how a row is named and opened."""

from typing import Any, ClassVar

from django.urls import NoReverseMatch, reverse

from hengliang.platform.core.rights import Actor

from ..viewer import sees
from ..words import Words
from . import asked as asking
from .acts import BulkAct
from .asked import Taste
from .column import Column
from .empty import Empty
from .filters import Filter


class Declaration:
    """The part of a `Table` that its author writes; the rest reads it."""

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
