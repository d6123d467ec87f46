"""Measurement standards, authorisations of bodies, qualifications of people."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import DatedRow, LedgerRow, Region, never_twice
from hengliang.platform.core.rights import BODY_ROLES, Actor, Role
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.models import CatalogueItem


class MeasurementStandardQuerySet(models.QuerySet["MeasurementStandard"]):
    """Measurement standards, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """A body sees its own; regional roles see those of the bodies in their regions."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        return self.filter(
            models.Q(organisation_id__in=actor.organisations(BODY_ROLES))
            | models.Q(organisation__region_id__in=actor.regions())
        )


class MeasurementStandard(LedgerRow):
    """A measurement standard set kept by an organisation (计量标准)."""

    class Level(models.TextChoices):
        """Its place in the hierarchy."""

        NATIONAL = "national", _("National measurement standard")
        PUBLIC = "public", _("Public measurement standard")
        SECTOR = "sector", _("Highest of a sector department")
        ENTERPRISE = "enterprise", _("Highest of an enterprise")
        WORKING = "working", _("Working standard")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="measurement_standards")
    code = models.CharField(_("code (JJF 1022)"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=200)
    level = models.CharField(max_length=16, choices=Level)
    measuring_range = models.CharField(_("measuring range"), max_length=200, blank=True)
    uncertainty = models.CharField(_("uncertainty, class or MPE"), max_length=200, blank=True)
    items = models.ManyToManyField(CatalogueItem, related_name="measurement_standards")

    objects = MeasurementStandardQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement standard")

    def __str__(self) -> str:
        return self.name


class StandardCertificate(DatedRow):
    """A paper that a measurement standard rests on; it is good from `valid_from` to before `valid_to`."""

    class Kind(models.TextChoices):
        """What the paper proves."""

        EXAMINATION = "examination", _("Certificate of examination of the measurement standard")
        PUBLIC = "public", _("Certificate of the public measurement standard")
        TRACEABILITY = "traceability", _("Certificate of its traceability")

    standard = models.ForeignKey(MeasurementStandard, models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=16, choices=Kind)
    number = models.CharField(_("certificate number"), max_length=100)
    issuer = models.CharField(_("issued by"), max_length=200)

    class Meta:
        verbose_name = _("certificate of a measurement standard")

    def __str__(self) -> str:
        return self.number


class StandardStatus(DatedRow):
    """Whether a measurement standard may be used, from a day on."""

    standard = models.ForeignKey(MeasurementStandard, models.PROTECT, related_name="statuses")
    in_service = models.BooleanField(default=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [never_twice("standard_status_once", "standard_id")]

    def __str__(self) -> str:
        return f"{self.standard_id} {'in' if self.in_service else 'out of'} service"


class Authorisation(DatedRow):
    """A body may verify an item within a range and a region, on the strength of a numbered document, until a day.

    Without a region it holds everywhere. A manufacturer's laboratory verifies at its factory only, before first use.
    """

    class Kind(models.TextChoices):
        """What makes the body one."""

        STATUTORY = "statutory", _("Verification institute of the state")
        UTILITY = "utility", _("Authorised laboratory of a utility")
        MANUFACTURER = "manufacturer", _("Authorised laboratory of a manufacturer")

    kind = models.CharField(_("kind of body"), max_length=16, choices=Kind, default=Kind.STATUTORY)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="authorisations")
    item = models.ForeignKey(CatalogueItem, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    number = models.CharField(_("document number"), max_length=100)
    scope = models.CharField(_("range and accuracy"), max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["body", "item"], name="authorisation_body_item")]
        verbose_name = _("authorisation")

    def __str__(self) -> str:
        return f"{self.number} {self.item_id}"


class Qualification(DatedRow):
    """A person may verify an item at a body, until a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="qualifications")
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    item = models.ForeignKey(CatalogueItem, models.PROTECT, related_name="+")
    number = models.CharField(_("certificate number"), max_length=100)

    class Meta:
        indexes = [models.Index(fields=["person", "item"], name="qualification_person_item")]
        verbose_name = _("qualification")

    def __str__(self) -> str:
        return f"{self.number} {self.person_id} {self.item_id}"
