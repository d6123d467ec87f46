"""Texts in several languages, and quantities: numbers as they were written, units, uncertainty, verdict.

Source: D-SI 2.2.1; DCC 3.3.0 (`dcc:text`, `dcc:quantity`, `dcc:list`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one or several languages: pairs of ISO 639-1 code, or None for all, and text."""

    parts: tuple[tuple[str | None, str], ...] = ()

    @classmethod
    def of(cls, plain: str = "", **languages: str) -> "Text":
        """`Text.of("kg")`, `Text.of(zh="砝码", en="weight")`."""
        return cls((*(((None, plain),) if plain else ()), *languages.items()))

    def read(self, *languages: str) -> str:
        """The text in the first of `languages` that it has, else without language, else whatever is there."""
        found = dict(reversed(self.parts))
        for language in (*languages, None):
            if language in found:
                return found[language]
        return self.parts[0][1] if self.parts else ""

    def __bool__(self) -> bool:
        return bool(self.parts)


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """A stated uncertainty; every field has one entry for all values, or one for each.

    kind : expanded (values are U, with k and p), standard (values are u), interval (values are u, with bounds)
    k, p : coverage factor and probability; empty when the document states none: then none is assumed
    """

    kind: Literal["expanded", "standard", "interval"]
    values: tuple[str, ...]
    k: tuple[str, ...] = ()
    p: tuple[str, ...] = ()
    lower: tuple[str, ...] = ()
    upper: tuple[str, ...] = ()
    distribution: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Covariance:
    """Covariance of the values of one list, with the coverage of their joint region.

    matrix : (n, n) decimal text
    units : (n, n) unit of each entry, the product of the units of its two values
    shape : ellipsoidal or rectangular region
    """

    matrix: tuple[tuple[str, ...], ...]
    units: tuple[tuple[str, ...], ...]
    k: str
    p: str
    shape: Literal["ellipsoidal", "rectangular"] = "ellipsoidal"


@dataclass(frozen=True, slots=True)
class Values:
    """Numbers with their unit.

    numbers : (n,) decimal text
    units : one for all or (n,), in the spelling of the document
    single : written as one quantity and not as a list of length one
    """

    numbers: tuple[str, ...]
    units: tuple[str, ...]
    uncertainty: Uncertainty | None = None
    covariance: Covariance | None = None
    times: tuple[str, ...] = ()
    label: str = ""
    single: bool = False

    @property
    def floats(self) -> tuple[float, ...]:
        """The numbers for computing."""
        return tuple(float(number) for number in self.numbers)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity: the same values in one or several units (hybrid), or words where there is no number.

    conformity : verdict for all values, or for each
    limits : quantities that say against which limits it was judged
    """

    name: Text
    values: tuple[Values, ...] = ()
    words: Text = Text()
    ref_types: tuple[str, ...] = ()
    id: str = ""
    refers_to: tuple[str, ...] = ()
    conformity: tuple[str, ...] = ()
    limits: tuple["Quantity", ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Quantities that belong together, column by column."""

    name: Text
    columns: tuple["Quantity | Table", ...]
    ref_types: tuple[str, ...] = ()
    id: str = ""


def quantities(data: Sequence[Quantity | Table]) -> tuple[Quantity, ...]:
    """All quantities of tables within tables, in their order."""
    found: list[Quantity] = []
    for one in data:
        found.extend(quantities(one.columns) if isinstance(one, Table) else (one,))
    return tuple(found)
