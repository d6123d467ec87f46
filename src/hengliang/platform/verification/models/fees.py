"""What a task costs and why, and what is put on an invoice."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow, Region
from hengliang.platform.core.reach import reached_between
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.verification.models.work import Task
from hengliang.platform.verification.states import INVOICE


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    """Invoices, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """The body its own, buyers theirs, the authority those of its regions."""
        return self.filter(reached_between(actor, "buyer"))


class Invoice(LedgerRow):
    """The data of an invoice (开票申请) for the body's invoicing system, and the number that came back from it."""

    changing = frozenset({"invoice_number", "invoiced_on", "state"})

    number = models.CharField(_("number of the request"), max_length=40, unique=True)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="invoices")
    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    title = models.CharField(_("buyer’s title"), max_length=200)
    credit_code = models.CharField(_("unified social credit code"), max_length=18)
    amount = models.DecimalField(_("amount (CNY)"), max_digits=12, decimal_places=2)
    prepared_on = models.DateField(_("prepared on"))
    invoice_number = models.CharField(_("invoice number"), max_length=40, blank=True)
    invoiced_on = models.DateField(_("invoiced on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=INVOICE.choices())

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="invoice_is_of_an_amount", condition=models.Q(amount__gt=0)),
            models.UniqueConstraint(
                name="invoice_number_once_a_body",
                fields=["body", "invoice_number"],
                condition=models.Q(state="invoiced"),
            ),
        ]
        indexes = [models.Index(fields=["body", "state", "-prepared_on"], name="invoice_body")]
        verbose_name = _("invoice")

    def __str__(self) -> str:
        return self.number


class FeeQuerySet(models.QuerySet["Fee"]):
    """Fees, scoped like their tasks."""

    def visible_to(self, actor: Actor) -> Self:
        """Whoever sees the task."""
        return self.filter(task__in=Task.objects.visible_to(actor))


class Fee(LedgerRow):
    """What a task costs, by which rule, agreement or exemption; a change is a new row, the former stays."""

    class Basis(models.TextChoices):
        """Why it is that much."""

        FREE = "free", _("free of charge by law")
        RULE = "rule", _("by the fee rule")
        AGREED = "agreed", _("as agreed")
        EXEMPT = "exempt", _("exempted")

    changing = frozenset({"invoice_id", "standing"})

    task = models.ForeignKey(Task, models.PROTECT, related_name="fees")
    basis = models.CharField(_("basis"), max_length=16, choices=Basis)
    amount = models.DecimalField(_("amount (CNY)"), max_digits=12, decimal_places=2)
    full = models.DecimalField(_("amount without the exemption (CNY)"), max_digits=12, decimal_places=2)
    exemption = models.CharField(_("ground of the exemption"), max_length=40, blank=True)
    document = models.CharField(_("document of the exemption"), max_length=120, blank=True)
    rule = models.JSONField(_("where the rule has it from"), default=dict, blank=True)
    assessed_on = models.DateField(_("assessed on"))
    standing = models.BooleanField(_("counts; false once another row replaced it"), default=True)
    invoice = models.ForeignKey(Invoice, models.PROTECT, null=True, blank=True, related_name="fees")

    objects = FeeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_standing_fee_a_task", fields=["task"], condition=models.Q(standing=True)),
            models.CheckConstraint(name="fee_not_negative", condition=models.Q(amount__gte=0)),
            models.CheckConstraint(name="free_costs_nothing", condition=~models.Q(basis="free") | models.Q(amount=0)),
            models.CheckConstraint(
                name="exempt_on_a_document",
                condition=~models.Q(basis="exempt") | (~models.Q(exemption="") & ~models.Q(document="")),
            ),
        ]
        indexes = [models.Index(fields=["assessed_on"], name="fee_assessed")]
        verbose_name = _("fee")

    def __str__(self) -> str:
        return f"{self.amount}"
