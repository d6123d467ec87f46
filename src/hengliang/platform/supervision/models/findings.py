"""What in the records does not fit, and what came of it."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow, Region
from hengliang.platform.core.rights import REGIONAL, Actor, Role
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.supervision.states import FINDING


class FindingQuerySet(models.QuerySet["Finding"]):
    """Findings, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Regional roles see those of their regions; those whom a finding is about don't."""
        return self if actor.has(Role.ADMINISTRATOR) else self.filter(region_id__in=actor.regions(REGIONAL))


class Finding(LedgerRow):
    """A sign, computed from the records, that something is not as they say; nobody's guilt. Found once, by its key."""

    class Kind(models.TextChoices):
        """What does not fit."""

        SERIAL_TWICE = "serial_twice", _("Same serial number proved twice")
        SEAL_TWICE = "seal_twice", _("Same seal number on two instruments")
        TWO_PLACES = "two_places", _("One person in two counties on one day")
        TOO_MUCH = "too_much", _("More in a day than can be done")
        TOO_FAST = "too_fast", _("Measured sooner than can be done")
        SIGNERS_INVITED = "signers_invited", _("One signer invited another")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    key = models.CharField(max_length=300)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    body = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    found_on = models.DateField(_("found on"))
    speaks_of = models.DateField(_("day it speaks of"))
    facts = models.JSONField(_("what was found"))
    state = models.CharField(_("state"), max_length=16, choices=FINDING.choices())

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="found_once", fields=["kind", "key", "region"])]
        indexes = [models.Index(fields=["region", "state", "-speaks_of"], name="finding_region")]
        verbose_name = _("finding")

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
