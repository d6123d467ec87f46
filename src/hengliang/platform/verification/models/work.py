"""Applications to bodies, and the tasks that follow from them."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.errors import Refused
from hengliang.platform.core.models import LedgerRow, Region
from hengliang.platform.core.reach import reached_between
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.models import Instrument
from hengliang.platform.verification.states import APPLICATION, TASK

MANDATORY = "mandatory"


class VerificationRegime(models.TextChoices):
    """Which of the regimes of its regulation a verification follows (VIML 2.12, 2.13)."""

    INITIAL = "initial", _("Initial verification")
    SUBSEQUENT = "subsequent", _("Subsequent verification")
    IN_SERVICE = "in_service", _("In-service inspection")
    AFTER_REPAIR = "after_repair", _("Verification after repair")


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Applicants and bodies see their own; regional roles those of their regions."""
        return self.filter(reached_between(actor, "applicant"))


class Application(LedgerRow):
    """A user asks for a job on instruments: a body, or the authority where no body is found.

    `job` is the kind of job by the rule `verification/job-kinds`. Without a body it is with the authority of the region
    `placed_with`.
    """

    changing = frozenset({"body_id", "placed_with_id", "state"})

    job = models.CharField(_("kind of job"), max_length=24, default=MANDATORY)
    number = models.CharField(_("application number"), max_length=32, unique=True)
    applicant = models.ForeignKey(Organisation, models.PROTECT, related_name="applications")
    body = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="applications_received")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    placed_with = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    on_site = models.BooleanField(_("on site"), default=False)
    wanted_on = models.DateField(_("wanted by"), null=True, blank=True)
    applied_at = models.DateTimeField(_("applied at"))
    note = models.TextField(_("note"), blank=True)
    agreed_months = models.PositiveSmallIntegerField(_("agreed interval (months)"), null=True, blank=True)
    fee = models.DecimalField(_("agreed fee (CNY)"), max_digits=12, decimal_places=2, null=True, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=APPLICATION.choices())

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["body", "state", "applied_at"], name="application_body"),
            models.Index(fields=["applicant", "-applied_at"], name="application_applicant"),
        ]
        verbose_name = _("application")

    def __str__(self) -> str:
        return self.number


class WorkQuerySet(models.QuerySet["Task"]):
    """Tasks, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """A body sees its own tasks; holders those on their instruments; regional roles those of their regions."""
        return self.filter(reached_between(actor))


class Task(LedgerRow):
    """One instrument (or part judged singly) to be verified by one body."""

    changing = frozenset({"body_id", "owner_id", "promised_on", "regime", "scheduled_on", "state", "verifier_id"})

    job = models.CharField(_("kind of job"), max_length=24, default=MANDATORY)
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="tasks")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="tasks")
    body = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="tasks")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    regime = models.CharField(max_length=16, choices=VerificationRegime)
    verifier = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="tasks")
    scheduled_on = models.DateField(_("scheduled on"), null=True, blank=True)
    promised_on = models.DateField(_("to be done by"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=TASK.choices())

    objects = WorkQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["body", "state", "promised_on"], name="task_body"),
            models.Index(fields=["instrument"], name="task_instrument"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_open_task_an_instrument",
                fields=["instrument"],
                condition=~models.Q(state__in=["issued", "concluded", "cancelled"]),
            )
        ]
        verbose_name = _("task")

    def __str__(self) -> str:
        return f"task {self.pk}"

    @property
    def placed_body(self) -> Organisation:
        """The body that does it.

        Errors: `Refused` while no body has been found.
        """
        if self.body is None:
            raise Refused("no_body_yet", "No body has been found for this instrument yet; the authority assigns one.")
        return self.body
