"""The environment in which a record was measured, and what was corrected of it after somebody had signed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow
from hengliang.platform.parties.models import Person
from hengliang.platform.verification.models.records import Record
from hengliang.platform.verification.states import ADDENDUM


class Conditions(LedgerRow):
    """The environment in which an original record was measured, as read then; the last entry counts."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="conditions")
    temperature = models.DecimalField(_("temperature (°C)"), max_digits=5, decimal_places=1)
    humidity = models.DecimalField(_("relative humidity (%)"), max_digits=4, decimal_places=1)
    other = models.CharField(_("other conditions"), max_length=200, blank=True)
    place = models.CharField(_("place, where the record’s was corrected"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("conditions of a record")

    def __str__(self) -> str:
        return f"{self.temperature} °C, {self.humidity} %"


class ConditionsAddendum(LedgerRow):
    """What one person says that the conditions of a signed record were, until a second has confirmed or declined it.

    Confirmed, it becomes the entry that counts; the record itself stays as it was signed.
    """

    changing = frozenset({"second_id", "state"})

    record = models.ForeignKey(Record, models.PROTECT, related_name="addenda")
    temperature = models.DecimalField(_("temperature (°C)"), max_digits=5, decimal_places=1)
    humidity = models.DecimalField(_("relative humidity (%)"), max_digits=4, decimal_places=1)
    other = models.CharField(_("other conditions"), max_length=200, blank=True)
    place = models.CharField(_("place, where the record’s was corrected"), max_length=300, blank=True)
    reason = models.CharField(_("why it is corrected"), max_length=500)
    proposed_on = models.DateField(_("day"))
    first = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    second = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"))
    state = models.CharField(_("state"), max_length=16, choices=ADDENDUM.choices())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_addendum_a_record", fields=["record"], condition=Q(state="proposed")
            ),
            models.CheckConstraint(name="addendum_two_people", condition=~Q(first=F("second"))),
        ]
        verbose_name = _("addendum to the conditions of a record")

    def __str__(self) -> str:
        return f"{self.temperature} °C, {self.humidity} %"
