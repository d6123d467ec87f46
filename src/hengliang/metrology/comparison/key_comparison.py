"""A continuing key comparison as its file states it: releases and submissions (BIPM.RI(II)-K1)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from hengliang.metrology.comparison.errors import UnknownRelease


@dataclass(frozen=True, slots=True)
class Measured:
    """One equivalent activity: an ampoule measured, or one of several methods of the laboratory."""

    value: float
    u: float
    place: float = 0.0
    """Unit of the last printed digit."""
    linked: str | None = None
    """Code of the comparison through which the result is linked, None for a direct submission."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What a laboratory sent in one year."""

    laboratory: str
    year: int
    in_reference: bool
    degree_valid: bool
    measured: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """A printed value with the units of its last digits."""

    value: float
    u: float
    place: float
    u_place: float

    @classmethod
    def of(cls, value: Decimal, u: Decimal) -> Self:
        """The digits as printed; whole numbers end where the zeros of both begin (364 200 with 2 000).

        >>> Published.of(Decimal("114780"), Decimal("420")).place
        10.0
        """
        if _exponent(value) < 0 or _exponent(u) < 0:
            return cls(float(value), float(u), 10.0 ** _exponent(value), 10.0 ** _exponent(u))
        place = Decimal(1)
        while 0 < u >= place * 10 and value % (place * 10) == 0 and u % (place * 10) == 0:
            place *= 10
        return cls(float(value), float(u), float(place), float(place))

    def agrees(self, value: float, u: float) -> bool:
        """Whether both round to what is printed."""
        slack = 1 + 1e-9
        near = abs(value - self.value) <= self.place / 2 * slack
        return near and abs(u - self.u) <= self.u_place / 2 * slack


@dataclass(frozen=True, slots=True)
class Release:
    """One published state of the comparison."""

    id: str
    year: int
    doi: str
    published: Published | None
    degrees: tuple[tuple[str, float, float], ...] = ()
    """Printed degrees of equivalence of direct submissions: laboratory, value, expanded uncertainty."""


@dataclass(frozen=True, slots=True)
class KeyComparison:
    """A comparison as its file states it; all values in `unit`."""

    code: str
    unit: str
    releases: tuple[Release, ...]
    submissions: tuple[Submission, ...]

    def release(self, name: str | None = None) -> Release:
        """The release of this id, year or DOI; the last one without a name. Raises UnknownRelease."""
        if name is None and self.releases:
            return self.releases[-1]
        for r in reversed(self.releases):
            if name in (r.id, r.doi, r.doi.removeprefix("https://doi.org/")) and name:
                return r
        raise UnknownRelease(release=name, known=", ".join(r.id for r in self.releases) or "none")


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
