"""The lists of arbitrations and re-tests."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages import cells
from hengliang.platform.core.pages.table import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    Table,
    TextFilter,
)
from hengliang.platform.registry.selectors.by_instrument import found_by_instrument
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.verification.models import Arbitration, ReTest
from hengliang.platform.verification.states import ARBITRATION, RETEST


def _seconds(rows: Any, yes: bool) -> Any:
    return rows.filter(first__isnull=not yes)


class ArbitrationTable(Table):
    """Disputes that are decided by verification, the earliest term first."""

    name, title = "arbitrations", _("Arbitration verification")
    columns = (
        Column("number", _("Number"), sort="number", opens=True),
        Column("instrument", _("Instrument"), get=lambda a: spoken(a.instrument.name)),
        Column("code", _("Code"), cell=cells.unbroken, get=lambda a: a.instrument.printed_code),
        Column("body", _("Appointed body"), get=lambda a: a.task.body.name),
        Column("asked_on", _("Accepted on"), sort="asked_on"),
        Column("notice_by", _("Notice due by"), sort="notice_by"),
        Column("meets_on", _("Day of the verification"), sort="meets_on"),
        Column("first", _("First arbitration"), get=lambda a: a.first.number if a.first else ""),
        Column("state", _("State"), sort="state", cell=cells.state, get=lambda a: f"arbitration.{a.state}"),
    )
    filters = (
        TextFilter("q", _("Search"), hint=_("number, name, code"), narrow_by=found_by_instrument("number")),
        BooleanFilter(
            "second", _("Second arbitrations"), narrow_by=lambda rows, yes: rows.filter(first__isnull=not yes)
        ),
        ChoiceFilter("state", _("State"), choices=ARBITRATION.choices(), several=True),
        DateFilter("notice", _("Notice due by"), field="notice_by"),
    )
    default_sort = "-asked_on"
    empty = Empty(_("No dispute yet"), _("The authority opens one when a party asks for arbitration verification."))

    def row_url(self, row: Arbitration) -> str:
        """The page of the arbitration."""
        return reverse("verification:arbitration", args=[row.pk])


class ReTestTable(Table):
    """Re-tests of what authorised laboratories verified."""

    name, title = "retests", _("Re-tests")
    columns = (
        Column("instrument", _("Instrument"), get=lambda r: spoken(r.task.instrument.name), opens=True),
        Column("code", _("Code"), cell=cells.unbroken, get=lambda r: r.task.instrument.printed_code),
        Column("laboratory", _("Laboratory"), get=lambda r: r.first.task.body.name),
        Column("body", _("Re-tested by"), get=lambda r: r.task.body.name),
        Column("ordered_on", _("Ordered on"), sort="ordered_on"),
        Column("state", _("State"), sort="state", cell=cells.state, get=lambda r: f"retest.{r.state}"),
    )
    filters = (ChoiceFilter("state", _("State"), choices=RETEST.choices(), several=True),)
    default_sort = "-ordered_on"
    empty = Empty(_("No re-test yet"), _("Order one on the page of a record of an authorised laboratory."))

    def row_url(self, row: ReTest) -> str:
        """The page of the re-test."""
        return reverse("verification:retest", args=[row.pk])
