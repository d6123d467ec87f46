"""The lists of the ledger."""

from typing import Any, ClassVar

from django.db.models import Value
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.pages import cells, values
from hengliang.platform.core.pages.looks import look_of
from hengliang.platform.core.pages.table import (
    BooleanFilter,
    BulkAct,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    Filter,
    Table,
    TextFilter,
)
from hengliang.platform.core.rights import HOLDER_ROLES, Actor, Role
from hengliang.platform.core.search import matching
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.models import CatalogueItem, InstrumentState, Purpose, Regime
from hengliang.platform.registry.offers import offers
from hengliang.platform.registry.selectors.due import due_state, due_within, overdue
from hengliang.platform.registry.selectors.ledger import searched
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.registry.standing import standing
from hengliang.platform.registry.states import IMPORT, INSTRUMENT, TRANSFER

Row = Any


def _standing(row: Row) -> str:
    return standing(row, row.today)


def _due(value: Any, row: Row) -> SafeString:
    """The day, and how far off it is where the instrument can fall due at all."""
    return values.due(value, row.today) if due_state(row, row.today) != "none" else values.day(value)


def _narrow_standing(rows: Any, asked: list[str]) -> Any:
    today = timezone.localdate()
    return {"overdue": overdue, "soon": due_within}[asked[0]](rows, today)


def _owned_by(rows: Any, text: str) -> Any:
    found = matching(Organisation.objects.all(), text)
    return rows.filter(owner__in=found.values("pk"))


def _regions(actor: Actor) -> list[tuple[str, str]]:
    rows = RegionVersion.objects.on(actor.today).order_by("code")
    if not actor.has(Role.ADMINISTRATOR):
        rows = rows.filter(region_id__in=actor.regions())
    return [(str(row.region_id), row.name) for row in rows]


def _items(_actor: Actor) -> list[tuple[str, str]]:
    rows = CatalogueItem.objects.order_by("rank", "code")
    return [(str(key), spoken(name)) for key, name in rows.values_list("pk", "name")]


def _bodies(actor: Actor) -> list[tuple[str, str]]:
    rows = Organisation.objects.visible_to(actor).filter(is_verification_body=True).order_by("name")
    return [(str(key), name) for key, name in rows.values_list("pk", "name")]


def _may(*roles: Role) -> Any:
    return lambda actor: actor.has(*roles)


_OWN_ACTS = (
    BulkAct(_("Print labels"), "registry:labels"),
    BulkAct(_("Accept"), "registry:bulk_accept", visible=_may(Role.AUTHORITY)),
    BulkAct(_("Assign body"), "registry:bulk_assign", visible=_may(Role.AUTHORITY)),
    BulkAct(_("Take out of use"), "registry:bulk_stop", danger=True, visible=_may(Role.AUTHORITY, *HOLDER_ROLES)),
    BulkAct(_("Scrap"), "registry:bulk_scrap", danger=True, visible=_may(Role.AUTHORITY, *HOLDER_ROLES)),
)


class InstrumentTable(Table):
    """The ledger as of today: one row an instrument."""

    name, title = "instruments", _("Instruments")
    template = "registry/list.html"
    pk_path = "instrument_id"
    columns = (
        Column("code", _("Code"), cell=cells.unbroken, get=lambda r: spaced(r.instrument.code), opens=True),
        Column(
            "name",
            _("Instrument"),
            get=lambda r: spoken(r.instrument.name),
            cell=cells.two_lines(lambda r: r.instrument.model),
        ),
        Column("item", _("Catalogue item"), get=lambda r: spoken(r.instrument.item.name), hidden=True),
        Column("serial_number", _("Serial number"), get=lambda r: r.instrument.serial_number),
        Column("manufacturer", _("Manufacturer"), get=lambda r: r.instrument.manufacturer, hidden=True),
        Column("owner", _("User"), get=lambda r: r.owner.name),
        Column("region_name", _("Region")),
        Column("place", _("Place of use"), hidden=True),
        Column(
            "standing", _("State"), get=_standing, cell=cells.state, plain=lambda value, _row: str(look_of(value).words)
        ),
        Column("due_on", _("Due on"), sort="due_on", cell=_due, align="end"),
        Column("last_on", _("Last verified on"), hidden=True),
        Column("last_result", _("Last result"), get=lambda r: r.get_last_result_display(), hidden=True),
        Column("body", _("Verification body"), get=lambda r: r.body.name if r.body else "", hidden=True),
        Column("purpose", _("Purpose"), get=lambda r: r.get_purpose_display(), hidden=True),
        Column("regime", _("Regime"), get=lambda r: r.get_regime_display(), hidden=True),
    )
    filters: ClassVar[tuple[Filter, ...]] = (
        TextFilter("q", _("Search"), hint=_("Name, number, code, initials"), narrow_by=searched),
        ChoiceFilter(
            "due",
            _("Due"),
            choices=(("overdue", _("Overdue")), ("soon", _("Due within 30 days"))),
            narrow_by=_narrow_standing,
        ),
        ChoiceFilter("status", _("State"), choices=INSTRUMENT.choices(), several=True),
        ChoiceFilter("region", _("Region"), choices=_regions, several=True),
        ChoiceFilter("item", _("Catalogue item"), field="item", choices=_items, several=True, more=True),
        TextFilter("owner", _("User"), narrow_by=_owned_by, more=True),
        ChoiceFilter("body", _("Verification body"), choices=_bodies, several=True, more=True),
        DateFilter("due_on", _("Due on"), more=True),
        ChoiceFilter("result", _("Last result"), field="last_result",
                     choices=[c for c in InstrumentState.Result.choices if c[0]], more=True),
        ChoiceFilter("purpose", _("Purpose"), choices=Purpose.choices, several=True, more=True),
        ChoiceFilter("regime", _("Regime"), choices=Regime.choices, several=True, more=True),
        BooleanFilter("mandatory", _("Under mandatory verification"), more=True),
        BooleanFilter("on_site", _("Verified on site"), more=True),
    )  # fmt: skip
    default_sort = "due_on"
    empty = Empty(
        _("No instrument here"),
        _("Instruments that you may see and that meet the filters belong here. File one, or import a sheet."),
    )

    def row_url(self, row: Row) -> str:
        """The page of the instrument."""
        return reverse("registry:instrument", args=[row.instrument.code])

    def row_id(self, row: Row) -> str:
        """The key of the instrument: acts are done on it, whatever row speaks of it by then."""
        return str(row.instrument_id)


_OWN_FILTERS = InstrumentTable.filters


def ledger_table() -> InstrumentTable:
    """The ledger with all acts and filters that apps above have added."""
    table = InstrumentTable()
    type(table).filters = (*_OWN_FILTERS, *offers.filters)
    # What can't be taken back stands last.
    type(table).acts = tuple(sorted((*_OWN_ACTS, *offers.bulk_acts), key=lambda act: act.danger))
    return table


def as_of(rows: Any, today: Any) -> Any:
    """The rows with the day that their cells speak of."""
    return rows.annotate(today=Value(today))


class PartTable(Table):
    """The parts of an instrument that are judged singly."""

    name, title = "parts", _("Parts judged singly")
    pk_path = "instrument_id"
    columns = (
        Column("part_label", _("Part"), get=lambda r: r.instrument.part_label, opens=True),
        Column("code", _("Code"), cell=cells.unbroken, get=lambda r: spaced(r.instrument.code)),
        Column("serial_number", _("Serial number"), get=lambda r: r.instrument.serial_number),
        Column(
            "standing", _("State"), get=_standing, cell=cells.state, plain=lambda value, _row: str(look_of(value).words)
        ),
        Column("due_on", _("Due on"), cell=_due, align="end"),
    )
    empty = Empty(_("No parts"), _("Nozzles, charging guns, platforms that are judged singly belong here."))

    def row_url(self, row: Row) -> str:
        """The page of the part."""
        return reverse("registry:instrument", args=[row.instrument.code])


# How sure a row of the catalogue is, as the norm marks it.
MARKS = {
    "C": _("seen in a source"),
    "C-weak": _("seen in a weak source"),
    "R": _("recalled"),
    "R?": _("recalled, membership doubtful"),
}


def _in_english(item: CatalogueItem) -> str:
    return item.name_en if (get_language() or "").startswith("en") else ""


class CatalogueTable(Table):
    """The mandatory catalogue."""

    name, title = "catalogue", _("Mandatory catalogue")
    columns = (
        Column("code", _("Code"), sort="code"),
        Column("name", _("Name"), sort="rank", cell=cells.two_lines(_in_english)),
        Column("parent", _("Family"), get=lambda r: r.parent.name if r.parent else ""),
        Column("control", _("Control"), get=lambda r: r.get_control_display()),
        Column("regime", _("Regime"), get=lambda r: r.get_regime_display() if r.regime else None),
        Column("period_months", _("Period"), unit=_("months"), align="end"),
        Column("regulation", _("Regulation")),
        Column("mark", _("Certainty"), get=lambda r: MARKS.get(r.mark, r.mark), plain=lambda value, _row: str(value)),
        Column("source", _("Source"), hidden=True),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("code", "name", "name_en", "regulation")),
        ChoiceFilter("regime", _("Regime"), choices=Regime.choices, several=True),
    )
    default_sort = "name"
    empty = Empty(_("The catalogue is empty"), _("The administrator loads it from the norm."))


class TransferTable(Table):
    """Instruments offered by one user to another."""

    name, title = "transfers", _("Transfers")
    columns = (
        Column("instrument", _("Instrument"), get=lambda r: spoken(r.instrument.name), opens=True,
               cell=cells.two_lines(lambda r: spaced(r.instrument.code))),
        Column("state", _("State"), get=lambda r: f"transfer.{r.state}", cell=cells.state,
               plain=lambda value, _row: str(look_of(value).words)),
        Column("giver", _("Present user"), get=lambda r: r.giver.name),
        Column("receiver", _("New user"), get=lambda r: r.receiver.name),
        Column("offered_on", _("Offered on"), sort="offered_on", align="end"),
    )  # fmt: skip
    filters = (ChoiceFilter("state", _("State"), choices=TRANSFER.choices()),)
    default_sort = "-offered_on"
    empty = Empty(
        _("No transfer here"),
        _("A user offers an instrument to another on its page: “Offer to another user”. The other side accepts here."),
    )

    def row_url(self, row: Row) -> str:
        """The page of the offer."""
        return reverse("registry:transfer", args=[row.pk])


class ImportTable(Table):
    """Sheets that were sent."""

    name, title = "imports", _("Imports")
    columns = (
        Column("file_name", _("File"), opens=True),
        Column("state", _("State"), get=lambda r: f"import.{r.state}", cell=cells.state,
               plain=lambda value, _row: str(look_of(value).words)),
        Column("at", _("Sent at"), get=lambda r: r.act.at),
        Column("by", _("By"), get=lambda r: r.act.account_name),
        Column("rows", _("Rows"), align="end"),
        Column("new", _("New"), align="end"),
        Column("changed", _("Changed"), align="end"),
        Column("unchanged", _("Unchanged"), align="end"),
        Column("refused", _("Rows refused"), align="end"),
    )  # fmt: skip
    filters = (ChoiceFilter("state", _("State"), choices=IMPORT.choices()),)
    default_sort = ""
    empty = Empty(
        _("No sheet yet"), _("Download the template, fill it in, and send it: you see what it would do first.")
    )

    def row_url(self, row: Row) -> str:
        """The page of the import."""
        return reverse("registry:import", args=[row.pk])
