"""What the issued lots say of makers, models, batches and ages: pass rates, errors, and how long meters last.

Computed from the groups of the lots that one may see; the rows behind each figure are the results of those groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, DurationField, F, Func, IntegerField, QuerySet, Sum
from django.db.models.functions import ExtractYear

from hengliang.metrology.proportion import share_interval
from hengliang.metrology.survival import KaplanMeier, SurvivalError, kaplan_meier_counts
from hengliang.platform.core.rights import Actor
from hengliang.platform.verification.benches.tallies import TENTHS
from hengliang.platform.verification.models import Lot, LotGroup, VerificationRegime

Groups = QuerySet[LotGroup]
# Beyond so many groups the distribution takes longer than anybody waits; one narrows first.
GROUPS_DRAWN = 5_000
DIMENSIONS = ("maker", "model", "made", "batch", "age")
_DISTRIBUTION = """
    SELECT tenth.at, sum(tenth.count::bigint) FROM verification_lotgroup g
    CROSS JOIN LATERAL jsonb_each(g.tally) AS point (name, told)
    CROSS JOIN LATERAL jsonb_array_elements_text(point.told -> 3) WITH ORDINALITY AS tenth (count, at)
    WHERE g.id = ANY (%s) AND (%s = '' OR point.name = %s) GROUP BY 1 ORDER BY 1
"""
_POINTS = """
    SELECT point.name, sum((point.told ->> 0)::bigint)::bigint, sum((point.told ->> 1)::float8),
        sum((point.told ->> 2)::float8)
    FROM verification_lotgroup g CROSS JOIN LATERAL jsonb_each(g.tally) AS point (name, told)
    WHERE g.id = ANY (%s) GROUP BY 1 ORDER BY point.name::int
"""


@dataclass(frozen=True)
class Asked:
    """What the statistics are of; empty is everything that one may see."""

    item: int | None = None
    maker: str = ""
    model: str = ""
    regime: str = ""
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class Line:
    """One maker, model, year of make, batch or age: how many were tested and passed, with the interval of the rate."""

    key: Any
    passed: int
    failed: int
    indeterminate: int

    @property
    def tested(self) -> int:
        """All that were judged."""
        return self.passed + self.failed + self.indeterminate

    @property
    def rate(self) -> float:
        """The share that passed."""
        return self.passed / self.tested

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the rate, exact for a binomial share."""
        return share_interval(self.passed, self.tested)


@dataclass(frozen=True)
class PointErrors:
    """The errors at one point: count, mean and standard deviation, in the unit of the rule."""

    row: int
    n: int
    mean: float
    deviation: float


def groups_of(actor: Actor, asked: Asked) -> Groups:
    """The groups of issued lots that one may see, as asked."""
    lots = Lot.objects.visible_to(actor).filter(state="issued")
    if asked.item:
        lots = lots.filter(item_id=asked.item)
    if asked.regime:
        lots = lots.filter(regime=asked.regime)
    rows = LotGroup.objects.filter(lot__in=lots.values("pk"))
    for name, value in (("maker", asked.maker), ("model", asked.model)):
        if value:
            rows = rows.filter(**{name: value})
    if asked.begins:
        rows = rows.filter(verified_on__gte=asked.begins)
    return rows.filter(verified_on__lte=asked.ends) if asked.ends else rows


def lines_of(rows: Groups, dimension: str) -> list[Line]:
    """The lines by a dimension, the one with the most meters first; ages in their order."""
    by = {"made": ExtractYear("made_on"), "age": _age()}.get(dimension, F(dimension))
    found = (
        rows.annotate(by=by)
        .values("by")
        .annotate(p=Sum("passed"), f=Sum("failed"), i=Sum("indeterminate"))
        .order_by("by" if dimension in ("age", "made") else "-p", "by")
    )
    return [Line(row["by"], row["p"], row["f"], row["i"]) for row in found if row["p"] + row["f"] + row["i"]]


def _age() -> Any:
    """Whole years from make to verification, as PostgreSQL counts ages."""
    between = Func(F("verified_on"), F("made_on"), function="age", output_field=DurationField())
    return Func(
        between, function="extract", template="extract(year FROM %(expressions)s)::int", output_field=IntegerField()
    )


def distribution_of(rows: Groups, point: str = "") -> list[tuple[float, int]] | None:
    """How often which error occurs, as a share of its limit in tenths; None for more groups than are summed at once."""
    keys = list(rows.values_list("pk", flat=True)[: GROUPS_DRAWN + 1])
    if len(keys) > GROUPS_DRAWN:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_DISTRIBUTION, [keys, point, point])
        return [((at - 1 - TENTHS) / 10, int(count)) for at, count in cursor.fetchall()]


def errors_of(rows: Groups) -> list[PointErrors]:
    """Mean and deviation of the errors at each point, for the groups of one profile."""
    keys = list(rows.values_list("pk", flat=True)[:GROUPS_DRAWN])
    with connection.cursor() as cursor:
        cursor.execute(_POINTS, [keys])
        found = cursor.fetchall()
    return [PointErrors(int(row), int(n), s / n, _deviation(int(n), s, ss)) for row, n, s, ss in found if n]


def _deviation(n: int, total: float, squares: float) -> float:
    return max(0.0, (squares - total * total / n) / (n - 1)) ** 0.5 if n > 1 else 0.0


def lasting(rows: Groups) -> KaplanMeier | None:
    """The share still in order after years in service, by the age at which failures were found.

    Only of meters verified in service: at the factory all are new. None while none was found failed.
    """
    used = rows.exclude(lot__regime=VerificationRegime.INITIAL).filter(made_on__isnull=False)
    lines = [line for line in lines_of(used, "age") if line.key and line.key > 0]
    try:
        return kaplan_meier_counts(
            [line.key for line in lines], [line.failed for line in lines],
            [line.passed + line.indeterminate for line in lines],
        )  # fmt: skip
    except SurvivalError:
        return None


def choices_of(actor: Actor, name: str) -> Sequence[str]:
    """The makers or models that occur, the most frequent first."""
    rows = groups_of(actor, Asked()).exclude(**{name: ""}).values(name).annotate(n=Count("pk")).order_by("-n", name)
    return [row[name] for row in rows[:200]]
