"""Joint conferences: their members, meetings, resolutions and what became of these."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import DatedRow, LedgerRow, Region, never_twice
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Organisation
from hengliang.platform.plan.conference_states import RESOLUTION


class ConferenceQuerySet(models.QuerySet["Conference"]):
    """Conferences, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Regional roles see those of their regions; so does who belongs to a member."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        mine = ConferenceMember.objects.filter(organisation_id__in=actor.organisations(Role))
        member = mine.belonging(actor.today)
        return self.filter(models.Q(region_id__in=actor.regions()) | models.Q(pk__in=member.values("conference_id")))


class Conference(LedgerRow):
    """A joint conference of the departments of a region."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("region"))
    title = models.CharField(_("title"), max_length=200)
    basis = models.TextField(_("founded by"), blank=True)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint conference")

    def __str__(self) -> str:
        return self.title


class ConferenceMemberQuerySet(models.QuerySet["ConferenceMember"]):
    """Units of a conference."""

    def belonging(self, on: date) -> Self:
        """Those that belong on a day, as known now."""
        return self.filter(pk__in=Membership.objects.on(on).values("member_id"))


class ConferenceMember(LedgerRow):
    """A unit that belongs, or belonged, to a conference; known here, or a name only."""

    class Part(models.TextChoices):
        """What part it has."""

        CONVENER = "convener", _("Convener")
        MEMBER = "member", _("Member")
        OFFICE = "office", _("Office")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="members")
    name = models.CharField(_("unit"), max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ConferenceMemberQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(name="conference_member_once", fields=["conference", "name"])]

    def __str__(self) -> str:
        return self.name


class Membership(DatedRow):
    """The days on which a unit belongs, and with what part."""

    member = models.ForeignKey(ConferenceMember, models.CASCADE, related_name="memberships")
    part = models.CharField(
        _("part"), max_length=10, choices=ConferenceMember.Part, default=ConferenceMember.Part.MEMBER
    )

    class Meta:
        constraints = [never_twice("conference_membership_once", "member_id")]

    def __str__(self) -> str:
        return f"{self.member_id} from {self.valid_from}"


class Meeting(LedgerRow):
    """A meeting of a conference and who was there."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="meetings")
    title = models.CharField(_("meeting"), max_length=200)
    on = models.DateField(_("held on"))
    present = models.JSONField(_("present"), default=list)
    minutes = models.TextField(_("minutes"), blank=True)

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name = _("meeting")

    def __str__(self) -> str:
        return f"{self.title} {self.on}"


class Resolution(LedgerRow):
    """What a meeting resolved: who does what by when."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions")
    ordinal = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("resolution"))
    unit = models.CharField(_("unit that answers"), max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=RESOLUTION.choices())

    class Meta:
        ordering = ("ordinal", "pk")
        indexes = [models.Index(fields=["state", "due_on"], name="resolution_due")]
        verbose_name = _("resolution")

    def __str__(self) -> str:
        return self.text[:60]

    def shown_state(self, on: date) -> str:
        """Its state in words; overdue is computed, never stored."""
        late = self.state == "open" and self.due_on is not None and self.due_on < on
        return "overdue" if late else f"resolution.{self.state}"


class FollowUp(LedgerRow):
    """What a unit says about a resolution on a day."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="follow_ups")
    on = models.DateField(_("on"))
    says = models.TextField(_("what was done"))

    class Meta:
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return f"{self.resolution_id} {self.on}"
