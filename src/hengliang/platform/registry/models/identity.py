"""What identifies an instrument: its identity, and the codes by which others know it."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import Act, DatedRow, LedgerRow
from hengliang.platform.core.search import search_index
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.models.catalogue import CatalogueItem

# The rows of today. No act of this app is dated ahead, so an open row that is known now speaks of today.
CURRENT = Q(known_to__isnull=True, valid_to__isnull=True)


# An event keeps the version that was left behind, with the act that had written it.
@pghistory.track(
    pghistory.UpdateEvent("superseded", row=pghistory.Old, condition=pghistory.AnyChange(exclude=["search_text"])),
    pghistory.DeleteEvent("deleted"),
    exclude=["search_text"],
)
class Instrument(LedgerRow):
    """A measuring instrument, or a part of one that is judged singly (nozzle, charging gun, platform).

    What identifies it stands here and is corrected, with history; what changes with time stands in `InstrumentState`.
    """

    changing = frozenset({"act_id", "merged_into_id", "part_of_id", "search_text"})

    act = models.ForeignKey(Act, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    code = models.CharField(_("code"), max_length=16, help_text=_("Printed on its label."))
    item = models.ForeignKey(CatalogueItem, models.PROTECT, related_name="instruments", db_index=False)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", db_index=False)
    part_label = models.CharField(_("part"), max_length=40, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    name = models.CharField(_("name of the instrument"), max_length=100)
    category = models.CharField(_("category"), max_length=100, blank=True)
    model = models.CharField(_("model"), max_length=100, blank=True)
    serial_number = models.CharField(_("serial number"), max_length=100, blank=True)
    manufacturer = models.CharField(_("manufacturer"), max_length=200, blank=True)
    origin = models.CharField(_("place of origin"), max_length=100, blank=True)
    measuring_range = models.CharField(_("measuring range"), max_length=100, blank=True)
    range_low = models.DecimalField(max_digits=20, decimal_places=8, null=True, blank=True)
    range_high = models.DecimalField(max_digits=20, decimal_places=8, null=True, blank=True)
    range_unit = models.CharField(max_length=20, blank=True)
    accuracy_class = models.CharField(_("accuracy class"), max_length=40, blank=True)
    quantity = models.PositiveIntegerField(_("number of pieces"), default=1)
    made_on = models.DateField(_("date of manufacture"), null=True, blank=True)
    details = models.JSONField(_("further particulars that its rule needs"), default=dict, blank=True)
    search_text = models.TextField(editable=False)

    class Meta:
        indexes = [
            search_index("instrument_search"),
            models.Index(fields=["serial_number"], name="instrument_serial"),
            models.Index(fields=["item"], name="instrument_item"),
            models.Index(fields=["part_of"], name="instrument_part_of", condition=Q(part_of__isnull=False)),
            models.Index(fields=["merged_into"], name="instrument_merged", condition=Q(merged_into__isnull=False)),
        ]
        # A constraint, not `unique=True`: that would add a second index for LIKE, which nobody asks of a code.
        constraints = [models.UniqueConstraint(fields=["code"], name="instrument_code_once")]
        verbose_name = _("instrument")

    def __str__(self) -> str:
        return f"{self.name} {self.printed_code}"

    @property
    def printed_code(self) -> str:
        """The code as its label has it."""
        return spaced(self.code)


class InstrumentCode(DatedRow):
    """A code that somebody else knows the instrument by; several at once, and each for its time."""

    class Kind(models.TextChoices):
        """Whose code it is."""

        ECQS = "ecqs", _("e-CQS number")
        GB36377 = "gb36377", _("GB/T 36377 identification code")
        PRODUCTION = "production", _("Production code")
        REPAIR = "repair", _("Repair code")
        VERIFICATION = "verification", _("Verification code")
        SEAL = "seal", _("Seal number")
        ASSET = "asset", _("Owner's number")
        FORMER = "former", _("Code of a merged entry")

    act = models.ForeignKey(Act, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="codes")
    kind = models.CharField(max_length=16, choices=Kind)
    value = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["value"], name="instrumentcode_value")]
        constraints = [
            models.UniqueConstraint(
                name="code_names_one_instrument",
                fields=["kind", "value"],
                condition=CURRENT & ~Q(kind__in=["asset", "seal"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
