"""Progress as pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages.values import Absent
from hengliang.platform.plan.looks import look_key
from hengliang.platform.plan.models import Comparator, PlanTarget
from hengliang.platform.plan.selectors.progress import Progress
from hengliang.platform.plan.words import demand_words, partial_of, waits_for


@dataclass(frozen=True)
class Row:
    """One target in words."""

    progress: Progress
    target: PlanTarget
    state: str
    demand: str
    unit: str
    value: Decimal | Absent | None
    counted: str
    reason: str
    late: str
    lower_bound: str
    url: str
    milestones: tuple["Row", ...] = ()

    @property
    def share(self) -> int | None:
        """How far along the goal the value is, for the bar: 0 to 100; an upper bound has no way to go."""
        goal, at_most = self.target.goal, self.target.comparator == Comparator.AT_MOST
        if not isinstance(self.value, Decimal) or goal is None or goal <= 0 or at_most:
            return None
        return max(0, min(100, int(self.value * 100 / goal)))


def progress_rows(found: Iterable[Progress], address: str = "") -> list[Row]:
    """A row for each target; milestones stand within the target that they belong to."""
    rows = [row_of(one, address) for one in found]
    inner: dict[int, list[Row]] = {}
    shown = {one.target.pk for one in rows}
    for one in rows:
        if one.target.within_id in shown and one.target.within_id is not None:
            inner.setdefault(one.target.within_id, []).append(one)
    return [_with(one, tuple(inner.get(one.target.pk, ()))) for one in rows if one.target.within_id not in shown]


def _with(row: Row, milestones: tuple[Row, ...]) -> Row:
    return replace(row, milestones=tuple(sorted(milestones, key=lambda one: str(one.target.deadline))))


def row_of(one: Progress, address: str = "") -> Row:
    """One target in words."""
    figure, indicator = one.figure, one.indicator
    return Row(
        one, one.target, look_key(one.status, one.rating.grade if one.rating else ""), demand_words(one.target),
        one.target.unit or (indicator.unit if indicator and indicator.unit != "1" else ""), _value(one),
        f"{figure.numerator} / {figure.denominator}" if figure and figure.denominator is not None else "",
        _reason(one), listed(one.late),
        partial_of(indicator) if indicator and one.partial and one.value is not None else "",
        reverse(address, args=[one.target.pk]) if address else "",
    )  # fmt: skip


def _reason(one: Progress) -> str:
    """Why there is no source."""
    if one.figure is not None and one.figure.listed_from:
        return _("The list that it is counted over is known from %(day)s on, not for this day.") % {
            "day": one.figure.listed_from
        }
    return waits_for(one.indicator) if one.indicator and one.status == "no_source" else ""


def _value(one: Progress) -> Decimal | Absent | None:
    if one.figure is None:
        return None if one.target.qualitative else Absent.NO_SOURCE
    return Absent(one.figure.absent) if one.figure.absent else one.value
