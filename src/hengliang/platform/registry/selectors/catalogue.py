"""The catalogue, and the names nearest to one that is not in it."""

import difflib
from collections.abc import Mapping
from functools import lru_cache

from django.db.models import Count, Q, QuerySet

from hengliang.platform.core.search import initials
from hengliang.platform.registry.models import CatalogueItem

CLOSE_ENOUGH = 0.45


def catalogue_list() -> "QuerySet[CatalogueItem]":
    """Every item in the order of the catalogue, with its parent, and whether it has items below it."""
    return CatalogueItem.objects.select_related("parent").annotate(below=Count("children")).order_by("rank", "code")


def leaves() -> "QuerySet[CatalogueItem]":
    """The items that instruments can be of: those with items below them are headings."""
    return CatalogueItem.objects.filter(children=None).order_by("rank", "code")


def items_like(needle: str) -> list[CatalogueItem]:
    """The items found by any part of their name in either language, their code or the initials of their name."""
    wanted = needle.strip().lower()
    return [item for item in leaves() if wanted in _spoken(item.code, item.name, item.name_en)]


@lru_cache(maxsize=1_000)
def _spoken(*names: str) -> str:
    return "\n".join((*names, initials(names[1]))).lower()


def catalogue_names() -> dict[str, CatalogueItem]:
    """Items by every name that a sheet may call them: code, Chinese name, English name."""
    named: dict[str, CatalogueItem] = {}
    for item in CatalogueItem.objects.filter(~Q(name="")).order_by("-rank"):
        named |= {text.strip().lower(): item for text in (item.code, item.name, item.name_en) if text.strip()}
    return named


def nearest_names(name: str, names: Mapping[str, CatalogueItem], count: int = 3) -> list[CatalogueItem]:
    """The items whose names are most like the one given, most like first; none if nothing is alike.

    Likeness is the ratio of Ratcliff and Obershelp over characters, which suits short Chinese names.
    """
    wanted = name.strip().lower()[:100]
    found = difflib.get_close_matches(wanted, names.keys(), n=count * 2, cutoff=CLOSE_ENOUGH)
    inside = [known for known in names if len(known) > 1 and (known in wanted or wanted in known)] if wanted else []
    items = {names[known].pk: names[known] for known in [*found, *sorted(inside, key=len, reverse=True)]}
    return list(items.values())[:count]
