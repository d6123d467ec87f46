"""The lists of differences, and one of them field by field."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.listed import listed
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
from hengliang.platform.exchange.models import Discrepancy, OutsideSystem
from hengliang.platform.exchange.reasons import field_title
from hengliang.platform.exchange.selectors import WAITING
from hengliang.platform.exchange.states import DISCREPANCY


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
        Column("kind", _("Kind"), cell=cells.state, get=lambda d: f"difference.{d.found}"),
        Column("fields", _("What differs"), get=lambda d: listed(field_title(one["field"]) for one in d.fields)),
        Column("outside_id", _("Their number"), cell=cells.unbroken),
        Column("instrument", _("Here"), cell=cells.unbroken, get=_here),
        Column("since", _("Different since"), sort="since"),
        Column("seen_on", _("Last seen"), hidden=True),
        Column("state", _("State"), cell=cells.state, get=lambda d: f"discrepancy.{d.state}"),
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


def _side(value: Any, row: Any) -> SafeString:
    return cells.state(f"side.{value}", row) if value else values.absent(values.Absent.UNKNOWN)


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
