"""The rows behind a figure."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages import cells
from hengliang.platform.core.pages.table import ChoiceFilter, Column, DateFilter, Empty, Table, TextFilter
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.selectors import searched
from hengliang.platform.supervision.tables import instrument_url

_EMPTY = Empty(_("No row"), _("Nothing of this kind is in the ledger for this question."))


class LedgerRowTable(Table):
    """Versions of the ledger: what it said about an instrument, from a day until a day."""

    name, title = "figure-rows", _("Rows behind the figure")
    columns = (
        Column("name", _("Instrument"), get=lambda r: r.instrument.name, opens=True),
        Column("code", _("Code"), cell=cells.unbroken, get=lambda r: r.instrument.printed_code),
        Column("owner", _("User"), get=lambda r: r.owner.name),
        Column("region", _("Region"), get=lambda r: r.region_name),
        Column("status", _("State"), get=lambda r: f"instrument.{r.status}", cell=cells.state),
        Column("due_on", _("Due"), sort="due_on"),
        Column("last_on", _("Last verified"), sort="last_on"),
        Column("last_result", _("Result"), get=lambda r: r.get_last_result_display()),
        Column("valid_from", _("This entry from"), sort="valid_from"),
        Column("valid_to", _("until before"), sort="valid_to"),
        Column("known_from", _("Known from"), hidden=True),
    )
    filters = (
        TextFilter("q", _("Search"), narrow_by=searched),
        ChoiceFilter("result", _("Result"), field="last_result", choices=InstrumentState.Result.choices[1:]),
        DateFilter("due", _("Due"), field="due_on"),
    )
    default_sort = "due_on"
    empty = _EMPTY

    def row_url(self, row: InstrumentState) -> str:
        """The instrument's page."""
        return instrument_url(row.instrument.code)


class ItemTable(Table):
    """Items of the catalogue."""

    name, title = "figure-items", _("Items behind the figure")
    columns = (
        Column("name", _("Item"), sort="name"),
        Column("code", _("Code"), sort="code"),
        Column("control", _("Control"), get=lambda i: i.get_control_display()),
        Column("mark", _("How sure this row is")),
        Column("source", _("Source")),
    )
    filters = (TextFilter("q", _("Search"), fields=("name", "code")),)
    default_sort = "code"
    empty = _EMPTY


def table_for(counts: str) -> Table:
    """The table that shows rows of a kind of selection."""
    return ItemTable() if counts == "items" else LedgerRowTable()
