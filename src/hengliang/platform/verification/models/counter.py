"""The counter: instruments handed in, who has them in between, and that they were handed back."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow, Region
from hengliang.platform.core.reach import reached_between
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.verification.models.work import Task
from hengliang.platform.verification.states import PIECE


class DepositQuerySet(models.QuerySet["Deposit"]):
    """Deposits, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """The body its own, owners those of their instruments, the authority those of its regions."""
        return self.filter(reached_between(actor))


class Deposit(LedgerRow):
    """What one brought to the counter at one time: the receipt slip (受理单) is its paper."""

    number = models.CharField(_("number of the receipt slip"), max_length=40, unique=True)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="deposits")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    brought_by = models.CharField(_("brought by"), max_length=100)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    brought_on = models.DateField(_("brought on"))
    promised_on = models.DateField(_("to be done by"))
    received_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    note = models.TextField(_("note"), blank=True)

    objects = DepositQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["body", "-brought_on"], name="deposit_body"),
            models.Index(fields=["owner", "-brought_on"], name="deposit_owner"),
        ]
        verbose_name = _("deposit")

    def __str__(self) -> str:
        return self.number


class HandBack(LedgerRow):
    """Pieces handed back to whoever came for them: the hand-over slip (领取单) is its paper."""

    number = models.CharField(_("number of the hand-over slip"), max_length=40, unique=True)
    deposit = models.ForeignKey(Deposit, models.PROTECT, related_name="hand_backs")
    collected_by = models.CharField(_("collected by"), max_length=100)
    handed_on = models.DateField(_("handed over on"))
    handed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("hand-over slip")

    def __str__(self) -> str:
        return self.number


class DepositPiece(LedgerRow):
    """One instrument of a deposit: in which condition it came, where it is, who has it."""

    changing = frozenset({"hand_back_id", "holder_id", "state"})

    deposit = models.ForeignKey(Deposit, models.PROTECT, related_name="pieces")
    task = models.ForeignKey(Task, models.PROTECT, related_name="pieces")
    condition = models.CharField(_("condition"), max_length=200)
    accessories = models.CharField(_("accessories"), max_length=200, blank=True)
    holder = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    hand_back = models.ForeignKey(HandBack, models.PROTECT, null=True, related_name="pieces")
    state = models.CharField(_("where it is"), max_length=16, choices=PIECE.choices())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_piece_a_task", fields=["task"], condition=~models.Q(state="handed_back")
            ),
            models.CheckConstraint(
                name="handed_back_on_a_slip",
                condition=~models.Q(state="handed_back") | models.Q(hand_back__isnull=False),
            ),
        ]
        verbose_name = _("piece of a deposit")

    def __str__(self) -> str:
        return f"piece {self.pk}"
