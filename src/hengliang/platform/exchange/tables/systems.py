"""The lists of systems, of files that came with their rows, and of sheets that were sent."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages import cells
from hengliang.platform.core.pages.table import BulkAct, ChoiceFilter, Column, Empty, Table, TextFilter
from hengliang.platform.core.rights import Role
from hengliang.platform.exchange.looks import receipt_look
from hengliang.platform.exchange.models import Dispatch, InboundBatch, InboundRow, OutsideSystem
from hengliang.platform.exchange.reasons import field_title, reason_words
from hengliang.platform.exchange.states import BATCH, SYSTEM

Row = Any


class SystemTable(Table):
    """Outside systems, with what waits."""

    name, title = "systems", _("Other systems")
    columns = (
        Column("name", _("System"), sort="name", opens=True),
        Column("kind", _("Kind"), get=lambda s: s.get_kind_display()),
        Column("operator", _("Operated by")),
        Column("owner", _("Connected by"), get=lambda s: s.owner.name, hidden=True),
        Column("profile", _("Mapping profile"), hidden=True),
        Column("waiting", _("Differences that wait"), align="end", get=lambda s: s.waiting),
        Column("oldest", _("Oldest since"), get=lambda s: s.oldest),
        Column("state", _("State"), cell=cells.state, get=lambda s: f"system.{s.state}"),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("name", "code", "operator")),
        ChoiceFilter("kind", _("Kind"), choices=OutsideSystem.Kind.choices, several=True),
        ChoiceFilter("state", _("State"), choices=SYSTEM.choices(), several=True),
    )
    default_sort = "name"
    empty = Empty(
        _("No system is connected yet"),
        _("Connect e-CQS or a provincial platform: its files come in, results go out, and what differs is settled."),
    )

    def row_url(self, row: OutsideSystem) -> str:
        """The system's page."""
        return reverse("exchange:system", args=[row.pk])


def _counts(batch: InboundBatch) -> str:
    words = dict(InboundRow.Outcome.choices)
    return " · ".join(f"{words[outcome]} {count}" for outcome, count in batch.counts.items())


class BatchTable(Table):
    """What came from other systems."""

    name, title = "batches", _("Files that came")
    columns = (
        Column("file_name", _("File"), opens=True),
        Column("system", _("System"), get=lambda b: b.system.name),
        Column("kind", _("What it holds"), get=lambda b: b.get_kind_display()),
        Column("stated_on", _("Day of which it speaks"), sort="stated_on"),
        Column("rows", _("Rows"), align="end"),
        Column("counts", _("Rows by outcome"), get=_counts),
        Column("state", _("State"), cell=cells.state, get=lambda b: f"batch.{b.state}"),
    )
    filters = (
        ChoiceFilter("kind", _("What it holds"), choices=InboundBatch.Kind.choices, several=True),
        ChoiceFilter("state", _("State"), choices=BATCH.choices(), several=True),
    )
    empty = Empty(_("Nothing came yet"), _("Bring in a file that the other system exports."))

    def row_url(self, row: InboundBatch) -> str:
        """The page of the file."""
        return reverse("exchange:batch", args=[row.pk])


class RowTable(Table):
    """The rows of a file, each with what it was found to be and its receipt."""

    name, title = "inbound-rows", _("Rows")
    columns = (
        Column("number", _("Row"), align="end", sort="number"),
        Column("outside_id", _("Their number"), cell=cells.unbroken),
        Column("what", _("What it is"), get=lambda r: " ".join(filter(None, (
            r.cells.get("name"), r.cells.get("model"), r.cells.get("serial_number"))))),
        Column("owner", _("User"), get=lambda r: r.cells.get("owner", ""), hidden=True),
        Column("outcome", _("Outcome"), cell=cells.state, get=lambda r: f"inbound.{r.outcome}"),
        Column("instrument", _("Here"), cell=cells.unbroken,
               get=lambda r: (r.instrument or r.proposed).printed_code if r.instrument or r.proposed else ""),
        Column("reason", _("Reason"), get=lambda r: _fields(r) or reason_words(r.code, r.params)),
        Column("receipt", _("Receipt"), cell=cells.state, get=lambda r: f"receipt.{r.receipt or 'none'}"),
    )  # fmt: skip
    filters = (
        TextFilter("q", _("Search"), fields=("outside_id",)),
        ChoiceFilter("outcome", _("Outcome"), choices=InboundRow.Outcome.choices, several=True),
    )
    default_sort = "number"
    empty = Empty(_("No rows"), "")

    def row_url(self, row: InboundRow) -> str:
        """The instrument here, where there is one."""
        found = row.instrument
        return reverse("registry:instrument", args=[found.code]) if found else ""


def _fields(row: InboundRow) -> str:
    return listed(field_title(one["field"]) for one in row.differences)


class DispatchTable(Table):
    """What was sent."""

    name, title = "dispatches", _("Sheets that were sent")
    columns = (
        Column("file_name", _("File"), opens=True),
        Column("system", _("System"), get=lambda d: d.system.name),
        Column("kind", _("What it holds"), get=lambda d: d.get_kind_display()),
        Column("until", _("Up to and including")),
        Column("rows", _("Rows"), align="end"),
        Column("accepted", _("Accepted there"), align="end"),
        Column("refused", _("Refused there"), align="end"),
    )
    empty = Empty(_("Nothing was sent yet"), _("Make a sheet of results on the page of a system."))

    def row_url(self, row: Dispatch) -> str:
        """The page of the sheet."""
        return reverse("exchange:dispatch", args=[row.pk])


class SentTable(Table):
    """The rows of a sheet that was sent, with their receipts."""

    name, title = "sent-rows", _("Rows")
    columns = (
        Column("number", _("Row"), align="end"),
        Column("key", _("Our number"), cell=cells.unbroken, opens=True),
        Column("instrument", _("Instrument"), get=lambda r: f"{r.instrument.name} {r.instrument.printed_code}"),
        Column("certificate", _("Proof"), get=lambda r: r.certificate.number if r.certificate else ""),
        Column("receipt", _("Receipt"), cell=cells.state, get=receipt_look),
        Column("receipt_reason", _("Reason of the other system")),
    )
    filters = (
        ChoiceFilter(
            "receipt", _("Receipt"), choices=(("accepted", _("Accepted there")), ("refused", _("Refused there")))
        ),
    )
    acts = (BulkAct(_("Send again"), "exchange:send_again", visible=lambda actor: actor.has(
        Role.AUTHORITY, Role.BODY_MANAGER, Role.APPROVER)),)  # fmt: skip
    empty = Empty(_("No rows"), "")

    def row_url(self, row: Row) -> str:
        """The proof, or the instrument."""
        if row.certificate:
            return reverse("certificates:certificate", args=[row.certificate_id])
        return reverse("registry:instrument", args=[row.instrument.code])
