"""The catalogue of instruments under mandatory control: its items by code, with the mark of each."""

from dataclasses import dataclass
from functools import lru_cache

from hengliang.norms.errors import UnknownEntry, WrongKind
from hengliang.norms.model import Value


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """One item. `control` is P (type approval), V (verification), P+V or None (unknown).

    `mark` says how sure the row is (C seen, C-weak, R recalled, R? membership doubtful), `source` where it
    was seen.
    """

    code: str
    zh: str
    en: str
    parent: str | None
    purposes: tuple[str, ...]
    control: str | None
    mode: str | None
    period_months: int | None
    regulation: str | None
    mark: str
    source: str


class Catalogue(dict[str, CatalogueItem]):
    """One edition of the catalogue, by code, in its order."""

    edition: Value

    def ancestors(self, code: str) -> list[str]:
        """The code, its parent and so on upward."""
        chain = []
        current: str | None = code
        while current is not None and current not in chain:
            chain.append(current)
            current = self[current].parent if current in self else None
        return chain


@lru_cache(maxsize=64)
def catalogue_of(value: Value) -> Catalogue:
    """The catalogue that a dated value holds.

    Raises
    ------
    WrongKind : the rule is no catalogue
    UnknownEntry : a row names a parent that is not there
    """
    if value.kind != "catalogue":
        raise WrongKind(norm=value.norm, kind=value.kind, wanted="catalogue")
    catalogue = Catalogue((row["code"], _item(row)) for row in value.content["rows"])
    catalogue.edition = value
    for item in catalogue.values():
        if item.parent is not None and item.parent not in catalogue:
            raise UnknownEntry(norm=value.norm, asked=f"the parent {item.parent} of {item.code}")
    return catalogue


def _item(row: dict[str, str]) -> CatalogueItem:
    return CatalogueItem(
        code=row["code"],
        zh=row["zh"],
        en=row["en"],
        parent=row["parent"] or None,
        purposes=tuple(row["purpose"].split(";")) if row["purpose"] else (),
        control=row["control"] or None,
        mode=row["mode"] or None,
        period_months=int(row["period_months"]) if row["period_months"] else None,
        regulation=row["regulation"] or None,
        mark=row["mark"],
        source=row["source"],
    )
