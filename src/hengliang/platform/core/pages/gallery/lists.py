"""The list of the gallery, its acts on many, and its object page."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .. import cells, looks, objects, values
from ..confirm import Confirmation
from ..rows import Rows
from ..table import (
    BooleanFilter,
    BulkAct,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    LookupFilter,
    Selection,
    Table,
    TextFilter,
)
from .sample import DISTRICTS, ON, district_name, instruments

STATES = ("valid", "due_soon", "overdue", "stopped", "to_seal", "undeterminable")
LIST = "pages:gallery_table"


class InstrumentTable(Table):
    """A list with everything a list can have."""

    name = "gallery"
    title = _("Instruments")
    columns = (
        Column("code", _("Code"), sort="code", opens=True),
        Column("name", _("Instrument"), sort="name", cell=cells.two_lines(lambda row: row["place"])),
        Column("capacity", _("Maximum capacity"), unit="kg", align="end", sort="capacity"),
        Column("error", _("Error of indication"), unit="%", align="end", sort="error", cell=cells.number(2)),
        Column("state", _("State"), sort="state", cell=cells.state, plain=lambda v, _row: str(looks.look_of(v).words)),
        Column("due", _("Next verification"), sort="due", cell=cells.due(ON)),
        Column("district", _("District"), get=lambda row: DISTRICTS[row["district"]], hidden=True),
        Column("note", _("Note"), hidden=True),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("code", "name", "place"), hint=_("name, number, code, place")),
        ChoiceFilter("state", _("State"), several=True, choices=[(one, looks.look_of(one).words) for one in STATES]),
        LookupFilter("district", _("District"), options_url="pages:gallery_districts", label_of=district_name),
        DateFilter("due", _("Next verification")),
        BooleanFilter("in_use", _("Use"), yes=_("in use"), no=_("out of use"), more=True),
    )
    acts = (BulkAct(_("Remind"), "pages:gallery_remind"), BulkAct(_("Stop use"), "pages:gallery_stop", danger=True))
    default_sort = "due"

    def row_url(self, row: Any) -> str:
        """Its page."""
        return reverse("pages:gallery_object", args=[row["id"]])

    def row_name(self, row: Any) -> str:
        """Its code."""
        return str(row["code"])


class EmptyTable(Table):
    """A list that nothing is in."""

    name = "gallery-empty"
    title = _("Instruments")
    columns = InstrumentTable.columns
    empty = Empty(
        _("No instrument yet"),
        _("Instruments you use for trade, safety, health or environment belong here."),
        _("File an instrument"),
        "#",
    )


def table(request: HttpRequest) -> HttpResponseBase:
    """The list."""
    actions = [objects.Action(_("File an instrument"), "#", primary=True), objects.Action(_("Import"), "#")]
    return InstrumentTable().respond(request, instruments(), crumbs=_crumbs()[:1], actions=actions)


def empty(request: HttpRequest) -> HttpResponseBase:
    """The empty list."""
    return EmptyTable().respond(request, Rows([]))


def stop(request: HttpRequest) -> HttpResponseBase:
    """An irreversible act on many."""
    rows = InstrumentTable().selected(request, instruments())
    ask = Confirmation(
        title=_("Stop the use of instruments"),
        verb=_("Stop use"),
        back=reverse(LIST),
        danger=True,
        consequences=[
            _("They may not be used from today on."),
            _("Their users are told in the platform and by e-mail."),
        ],
        affected=rows.count(),
        examples=[row["code"] for row in rows[:5]],
        carry=Selection.from_post(request).fields(),
    )
    if ask.confirmed(request):
        messages.success(request, _("Done."))
        return redirect(LIST)
    return ask.respond(request)


def remind(request: HttpRequest) -> HttpResponseBase:
    """A harmless act on many."""
    InstrumentTable().selected(request, instruments())
    messages.success(request, _("Done."))
    return redirect(LIST)


def instrument(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The page of one instrument."""
    rows = instruments().filter(pk=pk)
    if not rows:
        raise Http404
    row = rows[0]
    return objects.ObjectPage(
        kind=row["name"],
        name=row["code"],
        where=row["place"],
        state=row["state"],
        since=ON,
        crumbs=_crumbs(),
        actions=[
            objects.Action(_("Apply for verification"), "#", primary=True),
            objects.Action(_("Move"), "#"),
            objects.Action(_("Stop use"), "#", danger=True),
            objects.Action(_("Scrap"), "#", blocked=_("A verification is under way.")),
        ],
        overview=lambda _request: _facts(row),
        records=lambda asked: InstrumentTable().embed(asked, instruments().filter(name=row["name"])),
        proofs=lambda _request: SafeString(""),
        history=lambda _request: _history(row),
    ).respond(request)


def _crumbs() -> list[objects.Crumb]:
    return [objects.Crumb(_("Gallery"), reverse("pages:gallery")), objects.Crumb(_("Instruments"), reverse(LIST))]


def _facts(row: dict[str, Any]) -> SafeString:
    return objects.facts(
        objects.Fact(_("Code"), row["code"]),
        objects.Fact(_("Place"), row["place"]),
        objects.Fact(_("Maximum capacity"), values.quantity(row["capacity"], "kg")),
        objects.Fact(_("Next verification"), values.due(row["due"], ON), _("JJG 539-2016, 1 year")),
        objects.Fact(_("Last error of indication"), values.Absent.UNKNOWN),
        title=_("Particulars"),
    )


def _history(row: dict[str, Any]) -> SafeString:
    at = dt.datetime(2026, 11, 18, 9, 20, tzinfo=dt.UTC)
    moved = [(_("Place"), "城东农贸市场 12 号", row["place"])]
    return objects.history(
        [
            objects.Event(at - dt.timedelta(days=300), _("Filed"), "王敏"),
            objects.Event(at, _("Place changed"), "李强", "市场改造", moved),
        ]
    )


def districts(request: HttpRequest) -> JsonResponse:
    """Districts that match."""
    asked = request.GET.get("q", "")
    found = [{"value": k, "label": v, "hint": k} for k, v in DISTRICTS.items() if asked in v or asked in k]
    return JsonResponse(found, safe=False)
