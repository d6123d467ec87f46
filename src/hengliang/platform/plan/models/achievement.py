"""Achievements: what an outside approval proves. Only what a second person confirmed counts.

The register lives here until `nqi` exists, which will own it.
"""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import DatedRow, LedgerRow, Region, never_twice
from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, Actor, Role
from hengliang.platform.parties.models import Organisation
from hengliang.platform.plan.states import ACHIEVEMENT


class AchievementQuerySet(models.QuerySet["Achievement"]):
    """Achievements, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Regional roles see those of their regions; organisations their own."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        return self.filter(
            models.Q(region_id__in=actor.regions())
            | models.Q(organisation_id__in=actor.organisations(HOLDER_ROLES | BODY_ROLES))
        )


class Achievement(LedgerRow):
    """A centre, laboratory, base, brand, award, result or appointment with the document that proves it.

    Which kinds there are is data: the rule `plan/achievement-kinds`.
    """

    changing = frozenset({"state", "document_key"})  # the key follows from the number

    class Level(models.TextChoices):
        """Who approved it."""

        NATIONAL = "national", _("National")
        PROVINCIAL = "provincial", _("Provincial")
        MUNICIPAL = "municipal", _("Municipal")
        COUNTY = "county", _("County")

    class Stage(models.TextChoices):
        """How far it is."""

        PREPARATION = "preparation", _("Approved for preparation")
        COMPLETED = "completed", _("Approved or completed")

    kind = models.CharField(_("kind"), max_length=40)
    level = models.CharField(_("level"), max_length=16, choices=Level)
    stage = models.CharField(_("stage"), max_length=16, choices=Stage, default=Stage.COMPLETED)
    name = models.CharField(_("name"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("holder")
    )
    holder = models.CharField(_("holder by name"), max_length=200, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("region"))
    authority = models.CharField(_("approved by"), max_length=200)
    document_number = models.CharField(_("document number"), max_length=100)
    document_key = models.CharField(max_length=310, editable=False)
    apart = models.CharField(_("why it is another of the same document"), max_length=300, blank=True)
    approved_on = models.DateField(_("date of the document"))
    entered_by = models.BigIntegerField(null=True)
    state = models.CharField(_("state"), max_length=16, choices=ACHIEVEMENT.choices())

    objects = AchievementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "kind", "state"], name="achievement_region")]
        constraints = [
            models.UniqueConstraint(
                name="achievement_once",
                fields=["kind", "level", "stage", "name", "document_number"],
                condition=models.Q(state__in=["entered", "confirmed"]),
            ),
            models.UniqueConstraint(
                name="achievement_document_once",
                fields=["document_key"],
                condition=models.Q(state__in=["entered", "confirmed"], apart=""),
            ),
        ]
        verbose_name = _("achievement")

    def __str__(self) -> str:
        return self.name


class AchievementStanding(DatedRow):
    """The days on which an achievement counts: from the date of its document until it is withdrawn."""

    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="standings")

    class Meta:
        constraints = [never_twice("achievement_standing_once", "achievement_id")]

    def __str__(self) -> str:
        return f"{self.achievement_id} from {self.valid_from}"
