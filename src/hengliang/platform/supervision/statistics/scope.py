"""Whose statistics, and of which time."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.utils import timezone

DECEMBER = 12


@dataclass(frozen=True)
class Period:
    """A month or a year, by the days of the platform's time zone, both ends included."""

    start: date
    end: date

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """A month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def year(cls, year: int) -> Self:
        """A year."""
        return cls(date(year, 1, 1), date(year, DECEMBER, 31))

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The first moment, and the first after the end."""
        first = datetime(self.start.year, self.start.month, self.start.day)  # noqa: DTZ001 - made aware below
        after = datetime(*(self.end + timedelta(days=1)).timetuple()[:3])  # noqa: DTZ001 - made aware below
        return timezone.make_aware(first), timezone.make_aware(after)

    @property
    def before(self) -> "Period":
        """The same a year earlier."""
        year = self.start.year - 1
        return Period.month(year, self.start.month) if self.start.month == self.end.month else Period.year(year)

    @property
    def words(self) -> str:
        """`2026-03`, or `2026`."""
        return f"{self.start:%Y-%m}" if self.start.month == self.end.month else f"{self.start.year}"


@dataclass(frozen=True)
class Scope:
    """Of which regions (None: wherever), of which bodies (None: of all). Never both None."""

    regions: Collection[int] | None
    bodies: Collection[int] | None

    def __post_init__(self) -> None:
        if self.regions is None and self.bodies is None:
            raise ValueError("statistics are of some regions or of some bodies")
