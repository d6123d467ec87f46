"""Rounds: those planned and gone, and those proposed for the coming quarter."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages import cells
from hengliang.platform.core.pages.table import ChoiceFilter, Column, DateFilter, Empty, Table, TextFilter
from hengliang.platform.core.rights import Role
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


def _plan(address: str, _row: object) -> SafeString:
    """A link to the form of a round, filled in as proposed."""
    return format_html('<a class="q" href="{}">{}</a>', address, _("Plan a round"))


class RoundTable(Table):
    """Rounds proposed for the coming quarter."""

    name, title = "rounds", _("Proposed rounds")
    pk_path = "key"
    columns = (
        Column("month", _("Month"), sort="month", opens=True),
        Column("region", _("Region"), sort="region"),
        Column("pieces", _("Pieces"), align="end", sort="pieces"),
        Column("overdue", _("of these overdue"), align="end", sort="overdue"),
        Column("items", _("Kinds of instrument")),
        Column("days", _("Days of two verifiers"), align="end", sort="days"),
        Column("plan", _("Round"), cell=_plan, visible=lambda actor: actor.has(Role.AUTHORITY, Role.BODY_MANAGER)),
    )
    default_sort = "month"
    empty = Empty(
        _("No round to propose"), _("What is verified on site and falls due within this quarter stands here.")
    )

    def row_url(self, row: dict[str, str]) -> str:
        """The instruments behind it."""
        return row["url"]
