"""The lists of marks and of stocktakings."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.marks.kinds import kind_title, mark_kinds
from hengliang.platform.certificates.marks.removal import due_off, not_due_off
from hengliang.platform.certificates.models import Mark, Stocktaking
from hengliang.platform.certificates.states import MARK, STOCKTAKING
from hengliang.platform.core.pages import cells
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
from hengliang.platform.core.rights import BODY_ROLES, Actor
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.selectors.by_instrument import found_by_instrument
from hengliang.platform.registry.spoken import spoken


def kind_choices(actor: Actor) -> Iterable[tuple[str, str]]:
    """The kinds of marks of today."""
    return [(kind.code, kind.title) for kind in mark_kinds(actor.today).values()]


def _kind(row: Any) -> str:
    return kind_title(row.kind, timezone.localdate())


def _state(row: Any) -> str:
    """The state; on an instrument that is scrapped or lost it is to be removed."""
    return "mark.to_remove" if row.gone else f"mark.{row.state}"


def _due_off(rows: Any, yes: bool) -> Any:
    return due_off(rows) if yes else not_due_off(rows)


class MarkTable(Table):
    """Marks that left the stock."""

    name, title = "marks", _("Labels, marks and seals")
    columns = (
        Column("number", _("Number"), sort="number", opens=True, cell=cells.unbroken, get=lambda m: m.numbers),
        Column("kind", _("Kind of mark"), get=_kind),
        Column("state", _("State"), sort="state", cell=cells.state, get=_state),
        Column("instrument", _("Instrument"), get=lambda m: spoken(m.instrument.name) if m.instrument else ""),
        Column(
            "code",
            _("Code of the instrument"),
            cell=cells.unbroken,
            get=lambda m: spaced(m.instrument.code) if m.instrument else "",
        ),
        Column("place", _("Place on the instrument"), get=lambda m: m.place),
        Column("on", _("Day put on or written off"), sort="on"),
        Column("ended_on", _("Taken off on"), sort="ended_on", hidden=True),
        Column("certificate", _("Certificate"), get=lambda m: m.certificate.number if m.certificate else ""),
        Column(
            "person",
            _("In whose hands it was"),
            get=lambda m: m.person.name if m.person else "",
            visible=lambda actor: actor.has(*BODY_ROLES) or bool(actor.regions()),
        ),
        Column("body", _("Verification body"), get=lambda m: m.body.name, hidden=True),
    )
    filters = (
        TextFilter("q", _("Search"), hint=_("number, name, code"), narrow_by=found_by_instrument("number")),
        ChoiceFilter("kind", _("Kind of mark"), choices=kind_choices),
        ChoiceFilter("state", _("State"), choices=MARK.choices(), several=True),
        BooleanFilter("due_off", _("To be removed"), narrow_by=_due_off),
        DateFilter("on", _("Day put on or written off"), field="on"),
    )
    acts = (BulkAct(_("Print labels"), "certificates:labels", visible=lambda actor: actor.has(*BODY_ROLES)),)
    default_sort = "-on"
    empty = Empty(
        _("No mark yet"), _("Marks are put on with a record, or when its proof is issued, out of the stock in hand.")
    )

    def row_url(self, row: Mark) -> str:
        """The mark's page."""
        return reverse("certificates:mark", args=[row.pk])


class StocktakingTable(Table):
    """Stocktakings."""

    name, title = "stocktakings", _("Stocktakings")
    columns = (
        Column("on", _("Counted on"), sort="on", opens=True),
        Column("kind", _("Kind of mark"), get=_kind),
        Column("person", _("Counted with"), get=lambda c: c.person.name if c.person else _("In the store")),
        Column("state", _("State"), sort="state", cell=cells.state, get=lambda c: f"stocktaking.{c.state}"),
        Column("open", _("To be explained"), align="end", get=lambda c: c.open_findings),
        Column("body", _("Verification body"), get=lambda c: c.body.name),
    )
    filters = (
        ChoiceFilter("kind", _("Kind of mark"), choices=kind_choices),
        ChoiceFilter("state", _("State"), choices=STOCKTAKING.choices()),
        DateFilter("on", _("Counted on"), field="on"),
    )
    default_sort = "-on"
    empty = Empty(_("Nothing was counted yet"), _("A stocktaking is begun on the page of the stock."))

    def row_url(self, row: Stocktaking) -> str:
        """The stocktaking's page."""
        return reverse("certificates:stocktaking", args=[row.pk])
