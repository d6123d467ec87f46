"""The list of rounds."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages import cells
from hengliang.platform.core.pages.table import ChoiceFilter, Column, DateFilter, Empty, Table, TextFilter
from hengliang.platform.verification.models import Round
from hengliang.platform.verification.states import ROUND


def _verifiers(shown: Round) -> str:
    return listed(one.name for one in (shown.first, shown.second) if one)


class FieldRoundTable(Table):
    """Rounds that one plans, makes, asked for or oversees."""

    name, title = "field_rounds", _("Rounds")
    columns = (
        Column("number", _("Number"), sort="number", opens=True),
        Column("kind", _("Kind of round"), sort="kind", get=lambda r: r.get_kind_display()),
        Column("place", _("Place"), sort="place"),
        Column("starts_on", _("First day"), sort="starts_on"),
        Column("ends_on", _("Last day"), sort="ends_on", hidden=True),
        Column("body", _("Verification body"), sort="body__name", get=lambda r: r.body.name),
        Column("verifiers", _("Verifiers of the round"), get=_verifiers),
        Column("pieces", _("Pieces"), align="end", get=lambda r: r.pieces),
        Column("state", _("State"), sort="state", cell=cells.state, get=lambda r: f"round.{r.state}"),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("number", "place")),
        ChoiceFilter("state", _("State"), choices=ROUND.choices(), several=True),
        ChoiceFilter("kind", _("Kind of round"), choices=Round.Kind.choices, several=True),
        DateFilter("starts", _("First day"), field="starts_on"),
    )
    default_sort = "-starts_on"
    empty = Empty(
        _("No round yet"), _("Rounds through markets and townships, and appointments at hospitals and stations.")
    )

    def row_url(self, row: Round) -> str:
        """The round's page."""
        return reverse("verification:round", args=[row.pk])
