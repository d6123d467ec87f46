"""Filters: read from the address, narrow the rows, and say in words what they do."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.rights import Actor

from ..days import read_day
from ..words import Words
from .errors import FilterRefused

Options = Iterable[tuple[str, Words]]
YES, NO = _("yes"), _("no")
# Signs that no keyboard types and no text in the ledger holds; the database refuses the first of them.
_NOT_TYPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
Narrow = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Filter:
    """One filter. `key` is its name in the address; `field` the path it compares; `narrow_by` replaces the comparison.

    `more` puts it behind “More filters”.
    """

    key: str
    label: Words
    field: str = ""
    narrow_by: Narrow | None = None
    more: bool = False
    kind: ClassVar[str] = ""

    def params(self) -> tuple[str, ...]:
        """The names this filter uses in the address."""
        return (self.key,)

    def read(self, query: QueryDict, actor: Actor) -> Any:
        """The value asked for, or None. Raises FilterRefused when it cannot be understood."""
        return _NOT_TYPED.sub("", query.get(self.key, "")).strip() or None

    def narrow(self, rows: Any, value: Any) -> Any:
        """The rows that meet `value`."""
        return self.narrow_by(rows, value) if self.narrow_by else self.compare(rows, value)

    def compare(self, rows: Any, value: Any) -> Any:
        """The default comparison."""
        return rows.filter(**{self.field or self.key: value})

    def says(self, value: Any, actor: Actor) -> str:
        """The value in words, for its chip."""
        return str(value)


@dataclass(frozen=True)
class TextFilter(Filter):
    """Free text, looked for in any of `fields`; give `narrow_by` where an index needs its own query."""

    fields: Sequence[str] = ()
    hint: Words = ""
    kind: ClassVar[str] = "text"

    def compare(self, rows: Any, value: Any) -> Any:
        """Rows in which every word is found in at least one of the fields."""
        for word in str(value).split():
            anywhere = Q()
            for field in self.fields:
                anywhere |= Q(**{f"{field}__icontains": word})
            rows = rows.filter(anywhere)
        return rows


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """One of a few choices, or several of them; `choices` may depend on the actor."""

    choices: Options | Callable[[Actor], Options] = ()
    several: bool = False
    kind: ClassVar[str] = "choice"

    def options(self, actor: Actor) -> list[tuple[str, str]]:
        """Value and words of each choice."""
        pairs = self.choices(actor) if callable(self.choices) else self.choices
        return [(str(value), str(words)) for value, words in pairs]

    def read(self, query: QueryDict, actor: Actor) -> list[str] | None:
        """The choices asked for. Raises FilterRefused on one that does not exist."""
        asked = [value for value in query.getlist(self.key) if value]
        known = dict(self.options(actor)) if asked else {}
        for value in asked:
            if value not in known:
                raise FilterRefused(self.label, value)
        return (asked if self.several else asked[-1:]) or None

    def compare(self, rows: Any, value: Any) -> Any:
        """Rows with any of the choices."""
        return rows.filter(**{f"{self.field or self.key}__in": value})

    def says(self, value: Any, actor: Actor) -> str:
        """The words of the choices."""
        known = dict(self.options(actor))
        return gettext(" or ").join(known[one] for one in value)


@dataclass(frozen=True)
class BooleanFilter(Filter):
    """Yes, no, or either; the words may be those of the matter (`in use`, `out of use`)."""

    yes: Words = YES
    no: Words = NO
    kind: ClassVar[str] = "choice"

    def options(self, actor: Actor) -> list[tuple[str, str]]:
        """The two answers."""
        return [("1", str(self.yes)), ("0", str(self.no))]

    def read(self, query: QueryDict, actor: Actor) -> bool | None:
        """The answer asked for."""
        asked = query.get(self.key, "")
        if asked not in ("", "0", "1"):
            raise FilterRefused(self.label, asked)
        return None if asked == "" else asked == "1"

    def says(self, value: Any, actor: Actor) -> str:
        """The answer in words."""
        return str(self.yes if value else self.no)


@dataclass(frozen=True)
class DateFilter(Filter):
    """A span of days, both ends included and both optional. `moments` where the field holds date and time."""

    moments: bool = False
    kind: ClassVar[str] = "date"

    def params(self) -> tuple[str, ...]:
        """The two ends in the address."""
        return (f"{self.key}_from", f"{self.key}_to")

    def read(self, query: QueryDict, actor: Actor) -> tuple[dt.date | None, dt.date | None] | None:
        """The two ends. Raises FilterRefused on what is no day, or when the span is turned round."""
        start, end = (self._day(query.get(name, "").strip()) for name in self.params())
        if start and end and start > end:
            raise FilterRefused(self.label, f"{start} – {end}")
        return (start, end) if start or end else None

    def _day(self, text: str) -> dt.date | None:
        try:
            return read_day(text) if text else None
        except ValueError:
            raise FilterRefused(self.label, text) from None

    def compare(self, rows: Any, value: Any) -> Any:
        """Rows within the span."""
        path = f"{self.field or self.key}{'__date' if self.moments else ''}"
        for end, test in zip(value, ("gte", "lte"), strict=True):
            if end:
                rows = rows.filter(**{f"{path}__{test}": end})
        return rows

    def says(self, value: Any, actor: Actor) -> str:
        """The span in words."""
        start, end = value
        if start and end:
            return f"{start} – {end}"
        return gettext("from %(day)s") % {"day": start} if start else gettext("until %(day)s") % {"day": end}


@dataclass(frozen=True)
class LookupFilter(Filter):
    """One of very many (a region, an organisation), typed and picked.

    `options_url` names a view that answers `?q=` with a JSON list of `{"value", "label", "hint"}`; `label_of` turns a
    value from the address into words and gives None for one that does not exist or that the actor may not see.
    """

    options_url: str = ""
    label_of: Callable[[str, Actor], str | None] | None = None
    kind: ClassVar[str] = "lookup"

    def read(self, query: QueryDict, actor: Actor) -> str | None:
        """The value asked for. Raises FilterRefused on one nobody knows."""
        asked = cast("str | None", super().read(query, actor))
        if asked and self.label_of and self.label_of(asked, actor) is None:
            raise FilterRefused(self.label, asked)
        return asked

    def says(self, value: Any, actor: Actor) -> str:
        """The words of the value."""
        return (self.label_of(value, actor) if self.label_of else None) or str(value)
