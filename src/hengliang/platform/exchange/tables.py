"""The lists of exchange."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages import cells, values
from hengliang.platform.core.pages.table import (
    BooleanFilter,
    BulkAct,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    Table,
    TextFilter,
)
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.exchange.looks import receipt_look
from hengliang.platform.exchange.models import Discrepancy, Dispatch, InboundBatch, InboundRow, OutsideSystem
from hengliang.platform.exchange.models import WebhookDelivery as Delivery
from hengliang.platform.exchange.reasons import field_title, reason_words
from hengliang.platform.exchange.rights import SUBSCRIBES
from hengliang.platform.exchange.selectors import WAITING
from hengliang.platform.exchange.states import BATCH, DISCREPANCY, SYSTEM
from hengliang.platform.exchange.webhooks.events import CODES, event_words

Row = Any


def _state(value: Any, row: Row) -> SafeString:
    return cells.state(value, row)


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
        Column("state", _("State"), cell=_state, get=lambda s: f"system.{s.state}"),
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
        Column("state", _("State"), cell=_state, get=lambda b: f"batch.{b.state}"),
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
        Column("outcome", _("Outcome"), cell=_state, get=lambda r: f"inbound.{r.outcome}"),
        Column("instrument", _("Here"), cell=cells.unbroken,
               get=lambda r: (r.instrument or r.proposed).printed_code if r.instrument or r.proposed else ""),
        Column("reason", _("Reason"), get=lambda r: _fields(r) or reason_words(r.code, r.params)),
        Column("receipt", _("Receipt"), cell=_state, get=lambda r: f"receipt.{r.receipt or 'none'}"),
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
    return "、".join(field_title(one["field"]) for one in row.differences)


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
        Column("receipt", _("Receipt"), cell=_state, get=receipt_look),
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


def _authority(actor: Actor) -> bool:
    return actor.has(Role.AUTHORITY)


def _systems(actor: Actor) -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in OutsideSystem.objects.visible_to(actor).order_by("name")]


def _here(one: Discrepancy) -> str:
    """The instrument here; of what is only there the one that is perhaps the same."""
    here = one.instrument or one.proposed
    return here.printed_code if here else ""


def _waiting(rows: Any, yes: bool) -> Any:
    return rows.filter(WAITING) if yes else rows.exclude(WAITING)


class DiscrepancyTable(Table):
    """Differences, the oldest first."""

    name, title = "differences", _("Differences")
    columns = (
        Column("name", _("What it is"), opens=True),
        Column("system", _("System"), get=lambda d: d.system.name),
        Column("kind", _("Kind"), cell=_state, get=lambda d: f"difference.{d.found}"),
        Column("fields", _("What differs"), get=lambda d: "、".join(field_title(one["field"]) for one in d.fields)),
        Column("outside_id", _("Their number"), cell=cells.unbroken),
        Column("instrument", _("Here"), cell=cells.unbroken, get=_here),
        Column("since", _("Different since"), sort="since"),
        Column("seen_on", _("Last seen"), hidden=True),
        Column("state", _("State"), cell=_state, get=lambda d: f"discrepancy.{d.state}"),
    )  # fmt: skip
    filters = (
        TextFilter("q", _("Search"), fields=("name", "outside_id", "instrument__code")),
        ChoiceFilter("kind", _("Kind"), choices=Discrepancy.Kind.choices, several=True),
        BooleanFilter(
            "alike", _("Perhaps the same"), narrow_by=lambda rows, yes: rows.filter(proposed__isnull=not yes)
        ),
        BooleanFilter("waits", _("To be settled"), narrow_by=_waiting),
        ChoiceFilter("state", _("State"), choices=DISCREPANCY.choices(), several=True),
        ChoiceFilter("system", _("System"), choices=_systems),
        DateFilter("since", _("Different since"), field="since"),
    )
    acts = (
        BulkAct(_("Keep ours and send it"), "exchange:bulk_keep", visible=_authority),
        BulkAct(_("Take theirs"), "exchange:bulk_take", visible=_authority),
        BulkAct(_("Link the two"), "exchange:bulk_link", visible=_authority),
        BulkAct(_("File it here"), "exchange:bulk_file", visible=_authority),
        BulkAct(_("Leave it for a time"), "exchange:bulk_ignore", visible=_authority),
    )
    default_sort = "since"
    empty = Empty(
        _("Nothing differs"), _("When a file of another system is accepted, what differs stands here to be settled.")
    )

    def row_url(self, row: Discrepancy) -> str:
        """The page of the difference."""
        return reverse("exchange:discrepancy", args=[row.pk])


def _side(value: Any, row: Row) -> SafeString:
    return _state(f"side.{value}", row) if value else values.absent(values.Absent.UNKNOWN)


class SideTable(Table):
    """One difference, field by field."""

    name, title = "side", _("Side by side")
    pk_path = "at"
    columns = (
        Column("title", _("Field")),
        Column("ours", _("Here")),
        Column("theirs", _("There")),
        Column("base", _("When both agreed last")),
        Column("side", _("Changed by"), cell=_side, plain=lambda value, _row: str(value or "")),
    )
    empty = Empty(_("Nothing differs"), "")


class CandidateTable(Table):
    """What the other system says beside an instrument that may be meant."""

    name, title = "candidate", _("What the other system says, and what stands here")
    pk_path = "at"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("title", _("Field")),
        Column("theirs", _("There")),
        Column("ours", _("Linked with it")),
        Column("proposed", _("Perhaps this one")),
    )
    empty = Empty(_("Nothing differs"), "")


class ProposedTable(CandidateTable):
    """The same, where nothing is linked yet."""

    name = "proposed"
    columns = tuple(column for column in CandidateTable.columns if column.key != "ours")


class TheirsTable(Table):
    """Of what is only there, what the other system says."""

    name, title = "theirs", _("What the other system says")
    pk_path = "at"
    columns = (Column("title", _("Field")), Column("theirs", _("There")))
    empty = Empty(_("Nothing differs"), "")


class WebhookTable(Table):
    """Webhooks of one's organisations."""

    name, title = "webhooks", _("Webhooks")
    columns = (
        Column("url", _("Address"), opens=True),
        Column("organisation", _("Organisation"), get=lambda w: w.organisation.name),
        Column("events", _("Events"), get=lambda w: "、".join(str(CODES[code].says) for code in w.events)),
        Column("waiting", _("To be delivered"), align="end"),
        Column("delivered", _("Delivered"), align="end"),
        Column("dead", _("Given up"), align="end"),
        Column("state", _("State"), cell=_state, get=lambda w: f"webhook.{w.state}"),
    )
    empty = Empty(
        _("No webhook yet"), _("A webhook tells a program of yours what happened, within seconds, signed.")
    )  # fmt: skip

    def row_url(self, row: Row) -> str:
        """The page of the webhook."""
        return reverse("exchange:webhook", args=[row.pk])


class DeliveryTable(Table):
    """Deliveries, newest first."""

    name, title = "deliveries", _("Deliveries")
    columns = (
        Column("sequence", _("Sequence number"), align="end", opens=True),
        Column("event", _("Event"), get=lambda d: str(event_words(d.event))),
        Column("message_id", _("Message id"), cell=cells.unbroken, hidden=True),
        Column("tries", _("Attempts"), align="end"),
        Column("next_at", _("Next attempt"), get=lambda d: d.next_at if d.state == "waiting" else None),
        Column("delivered_at", _("Delivered at")),
        Column("state", _("State"), cell=_state, get=lambda d: f"delivery.{d.state}"),
    )
    filters = (ChoiceFilter("state", _("State"), choices=Delivery.State.choices, several=True),)
    acts = (BulkAct(_("Deliver again"), "exchange:webhook_replay_many", visible=lambda actor: actor.has(*SUBSCRIBES)),)
    empty = Empty(_("No event yet"), _("Events appear within seconds of the act."))

    def row_url(self, row: Row) -> str:
        """The page of the delivery."""
        return reverse("exchange:webhook_delivery", args=[row.pk])
