"""The stock of numbered marks: series of numbers, batches received, ranges handed out. No row for a number in hand."""

from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import DatedQuerySet, DatedRow, LedgerRow
from hengliang.platform.core.reach import body_reached
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation, Person


def numbers_once(name: str, *, days: bool = False) -> ExclusionConstraint:
    """The constraint that no two rows hold the same number of a series; with `days`, on the same day as known now."""
    both: list[tuple[Any, str]] = [
        (_whole("series_id", "series_id"), RangeOperators.OVERLAPS),
        (_whole("first", "last"), RangeOperators.OVERLAPS),
    ]
    if not days:
        return ExclusionConstraint(name=name, expressions=both)
    lasting = Func(F("valid_from"), F("valid_to"), function="daterange")
    return ExclusionConstraint(
        name=name, expressions=[*both, (lasting, RangeOperators.OVERLAPS)], condition=Q(known_to__isnull=True)
    )


def _whole(low: str, high: str) -> Func:
    return Func(F(low), F(high), Value("[]"), function="int8range")


def upwards(name: str) -> models.CheckConstraint:
    """The constraint that a range runs upwards from 0."""
    return models.CheckConstraint(name=name, condition=Q(first__gte=0, last__gte=F("first")))


class MarkSeries(LedgerRow):
    """The numbers of one kind of mark at one body that are written alike: `衡检A000001` to `衡检A999999`."""

    body = models.ForeignKey(Organisation, models.PROTECT, related_name="mark_series")
    kind = models.CharField(_("kind of mark"), max_length=24)
    prefix = models.CharField(_("what stands before the digits"), max_length=40, blank=True)
    width = models.PositiveSmallIntegerField(_("number of digits"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "kind", "prefix", "width"], name="mark_series_once")]
        verbose_name = _("series of marks")

    def __str__(self) -> str:
        return f"{self.prefix}{'0' * self.width}"

    def printed(self, serial: int) -> str:
        """A number as it stands on the mark."""
        return f"{self.prefix}{serial:0{self.width}d}"


class MarkBatchQuerySet(models.QuerySet["MarkBatch"]):
    """Batches, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Bodies see their own; regional roles those of the bodies of their regions."""
        return self.filter(body_reached(actor, "series__body"))


class MarkBatch(LedgerRow):
    """Numbers received by a body, from the first to the last."""

    series = models.ForeignKey(MarkSeries, models.PROTECT, related_name="batches")
    first = models.BigIntegerField(_("first number"))
    last = models.BigIntegerField(_("last number"))
    received_on = models.DateField(_("received on"))
    supplier = models.CharField(_("supplier"), max_length=200, blank=True)
    document = models.CharField(_("delivery note"), max_length=100, blank=True)

    objects = MarkBatchQuerySet.as_manager()

    class Meta:
        constraints = [numbers_once("mark_received_once"), upwards("mark_batch_upwards")]
        verbose_name = _("batch of marks")

    def __str__(self) -> str:
        return f"{self.series.printed(self.first)}–{self.series.printed(self.last)}"


class MarkHoldingQuerySet(DatedQuerySet["MarkHolding"]):
    """Ranges handed out, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Bodies see their own; regional roles those of the bodies of their regions."""
        return self.filter(body_reached(actor, "series__body"))


class MarkHolding(DatedRow):
    """A range of numbers is in the hands of a person, from a day until a day. What nobody holds is in the store."""

    series = models.ForeignKey(MarkSeries, models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mark_holdings")
    first = models.BigIntegerField(_("first number"))
    last = models.BigIntegerField(_("last number"))

    objects = MarkHoldingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [numbers_once("mark_held_once", days=True), upwards("mark_holding_upwards")]
        indexes = [models.Index(fields=["person"], name="mark_holding_person", condition=Q(known_to__isnull=True))]
        verbose_name = _("marks in hand")

    def __str__(self) -> str:
        return f"{self.series.printed(self.first)}–{self.series.printed(self.last)}"
