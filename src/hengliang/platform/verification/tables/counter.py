"""The lists of the counter: deposits, pieces, fees, invoices, working time."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages import cells, values
from hengliang.platform.core.pages.table import BulkAct, ChoiceFilter, Column, DateFilter, Empty, Table, TextFilter
from hengliang.platform.registry.codes import tidy
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.verification.at_counter import at_counter
from hengliang.platform.verification.models import Deposit, DepositPiece, Fee, Invoice, WorkTime
from hengliang.platform.verification.states import INVOICE, PIECE, WORKTIME


def counted(rows: Any) -> Any:
    """Deposits with the number of their pieces, and of those still here."""
    return rows.annotate(count=Count("pieces"), here=Count("pieces", filter=~Q(pieces__state="handed_back")))


def _by_code(*fields: str) -> Any:
    """Narrows rows with a task to those whose instrument, or one of the fields, has every word."""

    def narrow(rows: Any, text: str) -> Any:
        for word in text.split():
            anywhere = Q(task__instrument__code__icontains=tidy(word) or word)
            anywhere |= Q(task__instrument__name__icontains=word) | Q(task__instrument__serial_number__icontains=word)
            for name in fields:
                anywhere |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(anywhere)
        return rows

    return narrow


class DepositTable(Table):
    """What was handed in, the latest first."""

    name, title, template = "deposits", _("Counter"), "verification/counter_list.html"
    columns = (
        Column("number", _("Receipt slip"), sort="number", opens=True, cell=cells.unbroken),
        Column("owner", _("Customer"), sort="owner__name", get=lambda d: d.owner.name),
        Column("brought_by", _("Brought by"), sort="brought_by"),
        Column("brought_on", _("Brought on"), sort="brought_on"),
        Column("promised_on", _("To be done by"), sort="promised_on"),
        Column("count", _("Pieces"), align="end", get=lambda d: d.count),
        Column("here", _("still here"), align="end", get=lambda d: d.here),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("number", "owner__name", "brought_by"), hint=_("slip, customer, name")),
        ChoiceFilter(
            "here", _("Pieces"), choices=(("yes", _("still here")), ("no", _("all handed back"))),
            narrow_by=lambda rows, chosen: rows.filter(here=0) if chosen[-1] == "no" else rows.filter(here__gt=0),
        ),
        DateFilter("brought", _("Brought on"), field="brought_on"),
    )  # fmt: skip
    acts = (BulkAct(_("Print the slips"), "verification:print_slips"),)
    default_sort = "-brought_on"
    empty = Empty(_("Nothing was handed in yet"), _("Scan the codes of what is brought; the slip is printed."))

    def row_url(self, row: Deposit) -> str:
        """The deposit's page."""
        return reverse("verification:deposit", args=[row.pk])


class PieceTable(Table):
    """The instruments that are with the body, and who has them."""

    name, title = "pieces", _("Instruments here")
    columns = (
        Column("instrument", _("Instrument"), get=lambda p: spoken(p.task.instrument.name), opens=True),
        Column("code", _("Code"), cell=cells.unbroken, get=lambda p: p.task.instrument.printed_code),
        Column("slip", _("Receipt slip"), sort="deposit__number", get=lambda p: p.deposit.number, cell=cells.unbroken),
        Column("condition", _("Condition"), hidden=True),
        Column("accessories", _("Accessories"), hidden=True),
        Column("state", _("Where it is"), sort="state", cell=cells.state, get=lambda p: f"piece.{p.state}"),
        Column("holder", _("Who has it"), get=lambda p: p.holder.name if p.holder else ""),
        Column("work", _("State of the work"), cell=cells.state, get=lambda p: f"task.{p.task.state}"),
        Column("promised", _("To be done by"), sort="deposit__promised_on", get=lambda p: p.deposit.promised_on),
    )
    filters = (
        TextFilter(
            "q",
            _("Search"),
            hint=_("code, slip, customer"),
            narrow_by=_by_code("deposit__number", "deposit__owner__name"),
        ),
        ChoiceFilter("state", _("Where it is"), choices=PIECE.choices(), several=True),
    )
    acts = (
        BulkAct(_("Take to the laboratory"), "verification:pieces_take", visible=at_counter),
        BulkAct(_("Bring back to the counter"), "verification:pieces_bring", visible=at_counter),
        BulkAct(_("Hand back"), "verification:pieces_return", visible=at_counter),
    )
    default_sort = "promised"
    empty = Empty(_("Nothing is here"), _("What is handed in at the counter stands here until it is handed back."))

    def row_url(self, row: DepositPiece) -> str:
        """The task that it was handed in for."""
        return reverse("verification:task", args=[row.task_id])


class FeeTable(Table):
    """What was assessed, the latest first."""

    name, title = "fees", _("Fees")
    columns = (
        Column("instrument", _("Instrument"), get=lambda f: spoken(f.task.instrument.name), opens=True),
        Column("code", _("Code"), cell=cells.unbroken, get=lambda f: f.task.instrument.printed_code),
        Column("owner", _("Customer"), get=lambda f: f.task.owner.name, sort="task__owner__name"),
        Column("basis", _("Basis"), get=lambda f: f.get_basis_display(), sort="basis"),
        Column("amount", _("Amount"), unit=_("CNY"), align="end", sort="amount"),
        Column("full", _("Without exemption"), unit=_("CNY"), align="end", hidden=True),
        Column("document", _("Document"), hidden=True),
        Column("assessed_on", _("Assessed on"), sort="assessed_on"),
        Column(
            "invoice", _("Invoice"), get=lambda f: f.invoice.invoice_number or f.invoice.number if f.invoice else ""
        ),
    )
    filters = (
        TextFilter("q", _("Search"), hint=_("code, customer"), narrow_by=_by_code("task__owner__name")),
        ChoiceFilter("basis", _("Basis"), choices=Fee.Basis.choices, several=True),
        ChoiceFilter(
            "invoiced", _("Invoice"), choices=(("no", _("to be invoiced")), ("yes", _("on an invoice"))),
            narrow_by=lambda rows, chosen: rows.filter(invoice__isnull=False)
            if chosen[-1] == "yes" else rows.filter(invoice=None, amount__gt=0),
        ),
        DateFilter("assessed", _("Assessed on"), field="assessed_on"),
    )  # fmt: skip
    acts = (BulkAct(_("Prepare an invoice"), "verification:invoice_prepare", visible=at_counter),)
    default_sort = "-assessed_on"
    empty = Empty(_("No fee yet"), _("Fees are assessed when an application is accepted, by the fee rule."))

    def row_url(self, row: Fee) -> str:
        """The fee's page."""
        return reverse("verification:fee", args=[row.pk])


class InvoiceTable(Table):
    """Invoices asked for and made."""

    name, title = "invoices", _("Invoices")
    columns = (
        Column("number", _("Request"), sort="number", opens=True, cell=cells.unbroken),
        Column("title", _("Buyer’s title"), sort="title"),
        Column("amount", _("Amount"), unit=_("CNY"), align="end", sort="amount"),
        Column("prepared_on", _("Prepared on"), sort="prepared_on"),
        Column("invoice_number", _("Invoice number"), sort="invoice_number"),
        Column("invoiced_on", _("Invoiced on"), sort="invoiced_on"),
        Column("state", _("State"), sort="state", cell=cells.state, get=lambda i: f"invoice.{i.state}"),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("number", "title", "invoice_number")),
        ChoiceFilter("state", _("State"), choices=INVOICE.choices(), several=True),
        DateFilter("prepared", _("Prepared on"), field="prepared_on"),
    )
    default_sort = "-prepared_on"
    empty = Empty(_("No invoice yet"), _("Tick the fees of one customer and prepare an invoice."))

    def row_url(self, row: Invoice) -> str:
        """The invoice's page."""
        return reverse("verification:invoice", args=[row.pk])


def _round_cell(value: Any, _row: Any) -> Any:
    if value is None:
        return values.absent()
    return format_html('<a href="{}">{}</a>', reverse("verification:round", args=[value.pk]), value.number)


def _round_number(value: Any, _row: Any) -> str:
    return value.number if value else ""


class WorkTimeTable(Table):
    """Working and travelling time, the latest day first."""

    name, title = "worktimes", _("Working time")
    columns = (
        Column("worked_on", _("Day"), sort="worked_on", opens=True),
        Column("person", _("Person"), sort="person__name", get=lambda w: w.person.name),
        Column("item", _("Kind of instrument"), sort="item__name", get=lambda w: spoken(w.item.name)),
        Column("pieces", _("Pieces done"), align="end", sort="pieces"),
        Column("hours", _("At work"), unit=_("h"), align="end", sort="hours"),
        Column("travel_hours", _("On the way"), unit=_("h"), align="end", sort="travel_hours"),
        Column("kilometres", _("Distance"), unit="km", align="end", sort="kilometres"),
        Column("round", _("Round"), cell=_round_cell, plain=_round_number),
        Column("job", _("Application, or in words"), hidden=True),
        Column("state", _("State"), cell=cells.state, get=lambda w: f"worktime.{w.state}"),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("person__name", "item__name", "round__number", "job")),
        ChoiceFilter("state", _("State"), choices=WORKTIME.choices()),
        DateFilter("worked", _("Day"), field="worked_on"),
    )
    default_sort = "-worked_on"
    empty = Empty(_("No working time yet"), _("Enter what was spent; planning then goes by it instead of the rule."))

    def row_url(self, row: WorkTime) -> str:
        """Where it is taken back."""
        return reverse("verification:worktime", args=[row.pk])
