"""What was measured: drafts, original records, and the rules by which they were judged."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow
from hengliang.platform.parties.models import Account, Person
from hengliang.platform.standards.models import BudgetVersion, MeasurementStandard
from hengliang.platform.verification.models.work import MANDATORY, Task, VerificationRegime
from hengliang.platform.verification.states import RECORD


class RecordDraft(models.Model):
    """What a verifier has typed so far: saved as typed, judged on the way, worth nothing until submitted."""

    task = models.OneToOneField(Task, models.CASCADE, related_name="draft")
    data = models.JSONField(default=dict)
    versions = models.JSONField(_("version of each section"), default=dict)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"draft of task {self.task_id}"


class RuleAsUsed(models.Model):
    """The content of a rule by which records were judged, kept once under its hash."""

    content_hash = models.CharField(max_length=80, primary_key=True)
    content = models.JSONField()
    provenance = models.JSONField()

    def __str__(self) -> str:
        return self.content_hash


class Record(LedgerRow):
    """An original record: what was measured, by which rule it was judged, and by whom. Never edited: voided."""

    changing = frozenset({"approver_id", "reviewer_id", "state"})

    task = models.ForeignKey(Task, models.PROTECT, related_name="records")
    job = models.CharField(_("kind of job"), max_length=24, default=MANDATORY)
    number = models.CharField(_("record number"), max_length=40, unique=True)
    verified_on = models.DateField(_("verified on"))
    place = models.CharField(_("place"), max_length=300, blank=True)
    regime = models.CharField(max_length=16, choices=VerificationRegime)
    procedure = models.CharField(_("rule"), max_length=80)
    edition = models.CharField(_("edition"), max_length=80)
    rule = models.ForeignKey(RuleAsUsed, models.PROTECT, related_name="records")
    data = models.JSONField(_("what was measured"))
    judgement = models.JSONField(_("what the rule says"))
    passed = models.BooleanField(_("passed; null where the kind of job concludes nothing"), null=True)
    uncertainty = models.JSONField(_("U (k=2) of each row of an item"), default=dict, blank=True)
    budget = models.ForeignKey(BudgetVersion, models.PROTECT, null=True, blank=True, related_name="+")
    training = models.BooleanField(_("judged by a draft rule; issues nothing outside training"), default=False)
    standards = models.ManyToManyField(MeasurementStandard, related_name="records")
    verifier = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=16, choices=RECORD.choices())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_standing_record_a_task",
                fields=["task"],
                condition=~models.Q(state__in=["void", "sent_back"]),
            ),
            models.CheckConstraint(
                name="three_different_people",
                condition=~models.Q(verifier=models.F("reviewer"))
                & ~models.Q(verifier=models.F("approver"))
                & ~models.Q(reviewer=models.F("approver")),
            ),
        ]
        verbose_name = _("original record")

    def __str__(self) -> str:
        return self.number
