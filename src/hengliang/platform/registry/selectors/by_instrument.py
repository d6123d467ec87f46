"""Rows of other apps that speak of an instrument, found by its code as printed, its name, or fields of their own."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from hengliang.platform.registry.codes import tidy


def found_by_instrument(*fields: str) -> Callable[[Any, str], Any]:
    """Narrows a queryset with `instrument` to the rows in which every word is found, a code with or without hyphen."""

    def narrow(rows: Any, text: str) -> Any:
        for word in text.split():
            anywhere = Q(instrument__code__icontains=tidy(word) or word) | Q(instrument__name__icontains=word)
            for name in fields:
                anywhere |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(anywhere)
        return rows

    return narrow
