"""The lists of statistics: the rows behind a figure, and the forms that were prepared and signed."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages import cells
from hengliang.platform.core.pages.table import ChoiceFilter, Column, Empty, Table
from hengliang.platform.core.pages.words import titled
from hengliang.platform.supervision.models import StatisticsReturn
from hengliang.platform.supervision.states import RETURN


def whose(filed: StatisticsReturn) -> str:
    """Of which body or region a return is."""
    if filed.body is not None:
        return filed.body.name
    return str(getattr(filed, "region_name", "") or "")


class FigureTable(Table):
    """The rows behind a figure."""

    name, title = "figure", _("Rows behind the figure")
    pk_path = "key"
    columns = (
        Column("what", _("Instrument"), opens=True, sort="what"),
        Column("code", _("Code or person"), cell=cells.unbroken),
        Column("day", _("Day"), sort="day"),
        Column("at", _("Paper or amount")),
    )
    default_sort = "day"
    empty = Empty(_("No rows"), _("Nothing was counted here; missing means that there is no source."))

    def row_url(self, row: dict[str, str]) -> str:
        """What the row is about."""
        return row["url"]


class ReturnTable(Table):
    """Forms prepared and signed, the latest period first."""

    name, title = "returns", _("Signed forms")
    columns = (
        Column("form", _("Form"), get=lambda r: titled(r.content["title"]), opens=True),
        Column("starts_on", _("Period"), get=lambda r: r.content["period"], sort="starts_on"),
        Column("whose", _("Whose"), get=whose),
        Column("prepared_by", _("Prepared by"), get=lambda r: r.prepared_by.name),
        Column("prepared_on", _("Prepared on"), sort="prepared_on"),
        Column("checked_by", _("Checked by"), get=lambda r: r.checked_by.name if r.checked_by else ""),
        Column("state", _("State"), sort="state", cell=cells.state, get=lambda r: f"return.{r.state}"),
    )
    filters = (ChoiceFilter("state", _("State"), choices=RETURN.choices(), several=True),)
    default_sort = "-starts_on"
    empty = Empty(_("No form yet"), _("Open the statistics of a period that is over, and prepare them for signature."))

    def row_url(self, row: StatisticsReturn) -> str:
        """The return's page."""
        return reverse("supervision:return", args=[row.pk])
