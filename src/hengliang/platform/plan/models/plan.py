"""Plans and their clauses."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow, Region, RegionVersion
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.plan.states import ENDED, IN_FORCE, PLAN


def _above(actor: Actor) -> "models.QuerySet[RegionVersion, Any]":
    """The regions one and two steps above those of the actor."""
    known = RegionVersion.objects.on(actor.today).filter(parent__isnull=False)
    parents = known.filter(region_id__in=actor.regions()).values("parent_id")
    return known.filter(models.Q(region_id__in=actor.regions()) | models.Q(region_id__in=parents)).values("parent_id")


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Regional roles see those of their regions, and those in force above them; so does who answers for a task,
        and a third party while it assesses."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        if actor.account_id is None:
            return self.none()
        mine = actor.organisations({Role.ASSESSOR})
        given = Plan.objects.under_assessment_by(mine) if mine else Plan.objects.none()
        answers = Plan.objects.filter(tasks__units__organisation_id__in=actor.organisations(Role))
        concerned = models.Q(pk__in=answers.values("pk")) | models.Q(region_id__in=_above(actor))
        concerned |= models.Q(pk__in=given.values("pk"))
        return self.filter(models.Q(region_id__in=actor.regions()) | concerned & models.Q(state__in=[IN_FORCE, ENDED]))

    def under_assessment_by(self, organisations: Iterable[int]) -> Self:
        """Those that one of these organisations was asked to assess, until the assessment is over."""
        return self.filter(
            assessments__assessor_id__in=organisations, assessments__state__in=["in_work", "submitted"]
        ).distinct()

    def open(self) -> Self:
        """Those that anybody may read: in force, or ended."""
        return self.filter(state__in=[IN_FORCE, ENDED])


class Plan(LedgerRow):
    """A policy document that sets targets for a region; `text` is the mended text that every position speaks of."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("region"))
    title = models.CharField(_("title"), max_length=300)
    issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    starts_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"))
    text = models.TextField(_("text"))
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    encoding = models.CharField(_("encoding"), max_length=40, blank=True)
    found = models.JSONField(_("what was mended, refused and not understood"), default=dict)
    state = models.CharField(_("state"), max_length=16, choices=PLAN.choices())

    objects = PlanQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "state"], name="plan_region")]
        constraints = [
            models.CheckConstraint(
                name="plan_ends_after_it_begins", condition=models.Q(ends_on__gt=models.F("starts_on"))
            )
        ]
        verbose_name = _("plan")

    def __str__(self) -> str:
        return self.title


class Clause(LedgerRow):
    """A numbered part of the document, at its place in the text."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="clauses")
    ordinal = models.PositiveIntegerField()
    number = models.CharField(_("clause"), max_length=100)
    heading = models.CharField(_("heading"), max_length=500, blank=True)
    text = models.TextField(_("text"))
    depth = models.PositiveSmallIntegerField(default=1)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="clause_once", fields=["plan", "ordinal"])]
        verbose_name = _("clause")

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()
