"""Outside systems, the mapping of each, and the numbers by which they know our objects."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.core.models import DatedRow, LedgerRow, Region, never_twice
from hengliang.platform.core.rights import BODY_ROLES, REGIONAL, Actor, Role
from hengliang.platform.exchange.states import SYSTEM
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CURRENT, Instrument
from hengliang.platform.verification.models import Task


def reached(actor: Actor, path: str = "") -> Q:
    """Those over regions see the systems of their regions; a body those that it was given."""
    bodies = list(actor.organisations(BODY_ROLES))
    return Q(**{f"{path}region_id__in": actor.regions(REGIONAL)}) | Q(**{f"{path}bodies__overlap": bodies})


class OutsideSystemQuerySet(models.QuerySet["OutsideSystem"]):
    """Systems, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of one's regions; a body sees those that it was given."""
        return self if actor.has(Role.ADMINISTRATOR) else self.filter(reached(actor))


class OutsideSystem(LedgerRow):
    """A system of somebody else that works on the same objects: e-CQS, a provincial platform, a service counter."""

    changing = frozenset({"bodies", "name", "operator", "state"})

    class Kind(models.TextChoices):
        """Whose system it is."""

        NATIONAL = "national", _("National platform")
        PROVINCIAL = "provincial", _("Provincial platform")
        CITY = "city", _("Platform of a city")
        COUNTER = "counter", _("Service counter")
        BODY = "body", _("System of a verification body")
        OTHER = "other", _("Other system")

    code = models.CharField(_("short name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    operator = models.CharField(_("operated by"), max_length=200, blank=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("connected by"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("region"))
    bodies = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name=_("bodies that take part"))
    adapter = models.CharField(_("way of exchange"), max_length=24)
    profile = models.CharField(_("mapping profile"), max_length=40)
    state = models.CharField(_("state"), max_length=16, choices=SYSTEM.choices())

    objects = OutsideSystemQuerySet.as_manager()

    class Meta:
        verbose_name = _("outside system")

    def __str__(self) -> str:
        return self.name


class ProfileOverlay(DatedRow):
    """What an authority changed in the mapping of a system, from a day on."""

    system = models.ForeignKey(OutsideSystem, models.PROTECT, related_name="overlays")
    text = models.TextField(_("change of the mapping"))

    class Meta:
        constraints = [never_twice("profile_overlay_once", "system_id")]
        verbose_name = _("change of a mapping profile")

    def __str__(self) -> str:
        return f"overlay of {self.system_id} from {self.valid_from}"


class OutsideId(DatedRow):
    """The number by which an outside system knows an object of ours, for its time."""

    class Kind(models.TextChoices):
        """What is numbered."""

        INSTRUMENT = "instrument", _("Instrument")
        TASK = "task", _("Task")
        CERTIFICATE = "certificate", _("Certificate")
        ORGANISATION = "organisation", _("Organisation")

    system = models.ForeignKey(OutsideSystem, models.PROTECT, related_name="ids", db_index=False)
    kind = models.CharField(max_length=16, choices=Kind)
    value = models.CharField(_("their number"), max_length=100)
    instrument = models.ForeignKey(Instrument, models.PROTECT, null=True, related_name="outside_ids")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="outside_ids")
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="outside_ids")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="outside_ids")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="outside_id_names_one", fields=["system", "kind", "value"], condition=CURRENT),
            *(
                models.UniqueConstraint(
                    name=f"{kind}_has_one_outside_id",
                    fields=["system", kind],
                    condition=CURRENT & Q(**{f"{kind}__isnull": False}),
                )
                for kind in ("instrument", "task", "certificate", "organisation")
            ),
            models.CheckConstraint(
                name="outside_id_of_its_kind",
                condition=Q(kind="instrument", instrument__isnull=False)
                | Q(kind="task", task__isnull=False)
                | Q(kind="certificate", certificate__isnull=False)
                | Q(kind="organisation", organisation__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["value"], name="outside_id_value")]
        verbose_name = _("outside id")

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
