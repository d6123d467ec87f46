"""Arbitration verification: a dispute about an instrument, its two parties, and that both were called."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow, Region
from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, Actor, Role
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument
from hengliang.platform.verification.models.work import Task
from hengliang.platform.verification.states import ARBITRATION


class ArbitrationQuerySet(models.QuerySet["Arbitration"]):
    """Arbitrations, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """The authority of the region, the appointed body, and each party that is in the platform."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        mine = ArbitrationParty.objects.filter(organisation_id__in=actor.organisations(HOLDER_ROLES))
        return self.filter(
            models.Q(region_id__in=actor.regions())
            | models.Q(task__body_id__in=actor.organisations(BODY_ROLES))
            | models.Q(pk__in=mine.values("arbitration"))
        )


class Arbitration(LedgerRow):
    """The authority has a dispute about an instrument decided by verification (仲裁检定).

    A party that does not accept the first applies for a second, one level up; that one (`first` names the first) is
    final. An agreement of both, by a `Mediation`, ends it before or after the result. The day may be moved: each former
    one is an `ArbitrationDay`. `authority` is the region whose authority decides; null in what was opened before it
    was kept.
    """

    changing = frozenset(
        {"agreed_on", "agreement", "appealed_on", "appealed_side", "grounds", "meets_on", "notice_by", "notified_on"}
        | {"place", "provisional", "state"}
    )

    number = models.CharField(_("number"), max_length=40, unique=True)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="arbitrations")
    task = models.OneToOneField(Task, models.PROTECT, related_name="arbitration")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    first = models.OneToOneField("self", models.PROTECT, null=True, related_name="second")
    dispute = models.TextField(_("what is disputed"))
    demand = models.TextField(_("what the claimant demands"), blank=True)
    evidence = models.TextField(_("evidence handed in"), blank=True)
    commissioned_by = models.CharField(_("commissioned by"), max_length=300, blank=True)
    asked_on = models.DateField(_("accepted on"))
    notice_by = models.DateField(_("notice due by"))
    provisional = models.BooleanField(_("holidays of that year not yet known"), default=False)
    meets_on = models.DateField(_("day of the verification"))
    place = models.CharField(_("place"), max_length=300)
    notified_on = models.DateField(_("parties notified on"), null=True, blank=True)
    appealed_side = models.CharField(_("who applied for the second"), max_length=16, blank=True)
    appealed_on = models.DateField(_("second applied for on"), null=True, blank=True)
    grounds = models.TextField(_("why the result is not accepted"), blank=True)
    agreed_on = models.DateField(_("parties agreed on"), null=True, blank=True)
    agreement = models.TextField(_("what the parties agreed"), blank=True)
    state = models.CharField(_("state"), max_length=16, choices=ARBITRATION.choices())

    objects = ArbitrationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "state"], name="arbitration_region")]
        verbose_name = _("arbitration verification")

    def __str__(self) -> str:
        return self.number

    @property
    def seat_id(self) -> int:
        """The region whose authority decides."""
        return self.authority_id or self.region_id

    @property
    def is_second(self) -> bool:
        """Whether it is the second, which is final."""
        return self.first_id is not None


class ArbitrationParty(LedgerRow):
    """One of the two parties, and whether it was there; who was called and stayed away may be decided without."""

    class Side(models.TextChoices):
        """Who asked, and against whom."""

        CLAIMANT = "claimant", _("Claimant")
        RESPONDENT = "respondent", _("Respondent")

    changing = frozenset({"agreed_by", "present", "presence_note", "result_on", "second_by", "provisional"}) | {
        "address",
        "bears",
        "representative",
    }

    arbitration = models.ForeignKey(Arbitration, models.PROTECT, related_name="parties")
    side = models.CharField(max_length=16, choices=Side)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300, blank=True)
    representative = models.CharField(_("legal representative and position"), max_length=200, blank=True)
    present = models.BooleanField(_("present"), null=True)
    presence_note = models.CharField(_("who came, or why nobody did"), max_length=200, blank=True)
    agreed_by = models.CharField(_("who signed the agreement"), max_length=200, blank=True)
    bears = models.TextField(_("what it bears by the agreement"), blank=True)
    result_on = models.DateField(_("notice of the result received on"), null=True, blank=True)
    second_by = models.DateField(_("second may be applied for until"), null=True, blank=True)
    provisional = models.BooleanField(_("holidays of that year not yet known"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["arbitration", "side"], name="one_party_a_side")]

    def __str__(self) -> str:
        return self.name


class ArbitrationDay(LedgerRow):
    """A day that was named for the verification and then moved, with who had been told of it; never changed."""

    arbitration = models.ForeignKey(Arbitration, models.PROTECT, related_name="moved")
    meets_on = models.DateField(_("day of the verification"))
    place = models.CharField(_("place"), max_length=300)
    notice_by = models.DateField(_("notice due by"))
    notified_on = models.DateField(_("parties notified on"), null=True)

    class Meta:
        verbose_name = _("former day of an arbitration")

    def __str__(self) -> str:
        return f"{self.arbitration_id} {self.meets_on}"
