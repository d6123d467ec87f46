"""Marks that left the stock: put on an instrument, spoiled, lost or destroyed. A number leaves it once."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.models.proofs import Certificate
from hengliang.platform.certificates.models.stock import MarkSeries, numbers_once, upwards
from hengliang.platform.certificates.states import MARK
from hengliang.platform.core.models import LedgerRow, Region
from hengliang.platform.core.reach import body_reached
from hengliang.platform.core.rights import HOLDER_ROLES, Actor, Role
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.verification.models import Record


class MarkQuerySet(models.QuerySet["Mark"]):
    """Marks, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Bodies see their own, regional roles those of their regions, holders those on what is theirs today."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        theirs = InstrumentState.objects.current().filter(
            Q(owner_id__in=actor.organisations(HOLDER_ROLES))
            | Q(market_id__in=actor.organisations({Role.MARKET_ORGANISER}))
        )
        return self.filter(
            body_reached(actor, "body")
            | Q(region_id__in=actor.regions())
            | Q(instrument__in=theirs.values("instrument"))
        )

    def carried_by(self, instrument: Instrument) -> Self:
        """What was ever put on an instrument, its parts, and the entries that were merged into it."""
        return self.filter(
            Q(instrument=instrument) | Q(instrument__part_of=instrument) | Q(instrument__merged_into=instrument)
        )


class MarkDestruction(LedgerRow):
    """Marks were destroyed on a day before two people of the body."""

    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    on = models.DateField(_("destroyed on"))
    first_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("destroyed by"))
    second_person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("together with"))
    method = models.CharField(_("how"), max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(name="destroyed_by_two_people", condition=~Q(first_person=F("second_person")))
        ]
        verbose_name = _("destruction of marks")

    def __str__(self) -> str:
        return f"{self.on}"


class Mark(LedgerRow):
    """A number that left the stock; where a range leaves it unused (lost, destroyed) one row stands for all of it."""

    changing = frozenset({"certificate_id", "destruction_id", "ended_on", "state", "taken_off_by"})

    series = models.ForeignKey(MarkSeries, models.PROTECT, related_name="marks")
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind of mark"), max_length=24)
    number = models.CharField(_("number"), max_length=64)
    first = models.BigIntegerField(_("first number"))
    last = models.BigIntegerField(_("last number"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("in whose hands it was")
    )
    instrument = models.ForeignKey(Instrument, models.PROTECT, null=True, blank=True, related_name="marks")
    record = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="marks")
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, blank=True, related_name="marks")
    destruction = models.ForeignKey(MarkDestruction, models.PROTECT, null=True, blank=True, related_name="marks")
    place = models.CharField(_("place on the instrument"), max_length=100, blank=True)
    on = models.DateField(_("day put on or written off"))
    ended_on = models.DateField(_("taken off on"), null=True, blank=True)
    taken_off_by = models.CharField(_("taken off by"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=MARK.choices())

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints = [
            numbers_once("mark_leaves_once"),
            models.UniqueConstraint(fields=["body", "kind", "number"], name="mark_number_once"),
            upwards("mark_upwards"),
            models.CheckConstraint(
                name="mark_on_an_instrument_is_one", condition=Q(instrument__isnull=True) | Q(first=F("last"))
            ),
        ]
        indexes = [
            models.Index(fields=["instrument", "-on"], name="mark_instrument", condition=Q(instrument__isnull=False)),
            models.Index(fields=["number"], name="mark_number"),
            models.Index(fields=["series", "first"], name="mark_series_first"),
            models.Index(fields=["body", "-on"], name="mark_body"),
        ]
        verbose_name = _("mark")

    def __str__(self) -> str:
        return self.number

    @property
    def several(self) -> int:
        """How many numbers this row stands for."""
        return self.last - self.first + 1

    @property
    def numbers(self) -> str:
        """The number, or the first and the last of a range."""
        return self.number if self.first == self.last else f"{self.number}–{self.series.printed(self.last)}"
