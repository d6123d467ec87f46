"""Rounds: who goes where and when, what was taken along, and what came back."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import Attachment, LedgerRow, Region
from hengliang.platform.core.reach import reached_between
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.models import Instrument
from hengliang.platform.verification.models.records import Record
from hengliang.platform.verification.models.work import Task
from hengliang.platform.verification.states import ROUND


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """A body sees its own; an organiser those at its place; regional roles those of their regions."""
        return self.filter(reached_between(actor, "organiser"))


class Round(LedgerRow):
    """A way of two verifiers to instruments where they stand: a market, a township, or one place by appointment."""

    changing = frozenset({"ends_on", "first_id", "second_id", "starts_on", "state"})

    class Kind(models.TextChoices):
        """What leads there."""

        MARKET = "market", _("Market round")
        TOWNSHIP = "township", _("Township round")
        APPOINTMENT = "appointment", _("By appointment")

    number = models.CharField(_("number"), max_length=40, unique=True)
    kind = models.CharField(_("kind of round"), max_length=16, choices=Kind)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="rounds")
    organiser = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="rounds_here")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    place = models.CharField(_("place"), max_length=300)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    first = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(_("state"), max_length=16, choices=ROUND.choices())

    objects = RoundQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["body", "state", "starts_on"], name="round_body"),
            models.Index(fields=["region", "starts_on"], name="round_region"),
            models.Index(fields=["organiser"], name="round_organiser"),
        ]
        constraints = [
            models.CheckConstraint(name="round_two_people", condition=~models.Q(first=models.F("second"))),
            models.CheckConstraint(name="round_days", condition=models.Q(ends_on__gte=models.F("starts_on"))),
        ]
        verbose_name = _("round")

    def __str__(self) -> str:
        return self.number


class RoundStop(LedgerRow):
    """A stop of the route, in its order."""

    changing = frozenset()

    round = models.ForeignKey(Round, models.PROTECT, related_name="stops")
    rank = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("stop"), max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "rank"], name="one_stop_a_rank")]

    def __str__(self) -> str:
        return self.name


class RoundInstrument(LedgerRow):
    """An instrument that a round is for, at its stop, with the task that was opened for it."""

    changing = frozenset({"task_id"})

    round = models.ForeignKey(Round, models.PROTECT, related_name="lines")
    stop = models.ForeignKey(RoundStop, models.PROTECT, related_name="lines")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="round_lines")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="round_lines")
    stall = models.CharField(_("stall"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "instrument"], name="instrument_once_a_round")]
        indexes = [models.Index(fields=["instrument"], name="roundinstrument_instrument")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.instrument_id}"


class RoundPackage(LedgerRow):
    """What one verifier took out on one device, word for word."""

    changing = frozenset()

    round = models.ForeignKey(Round, models.PROTECT, related_name="packages")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    device = models.CharField(_("device"), max_length=64)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    secret = models.CharField(_("what seals the results"), max_length=64)
    signature = models.TextField(_("signature of this deployment"))
    content = models.TextField(_("the package, canonical"))

    class Meta:
        indexes = [models.Index(fields=["round", "person", "device"], name="roundpackage_device")]

    def __str__(self) -> str:
        return self.sha256[:12]


class RoundUpload(LedgerRow):
    """A file of results as it arrived, kept whether taken or refused; refused of one, it may be taken of another."""

    changing = frozenset()

    round = models.ForeignKey(Round, models.PROTECT, related_name="uploads")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    package = models.ForeignKey(RoundPackage, models.PROTECT, null=True, related_name="uploads")
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.BinaryField(_("the file"))
    refusal = models.CharField(_("why it was refused"), max_length=40, blank=True)
    params = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "sha256"], name="a_file_taken_once_a_round", condition=models.Q(refusal="")
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class FieldEntry(LedgerRow):
    """What one device says of one instrument of a round. Never edited: a later one of the device speaks for it."""

    changing = frozenset({"held", "instrument_id", "record_id"})

    class Kind(models.TextChoices):
        """What became of it there."""

        MEASURED = "measured", _("Measured")
        ABSENT = "absent", _("Stall absent")
        REFUSED = "refused", _("Refused by the user")
        NOT_FOUND = "not_found", _("Instrument not found")
        UNKNOWN = "unknown", _("Not in the ledger")

    round = models.ForeignKey(Round, models.PROTECT, related_name="entries")
    package = models.ForeignKey(RoundPackage, models.PROTECT, related_name="entries")
    upload = models.ForeignKey(RoundUpload, models.PROTECT, related_name="entries")
    device = models.CharField(_("device"), max_length=64)
    sequence = models.PositiveIntegerField(_("running number on the device"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    subject = models.CharField(_("what it speaks of"), max_length=140)
    line = models.ForeignKey(RoundInstrument, models.PROTECT, null=True, related_name="entries")
    instrument = models.ForeignKey(Instrument, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("outcome"), max_length=16, choices=Kind)
    verified_on = models.DateField(_("day"))
    made_at = models.DateTimeField(_("by the clock of the device"))
    content = models.JSONField(_("the entry as it arrived"))
    digest = models.CharField(_("hash of what it says"), max_length=64)
    label = models.CharField(_("number of the label"), max_length=60, blank=True)
    record = models.OneToOneField(Record, models.PROTECT, null=True, related_name="field_entry")
    held = models.JSONField(_("what stands in the way of its record"), default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "device", "sequence"], name="an_entry_once_a_device"),
        ]
        indexes = [models.Index(fields=["round", "subject"], name="fieldentry_subject")]

    def __str__(self) -> str:
        return f"{self.device[:8]} #{self.sequence}"


class RoundSettlement(LedgerRow):
    """A person has decided which of several entries about one instrument holds; the reason stands in the act."""

    changing = frozenset()

    round = models.ForeignKey(Round, models.PROTECT, related_name="settlements")
    subject = models.CharField(max_length=140)
    chosen = models.ForeignKey(FieldEntry, models.PROTECT, related_name="+")
    among = models.JSONField(_("digests of the entries that it was chosen from"))

    def __str__(self) -> str:
        return self.subject


class RoundSignature(LedgerRow):
    """The organiser signed the slip of the round on a device."""

    changing = frozenset()

    round = models.ForeignKey(Round, models.PROTECT, related_name="signatures")
    name = models.CharField(_("name"), max_length=100)
    signed_at = models.DateTimeField(_("by the clock of the device"))
    picture = models.ForeignKey(Attachment, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class TaskNote(LedgerRow):
    """Why a task could not be done on a day: nobody there, refused, not found."""

    changing = frozenset()

    task = models.ForeignKey(Task, models.PROTECT, related_name="notes")
    on = models.DateField(_("day"))
    kind = models.CharField(max_length=16, choices=FieldEntry.Kind)
    entry = models.OneToOneField(FieldEntry, models.PROTECT, related_name="task_note")

    class Meta:
        indexes = [models.Index(fields=["task", "on"], name="tasknote_task")]

    def __str__(self) -> str:
        return self.kind
