"""The data of an invoice, as JSON and as a sheet for the body's invoicing system."""

import io
from collections import Counter
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.pages.table.export import escape_formula
from hengliang.platform.verification.jobs import job_title
from hengliang.platform.verification.models import Invoice


def invoice_data(invoice: Invoice) -> dict[str, Any]:
    """Buyer, lines (what, how many, at which price), and the sum of the lines."""
    lines: Counter[tuple[str, Decimal]] = Counter()
    for fee in invoice.fees.filter(amount__gt=0).select_related("task__instrument__item").order_by("pk"):
        name = f"{fee.task.instrument.item.name} {job_title(fee.task.job, fee.assessed_on)}"
        lines[name, fee.amount] += 1
    return {
        "request": invoice.number,
        "seller": invoice.body.name,
        "seller_credit_code": invoice.body.credit_code or "",
        "title": invoice.title,
        "credit_code": invoice.credit_code,
        "amount": str(invoice.amount),
        "prepared_on": invoice.prepared_on.isoformat(),
        "lines": [
            {"name": name, "quantity": count, "price": str(price), "amount": str(price * count)}
            for (name, price), count in lines.items()
        ],
    }


def require_live(invoice: Invoice) -> None:
    """Raise `Blocked` for a cancelled invoice: nobody takes its data over any more."""
    if invoice.state == "cancelled":
        raise Blocked(
            "invoice_cancelled", "%(number)s is cancelled: there is nothing to invoice.", number=invoice.number
        )


def invoice_sheet(invoice: Invoice) -> bytes:
    """The same as XLSX, one row a line; no text is a formula."""
    data, out = invoice_data(invoice), io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(data["request"][:31])
        head = [_("Request"), _("Buyer’s title"), _("Unified social credit code"), _("Name"), _("Quantity"),
                _("Price (CNY)"), _("Amount (CNY)")]  # fmt: skip
        sheet.write_row(0, 0, [str(word) for word in head])
        for at, line in enumerate(data["lines"], start=1):
            texts = [data["request"], data["title"], data["credit_code"], line["name"]]
            sheet.write_row(at, 0, [escape_formula(text) for text in texts])
            sheet.write_row(at, 4, [line["quantity"], Decimal(line["price"]), Decimal(line["amount"])])
    return out.getvalue()
