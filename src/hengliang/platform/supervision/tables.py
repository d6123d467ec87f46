"""The lists of supervision."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages import cells, values
from hengliang.platform.core.pages.looks import look_of, tone_tag
from hengliang.platform.core.pages.table import BulkAct, ChoiceFilter, Column, DateFilter, Empty, Table, TextFilter
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.core.selectors import region_list, regions_under
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem, Instrument, InstrumentState
from hengliang.platform.registry.selectors import searched
from hengliang.platform.registry.selectors.by_instrument import found_by_instrument
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.registry.standing import standing as standing_in_ledger
from hengliang.platform.registry.states import RETURNED
from hengliang.platform.supervision.models import Finding, Order
from hengliang.platform.supervision.selectors import standing
from hengliang.platform.supervision.states import FINDING, ORDER
from hengliang.platform.supervision.words import says
from hengliang.platform.verification.delay import DELAYS, delayed

STANDINGS = (
    ("overdue", _("Overdue")),
    ("failed", _("Failed and still in use")),
    ("soon", _("Due within 30 days")),
)


def instrument_url(code: str) -> str:
    """The page of an instrument in the ledger."""
    try:
        return reverse("registry:instrument", args=[code])
    except NoReverseMatch:
        return ""


def region_choices(actor: Actor) -> Iterable[tuple[str, str]]:
    """The regions over which the actor holds a role; everybody else gets those of the lists' rows by name only."""
    rows = region_list(actor.today)
    if not actor.has(Role.ADMINISTRATOR):
        rows = rows.filter(region_id__in=actor.regions())
    return [(str(row.region_id), row.name) for row in rows]


def in_region(rows: Any, chosen: list[str]) -> Any:
    """The rows in the regions chosen or below them."""
    return rows.filter(region_id__in=regions_under([int(one) for one in chosen], timezone.localdate()))


def item_choices(actor: Actor) -> Iterable[tuple[str, str]]:
    """The items of the catalogue that have instruments."""
    used = CatalogueItem.objects.filter(Exists(Instrument.objects.filter(item=OuterRef("pk"))))
    return [(item.code, spoken(item.name)) for item in used.order_by("rank", "code")]


def body_choices(actor: Actor) -> Iterable[tuple[str, str]]:
    """The verification bodies."""
    return [(str(pk), name) for pk, name in _bodies()]


def _bodies() -> Iterable[tuple[int, str]]:
    return Organisation.objects.filter(is_verification_body=True).order_by("name").values_list("pk", "name")


def standing_of(entry: InstrumentState) -> str:
    """How an entry stands today, as a registered state."""
    if entry.last_result == InstrumentState.Result.FAIL:
        return "failed"
    if entry.status == RETURNED:
        return f"instrument.{RETURNED}"
    return standing_in_ledger(entry, timezone.localdate())


def _orders_cell(value: Any, row: Any) -> Any:
    if row.ordered:
        return tone_tag("pending", _("Rectification ordered"))
    return tone_tag("neutral", _("Reminded")) if row.reminded else values.absent()


def _orders_words(value: Any, row: Any) -> str:
    return str(_("Rectification ordered")) if row.ordered else str(_("Reminded")) if row.reminded else ""


def _delay_cell(value: Any, row: Any) -> Any:
    return cells.state(f"delay.{value}", row) if value else values.absent()


def _delay_words(value: Any, row: Any) -> str:
    return str(DELAYS[value].words) if value else ""


def _authority(actor: Actor) -> bool:
    return actor.has(Role.AUTHORITY)


class EntryTable(Table):
    """Instruments in use and under mandatory verification, the one longest overdue first."""

    name, title = "watched", _("Due and overdue")
    pk_path = "instrument_id"
    columns = (
        Column("name", _("Instrument"), get=lambda e: spoken(e.instrument.name), opens=True),
        Column("code", _("Code"), cell=cells.unbroken, get=lambda e: e.instrument.printed_code),
        Column("owner", _("User"), get=lambda e: e.owner.name),
        Column("region", _("Region"), get=lambda e: e.region_name),
        Column("place", _("Place"), hidden=True),
        Column("market", _("Market"), get=lambda e: e.market.name if e.market else "", hidden=True),
        Column("body", _("Verification body"), get=lambda e: e.body.name if e.body else "", hidden=True),
        Column("last_on", _("Last verified")),
        Column(
            "due_on",
            _("Due"),
            sort="due_on",
            cell=lambda value, _row: values.due(value, timezone.localdate()),
        ),
        Column(
            "standing", _("State"), get=standing_of, cell=cells.state, plain=lambda value, _row: look_of(value).words
        ),
        Column("delay", _("Why overdue"), cell=_delay_cell, plain=_delay_words),
        Column("orders", _("Orders"), get=lambda e: None, cell=_orders_cell, plain=_orders_words),
    )
    filters = (
        TextFilter("q", _("Search"), narrow_by=searched, hint=_("name, number, code, user")),
        ChoiceFilter(
            "standing",
            _("State"),
            choices=STANDINGS,
            narrow_by=lambda rows, chosen: standing(rows, chosen[-1], timezone.localdate()),
        ),
        ChoiceFilter(
            "delay",
            _("Why overdue"),
            choices=[(k, look.words) for k, look in DELAYS.items()],
            narrow_by=lambda rows, chosen: delayed(rows, chosen, timezone.localdate()),
            several=True,
        ),
        ChoiceFilter("region", _("Region"), choices=region_choices, narrow_by=in_region),
        ChoiceFilter("item", _("Kind of instrument"), field="item__code", choices=item_choices),
        ChoiceFilter("body", _("Verification body"), field="body_id", choices=body_choices, more=True),
        DateFilter("due", _("Due"), field="due_on"),
    )
    acts = (
        BulkAct(_("Remind"), "supervision:remind", visible=_authority),
        BulkAct(_("Order rectification"), "supervision:rectify", visible=_authority),
        BulkAct(_("Record stop of use"), "supervision:stop", danger=True, visible=_authority),
    )
    default_sort = "due_on"
    empty = Empty(_("Nothing here"), _("Instruments that are due, overdue or failed stand here."))

    def row_url(self, row: InstrumentState) -> str:
        """The instrument's page."""
        return instrument_url(row.instrument.code)

    def row_id(self, row: InstrumentState) -> str:
        """Acts are on instruments, not on versions of them."""
        return str(row.instrument_id)


def order_state(order: Order) -> str:
    """The state of an order as a registered one; an open one whose term has ended is late."""
    late = order.state == "open" and order.due_by is not None and order.due_by < timezone.localdate()
    return "order.late" if late else f"order.{order.state}"


class OrderTable(Table):
    """Reminders and rectification orders."""

    name, title = "orders", _("Orders")
    columns = (
        Column("instrument", _("Instrument"), get=lambda o: spoken(o.instrument.name), opens=True),
        Column("code", _("Code"), cell=cells.unbroken, get=lambda o: o.instrument.printed_code),
        Column("kind", _("Kind"), get=lambda o: o.get_kind_display()),
        Column("owner", _("Addressed to"), get=lambda o: o.owner.name),
        Column("issued_on", _("Issued on"), sort="issued_on"),
        Column("due_by", _("To be done by"), sort="due_by"),
        Column("state", _("State"), get=order_state, cell=cells.state, plain=lambda value, _row: look_of(value).words),
    )
    filters = (
        TextFilter("q", _("Search"), hint=_("name, number, code, user"), narrow_by=found_by_instrument("owner__name")),
        ChoiceFilter("kind", _("Kind"), choices=Order.Kind.choices),
        ChoiceFilter("state", _("State"), choices=ORDER.choices()),
        ChoiceFilter(
            "late",
            _("Term"),
            choices=(("1", _("Term has ended")),),
            narrow_by=lambda rows, _chosen: rows.late(timezone.localdate()),
        ),
        ChoiceFilter("region", _("Region"), choices=region_choices, narrow_by=in_region, more=True),
    )
    acts = (BulkAct(_("Print"), "supervision:print_orders"),)
    default_sort = "-issued_on"
    empty = Empty(_("No order yet"), _("Tick instruments among those due or overdue, then remind or order."))

    def row_url(self, row: Order) -> str:
        """The order's page."""
        return reverse("supervision:order", args=[row.pk])


class FindingTable(Table):
    """Findings, those to be looked into first."""

    name, title = "findings", _("Findings")
    columns = (
        Column("kind", _("Kind"), get=lambda f: f.get_kind_display(), opens=True),
        Column("says", _("What does not fit"), get=says),
        Column("body", _("Verification body"), get=lambda f: f.body.name if f.body else "", hidden=True),
        Column("speaks_of", _("Day it speaks of"), sort="speaks_of"),
        Column("found_on", _("Found on"), sort="found_on", hidden=True),
        Column("state", _("State"), sort="state", cell=cells.state, get=lambda f: f"finding.{f.state}"),
    )
    filters = (
        ChoiceFilter("kind", _("Kind"), choices=Finding.Kind.choices, several=True),
        ChoiceFilter("state", _("State"), choices=FINDING.choices(), several=True),
        ChoiceFilter("region", _("Region"), choices=region_choices, narrow_by=in_region),
        DateFilter("speaks_of", _("Day it speaks of"), field="speaks_of"),
    )
    default_sort = "-speaks_of"
    empty = Empty(
        _("Nothing that does not fit"), _("Records and proofs are searched every night; you may also search now.")
    )

    def row_url(self, row: Finding) -> str:
        """The finding's page."""
        return reverse("supervision:finding", args=[row.pk])


class SeenTable(Table):
    """The rows that show a finding."""

    name, title = "seen", _("What was seen")
    pk_path = "at"
    columns = (
        Column("instrument", _("Instrument"), opens=True),
        Column("day", _("Day")),
        Column("at", _("Record or proof")),
    )
    empty = Empty(_("Nothing was seen"), "")

    def row_url(self, row: dict[str, str]) -> str:
        """The instrument's page."""
        return instrument_url(row["instrument"])
