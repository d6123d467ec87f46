"""The lists of lots and of their results."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages import cells
from hengliang.platform.core.pages.table import ChoiceFilter, Column, DateFilter, Empty, Table, TextFilter
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.verification.benches.profile import shipped
from hengliang.platform.verification.models import BenchProfile, Lot, LotResult
from hengliang.platform.verification.states import LOT

VERDICTS = {"p": "passed", "f": "failed", "i": "undeterminable"}
Results = QuerySet[LotResult]


class LotTable(Table):
    """Lots of test benches, the newest first."""

    name, title = "lots", _("Bench lots")
    columns = (
        Column("number", _("Lot"), sort="number", opens=True, cell=cells.unbroken),
        Column("item", _("Catalogue item"), get=lambda row: spoken(row.item.name), sort="item__name"),
        Column("body", _("Verification body"), get=lambda row: row.body.name, hidden=True),
        Column("bench", _("Test bench"), sort="bench"),
        Column("customer", _("Whose meters"), get=lambda row: row.customer.name if row.customer else ""),
        Column("last_on", _("Tested until"), sort="last_on"),
        Column("rows", _("Rows"), align="end", sort="rows"),
        Column("passed", _("Passed"), align="end", sort="passed"),
        Column("failed", _("Failed"), align="end", sort="failed"),
        Column("refused", _("Rows not judged"), align="end", sort="refused"),
        Column("state", _("State"), sort="state", cell=cells.state, get=lambda row: f"lot.{row.state}"),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("number", "bench", "file_name", "item__name")),
        ChoiceFilter("state", _("State"), choices=LOT.choices(), several=True),
        DateFilter("tested", _("Tested until"), field="last_on"),
    )
    default_sort = "-number"
    empty = Empty(_("No lot yet"), _("Files of automatic test benches stand here, each as one lot."))

    def row_url(self, row: Lot) -> str:
        """The lot's page."""
        return reverse("verification:lot", args=[row.pk])


def _named(rows: Results, text: str) -> Results:
    return rows.named(text)  # type: ignore[attr-defined,no-any-return]


class LotResultTable(Table):
    """The single results of a lot, in the order of the file."""

    name, title = "lot-results", _("Single results")
    columns = (
        Column("place", _("Place in the lot"), align="end", sort="place", get=lambda row: row.place + 1),
        Column("serial", _("Serial number"), opens=True, cell=cells.unbroken),
        Column("label", _("Label"), cell=cells.unbroken),
        Column("maker", _("Manufacturer"), get=lambda row: row.group.maker),
        Column("model", _("Model"), get=lambda row: row.group.model),
        Column("batch", _("Batch"), get=lambda row: row.group.batch, hidden=True),
        Column("verified_on", _("Verified on"), get=lambda row: row.group.verified_on),
        Column("valid_until", _("Valid until"), get=lambda row: row.valid_until),
        Column("verdict", _("Verdict"), cell=cells.state, get=lambda row: VERDICTS[row.verdict]),
    )
    filters = (
        TextFilter("q", _("Search"), hint=_("whole serial number or label"), narrow_by=_named),
        ChoiceFilter("verdict", _("Verdict"), choices=LotResult.Verdict.choices, several=True),
    )
    default_sort = "place"
    empty = Empty(_("No result"), _("The results of a lot stand here once it is submitted."))

    def row_url(self, row: LotResult) -> str:
        """The result's page."""
        return reverse("verification:lot_result", args=[row.lot_id, row.place])


class BenchProfileTable(Table):
    """A body's own mapping profiles, the newest version of each."""

    name, title = "bench-profiles", _("Mapping profiles")
    columns = (
        Column("name", _("Name"), sort="name", opens=True),
        Column("body", _("Verification body"), get=lambda row: row.body.name, hidden=True),
        Column("base", _("Laid over"), get=lambda row: shipped()[row.base].title),
        Column("version", _("Version"), align="end", sort="version"),
        Column("since", _("In use from"), get=lambda row: row.act.on, sort="act__on"),
        Column("state", _("State"), cell=cells.state, get=lambda row: f"bench_profile.{standing_of(row)}"),
    )
    filters = (TextFilter("q", _("Search"), fields=("name",)),)
    default_sort = "name"
    empty = Empty(
        _("No mapping profile of your own"),
        _("The shipped ones serve files with usual headers. Draw up one for a bench that writes otherwise."),
    )

    def row_url(self, row: BenchProfile) -> str:
        """The profile's page."""
        return reverse("verification:bench_profile", args=[row.pk])


def standing_of(row: BenchProfile) -> str:
    """Whether the newest version of a name is read by."""
    return "withdrawn" if row.withdrawn else "current"
