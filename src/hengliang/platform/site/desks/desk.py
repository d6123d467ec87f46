"""What a desk is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from hengliang.platform.core.pages.desk import Figure, Work
from hengliang.platform.core.pages.words import Words
from hengliang.platform.site.desks.tally import Tally


@dataclass(frozen=True)
class Line:
    """One line of a breakdown: its name, its counts as links, and the share that passed."""

    label: Words
    control: int
    soon: int
    overdue: int
    failed: int
    passed: int
    tested: int
    urls: dict[str, str]

    @property
    def pass_rate(self) -> float | None:
        """Passed of those verified this year, in percent; None where none was."""
        return round(100 * self.passed / self.tested, 1) if self.tested else None


@dataclass(frozen=True)
class Breakdown:
    """The ledger split by region, by kind of instrument or by body."""

    title: Words
    lines: Sequence[Line]


@dataclass(frozen=True)
class Desk:
    """One role's part of the first screen."""

    title: Words
    work: Sequence[Work] = ()
    figures: Sequence[Figure] = ()
    breakdowns: Sequence[Breakdown] = ()
    charts: bool = False
    tally: Tally | None = None
    figures_url: str = ""
    actions: Sequence[tuple[Words, str]] = field(default_factory=tuple)


def address(name: str, **query: object) -> str:
    """An address with a query, by the name of its page; empty where that page is not installed."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return ""
    return f"{url}?{urlencode(query, doseq=True)}" if query else url
