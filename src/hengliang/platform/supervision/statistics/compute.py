"""The form filled: each cell from its rows, beside it the same of a year ago; what is missing is never a zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.registry.selectors import region_names
from hengliang.platform.supervision.statistics.form import Column, Form
from hengliang.platform.supervision.statistics.populations import POPULATIONS, ledger, rows_of
from hengliang.platform.supervision.statistics.scope import Period, Scope

MISSING = None
TOTAL = ""
Number = int | Decimal | None
Cells = Mapping[tuple[str, str], Number]


@dataclass(frozen=True)
class Line:
    """A row of the form: its key (empty for the total), its name, a value for each column and that of a year ago."""

    key: str
    name: str
    values: Sequence[Number]
    before: Sequence[Number]

    def as_data(self) -> dict[str, Any]:
        """As JSON; null is missing, numbers are texts so that no digit is lost."""
        return {
            "key": self.key, "name": self.name, "values": [_text(one) for one in self.values],
            "before": [_text(one) for one in self.before],
        }  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A filled form; the total is the last line, computed and not added up."""

    form: Form
    period: Period
    by: str
    lines: Sequence[Line]

    def as_data(self) -> dict[str, Any]:
        """The content that is frozen when the form is signed."""
        return {
            "form": self.form.norm, "edition": self.form.edition, "rule": self.form.content_hash,
            "title": dict(self.form.words), "period": self.period.words, "by": self.by,
            "columns": [{"code": c.code, "unit": dict(c.units), **c.words} for c in self.form.columns],
            "lines": [line.as_data() for line in self.lines],
        }  # fmt: skip


def compute(form: Form, scope: Scope, period: Period, by: str) -> Table:
    """Fill a form by `item`, `region` or `body`."""
    now, then = _cells(form, scope, period, by), _cells(form, scope, period.before, by)
    keys = sorted({key for key, _column in now if key != TOTAL}, key=lambda key: (not key.isdigit(), key.zfill(20)))
    names = row_names(by, keys, period)
    lines = [
        Line(
            key, names.get(key, "—") if key != TOTAL else "",
            [now.get((key, column.code), 0) for column in form.columns],
            [then.get((key, column.code), 0) for column in form.columns],
        )
        for key in [*keys, TOTAL]
    ]  # fmt: skip
    return Table(form, period, by, lines)


def _cells(form: Form, scope: Scope, period: Period, by: str) -> Cells:
    """Value by row and column; the total of each column under the empty key. Missing ones are None."""
    found: dict[tuple[str, str], Number] = {}
    for column in form.columns:
        population = POPULATIONS[column.population]
        measure = population.measures[column.measure]
        rows = rows_of(column, scope, period).order_by()
        for key, value in rows.values_list(population.paths[by]).annotate(value=measure):
            if value is not None:
                found[str(key or "none"), column.code] = value
        total = rows.aggregate(value=measure)["value"]
        if total is not None:
            found[TOTAL, column.code] = total
    known = _known(scope, period, by)
    keys = {key for key, _column in found} | known | {TOTAL}
    for column in form.columns:
        for key in keys:
            if _is_missing(found, known, key, column):
                found[key, column.code] = MISSING
            else:
                found.setdefault((key, column.code), 0)
    return found


def _known(scope: Scope, period: Period, by: str) -> set[str]:
    """The rows for which there is a ledger at all."""
    path = POPULATIONS["due"].paths[by]
    return {str(key or "none") for key in ledger(scope, period).order_by().values_list(path, flat=True).distinct()}


def _is_missing(found: Cells, known: set[str], key: str, column: Column) -> bool:
    if not column.missing or found.get((key, column.code)):
        return False
    if column.missing == "ledger":
        return not known if key == TOTAL else key not in known
    has_source = (key, column.code) in found and found[key, column.code] is not None
    return bool(found.get((key, column.missing))) and not has_source


def row_names(by: str, keys: Sequence[str], period: Period) -> dict[str, str]:
    """What the rows of a form are called, by their keys."""
    numbers = [int(key) for key in keys if key.isdigit()]
    if by == "region":
        return {str(pk): name for pk, name in region_names(period.end).items() if pk in numbers}
    model: Any = CatalogueItem if by == "item" else Organisation
    return {str(pk): name for pk, name in model.objects.filter(pk__in=numbers).values_list("pk", "name")}


def _text(value: Number) -> str | None:
    return None if value is None else str(value)
