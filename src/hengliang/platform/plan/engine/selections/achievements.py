"""Achievements: what an outside approval proves, once a second person has confirmed it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hengliang.platform.plan.engine.keyed import Keyed, Span
from hengliang.platform.plan.engine.scope import Scope
from hengliang.platform.plan.engine.selection import Where
from hengliang.platform.plan.models import Achievement, AchievementStanding
from hengliang.platform.plan.states import ENTERED

_NAMES = frozenset({"kind", "level", "stage"})


def _read(where: Where, known_at: datetime | None) -> Iterable[Span]:
    rows = AchievementStanding.objects.known(known_at)
    for name, words in where.items():
        rows = rows.filter(**{f"achievement__{name}__in": words})
    found = rows.values_list("achievement_id", "achievement__region_id", "valid_from", "valid_to")
    return [Span(*row) for row in found]


def _read_many(wheres: Sequence[Where], known_at: datetime | None) -> list[list[Span]]:
    """The register read once; each set of conditions takes its own from it."""
    facts = tuple(sorted(_NAMES))
    rows = AchievementStanding.objects.known(known_at).values_list(
        "achievement_id", "achievement__region_id", "valid_from", "valid_to", *(f"achievement__{one}" for one in facts)
    )
    told = [(Span(*row[:4]), dict(zip(facts, row[4:], strict=True))) for row in rows]
    return [
        [span for span, known in told if all(known[name] in words for name, words in where.items())] for where in wheres
    ]


def _kept(known_at: datetime | None) -> Iterable[Span]:
    """Whoever has entered one keeps the register: from the day of the first document on, none is a true 0."""
    rows = Achievement.objects.all() if known_at is None else Achievement.objects.filter(act__at__lte=known_at)
    return [Span(*row, None) for row in rows.values_list("pk", "region_id", "approved_on")]


def objects(keys: Iterable[int]) -> "QuerySet[Achievement]":
    """The achievements of these keys."""
    return Achievement.objects.filter(pk__in=list(keys)).select_related("organisation")


def _waiting(scope: Scope) -> "QuerySet[Any]":
    rows = Achievement.objects.filter(state=ENTERED, approved_on__lte=scope.on).select_related("organisation")
    return rows if scope.regions is None else rows.filter(region_id__in=scope.regions)


def _withdrawn(scope: Scope) -> "QuerySet[Any]":
    rows = Achievement.objects.filter(state__in=["withdrawn", "refused"]).select_related("organisation")
    return rows if scope.regions is None else rows.filter(region_id__in=scope.regions)


ACHIEVEMENTS = Keyed(
    _read,
    objects,
    names=_NAMES,
    counts="achievements",
    excluded={
        "waiting": (_("Entered, not yet confirmed by a second person"), _waiting),
        "withdrawn": (_("Withdrawn, or not confirmed"), _withdrawn),
    },
    ledger=_kept,
    read_many=_read_many,
)
