"""Public consultations on a draft: what is put up, what anybody says, and the answer to each."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow, Region
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.plan.consultation_states import COMMENT, CONSULTATION, ENTERED, WITHDRAWN
from hengliang.platform.plan.models.plan import Plan


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Regional roles see those of their regions."""
        return self if actor.has(Role.ADMINISTRATOR) else self.filter(region_id__in=actor.regions())

    def open(self) -> Self:
        """Those that anybody may read."""
        return self.exclude(state=WITHDRAWN)


class Consultation(LedgerRow):
    """A draft that stands open to everybody for a term; `short_because` where the term is under the rule's."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("region"))
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="consultations", verbose_name=_("plan"))
    title = models.CharField(_("title"), max_length=300)
    lead = models.TextField(_("what is asked"), blank=True)
    opens_on = models.DateField(_("open from"))
    closes_on = models.DateField(_("open until"))
    short_because = models.TextField(_("why the term is short"), blank=True)
    rule_hash = models.CharField(max_length=80, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    state = models.CharField(_("state"), max_length=16, choices=CONSULTATION.choices())

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "state", "-closes_on"], name="consultation_region")]
        constraints = [
            models.CheckConstraint(
                name="consultation_closes_after_it_opens", condition=models.Q(closes_on__gte=models.F("opens_on"))
            )
        ]
        verbose_name = _("public consultation")

    def __str__(self) -> str:
        return self.title


class ConsultedClause(LedgerRow):
    """A clause as it was put up; later changes of the draft do not move it."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="clauses")
    ordinal = models.PositiveIntegerField()
    number = models.CharField(_("clause"), max_length=100, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ("ordinal",)
        constraints = [models.UniqueConstraint(name="consulted_clause_once", fields=["consultation", "ordinal"])]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:40]}".strip()


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, scoped as their consultations."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the consultations that the actor sees."""
        return self.filter(consultation__in=Consultation.objects.visible_to(actor))

    def shown(self) -> Self:
        """Those that somebody has read and let through."""
        return self.exclude(state__in=[ENTERED, "withheld"])


class Comment(LedgerRow):
    """What somebody says of a draft. `said` and `contact` are never shown; `shown` is what was let through."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments")
    clause = models.ForeignKey(ConsultedClause, models.PROTECT, null=True, related_name="comments")
    said = models.TextField(_("comment"))
    name = models.CharField(_("name"), max_length=60, blank=True)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    sender = models.CharField(max_length=64)
    at = models.DateTimeField(_("received"))
    personal = models.BooleanField(_("seems to hold personal data"), default=False)
    shown_text = models.TextField(_("as shown"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    accepted = models.BooleanField(_("taken up"), null=True)
    state = models.CharField(_("state"), max_length=16, choices=COMMENT.choices())

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["consultation", "state", "-at"], name="comment_consultation"),
            models.Index(fields=["sender", "-at"], name="comment_sender"),
        ]
        verbose_name = _("comment")

    @property
    def shortened(self) -> bool:
        """Whether words were taken out of what is shown."""
        return bool(self.shown_text) and self.shown_text != self.said.strip()

    def __str__(self) -> str:
        return f"#{self.pk}"
