"""Stocktaking: what was counted beside what should be there, and how each difference was explained."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.models.stock import MarkSeries, upwards
from hengliang.platform.certificates.states import STOCKTAKING
from hengliang.platform.core.models import LedgerRow
from hengliang.platform.core.reach import body_reached
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation, Person


class StocktakingQuerySet(models.QuerySet["Stocktaking"]):
    """Stocktakings, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Bodies see their own; regional roles those of the bodies of their regions."""
        return self.filter(body_reached(actor, "body"))


class Stocktaking(LedgerRow):
    """The marks of one kind were counted on a day: in the hands of a person, or in the store of the body."""

    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind of mark"), max_length=24)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("counted with")
    )
    on = models.DateField(_("counted on"))
    expected = models.JSONField(_("what should be there"), default=list)
    counted = models.JSONField(_("what was counted"), default=list)
    state = models.CharField(_("state"), max_length=16, choices=STOCKTAKING.choices())

    objects = StocktakingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["body", "-on"], name="stocktaking_body")]
        verbose_name = _("stocktaking")

    def __str__(self) -> str:
        return f"{self.on}"


class StocktakingFinding(LedgerRow):
    """Numbers that should be there and are not, or are there and should not."""

    class What(models.TextChoices):
        """Which of the two."""

        MISSING = "missing", _("Missing")
        SURPLUS = "surplus", _("Not expected here")

    class Outcome(models.TextChoices):
        """How it was settled."""

        LOST = "lost", _("Lost: written off")
        SPOILED = "spoiled", _("Spoiled: written off")
        PRESENT = "present", _("Found again, or counted wrongly")

    changing = frozenset({"explanation", "outcome", "settled_by_id"})

    stocktaking = models.ForeignKey(Stocktaking, models.PROTECT, related_name="findings")
    series = models.ForeignKey(MarkSeries, models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=16, choices=What)
    prefix = models.CharField(max_length=40, blank=True)
    width = models.PositiveSmallIntegerField()
    first = models.BigIntegerField(_("first number"))
    last = models.BigIntegerField(_("last number"))
    outcome = models.CharField(_("how it was settled"), max_length=16, choices=Outcome, blank=True)
    explanation = models.CharField(_("explanation"), max_length=500, blank=True)
    settled_by = models.ForeignKey("core.Act", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            upwards("stocktaking_finding_upwards"),
            models.CheckConstraint(
                name="finding_settled_with_explanation", condition=Q(outcome="") | ~Q(explanation="")
            ),
        ]
        verbose_name = _("finding of a stocktaking")

    def __str__(self) -> str:
        return f"{self.what} {self.first}"
