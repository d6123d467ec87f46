"""Proofs of a verification: certificates and notices of result, and their numbers."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.states import CERTIFICATE
from hengliang.platform.core.models import LedgerRow, Region
from hengliang.platform.core.reach import reached_between
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument
from hengliang.platform.standards.models import BudgetVersion
from hengliang.platform.verification.models import MANDATORY, Record

# What says pass or fail by law; a calibration certificate and a report say what was measured.
VALUES_ONLY = frozenset({"calibration", "report"})


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Holders see those of their instruments, bodies those they issued, regional roles those of their regions."""
        return self.filter(reached_between(actor))


class Certificate(LedgerRow):
    """A proof of a verification, calibration or test: content frozen at issue, document at first rendering."""

    class Kind(models.TextChoices):
        """Which document it is."""

        CERTIFICATE = "certificate", _("Verification certificate")
        NOTICE = "notice", _("Notice of verification result")
        CALIBRATION = "calibration", _("Calibration certificate")
        REPORT = "report", _("Test report")
        ARBITRATION = "arbitration", _("Arbitration verification certificate")

    code = models.CharField(_("code on the document"), max_length=16, unique=True)
    record = models.OneToOneField(Record, models.PROTECT, related_name="certificate")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="certificates")
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="certificates")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    job = models.CharField(_("kind of job"), max_length=24, default=MANDATORY)
    number = models.CharField(_("number"), max_length=80)
    verified_on = models.DateField(_("verified on"))
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    xml = models.TextField(_("digital certificate, unsigned; what the log commits to"))
    training = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=16, choices=CERTIFICATE.choices())

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="number_once_a_body")]
        indexes = [
            models.Index(fields=["instrument", "-verified_on"], name="certificate_instrument"),
            models.Index(fields=["body", "-issued_on"], name="certificate_body"),
            models.Index(fields=["owner", "-issued_on"], name="certificate_owner"),
        ]
        verbose_name = _("certificate")

    def __str__(self) -> str:
        return self.number


class Document(LedgerRow):
    """PDF and signed XML of a certificate as they were first rendered; the bytes never change."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="document")
    pdf = models.BinaryField()
    xml = models.BinaryField(_("signed XML, as attached to the PDF"))
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"document of {self.certificate_id}"


class AttachedBudget(LedgerRow):
    """A version of an uncertainty budget as it was attached to a certificate; the content never changes."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="budgets")
    version = models.ForeignKey(BudgetVersion, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    number = models.PositiveIntegerField(_("version"))
    attached_on = models.DateField(_("attached on"))
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["certificate", "version"], name="budget_attached_once")]
        verbose_name = _("attached uncertainty budget")

    def __str__(self) -> str:
        return f"{self.name} v{self.number} at {self.certificate_id}"
