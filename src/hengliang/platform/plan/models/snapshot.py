"""Snapshots: the figures of a plan on a day, as known at a moment, frozen."""

from typing import Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow
from hengliang.platform.core.rights import Actor
from hengliang.platform.plan.models.plan import Plan
from hengliang.platform.plan.models.target import PlanTarget

FROZEN = [pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete)]


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots, scoped as their plans."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the plans that the actor sees."""
        return self.filter(plan__in=Plan.objects.visible_to(actor))


class Snapshot(LedgerRow):
    """All figures of a plan that speak of `on`, as known at `known_at`. `digest` stands in the log.

    `frame` is what else was so then: title, issuer, region and term of the plan, and how its districts scored by which
    weights. Snapshots taken before there was a frame have an empty one.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="snapshots")
    title = models.CharField(_("occasion"), max_length=200)
    on = models.DateField(_("on"))
    known_at = models.DateTimeField(_("as known at"))
    digest = models.CharField("SHA-256", max_length=64)
    frame = models.JSONField(_("the plan and its weights as they were"), default=dict)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "-on", "-id"], name="snapshot_plan")]
        triggers = FROZEN
        verbose_name = _("snapshot")

    def __str__(self) -> str:
        return f"{self.title} {self.on}"


class SnapshotFigure(models.Model):
    """One target in a snapshot: what was demanded, what was computed by which rule over which rows, how it stood.

    `target` is the target as it stands today; what was demanded then gives `selectors.frozen.demanded_of` alone.
    """

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="figures")
    target = models.ForeignKey(PlanTarget, models.PROTECT, related_name="+")
    demand = models.JSONField(_("what was demanded"))
    indicator = models.CharField(max_length=80, blank=True)
    rule_hash = models.CharField(max_length=80, blank=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    value = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    absent = models.CharField(max_length=16, blank=True)
    rows_hash = models.CharField(_("hash over the rows counted"), max_length=64, blank=True)
    status = models.CharField(max_length=16)

    class Meta:
        triggers = FROZEN
        constraints = [models.UniqueConstraint(name="snapshot_figure_once", fields=["snapshot", "target"])]

    def __str__(self) -> str:
        return f"{self.snapshot_id}: {self.target_id}"
