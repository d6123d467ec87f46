"""Many figures for one question: what they share is counted once, and all large ledgers in one statement."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from hengliang.norms.indicators import Indicator
from hengliang.norms.indicators import Selection as Counted
from hengliang.platform.plan.engine.compute import counts_items, figure_of, is_computed, main_selection, selection_of
from hengliang.platform.plan.engine.figure import NO_SOURCE, NOT_APPLICABLE, Figure
from hengliang.platform.plan.engine.keyed import Keyed
from hengliang.platform.plan.engine.remembered import REMEMBERED, ledger_mark
from hengliang.platform.plan.engine.scope import Scope
from hengliang.platform.plan.engine.spanned import Spanned

Side = tuple[str, tuple[tuple[str, tuple[str, ...]], ...], bool]


def figures_on(asked: Iterable[Indicator], scope: Scope) -> dict[str, Figure]:
    """The figures of many indicators for one question, by their short names; those without a ledger are left out."""
    told = [one for one in asked if is_computed(one)]
    if scope.known_at is not None:
        return _figures_on(told, scope)
    rules = tuple(sorted((one.name, one.source.content_hash) for one in told))
    found: dict[str, Figure] = REMEMBERED.get((ledger_mark(), rules, scope), lambda: _figures_on(told, scope))
    return found


def _figures_on(told: list[Indicator], scope: Scope) -> dict[str, Figure]:
    sides = {_key(side, one.mode): (side, one.mode) for one in told for side in _sides(one)}
    numbers = _numbers(sides, scope)
    kept: dict[int, bool] = {}
    return {one.name: _figure(one, scope, numbers, kept) for one in told}


def _sides(indicator: Indicator) -> list[Counted]:
    return [one for one in (indicator.numerator, indicator.denominator) if one is not None]


def _key(side: Counted, mode: str) -> Side:
    return side.selector, tuple(sorted((name, tuple(words)) for name, words in side.where.items())), mode == "new"


def _numbers(sides: Mapping[Side, tuple[Counted, str]], scope: Scope) -> dict[Side, int]:
    """Large ledgers by one statement; a small register is read once for all that ask for it."""
    found: dict[Side, int] = {}
    large: list[tuple[Side, Any]] = []
    small: dict[str, list[Side]] = {}
    for key, (side, mode) in sides.items():
        selection = selection_of(side)
        if isinstance(selection, Spanned):
            large.append((key, selection.rows(side.where, mode, scope)))
        elif isinstance(selection, Keyed):
            small.setdefault(side.selector, []).append(key)
        else:
            found[key] = selection.number(side.where, mode, scope)
    found |= dict(zip([key for key, _rows in large], _counted([rows for _key, rows in large]), strict=True))
    for keys in small.values():
        asked = [sides[key] for key in keys]
        register: Any = selection_of(asked[0][0])
        counted = register.many([(side.where, mode) for side, mode in asked], scope)
        found |= {key: len(one) for key, one in zip(keys, counted, strict=True)}
    return found


def _counted(queries: list[Any]) -> list[int]:
    if not queries:
        return []
    parts, params = [], []
    for place, query in enumerate(queries):
        sql, values = query.order_by().values("pk").query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS rows_{place})")  # noqa: S608 - the text is our own
        params += values
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return list(cursor.fetchone())


def _figure(indicator: Indicator, scope: Scope, numbers: Mapping[Side, int], kept: dict[int, bool]) -> Figure:
    counts = [numbers[_key(side, indicator.mode)] for side in _sides(indicator)]
    top, below = counts[0], counts[1] if indicator.denominator is not None else None
    absent = "" if below or (below is None and top) else _why(indicator, scope, below, kept)
    return figure_of(indicator, scope, top, below, absent)


def _why(indicator: Indicator, scope: Scope, below: int | None, kept: dict[int, bool]) -> str:
    """Why there is no value; asked once of each ledger."""
    if below is not None and counts_items(indicator):
        return NO_SOURCE
    selection = main_selection(indicator)
    place = id(getattr(selection, "ledger", None) or selection)
    if place not in kept:
        kept[place] = selection.has_ledger(scope)
    if kept[place]:
        return "" if below is None else NOT_APPLICABLE
    return NO_SOURCE
